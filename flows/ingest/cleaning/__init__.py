"""A raw text to a clean one: characters, paragraphs, boilerplate, language."""
