"""Spans of contents: with their quotation marks, without loose punctuation, a line each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter

from flows.extract.attribution.quotations.quotation_marks import Quote
from flows.spans import Span, trim

_WORD = re.compile(r"\w+")
_MARKS = frozenset("\"“”„«»‟＂'’‘`")
_TAIL = frozenset(",.!?…")
_EDGE = _MARKS | _TAIL | frozenset(";:-–—")


def bare(text: str, span: Span) -> Span:
    """Return the span without punctuation at its edges, as long as a word is left; signs of money and the like
    stay.
    """
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    return Span(start, end) if start < end else span


def widened(text: str, span: Span) -> Span:
    """Return the span with the quotation marks that touch it, and the comma or stop in front of a closing one."""
    start, end = span
    while start and text[start - 1] in _MARKS:
        start -= 1
    after = end
    while after < len(text) and text[after] in _TAIL:
        after += 1
    if after < len(text) and text[after] in _MARKS:
        while after < len(text) and text[after] in _MARKS:
            after += 1
        end = after
    return Span(start, end)


def merged(text: str, spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or have no word between them, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not _WORD.search(text, found[-1].end, max(span.start, found[-1].end)):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def by_line(text: str, span: Span) -> Iterator[Span]:
    """Return the lines of the span that have a word, trimmed: paragraphs are spans of their own."""
    start = span.start
    while start < span.end:
        line_end = text.find("\n", start, span.end)
        end = span.end if line_end < 0 else line_end
        if _WORD.search(text, start, end):
            yield trim(text, Span(start, end))
        start = end + 1


def kind_of(text: str, spans: Iterable[Span], quotes: list[Quote]) -> str:
    """Return direct, mixed or indirect, by how many words of the content stand in quotation marks."""
    if not quotes:
        return "indirect"
    inside = outside = False
    by_start = attrgetter("start")
    for span in spans:
        before = max(0, bisect_right(quotes, span.start, key=by_start) - 1)
        near = [q for q in quotes[before : bisect_left(quotes, span.end, key=by_start)] if q.end > span.start]
        if not near:
            outside = outside or _WORD.search(text, span.start, span.end) is not None
            continue
        for word in _WORD.finditer(text, span.start, span.end):
            quoted = any(q.start <= word.start() < q.end for q in near)
            inside, outside = inside or quoted, outside or not quoted
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"
