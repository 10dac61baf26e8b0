"""Units as news writes them (`units.csv`), rates of them, and what they are in base units (`base_units.csv`).

Factors are exact by definition (International System of Units, international yard and pound, the barrel of 42 US
gallons). What differs from country to country (ton, gallon, pound, ounce) has no base unit. A month has no fixed
length, so months and years are compared in months, and all shorter times in seconds.
"""

import re
from functools import cache
from typing import NamedTuple

from flows.extract.claims.thresholds import THRESHOLDS
from flows.lexicons import LEXICONS, one_of, rows, word_list

_BEFORE_A_SUM = ("sign", "letter")


class Unit(NamedTuple):
    """What is counted or measured, what a number of it is multiplied with, and where its words end."""

    name: str | None
    factor: float
    end: int


@cache
def _rows() -> list[dict[str, str]]:
    return rows(LEXICONS, "units", ("word", "unit", "factor", "kind"))


@cache
def units() -> dict[str, tuple[str, float]]:
    """Return the unit of each word in lower case, and how many of it the word is."""
    return {w["word"].lower(): (w["unit"], float(w["factor"])) for w in _rows() if w["kind"] not in _BEFORE_A_SUM}


@cache
def unit_names() -> frozenset[str]:
    """Return the names of all units that a word stands for."""
    return frozenset(name for name, _ in units().values())


@cache
def currency_signs() -> dict[str, str]:
    """Return the currency of what stands before a sum: "$", "Rs", "GBP"; the dollar of Hong Kong is none of the US."""
    signs = {w["word"].lower(): w["unit"] for w in _rows() if w["kind"] == "sign"} | currency_letters()
    codes = {w["unit"].lower(): w["unit"] for w in _rows() if w["kind"] == "currency"}
    return signs | codes


@cache
def currency_letters() -> dict[str, str]:
    """Return the currency of a letter that stands right before a sum: R45 million, N500."""
    return {w["word"].lower(): w["unit"] for w in _rows() if w["kind"] == "letter"}


@cache
def currencies() -> frozenset[str]:
    """Return the ISO 4217 codes."""
    return frozenset(w["unit"] for w in _rows() if w["kind"] in (*_BEFORE_A_SUM, "currency"))


@cache
def unit_words(kind: str = "") -> str:
    """Return the pattern of a unit's word, of one kind where it is given."""
    return one_of([w["word"].lower() for w in _rows() if w["kind"] not in _BEFORE_A_SUM and kind in ("", w["kind"])])


@cache
def attached_units() -> list[str]:
    """Return the short words that are written at the number, without a space."""
    counted = {"count", *_BEFORE_A_SUM}
    short = {
        w["word"].lower() for w in _rows() if w["kind"] not in counted and len(w["word"]) <= THRESHOLDS.attached_letters
    }
    speeds = {w["word"].lower() for w in _rows() if w["kind"] == "speed"}
    return sorted((short | speeds | {"c", "f"}) - {"m"})


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?: {{1,2}}|-)?(?P<unit>{unit_words()})(?!\w)")


@cache
def _per() -> re.Pattern[str]:
    measured = one_of([w["word"].lower() for w in _rows() if w["kind"] in ("time", "mass", "volume", "length", "area")])
    each = one_of(sorted(word_list("rate_nouns")))
    return re.compile(
        rf"(?:/|[ -]per[ -]|[ -]an?[ -]| each | every )(?P<each>{measured}|{each})(?!\w)"
        r"(?! (?:ago|earlier|before|later)\b)"  # "63 million a year ago" is no rate
        r"|[ -]per[ -](?P<noun>[a-z]{3,20})\b"
        r"|[ -]per[ -](?P<many>\d{1,3}(?:[, ]\d{3}){1,3}|\d{2,7})(?!\w|[.,]\d)(?: (?P<counted>people|[a-z]{3,20}s)\b)?"
    )


def known_unit(text: str, end: int) -> Unit | None:
    """Return the unit that a table knows behind a number; None where none stands there. `text` is in lower case."""
    match = _after().match(text, end)
    if match is None:
        return None
    name, factor = units()[match["unit"]]
    return Unit(name, factor, match.end())


def rated(text: str, unit: Unit) -> Unit:
    """Return the unit with what it is a rate of: "mile per hour" of "miles an hour"."""
    match = _per().match(text, unit.end)
    if match is not None and match["many"]:  # "12 deaths per 100,000 people"
        below = " ".join(filter(None, ("per", match["many"], match["counted"])))
        return Unit(f"{unit.name} {below}" if unit.name else below, unit.factor, match.end())
    if match is None or unit.name is None or " per " in unit.name:
        return unit
    word = match["each"] or match["noun"]
    if word == "cent":
        return unit
    each, times = units().get(word, (singular(word), 1.0))
    return Unit(f"{unit.name} per {each}", unit.factor / times, match.end())


@cache
def _base_units() -> dict[str, tuple[str, float, float]]:
    table = rows(LEXICONS, "base_units", ("unit", "base_unit", "factor", "offset"))
    found = {r["unit"]: (r["base_unit"], float(r["factor"]), float(r["offset"])) for r in table}
    return found | {code: (code, 1.0, 0.0) for code in currencies()}


def in_base_units(value: float, unit: str | None) -> tuple[float | None, str | None]:
    """Return a value in the base unit of its kind, and that unit; both None where the unit has none.

    A sum of money stays in its currency. Counted things have no base unit.
    """
    if unit is None:
        return None, None
    if unit in _base_units():
        base, factor, offset = _base_units()[unit]
        return _rounded(value * factor + offset), base
    above, _, below = unit.partition(" per ")
    if not below or above == "percent" or above not in _base_units() or below not in _base_units():
        return None, None
    (top, factor, shift), (bottom, times, _) = _base_units()[above], _base_units()[below]
    if shift or top == bottom:  # a temperature, or hours a day
        return None, None
    return _rounded(value * factor / times), f"{top} per {bottom}"


def _rounded(value: float) -> float:
    """Return a value without the last bits that conversion adds: 15 digits are what a double holds."""
    return float(f"{value:.15g}")


def singular(noun: str) -> str:
    """Return the singular of a regular English noun, in lower case unless it is a name."""
    word = noun if noun.isupper() else noun.lower()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
