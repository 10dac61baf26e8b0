"""Numbers that are no quantities: of times, spans of years, flights, gates, roads and what else a number names."""

import re
from collections.abc import Sequence
from functools import cache

from flows.extract.claims.quantities.numbers import JOIN, between, worded
from flows.extract.claims.quantities.units import one_of
from flows.extract.claims.thresholds import THRESHOLDS
from flows.lexicons import word_list
from flows.spans import Span

BLANK = "\0"
"""Stands for a character that is part of no number."""

_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2} ?(?:a\.?m|p\.?m|gmt|utc|hours)\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{3,4} (?:gmt|utc)"
    r"|\b\d{1,2} ?[ap]\.?m\b|\b\w+ o[’']clock|\b(?:half|quarter) (?:past|to) (?:\d{1,2}|[a-z]+)\b"
)
_YEARS = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[-–/]\d\d(?!\d)")
_BELOW_ZERO = re.compile(r"\bbelow (?:zero|0)\b")
_SLASHED = re.compile(r"(?<![\d/])(?<!\d )\d{1,4}(?:/\d{1,4})+(?!\d)")
_BEFORE = re.compile(r"(?:\w[’']s|[a-z,;]|(?<![\w-])[A-Z][\w-]*|\bNo\.|#)\s?$")
_WORD_BEFORE = re.compile(r"(?<![\w.#’'-])([\w.#’'-]+)\s?$")


@cache
def _named() -> re.Pattern[str]:
    nouns = one_of(sorted(word_list("identifying_nouns")))
    number = rf"(?:\d[\d,]*(?:\.\d+)?|{worded()})"
    return re.compile(
        rf"(?<![\w-])(?:{nouns})s? (?P<number>{number}(?:(?:, | and | to |-|–){number})*)(?![\w%]| ?per ?cent)"
    )


def readable(low: str, dates: Sequence[Span]) -> str:
    """Return a text in lower case with what is no quantity blanked out, and the "and" of "between … and" as `JOIN`."""
    shut = [
        *dates,
        *(Span(*m.span()) for pattern in (_CLOCK, _YEARS, _SLASHED, _BELOW_ZERO) for m in pattern.finditer(low)),
    ]
    shut += [Span(*m.span("number")) for m in _named().finditer(low)]
    characters = list(low)
    for span in shut:
        characters[span.start : span.end] = BLANK * (span.end - span.start)
    for match in between().finditer("".join(characters)):
        start, end = match.span("and")
        characters[start:end] = f" {JOIN * (end - start - 2)} "
    return "".join(characters)


def is_name(text: str, start: int) -> bool:
    """Whether a number without a unit belongs to the capitalised word or the sign before it."""
    head = text[max(0, start - THRESHOLDS.naming_characters) : start]
    if not _BEFORE.search(head):
        return False
    before = _WORD_BEFORE.search(head)
    if before is None:
        return False
    word = before[1]
    earlier = head[: before.start()].rstrip()
    first = (not earlier.strip(" \n\t\"“'‘") and start <= THRESHOLDS.naming_characters) or earlier[-1:] in tuple(".!?:")
    return word.lower() in word_list("identifying_nouns") or (
        word[0].isupper() and not first and not word.endswith(("'s", "’s"))
    )
