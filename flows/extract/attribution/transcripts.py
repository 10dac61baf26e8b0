"""Transcripts inside news: `BERG: …` and `KASK: …` in turn, each turn a statement of whoever is named before the colon.

Capitals before a colon are also headings and labels (`RELATED:`). Labels are speakers where at least two of them take
turns, one speaks again, and one is the surname of somebody whom the text names in full.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from flows.extract.attribution.thresholds import THRESHOLDS
from flows.spans import Span, trim

_LABEL = re.compile(r"(?m)^[ \t]*[\"“'‘]?(?P<name>[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]*){0,3})(?P<colon>:)(?=\s)")
_DIRECTION = re.compile(r"[\"“'‘]?\s*[(\[].*[)\]][\"”'’]?$|\W*$")
_EDGE = ' \t"“”'


class Turn(NamedTuple):
    """What one speaker says until the next one does: the name before the colon, the colon, the lines of the turn."""

    source: Span
    colon: Span
    content: tuple[Span, ...]


def find_turns(text: str) -> list[Turn]:
    """Find the turns of a transcript in order, none where the text holds no transcript."""
    labels = list(_LABEL.finditer(text))
    if len(labels) < THRESHOLDS.transcript_turns or not _dialogue(text, [label.group("name") for label in labels]):
        return []
    turns = []
    for number, label in enumerate(labels):
        following = number + 1 < len(labels)
        end = labels[number + 1].start() if following else len(text)
        content = _lines(text, label.end(), end, THRESHOLDS.turn_lines if following else 1)
        if content:
            turns.append(Turn(Span(*label.span("name")), Span(*label.span("colon")), content))
    return turns


def _dialogue(text: str, names: list[str]) -> bool:
    """Tell whether labels are speakers: several, taking turns, one of them known by a full name."""
    repeated = len(set(names)) < len(names)
    alternate = sum(a != b for a, b in pairwise(names))
    if len(set(names)) < 2 or not repeated or 3 * alternate < 2 * (len(names) - 1):
        return False
    return any(re.search(rf"\b[A-Z][\w.]+ {re.escape(name.split()[-1].title())}\b", text) for name in set(names))


def _lines(text: str, start: int, end: int, most: int) -> tuple[Span, ...]:
    """Return the lines with words between two places, stage directions aside."""
    found = []
    for _ in range(most):
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        span = trim(text, Span(start, stop))
        while span.start < span.end and text[span.start] in _EDGE:
            span = Span(span.start + 1, span.end)
        if span.start < span.end and not _DIRECTION.match(text, span.start, span.end):
            found.append(span)
        if line_end < 0:
            break
        start = line_end + 1
    return tuple(found)
