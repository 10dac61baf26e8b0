"""Hedges of a number: "nearly 40", "no more than 40", "40 or more", and the bound that each makes (`hedges.csv`)."""

import re
from functools import cache
from typing import NamedTuple

from flows.lexicons import LEXICONS, one_of, rows, word_list
from flows.spans import Span
from schemas.vocabularies import Bound

_PLACES = word_list("places_or_bounds")
"""Hedges that are prepositions of place or topic, too."""


class Hedge(NamedTuple):
    """A hedge: where it stands, and its bound; None for one that says nothing of the number ("only")."""

    span: Span
    bound: Bound | None


@cache
def _bounds(place: str) -> dict[str, str]:
    table = rows(LEXICONS, "hedges", ("words", "bound", "place"))
    return {r["words"]: r["bound"] for r in table if r["place"] == place}


@cache
def _before() -> re.Pattern[str]:
    more = r"(?:another |an? (?:additional|further|estimated) )?"
    return re.compile(rf"(?<![\w-])(?P<hedge>{one_of(_bounds('before'))}) {more}$")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf" ?(?P<hedge>{one_of(_bounds('after'))})(?!\w)")


@cache
def _longest() -> int:
    """Return the characters of the longest hedge before a number, and what may stand between."""
    return max(map(len, _bounds("before"))) + len(" an additional ")


def _hedge(match: re.Match[str], place: str) -> Hedge:
    bound = _bounds(place)[match["hedge"]]
    return Hedge(Span(*match.span()), Bound(bound) if bound else None)


def hedge_before(text: str, start: int, few: bool) -> Hedge | None:
    """Return the hedge that ends where a number starts, in a text in lower case.

    few: the number is so small a count that "over" and its like are more likely about a place or a topic.
    """
    match = _before().search(text, max(0, start - _longest()), start)
    if match is None or (few and match["hedge"] in _PLACES):
        return None
    return _hedge(match, "before")


def hedge_after(text: str, end: int) -> Hedge | None:
    """Return the hedge that follows a number or its unit."""
    match = _after().match(text, end)
    return _hedge(match, "after") if match else None
