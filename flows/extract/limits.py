"""The limits of extraction as a run: how it is cut into work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExtractLimits:
    """Sizes of work, each with its reason."""

    task_characters: int = 1_500_000
    """A task reads at most about this much, so that one book among the articles delays one task only."""
    part_characters: int = 20_000
    """What a worker process is given at a time: under a second of work, so that bars move and all workers end together.
    Larger parts are no faster (60,000: within 2 %)."""

    worker_characters: int = 100_000
    """Text for which one worker more is started: reading it takes three seconds, loading the reader more than one."""


LIMITS = ExtractLimits()
