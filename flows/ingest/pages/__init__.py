"""A parsed web page to an article: what the page states of itself, and which of its text is the article's."""
