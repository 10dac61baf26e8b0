"""Named mentions of all articles to entities."""
