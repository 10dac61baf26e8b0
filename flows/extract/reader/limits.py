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

    least_name: float = 0.02
    """Probability of being part of a name from which on a word is judged again, with those beside it: three in ten."""

    no_name: float = 1e-6
    """Added to probabilities before their logarithm is taken: what the reader rules out is no infinity."""


LIMITS = ReaderLimits()
