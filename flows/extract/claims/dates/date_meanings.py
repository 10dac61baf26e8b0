"""What a date expression means: its ISO 8601 form at the precision stated, by the day of speaking and the tense.

A month or weekday lies where the tense says (`direction`). Where nothing says it, a month takes the year that brings it
nearest to the day of speaking, and a weekday is the last one on or before it, as news agencies write; a season is given
as its year. What cannot be resolved (no day of speaking, "that day", 05/06/2021) is not guessed: None.
"""

import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dateutil.relativedelta import relativedelta

from flows.extract.claims.dates.direction import Direction
from flows.extract.claims.thresholds import THRESHOLDS

Resolver = Callable[[re.Match[str], date | None, Direction | None], str | None]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""Months in which seasons begin, by their names."""

NUMBERS = ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NAMED_DAYS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_NOT_THEN = frozenset({"over", "more than", "less than", "at least", "well over", "just over"})


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
    near = (published_on.year, published_on.year - 1, published_on.year + 1)
    years = [year for year in near if MINYEAR <= year <= MAXYEAR]
    return min(years, key=lambda y: abs((date(y, month, min(day, 28)) - published_on).days))


def full(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    """Day, month and year."""
    return _iso(int(match["year"]), _month(match), int(match["day"]))


def month_year(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    """Month and year."""
    return _iso(int(match["year"]), _month(match))


def numeric(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
    """A date in ISO order."""
    return _iso(int(match["year"]), int(match["m"]), int(match["day"]))


def slashed(match: re.Match[str], _: date | None, __: Direction | None) -> str | None:
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


def day_month(match: re.Match[str], published_on: date | None, tense: Direction | None) -> str | None:
    """Day and month, the year by the weekday or the tense."""
    if published_on is None:
        return None
    month, day = _month(match), int(match["day"])
    if match["weekday"]:  # a day of the week tells the year
        for year in (published_on.year, published_on.year - 1, published_on.year + 1):
            iso = _iso(year, month, day)
            if iso and date.fromisoformat(iso).weekday() == DAYS.index(match["weekday"][:3].lower()):
                return iso
    return _iso(_year_of(month, day, published_on, tense), month, day)


def of_a_year(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    """A month or day of last, this or next year: "in August last year"."""
    if published_on is None:
        return None
    named = {name.removesuffix("2"): words for name, words in match.groupdict().items() if words}
    year = published_on.year + {"last": -1, "this": 0, "next": 1}[named["which"].lower()]
    return _iso(year, MONTHS.index(named["month"][:3].lower()) + 1, int(named["day"]) if "day" in named else None)


def month_alone(match: re.Match[str], published_on: date | None, tense: Direction | None) -> str | None:
    """A month, the year by its direction or the tense."""
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


def weekday(match: re.Match[str], published_on: date | None, tense: Direction | None) -> str | None:
    """A day of the week."""
    if published_on is None:
        return None
    back = (published_on.weekday() - DAYS.index(match["weekday"][:3].lower())) % 7
    direction = (match["direction"] or "").lower()
    if direction in ("next", "coming", "this coming"):
        return _days_on(published_on, 7 - back)
    if direction in ("last", "past", "this past"):
        return _days_on(published_on, -(back or 7))
    ahead = tense is Direction.AHEAD or (direction == "this" and tense is None)
    return _days_on(published_on, -back % 7 if ahead else -back)


def weekday_of_week(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
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


def named_day(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    """Yesterday, tonight and their like."""
    named = " ".join(match["named"].lower().split())
    shift = _NAMED_DAYS.get(named, 0)
    return _days_on(published_on, shift) if published_on else None


def _at(day: date, unit: str) -> str:
    """`day` at the precision of a unit of time."""
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return day.isoformat()[: {"decade": 4, "year": 4, "month": 7, "day": 10}[unit]]


def _shifted(day: date, unit: str, number: int, precision: str | None = None) -> str | None:
    years = 10 if unit == "decade" else 1
    step = {
        "decade": relativedelta(years=years * number),
        "year": relativedelta(years=number),
        "month": relativedelta(months=number),
        "week": relativedelta(weeks=number),
        "day": relativedelta(days=number),
    }[unit]
    try:
        return _at(day + step, precision or unit)
    except (ValueError, OverflowError):
        return None  # before the year 1


def _number(word: str) -> int | None:
    if word == "several":
        return None
    return int(word) if word.isdigit() else max(1, NUMBERS.index("a" if word == "an" else word))


def ago(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    """Two weeks ago; None behind "more than" and its like, for then it is another week."""
    number = _number(match["number"].lower())
    if published_on is None or number is None or (match["hedge"] or "").lower() in _NOT_THEN:
        return None
    return _shifted(published_on, match["unit"].lower(), -number)


def ago_to_the_day(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    """An anniversary: "ten years ago today", "two years ago this month"; of weekdays None."""
    number, to = _number(match["number"].lower()), match["to"].lower()
    if published_on is None or number is None or match["weekday"]:
        return None
    return _shifted(published_on, match["unit"].lower(), -number, to.removeprefix("this ").replace("today", "day"))


def unknown(_: re.Match[str], __: date | None, ___: Direction | None) -> str | None:
    """What names no single day of the calendar."""
    return None


def relative_unit(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    """Last month; None for "the last month", which is the time until now, and "the previous year", of another date."""
    shift = {"last": -1, "this": 0, "current": 0, "the current": 0, "next": 1}.get(match["direction"].lower())
    return None if published_on is None or shift is None else _shifted(published_on, match["unit"].lower(), shift)


def season(match: re.Match[str], published_on: date | None, _: Direction | None) -> str | None:
    """A season, as its year."""
    if match["year"]:
        return _iso(int(match["year"]))
    if published_on is None:
        return None
    starts = SEASONS[match["season"].lower()]
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
    """A year."""
    return _iso(int(match["year"]))
