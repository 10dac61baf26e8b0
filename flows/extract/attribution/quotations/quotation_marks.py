"""Quotation marks as evidence of speech: which stretches of a text stand in quotation marks, balanced or not.

Double marks of every style first, in one pass and linear time. A mark that fits nothing is set aside alone and spoils
nothing after it: an opening mark without its partner ends, uncertain, with its paragraph or before the next opening
mark. Single marks are looked for where double ones leave room (`single_quotation_marks`).
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from flows.extract.attribution.quotations.single_quotation_marks import find_single_quotes
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.spans import SortedSpans, Span

OPENING = frozenset("“„«‟‹")
CLOSING = frozenset("”»›")
STRAIGHT = frozenset('"＂')
_MARK = re.compile(rf"``|''|‘‘|’’|[{''.join(sorted(OPENING | CLOSING | STRAIGHT))}]")
_DASHES = frozenset("-–—―")


class Quote(NamedTuple):
    """text[start:end] stands in quotation marks, marks included.

    `certain` is False where the closing mark is missing and `end` is only the latest place where it can be.
    """

    start: int
    end: int
    certain: bool


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool
    closes: bool
    low: bool  # „ and «: the next “ closes


def find_quotes(text: str) -> list[Quote]:
    """Find the quotations of `text` in order, never overlapping; one that runs over paragraphs is one.

    A quotation inside another one is no quotation of its own.
    """
    double = _DoubleMarks(text).quotations()
    single = find_single_quotes(text)
    if not single:
        return double
    outer = SortedSpans(Span(quote.start, quote.end) for quote in double)
    kept, covered = [], []
    for start, end, certain in single:
        around = outer.touching(start, end)
        if any(other.start < start or other.end > end for other in around):
            continue
        kept.append(Quote(start, end, certain))
        covered += around
    inside = set(covered)
    return sorted([*kept, *(quote for quote in double if Span(quote.start, quote.end) not in inside)])


class _DoubleMarks:
    """One pass over the double marks of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = _paragraph_starts(text)
        self.quotes: list[Quote] = []
        self.opened: _Mark | None = None
        # given up when a mark opened inside it; a closing mark too many brings it back
        self.outer: _Mark | None = None

    def quotations(self) -> list[Quote]:
        """Return the quotations in order."""
        for mark in _marks(self.text):
            if self.opened is None:
                self._outside(mark)
            elif self._closes(self.opened, mark):
                self.quotes.append(Quote(self.opened.start, mark.end, True))
                self.opened = None
            else:
                self._leave_open(self.opened, mark)
        if self.opened is not None:
            self._give_up(self.opened, len(self.text))
        return self.quotes

    def _outside(self, mark: _Mark) -> None:
        """Take a mark where no quotation is open: it opens one, or ends the one around those just closed."""
        if mark.opens:
            self.opened = mark
        elif self.outer is not None and mark.start - self.outer.start <= THRESHOLDS.enclosing_characters:
            while self.quotes and self.quotes[-1].start >= self.outer.start:
                self.quotes.pop()
            self.quotes.append(Quote(self.outer.start, mark.end, True))
            self.outer = None

    def _closes(self, opened: _Mark, mark: _Mark) -> bool:
        """Tell whether a mark closes the open quotation."""
        if not mark.closes or self._too_far(opened, mark):
            return False
        if mark.opens and self._starts_paragraph(opened, mark):
            return False
        rises = mark.opens and self.text[mark.start : mark.end] in "“«"
        return not rises or opened.low or self.text[opened.start] == "»"  # “ closes „ only, « closes » only

    def _leave_open(self, opened: _Mark, mark: _Mark) -> None:
        """Take a mark that does not close the open quotation, which is given up; it may open another one."""
        self._give_up(opened, mark.start)
        if not mark.opens:
            self.opened = None
            return
        near = self.outer is not None and mark.start - self.outer.start <= THRESHOLDS.enclosing_characters
        if not near and not self._starts_paragraph(opened, mark):
            self.outer = opened
        self.opened = mark

    def _too_far(self, opened: _Mark, mark: _Mark) -> bool:
        """Tell whether a quotation has been open for longer than any is."""
        crossed = self._paragraph(mark.start) - self._paragraph(opened.start)
        far = mark.start - opened.start > THRESHOLDS.quotation_characters
        return far or crossed > THRESHOLDS.quotation_paragraphs

    def _starts_paragraph(self, opened: _Mark, mark: _Mark) -> bool:
        """Tell whether a mark is the first thing of a later paragraph than the one that the quotation opened in."""
        number = self._paragraph(mark.start)
        if number == self._paragraph(opened.start):
            return False
        return not self.text[self.paragraphs[number - 1] : mark.start].strip()

    def _paragraph(self, at: int) -> int:
        """Return the number of the paragraph that holds a place, from 1."""
        return bisect_right(self.paragraphs, at)

    def _give_up(self, mark: _Mark, before: int) -> None:
        """Keep a quotation without its closing mark as an uncertain one: up to its line's end or the next mark."""
        number = self._paragraph(mark.start)
        line_end = self.paragraphs[number] - 1 if number < len(self.paragraphs) else len(self.text)
        end = min(line_end, before)
        while end > mark.end and self.text[end - 1].isspace():
            end -= 1
        if end > mark.end:
            self.quotes.append(Quote(mark.start, end, False))


def _marks(text: str) -> list[_Mark]:
    """Return all double quotation marks with what each can be; ``, '', ‘‘ and ’’ count as one mark."""
    found = []
    size = len(text)
    for match in _MARK.finditer(text):
        at, end = match.span()
        character = match.group()
        if character in OPENING or character == "‘‘":
            found.append(_Mark(at, end, True, character in "“«", character in "„"))
        elif character in CLOSING or character == "’’":
            found.append(_Mark(at, end, character == "»", True, False))
        else:
            found.append(_role(text, at, end, size))
    return found


def _role(text: str, start: int, end: int, size: int) -> _Mark:
    """Return what a straight mark can be, from the characters around it."""
    left = text[start - 1] if start else " "
    right = text[end] if end < size else " "
    left_free = left.isspace() or left in "([{" or left in _DASHES or left in OPENING
    right_free = right.isspace() or (not right.isalnum() and right not in "$£€#@([“")
    if left_free == right_free:
        return _Mark(start, end, True, True, False)
    return _Mark(start, end, left_free, right_free, False)


def _paragraph_starts(text: str) -> list[int]:
    """Return the offsets of the first character after each line break."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts
