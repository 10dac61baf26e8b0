"""Numbers of a text in figures and words: "1.2m", "816 000", "five to six hundred", "one and a half", "two-thirds".

Everything here reads a text in lower case whose spaces are plain ones and in which what is no number is blanked out
(`blanks`); every character is at its place.
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from flows.extract.claims.quantities.units import attached_units, currency_signs, one_of, unit_words
from flows.lexicons import LEXICONS, rows, word_list
from flows.spans import Span

JOIN = "\1"
"""Stands for the "and" of "between 20 and 30" in the text that is read."""

_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}
_VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|[1-9]\d{0,2}(?: \d{3})+(?! ?\d)|\d+)(?:\.\d+)?"
    # thousands by commas, lakhs by commas, thousands by spaces, plain
)
_PADDED = re.compile(r"0\d")
_SPACED_SHORT = re.compile(r" (m|mn|b|bn|k|tn|cr)\b")
_WORD_BEFORE = re.compile(r"(?<![a-z])([a-z]+) (?:the )?$")
_OF_NEXT = re.compile(r" of\b| the\b|[ -]majority\b| (?:more|less|fewer|higher|lower|its|their|all)\b")
_HALVES = {"and a half": 0.5, "and a quarter": 0.25, "and three quarters": 0.75, "and three-quarters": 0.75}
_RATIO_BOTTOM = {"10", "100", "ten"}


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


def _words(*kinds: str) -> list[str]:
    return [word for word, (_, kind) in number_words().items() if kind in kinds]


@cache
def _group() -> str:
    """Return the pattern of a number below a thousand in words."""
    small = rf"(?:(?:{one_of(_words('ten'))})(?:[ -](?:{one_of(_ones())}))?|{one_of(_words('unit'))})"
    return rf"(?:(?:{small}|a)[ -]hundred(?:(?: and)?[ -]{small})?|{small})"


def _ones() -> list[str]:
    return [word for word in _words("unit") if 1 <= number_words()[word][0] <= 9]


@cache
def worded() -> str:
    """Return the pattern of a number in words."""
    big = one_of([word for word in _words("scale") if word != "hundred"])
    half = r"(?: and a (?:half|quarter)| and three[ -]quarters)?"
    more = rf"(?:(?: and)?[ -]{_group()}(?:[ -](?:{big})){{0,2}}){{0,2}}"
    return rf"(?:(?:{_group()}{half}|a)(?:[ -](?:{big})){{1,2}}{half}{more}|{_group()}{half})"


@cache
def _figures() -> re.Pattern[str]:
    scale = one_of(_words("scale"))
    return re.compile(
        rf"(?:(?<![\w$])(?P<sign>{one_of(currency_signs())}) ?|(?<![\w.,/])(?<![a-z]-)(?<!\d[–−])|(?<=\d[-–]))"
        rf"(?:(?P<digits>{_DIGITS})(?: ?(?P<vulgar>[{''.join(_VULGAR)}])| (?P<top>[1-9])/(?P<bottom>[2-9])(?![\d/]))?"
        rf"|(?P<alone>[{''.join(_VULGAR)}]))(?P<half> and a half\b)?"
        rf"(?:[ -]?(?P<scale>(?:{scale})s?(?:[ -](?:lakh|crore|million|billion))?)\b|(?P<short>[mkbt]n?)\b)?"
        rf"(?P<percent> ?%)?(?:(?!\w|[.,]\d|/\d)|(?=(?:{one_of(attached_units())})(?!\w)))"
    )


@cache
def _spelled() -> re.Pattern[str]:
    return re.compile(rf"\b(?<!\d[.,]){worded()}\b")


@cache
def _share() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(?P<top>an?|{one_of(_ones())}|[1-9])[ -])?(?P<share>{one_of(_words('share'))})\b"
        rf"(?:(?: of)?(?: an?)?[ -](?P<scale>{one_of(_words('scale'))})\b)?"
    )


@cache
def _ratio() -> re.Pattern[str]:
    number = rf"(?:a (?:hundred|thousand|million)|{worded()}|\d[\d,]*)"
    return re.compile(
        rf"\b(?P<top>{one_of(_ones())}|[1-9]) (?P<join>in|out of)(?: every)? (?P<bottom>{number})(?![\w%]|[.,]\d| ?per)"
    )


@cache
def _measure_next() -> re.Pattern[str]:
    return re.compile(rf"(?:(?: of)? an?(?P<space>[ -])|(?P<hyphen>-))(?=(?:{unit_words()})(?!\w))")


@cache
def _time_next() -> re.Pattern[str]:
    return re.compile(rf"[ -](?:{unit_words('time')})(?!\w)")


@cache
def between() -> re.Pattern[str]:
    """Return the pattern of "between five and six hundred"; `and` is the word that joins the two."""
    number = rf"(?:{one_of(currency_signs())})? ?(?:{worded()}|{_DIGITS})"
    return re.compile(rf"\bbetween {number}(?:[ -]?[a-z%]{{1,8}})?(?P<and> and ){number}(?!\w)")


def value_of(text: str) -> tuple[float, float]:
    """Return the value of a number in words, and what its last scale words make of that."""
    total, current, last, scale, counted = 0.0, 0.0, 1.0, 1.0, False
    for words in re.findall(r"and a half|and a quarter|and three[ -]quarters|[a-z]+", text):
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
        sign = currency_signs().get(match["sign"] or "")
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


def shares(text: str) -> Iterator[Number]:
    """Yield shares of something: "half of", "two-thirds", "a quarter of a million", "half an hour"."""
    for match in _share().finditer(text):
        top, share = match["top"] or "", match["share"]
        count = float(top) if top.isdigit() else value_of(top)[0] if top else 1.0
        value = count * number_words()[share][0]
        if match["scale"]:
            if top or share in ("half", "quarter"):
                scale = number_words()[match["scale"]][0]
                yield Number(Span(*match.span()), value * scale, scale, figures=False)
        elif (end := _share_end(text, match, count)) is not None:
            yield Number(Span(match.start(), end), value, figures=False)


def _share_end(text: str, match: re.Match[str], count: float) -> int | None:
    """Return where a share ends, with the article of "half an hour"; None where the word says which, not how much."""
    share, end = match["share"], match.end()
    plural = share.endswith("s") and count > 1
    if not (plural or share == "half" or (match["top"] and count == 1)) or (share == "half" and count > 1):
        return None
    before = _WORD_BEFORE.search(text, max(0, match.start() - 16), match.start())
    if measured := _measure_next().match(text, end):
        return max(measured.start("space"), measured.start("hyphen"))
    if before and before[1] in word_list("part_words"):
        return None
    if _OF_NEXT.match(text, end):
        return end
    by = before is not None and before[1] in ("by", "than", "nearly", "almost", "about", "over")
    return end if (by and share != "quarters") or (plural and share != "quarters") else None


def ratios(text: str) -> Iterator[Number]:
    """Yield "one in five", "three out of four" as the shares that they are."""
    for match in _ratio().finditer(text):
        bottom = match["bottom"]
        low = float(match["top"]) if match["top"].isdigit() else value_of(match["top"])[0]
        high = float(bottom.replace(",", "")) if bottom[0].isdigit() else value_of(bottom)[0]
        timed = _time_next().match(text, match.end())
        if low < high and not timed and (match["join"] == "out of" or low == 1 or bottom in _RATIO_BOTTOM):
            yield Number(Span(*match.span()), low / high, figures=False)


def numbers(text: str, words: bool, digits: bool) -> list[Number]:
    """Return the numbers of a text in order, none inside another.

    words, digits: whether the text has any number word, any digit.
    """
    taken: list[Number] = []
    found: list[Number] = []
    if words or digits:
        found += ratios(text)
    if words:
        found += [*shares(text), *spelled(text)]
    if digits:
        found += figures(text)
    used = bytearray(len(text))
    for number in sorted(
        found, key=lambda number: number.span.start - number.span.end
    ):  # "half a million" has "a million"
        if not any(used[number.span.start : number.span.end]):
            used[number.span.start : number.span.end] = b"\1" * (number.span.end - number.span.start)
            taken.append(number)
    return sorted(taken, key=lambda number: number.span)
