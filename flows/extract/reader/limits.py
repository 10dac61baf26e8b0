"""The limits of reading: what is kept, and how far the model tells distances apart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReaderLimits:
    """Sizes that the reader is used with, each with its reason."""

    remembered_windows: int = 32
    """Windows whose results are kept, the latest ones; about 0.7 MiB each."""
    paragraph_gap: int = 2
    """Kind of gap from which on words are in two lines: windows are cut there."""
    farthest_pieces: int = 256
    """Pieces beyond which all distances are alike to the model: its window."""


LIMITS = ReaderLimits()
