"""The limits of comparing a snapshot with its parent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GateLimits:
    """Sizes below which a change says nothing."""

    share_rows: int = 200
    """A share of fewer rows than this says nothing about a change."""
    parent_articles: int = 50
    """A parent of fewer articles than this may shrink as it likes: somebody is trying things out."""


LIMITS = GateLimits()
