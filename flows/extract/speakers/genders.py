"""What tells whether a person is a man or a woman: the title or noun before the name, and the given name."""

import re
from functools import cache

from flows import lexicons

_TITLE = re.compile(r"\b(\w{1,12})\.?\s{1,12}$")


@cache
def _of_given_names() -> dict[str, str]:
    return lexicons.column("given_names", "name", "gender")


@cache
def _of_titles() -> dict[str, str]:
    return lexicons.column("honorifics", "word", "gender")


def given_gender(name: str) -> str:
    """Return m, f or nothing, by the first word of a full name in lower case."""
    return _of_given_names().get(re.split(r"[\s-]", name)[0], "") if " " in name else ""


def title_gender(text: str, start: int) -> str:
    """Return the gender of `Mrs` or `Sir` right before a position, or nothing."""
    title = _TITLE.search(text[max(0, start - 12) : start])
    return _of_titles().get(title.group(1).lower(), "") if title else ""
