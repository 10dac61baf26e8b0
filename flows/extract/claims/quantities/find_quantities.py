"""Quantities that a content states: a number, what it counts or measures, and the words.

Numerals, number words, shares ("half", "two-thirds"), scales ("1.7 bln", "4.5 lakh crore"), ranges that share a scale
or a unit, currencies, percentages and rates. The unit is `percent`, an ISO 4217 code, a measure, a rate ("mile per
hour"), or the singular of the noun that is counted ("vote" of "94 votes"); null where no noun follows. Dates, clock
times, scores and numbers that name something ("Resolution 1244", "Flight 370") are no quantities. A hedge belongs to
the words ("nearly 200,000"), and says what bound the number is.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from flows.extract.claims.dates.date_expressions import date_spans, letters
from flows.extract.claims.quantities.compound_numbers import half_more, one_unit
from flows.extract.claims.quantities.counted_nouns import noun_after
from flows.extract.claims.quantities.find_numbers import find_numbers
from flows.extract.claims.quantities.hedges import Hedge, hedge_after, hedge_before
from flows.extract.claims.quantities.names_and_times import is_age, is_name, readable
from flows.extract.claims.quantities.numbers import Number, number_words
from flows.extract.claims.quantities.ranges import Joint, is_change, is_step, joint, with_shared_scales
from flows.extract.claims.quantities.units import Unit, in_base_units, known_unit, rated, unit_names
from flows.lexicons import one_of, word_list
from flows.spans import Span, folded
from schemas.vocabularies import Bound

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008", " "))
_DIGIT = re.compile(r"\d")
_VULGAR_FRACTION = re.compile("[½¼¾⅓⅔⅛]")
_PRONOUN_BEFORE = re.compile(r"\b(?:the|this|that|no|any|every|each|another)\s$")
_PER_MANY = re.compile(r"\bper \d")
_ZERO_OF = re.compile(rf" (?!(?:{one_of(word_list('not_after_zero'))})\b)[a-z]")
_CAPITAL_DEGREE = re.compile(r"[CF]\b")
_LOWER_NEXT = re.compile(r"[ -]([a-z]+)")
_BELOW_ZERO = re.compile(r" below (?:zero|0)\b")
_DEGREE_NEXT = re.compile(r" ?(?:%|per ?cent|°|degrees?\b|[cf]\b)")
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude[ -](?:of )?$")
_CHANGE = re.compile(r"\bby (?:[a-z]+ ){0,3}$")
_VOTED = re.compile(r"\bvot(?:e|es|ed|ing)\b[^.;]{0,30}$")
_VOTE_NEXT = re.compile(r" (?:vote|majority|decision|ruling|verdict|split)\b")


class Quantity(NamedTuple):
    """A number with its unit, the words that say so, the bound that a hedge makes of it, and the base unit's value.

    value, unit: as stated, the unit None for a bare count; surface: a substring of the text
    bound: of `Bound`, None where the number is exact
    base_value, base_unit: in the base unit of its kind, both None where it has none
    """

    value: float
    unit: str | None
    surface: str
    bound: str | None = None
    base_value: float | None = None
    base_unit: str | None = None


class _Read(NamedTuple):
    """A text in the forms that are read; every character is at its place in each."""

    text: str
    low: str
    masked: str


class _Measured(NamedTuple):
    """A number with its unit and hedge; `span` is that of all its words."""

    number: Number
    value: float
    unit: str | None
    span: Span
    bound: Bound | None
    factor: float


def find_quantities(text: str) -> list[Quantity]:
    """Return every quantity of `text`, in order; each surface is a substring of it."""
    return list(_quantities(text))


@lru_cache(maxsize=256)  # asked once to score a clause and once to describe the claim that it is
def _quantities(text: str) -> tuple[Quantity, ...]:
    digits = _DIGIT.search(text) is not None
    words = not number_words().keys().isdisjoint(letters(text))
    plain = text if text.isascii() else text.translate(_SPACES)
    low = folded(plain)
    signs = not text.isascii() and _VULGAR_FRACTION.search(text) is not None
    if not digits and not words and not signs and not any(one_unit(low)):
        return ()
    read = _Read(plain, low, readable(plain, low, date_spans(text)))
    found = with_shared_scales(low, read.masked, find_numbers(read.masked, words, digits or signs))
    joined = [b if joint(read.masked, a.span.end, b.span.start) else None for a, b in pairwise(found)]
    measured: list[_Measured | None] = []
    end = 0
    for number, follows in zip(found, [*joined, None], strict=False):
        if number.span.start < end:
            continue  # the hundred thousand of "12 per 100,000"
        measured.append(one := _measured(read, number, follows))
        end = one.span.end if one and _PER_MANY.search(one.unit or "") else end
    return tuple(_quantity(text, read, m) for m in _shared(read, measured) if m is not None)


def _quantity(text: str, read: _Read, m: _Measured) -> Quantity:
    base_value, base_unit = in_base_units(m.value, m.unit)
    if m.unit == "degree Fahrenheit" and _CHANGE.search(read.low, max(0, m.span.start - 30), m.span.start):
        base_value, base_unit = None, None  # a change of temperature is no temperature
    return Quantity(m.value, m.unit, m.span.of(text), m.bound and m.bound.value, base_value, base_unit)


def _shared(read: _Read, found: list[_Measured | None]) -> list[_Measured | None]:
    """Return the quantities with the unit that a range or list states once, and the ends of a range as bounds.

    Scores are left out.
    """
    shared = list(found)
    for at in range(len(shared) - 2, -1, -1):
        low, high = shared[at], shared[at + 1]
        if low is None or high is None:
            continue
        joined = joint(read.masked, low.number.span.end, high.number.span.start)
        if joined is None and low.unit is not None and low.unit == high.unit:  # "2 percent to 3 percent"
            joined = joint(read.masked, low.span.end, high.span.start)
        if joined is None:
            continue
        if low.unit is None or (high.unit or "").startswith(f"{low.unit} per "):
            low = low._replace(unit=high.unit, value=low.value * (high.factor if low.unit is None else 1.0))
        if joined is Joint.RANGE:
            if high.unit is None and is_age(read.text, low.number.span):
                high = high._replace(unit=low.unit)
            if _is_score(read, low, high):
                shared[at] = shared[at + 1] = None
                continue
            if is_step(read.low, low.value, high.value, low.number.span.start, high.unit):
                continue
            if not is_change(read.low, low.span.start) and low.value < high.value:
                low, high = low._replace(bound=Bound.AT_LEAST), high._replace(bound=Bound.AT_MOST)
        shared[at], shared[at + 1] = low, high
    return shared


def _is_score(read: _Read, low: _Measured, high: _Measured) -> bool:
    """Whether two numbers are a result, "3-1", and none of a vote."""
    join = read.masked[low.number.span.end : high.number.span.start].strip(" ")
    if join not in ("-", "–", "-to-") or low.value < high.value or low.unit is not None or high.unit is not None:
        return False
    voted = _VOTED.search(read.low, max(0, low.span.start - 40), low.span.start)
    return not voted and not _VOTE_NEXT.match(read.low, high.span.end)


def _measured(read: _Read, number: Number, joined: Number | None) -> _Measured | None:
    """Return the number with its unit; None where it names something or is no count at all.

    joined: the next number where it belongs to a range or list with this one.
    """
    low, (start, end) = read.low, number.span
    after = hedge_after(low, end)
    unit = _unit(read, number, after.span.end if after else end)
    if unit is None and number.bare_m and joined and joined.bare_m:  # "10m to 20m dollars"
        unit = _unit(read, joined, joined.span.end)
        unit = unit and unit._replace(end=end)
    bare = unit is not None and unit.name is None and number.scale == 1 and not joined
    if unit is None or (bare and not hedge_before(low, start, few=False) and is_name(read.text, number.span)):
        return None
    if unit.name is None and is_age(read.text, number.span):
        unit = unit._replace(name="year")
    word = number.span.of(low)
    if unit.name is None and number.value == 0 and _ZERO_OF.match(low, end):
        return None  # "zero tolerance"
    pronoun = _PRONOUN_BEFORE.search(low, max(0, start - 10), start) or low.startswith(" of ", end)
    if word == "one" and number.scale == 1 and not joined and (unit.name is None or pronoun):
        return None  # "no one", "one of the poorest"
    half, unit = _with_half(low, unit)
    unit = rated(low, unit)
    unit_end = max(unit.end, after.span.end if after else end)
    last = after or hedge_after(low, unit_end)
    value, begin = (number.value + half) * unit.factor, start
    below = _BELOW_ZERO.match(low, unit_end) if (unit.name or "").startswith("degree") else None
    if (sign := _minus(low, number)) or below:
        value, begin = -abs(value), start - sign
        unit_end = below.end() if below else unit_end
    before = hedge_before(low, begin, _few(number, unit))
    hedge: Hedge | None = before or last
    return _Measured(
        number,
        value,
        unit.name,
        Span(before.span.start if before else begin, max(unit_end, last.span.end if last else unit_end)),
        hedge.bound if hedge else None,
        unit.factor,
    )


def _with_half(low: str, unit: Unit) -> tuple[float, Unit]:
    """Return the half that stands behind the unit, "two days and a half", and the unit with it."""
    more = half_more(low, unit.end) if unit.name else None
    return (more[0], unit._replace(end=more[1])) if more else (0.0, unit)


def _few(number: Number, unit: Unit) -> bool:
    """Whether "over" before the number may be a place: "a dispute over three islands"."""
    return not number.figures and 1 <= number.value < 10 and unit.name not in unit_names()


def _minus(low: str, number: Number) -> int:
    """Return how many characters before the number say that it is below zero."""
    start = number.span.start
    if low.endswith(("minus ", "minus-"), 0, start):
        return len("minus ")
    before = low[max(0, start - 2) : start]
    if before.endswith("−") and not before[:-1].isalnum():
        return 1
    if before.endswith("-") and not before[:-1].strip(" (") and number.figures:
        return 1 if number.unit == "percent" or _DEGREE_NEXT.match(low, number.span.end) else 0
    return 0


def _unit(read: _Read, number: Number, end: int) -> Unit | None:
    """Return the unit of a number; None where an "m" at it may be metres or millions."""
    if number.unit:
        return Unit(number.unit, 1.0, end)
    if number.bare_m:
        return _metres_or_millions(read, number, end)
    if number.figures and (degree := _CAPITAL_DEGREE.match(read.text, end)):
        return Unit("degree Celsius" if degree.group() == "C" else "degree Fahrenheit", 1.0, degree.end())
    if number.figures and read.low[end : end + 1] in ("c", "f") and not read.low[end + 1 : end + 2].isalpha():
        return None
    known = known_unit(read.low, end) or noun_after(read.text, end, single=number.value == 1)
    start = number.span.start
    of_magnitude = _MAGNITUDE_BEFORE.search(read.low, max(0, start - 20), start) is not None
    return known._replace(name="magnitude") if of_magnitude and known and known.name is None else known


def _metres_or_millions(read: _Read, number: Number, end: int) -> Unit | None:
    """Return what "1.2m people" counts and "a 100m race" measures; None where nothing tells."""
    short = read.low[number.span.end - 1]
    next_word = _LOWER_NEXT.match(read.low, end)
    if next_word and next_word[1] in word_list("after_metres"):
        return Unit("metre", 1 / number.scale, end) if short == "m" else None
    counted = known_unit(read.low, end) or noun_after(read.text, end)
    return counted if counted and counted.name else None
