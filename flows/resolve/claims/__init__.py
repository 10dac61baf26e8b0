"""Claim mentions of all articles to claims."""
