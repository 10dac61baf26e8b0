"""Whether words end in a quotation inside a quotation, whose first person is somebody else than who is quoted."""

import re

_DOUBLE = re.compile(r"(?P<opens>“|(?<!\S)\"(?=\S))|[”\"]")
_SINGLE = re.compile(r"(?P<opens>‘|(?<![\w.,!?])'(?=\w))|’(?!\w)|(?<=[\w.,!?])'(?!\w)")
_QUOTED_INSIDE = ((_DOUBLE, _SINGLE), (_SINGLE, _DOUBLE))
"""Marks of a quotation, and those of one inside it; an apostrophe within a word is none."""
_DOUBLE_MARKS, _SINGLE_MARKS = frozenset('“”"'), frozenset("‘’'")


def quoted_inside(said: str) -> bool:
    """Tell whether a quotation is open at the end of words, and one inside it."""
    if _DOUBLE_MARKS.isdisjoint(said) or _SINGLE_MARKS.isdisjoint(said):
        return False  # most words: no need to search
    return any(_open(said[outer:], inside) for outside, inside in _QUOTED_INSIDE if (outer := _open(said, outside)))


def _open(text: str, marks: re.Pattern[str]) -> int:
    """Return the place behind the last of these marks where it opens a quotation, 0 where none is open."""
    last = next(reversed(list(marks.finditer(text))), None)
    return last.end() if last is not None and last["opens"] else 0
