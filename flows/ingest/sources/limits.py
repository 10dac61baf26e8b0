"""The limits of reading bytes from a source."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceLimits:
    """Sizes of what is read at once and of what an archive may become."""

    chunk_bytes: int = 256 * 1024
    """Read at once: large enough for a network, small enough for many readers."""
    expansion: int = 300
    """Text packs to a tenth; a thousandth is what DEFLATE can reach at all, on one letter repeated."""


LIMITS = SourceLimits()
