"""Publication dates as sources state them, in any usual form. Never guesses: an ambiguous date is no date."""

import datetime as dt
import re
import warnings
from functools import lru_cache

from dateutil import parser

from flows.ingest.metadata.limits import LIMITS

_ISO = re.compile(r"^\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_DAY_OR_MONTH = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})\b")
# seconds, and milliseconds, since 1970: from 1990 to 2100
_SECONDS = (631_152_000, 4_102_444_800)
_PROBES = (dt.datetime(2001, 1, 1), dt.datetime(2002, 2, 2))


def published_on(value: object) -> dt.date | None:
    """Return the calendar date that `value` states, without a change of time zone; None where it states none.

    Knows dates and times of Python and YAML, seconds and milliseconds since 1970, ISO 8601, RFC 2822 and the
    written forms that dateutil knows. `03/04/2021` is ambiguous and gives None, `23/04/2021` does not.
    """
    if isinstance(value, dt.datetime):
        return _within(value.date())
    if isinstance(value, dt.date):
        return _within(value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_timestamp(value)
    text = str(value).strip()
    if not text or len(text) > LIMITS.date_characters:
        return None
    return _of_text(text)


def _of_timestamp(number: float) -> dt.date | None:  # or an integer, of any number of digits
    for unit in (1, 1000):
        if _SECONDS[0] * unit <= number <= _SECONDS[1] * unit:
            return dt.datetime.fromtimestamp(number / unit, tz=dt.UTC).date()
    return None


def _of_text(text: str) -> dt.date | None:
    if iso := _ISO.match(text):
        try:
            return _within(dt.date(*map(int, iso.groups())))
        except ValueError:
            return None
    if text.isascii() and text.isdigit():
        return _of_timestamp(float(text))
    day_first = False
    if numeric := _DAY_OR_MONTH.match(text):
        first, second = int(numeric[1]), int(numeric[2])
        if first <= 12 and second <= 12 and first != second:
            return None
        day_first = first > 12
    return _parsed(text, day_first)


@lru_cache(maxsize=1 << 12)  # many articles of a feed state the same day
def _parsed(text: str, day_first: bool) -> dt.date | None:
    """Parse a written date.

    dateutil fills what is missing from a default: what differs between two defaults was not stated.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # unknown time zone names; the date is taken as stated
            first, second = (parser.parse(text, default=probe, dayfirst=day_first).date() for probe in _PROBES)
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None
    return _within(first) if first == second else None


def _within(date: dt.date) -> dt.date | None:
    return date if LIMITS.earliest_year <= date.year <= LIMITS.latest_year else None
