"""Articles to mentions and attributed or narrated claims, one article at a time."""
