"""Spans of text: the one offset convention that every stage shares.

Offsets count Unicode code points (Python `str` indexing) and are half-open: `text[start:end]`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two ranges share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Return whether `other` lies inside this range; a range contains itself."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the characters of `text` that the range covers."""
        return text[self.start : self.end]


class SortedSpans:
    """Spans in order, of which those at a place are found without looking at all of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __len__(self) -> int:
        return len(self._spans)

    def touching(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a character with the range, in order."""
        first, last = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span.end > start]


def trim(text: str, span: Span) -> Span:
    """Return the span without white space at its edges; an empty span at its start where only white space is left."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def folded(text: str) -> str:
    """Return the text in lower case, every character at its place: what a pattern that ignores case compares.

    The three letters that `re.IGNORECASE` takes for an i or s, and `str.lower` does not, are written as such.
    """
    return text.lower() if text.isascii() else text.replace("İ", "i").replace("ı", "i").replace("ſ", "s").lower()


def envelope(spans: Iterable[Span]) -> Span:
    """Return the smallest span that covers all of `spans`, of which there must be at least one."""
    listed = list(spans)
    return Span(min(s.start for s in listed), max(s.end for s in listed))


def joined(text: str, spans: Iterable[Span]) -> str:
    """Return the texts of `spans` joined with one space: how a claim in several pieces is written out."""
    return " ".join(span.of(text) for span in spans)
