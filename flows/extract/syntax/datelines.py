"""Datelines: the place, day and agency that open a report ("KYIV, Feb 24 (Reuters) - ") and say nothing themselves."""

import re

_CITY = r"[A-Z][A-Z.'’-]{2,24}(?: [A-Z][A-Z.'’-]{1,24}){0,3}"
_DATELINE = re.compile(
    rf"(?:{_CITY}(?:(?:/| and |, )(?:{_CITY}|[A-Z][\w.]{{0,15}}(?: \d{{1,2}})?)){{0,3}})?"
    r"(?:,? ?\([^()\n]{2,40}\))?\s{0,2}(?:[—–-]{1,2}\s|:(?=\s))"
)


def dateline_end(text: str, start: int) -> int:
    """Return where the dateline ends that opens a paragraph at `start`; `start` itself where none does."""
    found = _DATELINE.match(text, start)
    opens = found and (text[start] == "(" or text[start : start + 2].isupper())
    return found.end() if found and opens else start
