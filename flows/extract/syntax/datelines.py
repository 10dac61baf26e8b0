"""Datelines: the place, day and agency that open a report ("KYIV, Feb 24 (Reuters) - "), and times of a live blog."""

import re

_CITY = r"[A-Z][A-Z.'’-]{2,24}(?: [A-Z][A-Z.'’-]{1,24}){0,3}"
_DATELINE = re.compile(
    rf"(?:{_CITY}(?:(?:/| and |, )(?:{_CITY}|[A-Z][\w.]{{0,15}}(?: \d{{1,2}}(?: \d{{4}})?)?)){{0,3}})?"
    r"(?:,? ?\([^()\n]{2,40}\))?\s{0,2}(?:[—–-]{1,2}\s|:\s)"
)


_TIME = re.compile(
    r"[\[(]?\b(?:[01]?\d|2[0-3])[.:h][0-5]\d\b[\])]?(?: ?[AaPp]\.?[Mm]\b\.?)?"
    r"(?: ?\(?(?:GMT|UTC|B?CES?T|BST|E[SD]?T|P[SD]?T)\)?)?\s{0,3}[:–—-]?\s{0,3}"
)


def entry_time_end(text: str, start: int) -> int:
    """Return where the time ends that opens an entry of a live blog (`11:05 PM - `, `[23:20] `); else `start`."""
    found = _TIME.match(text, start)
    return found.end() if found else start


def dateline_end(text: str, start: int) -> int:
    """Return where the dateline or time ends that opens a paragraph at `start`; `start` itself where none does."""
    start = entry_time_end(text, start)
    found = _DATELINE.match(text, start)
    opens = found and (text[start] == "(" or text[start : start + 2].isupper())
    return found.end() if found and opens else start
