"""Quotation marks as witnesses of speech: which stretches of a text stand in quotation marks, balanced or
not.

One pass over the marks, in linear time. A mark that fits nothing is set aside alone and spoils nothing after
it: an opening mark without its partner ends, uncertain, with its paragraph or before the next opening mark.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

OPENING = frozenset("“„«‟‹")
CLOSING = frozenset("”»›")
STRAIGHT = frozenset('"＂')
_MARK = re.compile(rf"``|''|[{''.join(sorted(OPENING | CLOSING | STRAIGHT))}]")
_DASHES = frozenset("-–—―")
MOST_PARAGRAPHS = 8  # a quotation open for longer than this has lost its closing mark
MOST_CHARACTERS = 6000
MOST_AROUND = 2500  # characters of a quotation that holds another one in the same marks


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


def _marks(text: str) -> list[_Mark]:
    """All double quotation marks with what each can be; `` and '' count as one mark."""
    found = []
    size = len(text)
    for match in _MARK.finditer(text):
        at, end = match.span()
        character = match.group()
        if character in OPENING:
            found.append(_Mark(at, end, True, character in "“«", character in "„"))
        elif character in CLOSING:
            found.append(_Mark(at, end, character == "»", True, False))
        else:
            found.append(_role(text, at, end, size))
    return found


def _role(text: str, start: int, end: int, size: int) -> _Mark:
    """What a straight mark can be, from the characters around it."""
    left = text[start - 1] if start else " "
    right = text[end] if end < size else " "
    left_free = left.isspace() or left in "([{" or left in _DASHES or left in OPENING
    right_free = right.isspace() or (not right.isalnum() and right not in "$£€#@([“")
    if left_free == right_free:
        return _Mark(start, end, True, True, False)
    return _Mark(start, end, left_free, right_free, False)


def _paragraph_starts(text: str) -> list[int]:
    """Offsets of the first character after each line break."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def find_quotes(text: str) -> list[Quote]:
    """The quotations of `text` in order, never overlapping; one that runs over paragraphs is one."""
    paragraphs = _paragraph_starts(text)
    quotes: list[Quote] = []
    opened: _Mark | None = None
    outer: _Mark | None = None  # given up when a mark opened inside it; a closing mark too many brings it back

    def line_end(at: int) -> int:
        number = bisect_right(paragraphs, at)
        end = paragraphs[number] - 1 if number < len(paragraphs) else len(text)
        while end > at and text[end - 1].isspace():
            end -= 1
        return end

    def give_up(mark: _Mark, before: int) -> None:
        end = min(line_end(mark.start), before)
        while end > mark.end and text[end - 1].isspace():
            end -= 1
        if end > mark.end:
            quotes.append(Quote(mark.start, end, False))

    for mark in _marks(text):
        if opened is None:
            if mark.opens:
                opened = mark
            elif outer is not None and mark.start - outer.start <= MOST_AROUND:
                while quotes and quotes[-1].start >= outer.start:
                    quotes.pop()
                quotes.append(Quote(outer.start, mark.end, True))
                outer = None
            continue
        crossed = bisect_right(paragraphs, mark.start) - bisect_right(paragraphs, opened.start)
        too_far = crossed > MOST_PARAGRAPHS or mark.start - opened.start > MOST_CHARACTERS
        starts_paragraph = (
            crossed > 0 and not text[paragraphs[bisect_right(paragraphs, mark.start) - 1] : mark.start].strip()
        )
        closes = mark.closes and not too_far and not (starts_paragraph and mark.opens)
        if (
            closes
            and mark.opens
            and text[mark.start : mark.end] in "“«"
            and not opened.low
            and text[opened.start] != "»"
        ):
            closes = False  # “ closes „ only, « closes » only
        if closes:
            quotes.append(Quote(opened.start, mark.end, True))
            opened = None
        elif mark.opens:
            give_up(opened, mark.start)
            if not starts_paragraph and (outer is None or mark.start - outer.start > MOST_AROUND):
                outer = opened
            opened = mark
        else:
            give_up(opened, mark.start)
            opened = None
    if opened is not None:
        give_up(opened, len(text))
    return quotes
