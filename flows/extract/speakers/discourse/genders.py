"""What the title before a name tells, and the given name: whether a person is a man or a woman, and of which office."""

import re
from functools import cache

from flows import lexicons

_TITLE = re.compile(r"\b(\w{1,12})\.?\s{1,12}$")

_TITLED = re.compile(r"(?P<place>(?:[A-Z][a-z]{1,15}\s){1,2})?\b(?P<title>[A-Z]\w{1,12})\.?\s$")
"""A title before a name, with words before it: `North Shore Sen. `."""


@cache
def _of_given_names() -> dict[str, str]:
    return lexicons.column("given_names", "name", "gender")


@cache
def _of_titles() -> dict[str, str]:
    return lexicons.column("honorifics", "word", "gender")


def given_gender(name: str) -> str:
    """Return m, f or nothing, by the first word of a full name in lower case, which may be a title: `lady kask`."""
    first = re.split(r"[\s-]", name)[0] if " " in name else ""
    return _of_given_names().get(first, "") or _of_titles().get(first, "")


def title_gender(text: str, start: int) -> str:
    """Return the gender of `Mrs` or `Sir` right before a position, or nothing."""
    title = _TITLE.search(text[max(0, start - 12) : start])
    return _of_titles().get(title.group(1).lower(), "") if title else ""


@cache
def _offices_of_titles() -> dict[str, list[str]]:
    return {
        title: offices.split("|") for title, offices in lexicons.column("offices_of_titles", "title", "offices").items()
    }


def offices_of_title(text: str, start: int) -> list[str]:
    """Return what somebody with the title right before a position may be called, with the place before it: `the Vermont
    senator` of `Vermont Sen. `.
    """
    title = _TITLED.search(text, max(0, start - 40), start)
    if title is None:
        return []
    offices = _offices_of_titles().get(title.group("title").lower(), [])
    return [f"{title.group('place') or ''}{office}" for office in offices]
