"""Times of the day that a statement gives: 6 a.m., 6:30 pm, 18:30, noon."""

import re

_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:[:.] ?(?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<of_day>[01]?\d|2[0-3]):(?P<past>[0-5]\d)\b",
    re.IGNORECASE,
)
_HOUR, _HALF_DAY = 60, 12


def clock_times(text: str) -> dict[str, int]:
    """Return the words of each clock time in a text with the minutes since midnight."""
    found = {}
    for place in _CLOCK.finditer(text):
        hour, minute = int(place["hour"] or place["of_day"]), int(place["minute"] or place["past"] or 0)
        if place["half"]:
            hour = hour % _HALF_DAY + _HALF_DAY * (place["half"].lower() == "p")
        found[place[0]] = _HOUR * hour + minute
    return found
