"""What an uncased word piece does not say: the shape of its word, and the layout in front of it.

Both are small integers that the reader adds to a piece's embedding, in training and in reading alike;
their numbers are part of a trained model, so that a change here asks for a new model.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

SHAPES = (
    "special", "lower", "Title", "UPPER", "Initial", "miXed", "digits", "alphanumeric", "caseless",
    "opening quote", "closing quote", "straight quote", "apostrophe", "dash", "stop", "comma", "bracket",
    "other",
)  # fmt: skip
GAPS = ("none", "space", "line break", "paragraph break")

_MARKS = {
    **dict.fromkeys("“«„‟", "opening quote"),
    **dict.fromkeys("”»", "closing quote"),
    '"': "straight quote",
    "＂": "straight quote",
    **dict.fromkeys("'’‘‚`´", "apostrophe"),
    **dict.fromkeys("-–—―−", "dash"),
    **dict.fromkeys(".!?…", "stop"),
    **dict.fromkeys(",;:", "comma"),
    **dict.fromkeys("()[]{}", "bracket"),
}
_SHAPE_ID = {name: number for number, name in enumerate(SHAPES)}


@lru_cache(maxsize=1 << 16)
def word_shape(word: str) -> int:
    """Return the shape of one word, an index of SHAPES."""
    return _SHAPE_ID[_name(word)]


def _name(word: str) -> str:
    if word[:1] in _MARKS:
        return _MARKS[word[0]]
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return "digits" if any(c.isdigit() for c in word) else "other"
    if len(letters) < len(word) and any(c.isdigit() for c in word):
        return "alphanumeric"
    upper = sum(c.isupper() or c.istitle() for c in letters)
    lower = sum(c.islower() for c in letters)
    if not upper and not lower:
        return "caseless"
    if not upper:
        return "lower"
    if not lower:
        return "UPPER" if len(letters) > 1 else "Initial"
    return "Title" if upper == 1 and not letters[0].islower() else "miXed"


_STOP = SHAPES.index("stop")
_AFTER_STOP = np.array([name in ("closing quote", "straight quote", "apostrophe", "bracket") for name in SHAPES])
_LOWER = SHAPES.index("lower")


def sentence_numbers(shapes: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """Number the sentence of each piece, as far as marks and layout tell.

    A sentence begins at a line break, or at a word not in lower case after a stop (and its closing marks).
    Abbreviations cut too often; the number only serves as a measure of distance.
    """
    begins = gaps >= 2
    free = (gaps >= 1) & (shapes != _LOWER)
    begins[1:] |= free[1:] & (shapes[:-1] == _STOP)
    begins[2:] |= free[2:] & _AFTER_STOP[shapes[1:-1]] & (shapes[:-2] == _STOP)
    return np.cumsum(begins)


def gaps(text: str, starts: Sequence[int] | np.ndarray, ends: Sequence[int] | np.ndarray) -> np.ndarray:
    """Return the layout in front of every piece, an index of GAPS: white space between it and the piece before."""
    first, reached = np.asarray(starts, np.int64), np.maximum.accumulate(np.asarray(ends, np.int64))
    before = np.append(np.zeros(1, np.int64), reached)[: len(first)]  # the end of whatever came before
    lines = np.zeros(len(text) + 1, np.int64)
    lines[1:] = np.cumsum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) == ord("\n"))
    found = np.minimum(lines[first] - lines[before], 2) + 1
    found[first <= before] = 0
    found[before == 0] = 3
    return found
