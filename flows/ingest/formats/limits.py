"""The limits of reading files: what is too much for a document, and what is no text."""

from dataclasses import dataclass

from flows.settings import MIB


@dataclass(frozen=True)
class FormatLimits:
    """Bounds that no article reaches, and shares that tell encodings apart; judged, each with its reason."""

    sample_bytes: int = 64 * 1024
    """What statistics over bytes look at: more changes no answer."""
    control_share: float = 0.01
    """Share of control characters above which bytes are no text; damaged texts have a few."""
    page_tags: int = 20_000
    """Beyond this a page is read in a process that may be ended; an article has hundreds of tags, a long front page
    thousands."""
    page_characters: int = 2 * MIB
    """The same of its characters."""
    head_bytes: int = 4096
    """Where a page declares its encoding: HTML asks for the first 1024 bytes, pages take more."""
    stated_characters: int = 1000
    """A longer value of a field such as title or author is none."""
    json_depth: int = 100
    """Lists and objects inside one another; articles have three or four, and the parser recurses."""
    json_parts: int = 2_000_000
    """Lists and objects of a file: each takes up to 30 times its two characters in memory."""
    front_matter_characters: int = 64 * 1024
    """Front matter that has not ended by then never does."""
    small_container_bytes: int = 4 * MIB
    """A container of so much is sent to a worker whole, as a page is: some thousand articles at most."""
    small_packed_bytes: int = 512 * 1024
    """The same of a packed one, which may become ten times as much."""
    remote_attempts: int = 3
    """A server that does not answer is asked again; a file on this machine is not."""
    pause_seconds: float = 1.0
    """Pause before each repetition."""
    few_nul: float = 0.3
    """Share of NUL bytes up to which a place in a group of two or four bytes holds the letters of UTF-16 or UTF-32."""
    many_nul: float = 0.7
    """Share from which on it holds nothing: the text is Latin."""
    foreign_share: float = 0.1
    """Share of bytes above 127 up to which a text may be of a western language."""
    adjoining_share: float = 0.1
    """Share of them that may stand side by side: accented letters seldom do."""
    inside_share: float = 0.8
    """Share of the accented letters that must stand inside words of ASCII letters."""
    damaged_characters: int = 16 * 64 * 1024
    """Characters in which damaged UTF-8 is told from another encoding."""
    whole_per_lost: int = 4
    """Characters beyond ASCII that are whole for each that is lost: otherwise other encodings fit better."""


LIMITS = FormatLimits()
