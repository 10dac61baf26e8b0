"""Text of others without power over whoever shows it: no escape sequence, nothing that turns a line around."""

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


def one_line(text: str) -> str:
    """Return text on one line, fit to be shown."""
    return seen(" ".join(text.split()))
