"""Statements: how the parts of one are put together, the same for who writes them and for who checks them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from schemas.vocabularies import NEGATION, StatementPart

_SPACE = re.compile(r"\s+")
_NO_SPACE_BEFORE = frozenset(",.;:!?)’'%")
_NO_SPACE_AFTER = frozenset("($£€")


def render(text: str, parts: Iterable[Mapping[str, Any]]) -> str:
    """Return the statement that `parts` make of an article's text.

    parts: start_char, end_char (half-open, code points into `text`) and kind (`StatementPart`). Words stand as in the
    article, white space as one space; the first letter is a capital. Parts are joined with one space, none before
    closing punctuation. Raises ValueError for a range outside the text.
    """
    said = ""
    for part in parts:
        piece = _piece(text, part)
        apart = said and piece[:1] not in _NO_SPACE_BEFORE and said[-1] not in _NO_SPACE_AFTER
        said += f" {piece}" if apart else piece
    letter = re.search(r"\w", said)
    return (
        said if letter is None else said[: letter.start()] + said[letter.start() :][:1].upper() + said[letter.end() :]
    )


def _piece(text: str, part: Mapping[str, Any]) -> str:
    start, end, kind = part["start_char"], part["end_char"], part["kind"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"a statement's part [{start}, {end}) is outside its article of {len(text)} characters")
    if kind == StatementPart.NEGATION:
        return f"[{NEGATION}]"
    words = _SPACE.sub(" ", text[start:end]).strip()
    return f"[{words}]" if kind == StatementPart.BRACKET else words
