"""Numbers put together, fractions, articles that count: "6-foot-4", "an hour and a half", "2/3 of", "a week later".

Reads the same text as `numbers`: in lower case, spaces plain, what is no number blanked out.
"""

import re
from collections.abc import Iterator
from functools import cache

from flows.extract.claims.quantities.numbers import DENOMINATOR, Number, number_words, ones
from flows.extract.claims.quantities.units import unit_words
from flows.lexicons import one_of
from flows.spans import Span

_INCHES_OF_A_FOOT = range(12)
_LASTING = r"lasted|lasts|took|takes?|within|(?:less|more) than|nearly|almost|over|under|for (?:about|over|nearly)"
"""Words behind which an article before a time is a number: “took a week”, “less than a year”."""
_HALF_MORE = re.compile(r" and a (?P<part>half|quarter)(?![\w-])")


@cache
def _feet_and_inches() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,/-])(?P<feet>\d|{one_of(ones())})"
        r"(?:[ -]?f(?:oo|ee)t[ -](?P<spelled>\d{1,2})[ -]inch(?:es)?|-foot-(?P<hyphened>\d{1,2})"
        r"| ?ft ?(?P<short>\d{1,2}) ?in|['’′] ?(?P<signs>\d{1,2})[\"”″])(?![\w/]|[.,]?\d)"
    )


@cache
def _one_unit() -> re.Pattern[str]:
    time, length = unit_words("time"), unit_words("length")
    half, since = r"and a half(?![\w-])", r"(?:after|later|long|before (?:the|he|she|it|they))\b"
    return re.compile(
        rf"(?<!\w)(?P<one>an?)(?= (?:(?:{time}|{length}) {half}|(?:{time}) {since}))"
        rf"|\b(?:{_LASTING}) (?P<lasting>an?)(?= (?:{time})(?![\w-]))"
    )


@cache
def _fraction() -> re.Pattern[str]:
    measured = rf"[ -](?:{unit_words()}|points?|majority)(?!\w)"
    return re.compile(
        rf"(?<![\w.,/-])(?<!/\d )(?<!/\d\d )(?P<top>[1-9])/(?P<bottom>{DENOMINATOR})(?= of(?: an?)?\b|{measured})"
    )


def feet_and_inches(text: str) -> Iterator[Number]:
    """Yield heights of feet and inches, in feet: "6-foot-4", "5 feet 11 inches"."""
    for match in _feet_and_inches().finditer(text):
        feet = int(match["feet"]) if match["feet"].isdigit() else number_words()[match["feet"]][0]
        inches = next(int(match[name]) for name in ("spelled", "hyphened", "short", "signs") if match[name])
        if inches in _INCHES_OF_A_FOOT:
            yield Number(Span(*match.span()), feet + inches / len(_INCHES_OF_A_FOOT), unit="foot")


def fractions(text: str) -> Iterator[Number]:
    """Yield fractions in figures where something is measured with them: "2/3 of the voters", "1/2 inch"."""
    for match in _fraction().finditer(text):
        if (value := int(match["top"]) / int(match["bottom"])) < 1:
            yield Number(Span(*match.span()), value, figures=False)


def one_unit(text: str) -> Iterator[Number]:
    """Yield the article that counts one: "a week after", "took an hour"; and that of "an hour and a half".

    `half_more` finds the half behind the unit.
    """
    for match in _one_unit().finditer(text):
        yield Number(Span(*match.span("one" if match["one"] else "lasting")), 1.0, figures=False)


def half_more(text: str, end: int) -> tuple[float, int] | None:
    """Return what "two days and a half" adds behind its unit, and where that ends."""
    match = _HALF_MORE.match(text, end)
    return (0.5 if match["part"] == "half" else 0.25, match.end()) if match else None
