"""The thresholds of claims, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClaimThresholds:
    """Every number by which the rules of this package decide, each with its unit and its reason."""

    gap_words: int = 6
    """Words between a cue and its source or content that are shown with them; more are a clause of their own."""
    subject_words: int = 12
    """Words of the longest subject that is shown in brackets; what is longer is mostly more than a subject."""


THRESHOLDS = ClaimThresholds()
