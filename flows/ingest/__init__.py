"""Raw files to cleaned articles and rejects."""
