"""Text of others, made fit to be shown: on a page, in a table of a terminal."""

import re

from flows import plain_text
from flows.plain_text import seen

__all__ = ["NONE", "first_sentence", "one_line", "seen", "sentence", "thousands"]

NONE = "–"
"""What is shown for a figure that is not stated."""

_TIE = re.compile(r"^that[\s,]+", re.IGNORECASE)


def sentence(text: str) -> str:
    """Return a reported content as a sentence of its own: without the "that" which ties it to its cue."""
    bare = _TIE.sub("", text) if text[:1] in "tT" else text
    return bare[:1].upper() + bare[1:]


def thousands(value: object) -> str:
    """Return a count with separators; a dash for what is not stated."""
    return f"{value:,}" if isinstance(value, int | float) else NONE


def first_sentence(text: str, most: int = 90) -> str:
    """Return the first sentence of an article without a title, cut after `most` characters: what it is called by."""
    opening = text[: 4 * most].split("\n", 1)[0]
    end = re.search(r"[.!?][\"'”’)]?\s", opening)
    return one_line(opening[: end.end()] if end else opening, most)


def one_line(text: str, most: int = 0) -> str:
    """Return text on one line, fit to be shown; cut after `most` characters where that is not 0."""
    line = plain_text.one_line(text)
    return line if not most or len(line) <= most else line[: most - 1].rstrip() + "…"
