"""Shares of something in words: "two-thirds of", "one in five", "half an hour".

Reads the same text as `numbers`: in lower case, spaces plain, what is no number blanked out.
"""

import re
from collections.abc import Iterator
from functools import cache

from flows.extract.claims.quantities.numbers import Number, number_words, ones, value_of, worded, words_of
from flows.extract.claims.quantities.units import unit_words
from flows.lexicons import one_of, word_list
from flows.spans import Span

_WORD_BEFORE = re.compile(r"(?<![a-z])([a-z]+) (?:the )?$")
_OF_NEXT = re.compile(r" of\b| the\b|[ -]majority\b| (?:more|less|fewer|higher|lower|its|their|all)\b")
_RATIO_BOTTOM = {"10", "100", "ten"}


@cache
def _share() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(?P<top>an?|{one_of(ones())}|[1-9])[ -])?(?P<share>{one_of(words_of('share'))})\b"
        rf"(?:(?:[ -]of)?(?:[ -]an?)?[ -](?P<scale>{one_of(words_of('scale'))})\b)?"
    )


@cache
def _ratio() -> re.Pattern[str]:
    number = rf"(?:a (?:hundred|thousand|million)|{worded()}|\d[\d,]*)"
    return re.compile(
        rf"\b(?P<top>{one_of(ones())}|[1-9]) (?P<join>in|out of)(?: every)? (?P<bottom>{number})(?![\w%]|[.,]\d| ?per)"
    )


@cache
def _measure_next() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:[ -]of)?[ -]an?(?P<space>[ -])|(?P<hyphen>-))(?=(?:{unit_words()})(?!\w))")


@cache
def _time_next() -> re.Pattern[str]:
    return re.compile(rf"[ -](?:{unit_words('time')})(?!\w)")


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
    if (share == "quarters" and count != 3) or (share == "fourth" and text.startswith(" of july", end)):
        return None  # "two quarters of growth" are of the year
    measured = _measure_next().match(text, end)
    of_a_measure = measured is not None and share == "quarter" and count == 3  # "a three-quarter-mile track"
    one = match["top"] and count == 1
    if not (plural or share == "half" or one or of_a_measure) or (share == "half" and count > 1):
        return None
    before = _WORD_BEFORE.search(text, max(0, match.start() - 16), match.start())
    if measured:
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
