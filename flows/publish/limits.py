"""The limits of published files and of what is kept of refused runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishLimits:
    """Sizes on disk, each with its reason."""

    kept_reports: int = 10
    """Reports of refused runs that are kept: a schedule that fails for weeks fills no disk."""
    group_rows: int = 65_536
    """Rows of a row group at most: readers skip groups."""
    group_bytes: int = 256 * 1024 * 1024
    """Text of a row group, about: offsets stay 32-bit."""
    zstd_level: int = 3
    """How hard files are compressed: level 9 takes three times as long, and its files are a twentieth smaller."""
    spreadsheet_rows: int = 2**20 - 1
    """Rows under the heading that a spreadsheet opens (Excel and LibreOffice Calc alike)."""
    history_attempts: int = 8
    """Times that the history at an address is written on top of what others wrote at the same time."""
    lineage_seconds: float = 5.0
    """A catalogue that is asked to note a build has so long to answer: no build waits for it."""
    dropped_examples: int = 3
    """Places that the manifest names for each reason why claims were left out: enough to see what it means."""


LIMITS = PublishLimits()
