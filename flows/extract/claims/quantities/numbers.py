"""Numbers of a text in figures and words: "1.2m", "816 000", "five to six hundred", "one and a half", "two-thirds".

Everything here reads a text in lower case whose spaces are plain ones and in which what is no number is blanked out
(`blanks`); every character is at its place.
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from flows.extract.claims.quantities.units import attached_units, currency_letters, currency_signs
from flows.lexicons import LEXICONS, one_of, rows
from flows.spans import Span

JOIN = "\1"
"""Stands for the "and" of "between 20 and 30" in the text that is read."""

_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}
_VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|[1-9]\d{0,2}(?: \d{3})+(?! ?\d)|\d+)(?:\.\d+)?"
    # thousands by commas, lakhs by commas, thousands by spaces, plain
)
_POINT_FIRST = r"\.\d{1,4}(?= ?(?:%|pct\b|percent|per cent))|(?<=[$€£])\.\d{2}(?!\d)"
DENOMINATOR = r"[2-9]|1[06]|32"
"""What stands under the line of a fraction: up to ten, and the halvings of an inch or a price."""
_PADDED = re.compile(r"0\d")
_SPACED_SHORT = re.compile(r" (m|mn|b|bn|k|tn|cr)\b")
_HALVES = {
    "and a half": 1 / 2,
    "and a quarter": 1 / 4,
    "and a third": 1 / 3,
    "and one third": 1 / 3,
    "and two thirds": 2 / 3,
    "and three quarters": 3 / 4,
}
_PART = r"and[ -]a[ -](?:half|quarter|third)\b|and[ -](?:one[ -]third|two[ -]thirds|three[ -]quarters)\b"
_PARTS = re.compile(rf"{_PART}|[a-z]+")


class Number(NamedTuple):
    """A number: where it stands, its value, and what of that its own scale word makes.

    scale: 1e6 of "4 million", 100 of "six hundred", 1 of "816 000"; a range may share it
    unit: what the number itself carries, a currency or percent
    bare_m: an "m" stands at the number that may be metres
    """

    span: Span
    value: float
    scale: float = 1.0
    unit: str | None = None
    figures: bool = True
    bare_m: bool = False


@cache
def number_words() -> dict[str, tuple[float, str]]:
    """Return the value and the kind of each number word: unit, ten, scale, share."""
    return {r["word"]: (float(r["value"]), r["kind"]) for r in rows(LEXICONS, "numbers", ("word", "value", "kind"))}


def words_of(*kinds: str) -> list[str]:
    """Return the number words of these kinds."""
    return [word for word, (_, kind) in number_words().items() if kind in kinds]


@cache
def _group() -> str:
    """Return the pattern of a number below a thousand in words."""
    small = rf"(?:(?:{one_of(words_of('ten'))})(?:[ -](?:{one_of(ones())}))?|{one_of(words_of('unit'))})"
    return rf"(?:(?:{small}|a)[ -]hundred(?:(?: and)?[ -]{small})?|{small})"


def ones() -> list[str]:
    """Return the words of one to nine."""
    return [word for word in words_of("unit") if 1 <= number_words()[word][0] <= 9]


@cache
def worded() -> str:
    """Return the pattern of a number in words."""
    big = one_of([word for word in words_of("scale") if word != "hundred"])
    half = rf"(?:[ -](?:{_PART}))?"
    more = rf"(?:(?: and)?[ -]{_group()}(?:[ -](?:{big})){{0,2}}){{0,2}}"
    return rf"(?:(?:{_group()}{half}|a)(?:[ -](?:{big})){{1,2}}{half}{more}|{_group()}{half})"


@cache
def _figures() -> re.Pattern[str]:
    scale = one_of(words_of("scale"))
    return re.compile(
        rf"(?:(?<![\w$])(?P<sign>{one_of(currency_signs().keys() - currency_letters().keys())}) ?"
        rf"|(?<![\w$-])(?P<letter>{one_of(currency_letters())})(?=[\d,.]+(?: ?(?:m|[bt]n|[mb]illion|trillion)|\d\d)\b)"
        r"|(?<![\w.,/])(?:(?<![a-z]-)|(?<=\d-to-)|(?<=\d-or-)|(?<=\bmagnitude-)|(?<=\bminus-))(?<!\d[–−])|(?<=\d[-–]))"
        rf"(?:(?P<digits>{_DIGITS}|{_POINT_FIRST})"
        rf"(?: ?(?P<vulgar>[{''.join(_VULGAR)}])|[ -](?P<top>[1-9]\d?)/(?P<bottom>{DENOMINATOR})(?![\d/]))?"
        rf"|(?P<alone>[{''.join(_VULGAR)}]))(?P<half>[ -]and[ -]a[ -]half\b)?"
        rf"(?:[ -]?(?P<scale>(?:{scale})s?(?:[ -](?:lakh|crore|million|billion))?)\b|(?P<short>[mkbt]n?)\b)?"
        rf"(?P<percent> ?%)?(?:(?!\w|[.,]\d|/\d)|(?=(?:{one_of(attached_units())})(?!\w)))"
    )


@cache
def _spelled() -> re.Pattern[str]:
    return re.compile(rf"\b(?<!\d[.,]){worded()}\b")


@cache
def between() -> re.Pattern[str]:
    """Return the pattern of "between five and six hundred"; `and` is the word that joins the two."""
    number = rf"(?:{one_of(currency_signs())})? ?(?:{worded()}|{_DIGITS})"
    return re.compile(rf"\bbetween {number}(?:[ -]?[a-z%]{{1,8}})?(?P<and> and ){number}(?!\w)")


def value_of(text: str) -> tuple[float, float]:
    """Return the value of a number in words, and what its last scale words make of that."""
    total, current, last, scale, counted = 0.0, 0.0, 1.0, 1.0, False
    for part in _PARTS.findall(text):
        words = part.replace("-", " ")
        value, kind = number_words().get(words, (1.0, "unit") if words in ("a", "an") else (0.0, "and"))
        if words in _HALVES:
            total, current = (total, current + _HALVES[words]) if current else (total + _HALVES[words] * last, 0.0)
        elif kind in ("unit", "ten"):
            current, scale, counted = current + value, 1.0, True
        elif kind == "scale":
            if counted or not total:
                current = (current or 1.0) * value
            else:  # "four lakh crore"
                total *= value
            last, scale, counted = value, scale * value, False
            if value >= 1000:
                total, current = total + current, 0.0
            else:
                counted = True
    return total + current, scale


def figures(text: str) -> Iterator[Number]:
    """Yield the numbers in figures, with the currency sign before them."""
    for match in _figures().finditer(text):
        if _PADDED.match(match["digits"] or ""):
            continue  # of a telephone number, a code
        value = float(re.sub(r"[, ]", "", match["digits"])) if match["digits"] else 0.0
        value += _VULGAR.get(match["vulgar"] or match["alone"] or "", 0.0) + (0.5 if match["half"] else 0.0)
        value += int(match["top"]) / int(match["bottom"]) if match["top"] else 0.0
        scale, end, short = 1.0, match.end(), match["short"] or ""
        if match["scale"]:
            scale = math.prod(
                number_words().get(w, (1.0, ""))[0] for w in re.findall("[a-z]+", _singular(match["scale"]))
            )
        sign = currency_signs().get(match["sign"] or match["letter"] or "")
        if sign and not short and (spaced := _SPACED_SHORT.match(text, end)):
            short, end = spaced[1], spaced.end()
        if short:
            scale = {**_SHORT, "cr": 1e7}.get(short, math.nan)
        if math.isfinite(value * scale):
            unit = "percent" if match["percent"] else sign
            yield Number(
                Span(match.start(), end), value * scale, scale, unit, bare_m=bool(short in ("m", "k", "b") and not sign)
            )


def _singular(scales: str) -> str:
    return " ".join(w if w in number_words() else w.removesuffix("s") for w in re.findall("[a-z]+", scales))


def spelled(text: str) -> Iterator[Number]:
    """Yield the numbers in words."""
    for match in _spelled().finditer(text):
        value, scale = value_of(match.group())
        yield Number(Span(*match.span()), value, scale, figures=False)
