"""Dates that a content states, relative ones resolved against the day of speaking (`date_forms` says how).

The forms are searched in their order, full ones before their parts, so that no part of a date is read twice.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from flows.extract.claims.dates.date_forms import FORMS, Form
from flows.extract.claims.dates.date_meanings import MONTHS, SEASONS, Resolver, plain_year
from flows.extract.claims.dates.direction import Direction
from flows.lexicons import one_of, word_list
from flows.spans import Span, folded


class FoundDate(NamedTuple):
    """A date expression: where it stands, and its ISO form, None where that cannot be known."""

    span: Span
    iso: str | None


_WORD_BEFORE_YEAR = re.compile(rf"(?:{one_of(word_list('before_a_year'))})[ -]", re.IGNORECASE)
_IDENTIFIER = re.compile(rf"(?:{one_of(word_list('identified_by_a_number'))})\s?$", re.IGNORECASE)


_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009", " "))
_FIGURES = {"digit": re.compile(r"\d"), "year": re.compile(r"\d{4}"), "marked": re.compile(r"\d[./-]\d")}
"""What the figures of a date are part of; where a text has none of the first, it has none of the others."""
_LETTERS = re.compile(r"[a-z]+")
_DAYTIMES = frozenset({"tomorrow", "tonight", "night", "morning", "afternoon", "evening"})
_UNITS = frozenset({"week", "month", "year"})


@lru_cache(maxsize=256)  # dates and quantities ask for the words of the same claim
def letters(text: str) -> frozenset[str]:
    """Return the runs of the letters a to z in a text, in lower case."""
    return frozenset(_LETTERS.findall(folded(text)))


@lru_cache(maxsize=1 << 14)
def _hint(word: str) -> str:
    """Return what a word may be of a date; "" for most words."""
    if word[:3] in MONTHS:
        return "month"
    if word.endswith("day") or word in _DAYTIMES:
        return "day"
    return "season" if word in SEASONS else "unit" if word in _UNITS else "ago" if word == "ago" else ""


@lru_cache(maxsize=256)
def _possible(hints: frozenset[str]) -> tuple[Form, ...]:
    """Return the forms of which a text can hold a date, in their order."""
    return tuple(form for form in FORMS if form.needs <= hints)


def date_expressions(
    text: str, spoken_on: date | None = None, tense: Callable[[Span], Direction | None] | None = None
) -> list[FoundDate]:
    """Return every date expression of `text` in order, resolvable or not; none overlaps another.

    spoken_on: the day that relative ones count from; tense: whether the date at a span lies ahead or behind.
    """
    found = _expressions(text)
    return [
        FoundDate(span, resolve(match, spoken_on, tense(span) if tense else None)) for span, match, resolve in found
    ]


def date_spans(text: str) -> list[Span]:
    """Return where the date expressions of `text` stand, in order."""
    return [span for span, _, _ in _expressions(text)]


@lru_cache(maxsize=256)  # a claim's words are searched for dates, for quantities and for what makes it checkable
def _expressions(text: str) -> tuple[tuple[Span, re.Match[str], Resolver], ...]:
    hints = set(map(_hint, letters(text)))
    if _FIGURES["digit"].search(text):
        hints |= {kind for kind, pattern in _FIGURES.items() if pattern.search(text)}
    plain = text if text.isascii() else text.translate(_SPACES)
    taken: list[tuple[Span, re.Match[str], Resolver]] = []
    for pattern, resolve, _ in _possible(frozenset(hints)):
        for match in pattern.finditer(plain):
            span = Span(*match.span())
            if resolve is plain_year:
                span = _bare_year(text, span)
                if span.end == span.start:
                    continue
            if not any(span.overlaps(other) for other, _, _ in taken):
                taken.append((span, match, resolve))
    return tuple(sorted(taken, key=itemgetter(0)))


def _bare_year(text: str, span: Span) -> Span:
    """Return the four digits of a year, without the word before them; empty where they are a number of something."""
    before = _WORD_BEFORE_YEAR.match(text, span.start, span.end)
    start = before.end() if before else span.start
    if _IDENTIFIER.search(text, max(0, start - 12), start) or text[span.end : span.end + 1] == "%":
        return Span(start, start)
    return Span(start, span.end)


def find_dates(
    text: str, spoken_on: date | None, tense: Callable[[Span], Direction | None] | None = None
) -> list[tuple[str, str]]:
    """Return the dates of `text` that can be known: (ISO 8601, the words), in order of the text."""
    found = date_expressions(text, spoken_on, tense)
    return [(iso, span.of(text)) for span, iso in found if iso is not None]
