"""Mentions and claims of all articles to entities, claims and conflicts with ids that last."""

from flows.resolve.features import THRESHOLD, name_similarity

__all__ = ["THRESHOLD", "name_similarity"]
