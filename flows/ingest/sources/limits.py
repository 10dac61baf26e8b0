"""The limits of reading bytes from a source."""

from dataclasses import dataclass

from flows.settings import MIB


@dataclass(frozen=True)
class SourceLimits:
    """Sizes of what is read at once and of what an archive may become."""

    chunk_bytes: int = 256 * 1024
    """Read at once: large enough for a network, small enough for many readers."""
    expansion: int = 300
    """Text packs to a tenth; a thousandth is what DEFLATE can reach at all, on one letter repeated."""

    silent_seconds: float = 30.0
    """A server that says nothing for so long will not."""
    slow_seconds: float = 60.0
    """After so long, a server must have begun to answer, and a file must be faster than the next figure."""
    bytes_per_second: int = 16 * 1024
    """Slower than any line in use; at this rate the largest file of one document takes an hour."""
    redirects: int = 5
    """Redirects that are followed: one adds a slash, one changes to https."""
    index_bytes: int = 16 * MIB
    """An index page of a hundred thousand files."""
    folder_depth: int = 8
    """Folders inside one another that index pages are followed into."""
    listed_addresses: int = 2_000_000
    """Addresses below one: twice as many as a build reads."""
    about_bytes: int = 16 * MIB
    """A file of corrections or judgements: a hundred thousand entries, written by hand."""
    listing_seconds: float = 900.0
    """Index pages that are made as they are asked for never end."""


LIMITS = SourceLimits()
