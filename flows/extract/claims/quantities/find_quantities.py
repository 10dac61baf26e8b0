"""Quantities that a content states: a number, what it counts or measures, and the words.

Numerals, number words, shares ("half", "two-thirds"), scales ("1.7 bln", "4.5 lakh crore"), ranges that share a scale
or a unit, currencies, percentages and rates. The unit is `percent`, an ISO 4217 code, a measure, a rate ("mile per
hour"), or the singular of the noun that is counted ("vote" of "94 votes"); null where no noun follows. Dates, clock
times, scores and numbers that name something ("Resolution 1244", "Flight 370") are no quantities. A hedge belongs to
the words ("nearly 200,000"), and says what bound the number is.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from flows.extract.claims.dates.date_expressions import date_spans, letters
from flows.extract.claims.quantities.hedges import Hedge, hedge_after, hedge_before
from flows.extract.claims.quantities.names_and_times import is_name, readable
from flows.extract.claims.quantities.numbers import JOIN, Number, number_words, numbers
from flows.extract.claims.quantities.units import Unit, in_base_units, known_unit, rated, singular, units
from flows.lexicons import word_list
from flows.spans import Span, folded
from schemas.vocabularies import Bound

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008", " "))
_DIGIT = re.compile(r"\d")
_RANGE = re.compile(rf" ?(?:-|–|{JOIN}|\bto\b|\bor\b) ?| {JOIN}+ ")
_PRONOUN_BEFORE = re.compile(r"\b(?:the|this|that|no|any|every|each|another)\s$")
_HYPHENED = re.compile(r"-([a-z]{3,30})\b")
_OF = re.compile(r" of (?:(?:the|its|their|his|her|all) )?")
_HALF_THE = re.compile(r" (?:of )?(?:(?:the|its|their|his|her|all) )?")
_NEXT_WORD = re.compile(r"(?:^|(?<=\s)|[ -])([A-Za-z][\w’'-]*)")
_SINGULAR = ("ss", "us", "is", "vs", "'s", "’s")
"""Endings in s of what is no plural."""
_CAPITAL_DEGREE = re.compile(r"[CF]\b")
_LOWER_NEXT = re.compile(r"[ -]([a-z]+)")
_BELOW_ZERO = re.compile(r" below (?:zero|0)\b")
_DEGREE_NEXT = re.compile(r" ?(?:%|per ?cent|°|degrees?\b|[cf]\b)")
_CHANGE = re.compile(r"\bby (?:[a-z]+ ){0,3}$")
_VOTED = re.compile(r"\bvot(?:e|es|ed|ing)\b[^.;]{0,30}$")
_VOTE_NEXT = re.compile(r" (?:vote|majority|decision|ruling|verdict|split)\b")
_NOT_COUNTED = word_list("not_counted")


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


def find_quantities(text: str) -> list[Quantity]:
    """Return every quantity of `text`, in order; each surface is a substring of it."""
    return list(_quantities(text))


@lru_cache(maxsize=256)  # asked once to score a clause and once to describe the claim that it is
def _quantities(text: str) -> tuple[Quantity, ...]:
    digits = _DIGIT.search(text) is not None
    words = not number_words().keys().isdisjoint(letters(text))
    if not digits and not words and not any(c in text for c in "½¼¾⅓⅔⅛"):
        return ()
    plain = text.translate(_SPACES)
    low = folded(plain)
    read = _Read(plain, low, readable(low, date_spans(text)))
    found = numbers(read.masked, words, True)
    measured = [_measured(read, number) for number in _spread(read, found)]
    return tuple(_quantity(text, read, m) for m in _shared(read, measured) if m is not None)


def _quantity(text: str, read: _Read, m: _Measured) -> Quantity:
    base_value, base_unit = in_base_units(m.value, m.unit)
    if m.unit == "degree Fahrenheit" and _CHANGE.search(read.low, max(0, m.span.start - 30), m.span.start):
        base_value, base_unit = None, None  # a change of temperature is no temperature
    return Quantity(m.value, m.unit, m.span.of(text), m.bound and m.bound.value, base_value, base_unit)


def _joined(read: _Read, low: Number, high: Number) -> str | None:
    """Return the words between the two ends of a range; None where the two are none."""
    match = _RANGE.fullmatch(read.masked, low.span.end, high.span.start)
    return match.group().strip() or None if match else None


def _spread(read: _Read, found: list[Number]) -> list[Number]:
    """Return the numbers with the scale and the currency that a range states once: "$3–4 billion"."""
    spread = list(found)
    for at in range(len(spread) - 2, -1, -1):
        low, high = spread[at], spread[at + 1]
        if not _joined(read, low, high):
            continue
        ratio = high.value / high.scale / low.value if low.value else 1.0
        turned = read.low.endswith("from ", 0, low.span.start) and ratio > 0.1
        if low.scale == 1 and high.scale > 1 and (ratio >= 1 or turned):
            low = low._replace(value=low.value * high.scale, scale=high.scale)
        if low.unit is None and high.unit is not None and not (high.unit == "percent" and low.bare_m):
            low = low._replace(unit=high.unit)
        if high.unit is None and low.unit not in (None, "percent"):
            spread[at + 1] = high._replace(unit=low.unit)
        spread[at] = low
    return spread


def _shared(read: _Read, found: list[_Measured | None]) -> list[_Measured | None]:
    """Return the quantities with the unit that a range states once, and its ends as bounds; scores are left out."""
    shared = list(found)
    for at in range(len(shared) - 1):
        low, high = shared[at], shared[at + 1]
        if low is None or high is None or not (join := _joined(read, low.number, high.number)):
            continue
        if low.unit is None or (high.unit or "").startswith(f"{low.unit} per "):
            low = low._replace(unit=high.unit)
        if join in "-–" and low.value >= high.value and low.unit is None and high.unit is None:
            voted = _VOTED.search(read.low, max(0, low.span.start - 40), low.span.start)
            if not voted and not _VOTE_NEXT.match(read.low, high.span.end):
                shared[at] = shared[at + 1] = None  # a score: 3-1
                continue
        if join != "or" and low.value < high.value and not read.low.endswith("from ", 0, low.span.start):
            low, high = low._replace(bound=Bound.AT_LEAST), high._replace(bound=Bound.AT_MOST)
        shared[at], shared[at + 1] = low, high
    return shared


def _measured(read: _Read, number: Number) -> _Measured | None:
    """Return the number with its unit; None where it names something or is no count at all."""
    low, (start, end) = read.low, number.span
    after = hedge_after(low, end)
    unit = _unit(read, number, after.span.end if after else end)
    if unit is None or (unit.name is None and is_name(read.text, start)):
        return None
    word = number.span.of(low)
    pronoun = _PRONOUN_BEFORE.search(low, max(0, start - 10), start) or low.startswith(" of ", end)
    if word == "one" and number.scale == 1 and (unit.name is None or pronoun):
        return None  # "no one", "one of the poorest"
    unit = rated(low, unit)
    unit_end = max(unit.end, after.span.end if after else end)
    last = after or hedge_after(low, unit_end)
    value, begin = number.value * unit.factor, start
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
    )


def _few(number: Number, unit: Unit) -> bool:
    """Whether "over" before the number may be a place: "a dispute over three islands"."""
    return not number.figures and 1 <= number.value < 10 and unit.name not in {name for name, _ in units().values()}


def _minus(low: str, number: Number) -> int:
    """Return how many characters before the number say that it is below zero."""
    start = number.span.start
    if low.endswith("minus ", 0, start):
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
    return known_unit(read.low, end) or _noun_after(read.text, end)


def _metres_or_millions(read: _Read, number: Number, end: int) -> Unit | None:
    """Return what "1.2m people" counts and "a 100m race" measures; None where nothing tells."""
    short = read.low[number.span.end - 1]
    next_word = _LOWER_NEXT.match(read.low, end)
    if next_word and next_word[1] in word_list("after_metres"):
        return Unit("metre", 1 / number.scale, end) if short == "m" else None
    counted = known_unit(read.low, end) or _noun_after(read.text, end)
    return counted if counted.name else None


def _noun_after(text: str, end: int) -> Unit:
    """Return the noun that is counted: the first plural of up to four words, or the next word after a hyphen."""
    hyphen = _HYPHENED.match(text, end)
    if hyphen:
        counted = hyphen[1] not in word_list("not_after_a_hyphen")
        return Unit(singular(hyphen[1]), 1.0, hyphen.end()) if counted else Unit(None, 1.0, end)
    half = text[max(0, end - 4) : end].lower() == "half"
    position = of.end() if (of := (_HALF_THE if half else _OF).match(text, end)) else end
    for _ in range(4):
        match = _NEXT_WORD.match(text, position)
        if match is None or match[1].lower() in _NOT_COUNTED:
            break
        word, position = match[1], match.end()
        if word.lower() in units() or (word.endswith("s") and not word.endswith(_SINGULAR)):
            name, factor = units().get(word.lower(), (singular(word), 1.0))
            return Unit(name, factor, position)
    return Unit(None, 1.0, end)
