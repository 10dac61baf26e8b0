"""Text of others, made fit to be shown: on a page, in a table of a terminal."""

import re

NONE = "–"
"""What is shown for a figure that is not stated."""
# delete and C1, marks of direction and what turns a line around, breaks of lines, then what XML has no place for
_DIRECTION = [0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x2070)]
_REFUSED = [*range(0x7F, 0xA0), *_DIRECTION, 0xFFFE, 0xFFFF]
_SIGN = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    **{chr(code): "\ufffd" for code in _REFUSED},
}


def seen(text: str) -> str:
    """Return text with control characters as their pictures, one for one.

    No escape sequence reaches a terminal, and nothing turns the direction of the line around (the sign U+FFFD
    stands for such characters). Tabs and line ends stay.
    """
    return "".join(_SIGN.get(character, character) for character in text)


def sentence(text: str) -> str:
    """Return a reported content as a sentence of its own: without the "that" which ties it to its cue."""
    bare = re.sub(r"^that[\s,]+", "", text, flags=re.IGNORECASE)
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
    line = seen(" ".join(text.split()))
    return line if not most or len(line) <= most else line[: most - 1].rstrip() + "…"
