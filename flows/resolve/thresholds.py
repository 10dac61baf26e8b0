"""The thresholds of terms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TermThresholds:
    """Numbers by which the words of texts are found."""

    bytes_at_once: int = 1 << 24
    """Text whose words are looked for at once: as words they take about ten times as much; bounds memory."""
    pairs_at_once: int = 1 << 14
    """Pairs of texts whose terms are multiplied at once."""


THRESHOLDS = TermThresholds()
