"""The limits of extraction as a run: how it is cut into work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExtractLimits:
    """Sizes of work, each with its reason."""

    task_characters: int = 1_500_000
    """A task reads at most about this much, so that one book among the articles delays one task only."""
    part_characters: int = 60_000
    """What a worker process is given at a time: two or three seconds of work, so that all of them end together."""


LIMITS = ExtractLimits()
