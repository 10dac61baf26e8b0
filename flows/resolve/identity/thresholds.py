"""The thresholds of following mentions from one snapshot to the next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IdentityThresholds:
    """Numbers that decide whether a range that moved is the same place; judged."""

    bucket_characters: int = 64
    """Characters of a bucket when ranges are matched by place: a long name, a third of a claim."""
    same_place: float = 0.5
    """Intersection over union from which two ranges of one article are one place."""


THRESHOLDS = IdentityThresholds()
