"""Mentions and claims of all articles to entities, claims and conflicts with ids that last."""

from flows.resolve.names.name_similarity import THRESHOLD, name_similarity

__all__ = ["THRESHOLD", "name_similarity"]
