"""The ways in which news writes a date, and what each means: full forms before their parts, as in TIMEX annotation.

A date is ISO 8601 at the precision stated: `2008`, `2008-02`, `2008-02-17`, and `2022-W08` for "two weeks ago". A month
or weekday lies where the tense says (`direction`). Where nothing says it, a month takes the year that brings it nearest
to the day of speaking, and a weekday is the last one on or before it, as news agencies write; a season is given as its
year. What cannot be resolved (no day of speaking, "that day", 05/06/2021) is not guessed.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from flows.extract.claims.dates.direction import Direction
from flows.extract.claims.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTH = (
    # month names are capitalised, so that "may" and "march" stay the verbs that they are
    r"(?P<month>(?-i:(?=[JFMASOND]))(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?))"
)
_WEEKDAY = r"(?P<weekday>mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_NUMBER = r"(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several)"
_NUMBERS = (
    "a",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_HEDGE = r"(?:(?:nearly|almost|about|some|over|exactly|more than|just over) )?"
_NAMED_DAYS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None  # the 30th of February and its like


def _month(match: re.Match[str]) -> int:
    return MONTHS.index(match["month"][:3].lower()) + 1


def _nearest_year(month: int, day: int, published_on: date) -> int:
    """Return the year in which this day lies nearest to the day of publication."""
    years = (published_on.year, published_on.year - 1, published_on.year + 1)
    return min(years, key=lambda y: abs((date(y, month, min(day, 28)) - published_on).days))


def _full(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    return _iso(int(match["year"]), _month(match), int(match["day"]))


def _month_year(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    return _iso(int(match["year"]), _month(match))


def _numeric(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    return _iso(int(match["year"]), int(match["m"]), int(match["day"]))


def _slashed(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    """Day and month in figures, in either order, where only one order makes a date."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first <= 12 and second <= 12 and first != second:
        return None
    return _iso(year, second, first) if second <= 12 else _iso(year, first, second) if first <= 12 else None


def _year_of(month: int, day: int, published_on: date, tense: Direction | None) -> int:
    """Return the year of a day and month that are stated without one."""
    nearest = _nearest_year(month, day, published_on)
    days = (date(nearest, month, min(day, 28)) - published_on).days
    if tense is None or (tense is Direction.AHEAD and -THRESHOLDS.just_past_days <= days < 0):
        return nearest
    here = (published_on.month, published_on.day)
    if tense is Direction.AHEAD:
        return published_on.year + ((month, day) < here)
    return published_on.year - ((month, day) > here)


def _day_month(match: re.Match[str], published_on: date | None, tense: Direction | None) -> str | None:
    if published_on is None:
        return None
    month, day = _month(match), int(match["day"])
    if match["weekday"]:  # a day of the week tells the year
        for year in (published_on.year, published_on.year - 1, published_on.year + 1):
            iso = _iso(year, month, day)
            if iso and date.fromisoformat(iso).weekday() == DAYS.index(match["weekday"][:3].lower()):
                return iso
    return _iso(_year_of(month, day, published_on, tense), month, day)


def _month_alone(match: re.Match[str], published_on: date | None, tense: Direction | None) -> str | None:
    if published_on is None:
        return None
    month, direction = _month(match), (match["direction"] or "").lower()
    if direction == "last":
        return _iso(published_on.year - (month >= published_on.month), month)
    if direction == "next":
        return _iso(published_on.year + (month <= published_on.month), month)
    if tense is Direction.AHEAD:
        return _iso(published_on.year + (month < published_on.month), month)
    if tense is Direction.BEHIND:
        return _iso(published_on.year - (month > published_on.month), month)
    return _iso(_nearest_year(month, 15, published_on), month)


def _weekday(match: re.Match[str], published_on: date | None, tense: Direction | None) -> str | None:
    if published_on is None:
        return None
    back = (published_on.weekday() - DAYS.index(match["weekday"][:3].lower())) % 7
    direction = (match["direction"] or "").lower()
    if direction in ("next", "coming", "this coming"):
        return _days_on(published_on, 7 - back)
    if direction in ("last", "past", "this past"):
        return _days_on(published_on, -(back or 7))
    return _days_on(published_on, -back % 7 if tense is Direction.AHEAD else -back)


def _weekday_of_week(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    """A weekday of the week before, of this one, of the one to come: "Wednesday last week"."""
    if published_on is None:
        return None
    weeks = {"last": -1, "this": 0, "next": 1}[match["week"].lower()]
    days = DAYS.index(match["weekday"][:3].lower()) - published_on.weekday() + 7 * weeks
    return _days_on(published_on, days)


def _days_on(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None  # beyond the calendar


def _named_day(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    named = " ".join(match["named"].lower().split())
    shift = _NAMED_DAYS.get(named, 0)
    return _days_on(published_on, shift) if published_on else None


def _at(day: date, unit: str) -> str:
    """`day` at the precision of a unit of time."""
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return day.isoformat()[: {"decade": 4, "year": 4, "month": 7, "day": 10}[unit]]


def _shifted(day: date, unit: str, number: int) -> str | None:
    years = 10 if unit == "decade" else 1
    step = {
        "decade": relativedelta(years=years * number),
        "year": relativedelta(years=number),
        "month": relativedelta(months=number),
        "week": relativedelta(weeks=number),
        "day": relativedelta(days=number),
    }[unit]
    try:
        return _at(day + step, unit)
    except (ValueError, OverflowError):
        return None  # before the year 1


def _ago(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    word = match["number"].lower()
    if published_on is None or word == "several":
        return None
    number = int(word) if word.isdigit() else max(1, _NUMBERS.index("a" if word == "an" else word))
    return _shifted(published_on, match["unit"].lower(), -number)


def _relative_unit(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    shift = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
    direction = match["direction"].lower().removeprefix("the ")
    return _shifted(published_on, match["unit"].lower(), shift[direction]) if published_on else None


def _season(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    if match["year"]:
        return _iso(int(match["year"]))
    if published_on is None:
        return None
    starts = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}[match["season"].lower()]
    direction = match["direction"].lower()
    if direction == "next":
        return _iso(published_on.year + (published_on.month >= starts))
    # the last autumn of a text from March is last year's; of one from December, this year's or the last's
    return _iso(
        published_on.year - (published_on.month < starts) - (direction == "last" and _now(starts, published_on))
    )


def _now(starts: int, published_on: date) -> bool:
    return 0 <= published_on.month - starts < 3


def plain_year(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    return _iso(int(match["year"]))


Resolver = Callable[[re.Match[str], date | None, Direction | None], str | None]


class Form(NamedTuple):
    """One way to write a date: its pattern, what it means, and what a text must have that holds one."""

    pattern: re.Pattern[str]
    resolve: Resolver
    needs: frozenset[str]


def _form(pattern: str, resolve: Resolver, *needs: str) -> Form:
    return Form(re.compile(rf"(?<![\w.])(?<!\d,)(?:{pattern})(?!\w)", re.IGNORECASE), resolve, frozenset(needs))


_COUNTED = (  # what newspapers count by the thousand without a comma; other plurals follow years ("the 2008 elections")
    rf"(?! (?:\w+ )?(?:{one_of(word_list('counted_in_thousands'))})\b)"
)

FORMS = (
    _form(r"(?P<year>\d{4})-(?P<m>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])", _numeric, "digit"),
    _form(r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)", _slashed, "digit"),
    _form(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}", _full, "month", "digit"),
    _form(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY},? {_YEAR}", _full, "month", "digit"),
    _form(rf"{_MONTH},?(?: of)? {_YEAR}", _month_year, "month", "digit"),
    _form(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}", _day_month, "month", "digit"),
    _form(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?![,.]?\d)", _day_month, "month", "digit"),
    _form(rf"(?:(?P<direction>last|next|this) )?{_SEASON}(?: of)? {_YEAR}", _season, "season", "digit"),
    _form(rf"(?P<direction>last|next|this) {_SEASON}(?P<year>)", _season, "season"),
    _form(rf"{_HEDGE}{_NUMBER} (?P<unit>day|week|month|year|decade)s? ago", _ago, "ago"),
    _form(rf"{_WEEKDAY},? (?:of )?(?P<week>last|this|next) week", _weekday_of_week, "day", "unit"),
    _form(
        r"(?P<direction>(?:the )?(?:last|previous|this|current|next|coming)) (?P<unit>week|month|year)",
        _relative_unit,
        "unit",
    ),
    _form(
        rf"(?:(?P<direction>last|next|this coming|this past|coming|past|this) )?{_WEEKDAY}",
        _weekday,
        "day",
    ),
    _form(
        r"(?P<named>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night"
        r"|this (?:morning|afternoon|evening))",
        _named_day,
        "day",
    ),
    _form(
        rf"(?:(?P<direction>last|next|this) |(?<=in )|(?<=since )|(?<=until )|(?<=during )){_MONTH}",
        _month_alone,
        "month",
    ),
    _form(
        rf"(?:(?:{one_of(word_list('before_a_year'))})[ -])?{_YEAR}{_COUNTED}",
        plain_year,
        "digit",
    ),
)
