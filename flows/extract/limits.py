"""The limits of extraction as a run: how it is cut into work, and what its cache keeps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ExtractLimits:
    """Sizes of work and of the cache, each with its reason."""

    task_characters: int = 1_500_000
    """A task reads at most about this much, so that one book among the articles delays one task only."""
    part_characters: int = 60_000
    """What a worker process is given at a time: two or three seconds of work, so that all of them end together."""
    cache_files: int = 64
    """Files of the cache of one fingerprint before they are written together: opening more takes longer than
    reading."""
    cached_versions: int = 2
    """Versions of the extractor whose results are kept: this one, and the one that a rollback of the program returns
    to."""


LIMITS = ExtractLimits()
