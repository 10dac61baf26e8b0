"""What the numbers of a range or a list share: the scale, the currency and the unit that are stated once.

"$3–4 billion", "five to six hundred", "20-30,000", "10-, 20- and 30-year bonds", "100, 200 and 300 million dollars".
"""

import re
from enum import Enum

from flows.extract.claims.quantities.numbers import JOIN, Number
from flows.extract.claims.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list

_RANGE = re.compile(rf" ?(?:-|–|{JOIN}|\bto\b) ?| {JOIN}+ |(?:- | |-)(?:up )?to(?: |-)| - ")
_CHOICE = re.compile(r"-? (?:or|and) |-?,(?: and| or)? |-and-|-or-")
_STEP = re.compile(rf"(?<![a-z])(by|{one_of(word_list('steps'))}) (?:about |another )?$")
_THOUSANDS = re.compile(r"\d{1,3},000$")


class Joint(Enum):
    """How two numbers that follow each other belong together."""

    RANGE = "range"
    CHOICE = "choice"


def joint(masked: str, start: int, end: int) -> Joint | None:
    """Return how two numbers are joined by the words between them, from `start` to `end`; None where they are not."""
    if end - start > len(" and not "):
        return None
    if _RANGE.fullmatch(masked, start, end):
        return Joint.RANGE
    return Joint.CHOICE if _CHOICE.fullmatch(masked, start, end) else None


def is_change(low_text: str, start: int) -> bool:
    """Whether a range that starts here tells of a change: "from 3 to 4 million"."""
    return low_text.endswith("from ", 0, start)


def is_step(low_text: str, low: float, high: float, start: int, unit: str | None) -> bool:
    """Whether the first number is by how much, the second how much it is then: "fell by 5 to 761", "rose 5 to 761 yen".

    "Rose 3 to 4 percent" is a range.
    """
    before = _STEP.search(low_text, max(0, start - 24), start)
    if before is None:
        return False
    return low * THRESHOLDS.list_ratio < high or (unit != "percent" and before[1] != "by")


def with_shared_scales(low_text: str, masked: str, found: list[Number]) -> list[Number]:
    """Return the numbers with the scale and the currency that a range or list states once."""
    spread = list(found)
    for at in range(len(spread) - 2, -1, -1):
        low, high = spread[at], spread[at + 1]
        joined = joint(masked, low.span.end, high.span.start)
        if joined is None:
            continue
        if low.scale == 1 and low.value:
            times = _times(low_text, low, high, joined)
            low = low._replace(value=low.value * times, scale=times)
        adjacent = joined is Joint.RANGE or " or " in masked[low.span.end : high.span.start]
        if low.unit is None and high.unit is not None and not (high.unit == "percent" and low.bare_m):
            low = low._replace(unit=high.unit)
        if high.unit is None and low.unit not in (None, "percent", "foot") and adjacent:
            spread[at + 1] = high._replace(unit=low.unit)
        spread[at] = low
    return spread


def _times(low_text: str, low: Number, high: Number, joined: Joint) -> float:
    """Return what the first of two numbers is multiplied with, because the second states it for both."""
    ratio = high.value / high.scale / low.value
    changed = is_change(low_text, low.span.start)
    if high.scale > 1:
        if joined is Joint.CHOICE:
            or_ = " or " in low_text[low.span.end : high.span.start]
            return high.scale if (or_ and ratio >= 1) or 1 <= ratio <= THRESHOLDS.list_ratio else 1.0
        return high.scale if ratio >= 1 or (changed and ratio > 1 / THRESHOLDS.list_ratio) else 1.0
    thousands = low.figures and high.figures and low.value < 1000 and _THOUSANDS.search(low_text, 0, high.span.end)
    if joined is Joint.RANGE and thousands and not changed and low.value.is_integer():
        return 1000.0 if 1 < high.value / (1000 * low.value) <= THRESHOLDS.list_ratio else 1.0  # "20-30,000"
    return 1.0
