"""The day that relative dates of a place in a text count from: of publication, or of the entry of a live blog.

Ingest writes the time of an entry as a paragraph of its own, `7 February 2024, 21:40`. Two such lines make a live blog;
"tomorrow" in an entry is the day after that entry, not after the day on which the blog was opened.
"""

import re
from bisect import bisect_right
from datetime import date

from dateutil import parser

from flows.extract.claims.thresholds import THRESHOLDS

_ENTRY = re.compile(r"^(?P<day>\d{1,2} [A-Z][a-z]{2,8} \d{4})(?:, \d{2}:\d{2})?$", re.MULTILINE)


class ReferenceDays:
    """The reference days of one text."""

    def __init__(self, text: str, published_on: date | None) -> None:
        self._published_on = published_on
        found = [(match.start(), day) for match in _ENTRY.finditer(text) if (day := _day(match["day"]))]
        self._entries = found if len(found) >= THRESHOLDS.diary_entries else []
        self._starts = [start for start, _ in self._entries]

    def at(self, offset: int) -> date | None:
        """Return the day of the entry around a character; the day of publication before the first entry."""
        number = bisect_right(self._starts, offset)
        return self._entries[number - 1][1] if number else self._published_on


def _day(text: str) -> date | None:
    try:
        return parser.parse(text, dayfirst=True).date()
    except (ValueError, OverflowError):
        return None
