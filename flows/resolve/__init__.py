"""Mentions and claims of all articles to entities, claims and conflicts with ids that last."""
