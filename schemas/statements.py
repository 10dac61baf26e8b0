"""Statements: how the parts of one are put together, the same for who writes, checks and searches them.

`flows.extract.claims.statements` chooses the parts, `schemas.derived.statements` makes the flat table, and
`flows.snapshots.statements` finds rows of it.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

import polars as pl

from schemas.vocabularies import NEGATION, StatementPart

_LETTER = re.compile(r"\w")
_NO_SPACE_BEFORE = frozenset(",.;:!?)’'%")
SENTENCE_ENDS = frozenset(".!?…”\"’'")
"""Characters that the last of a sentence is one of: a headline or a caption has none."""
_NO_SPACE_AFTER = frozenset("($£€")
MOST_BACKGROUNDS = 3
"""Parts of a statement that may be a background: one that tells of whom it speaks, another of what."""


def render(text: str, parts: Iterable[Mapping[str, Any]]) -> str:
    """Return the statement that `parts` make of an article's text.

    parts: start_char, end_char (half-open, code points into `text`) and kind (`StatementPart`). Words stand as in the
    article, white space as one space; the first letter is a capital. Parts are joined with one space, none before
    closing punctuation; brackets that follow one another are one pair, but for backgrounds, which stand in brackets of
    their own; behind one that is a sentence another begins. Raises ValueError for a range outside the text.
    """
    pieces = [_piece(text, part) for part in parts]
    told = [piece.words for piece in takewhile(lambda piece: piece.kind == StatementPart.BACKGROUND, pieces)]
    rest = _written(pieces[len(told) :])
    begins = not told or told[-1][-1] in SENTENCE_ENDS
    return " ".join([*(f"[{_capital(words)}]" for words in told), _capital(rest) if begins else rest])


def has_background() -> pl.Expr:
    """Tell by `statement_parts` whether something is told before a statement: the first of its parts."""
    return _is_background(0)


def backgrounds() -> pl.Expr:
    """Return how many parts are told before a statement, 0 to `MOST_BACKGROUNDS`, by `statement_parts`."""
    return pl.sum_horizontal(_is_background(number).cast(pl.Int8) for number in range(MOST_BACKGROUNDS))


def _is_background(number: int) -> pl.Expr:
    """Tell whether the part with a number is there, and told before the statement."""
    kind = pl.col("statement_parts").list.get(number, null_on_oob=True).struct.field("kind")
    return (kind == StatementPart.BACKGROUND.value).fill_null(False)


def what_is_said() -> pl.Expr:
    """Return `statement` without what is told before it: what the source says. A background has no brackets within."""
    bare = pl.col("statement")
    for number in range(MOST_BACKGROUNDS):
        bare = pl.when(_is_background(number)).then(bare.str.replace(r"^\[[^\]]*\] ", "")).otherwise(bare)
    return bare


def _written(listed: Iterable["_Piece"]) -> str:
    """Return pieces as one sentence."""
    said = ""
    inside: list[str] = []
    for piece in listed:
        if piece.kind == StatementPart.BRACKET:
            inside.append(piece.words)
            continue
        if inside:
            said = _followed_by(said, f"[{' '.join(inside)}]")
            inside = []
        said = _followed_by(said, piece.words)
    return _followed_by(said, f"[{' '.join(inside)}]") if inside else said


def _capital(said: str) -> str:
    """Return words with the first letter as a capital."""
    letter = _LETTER.search(said)
    return said if letter is None else said[: letter.start()] + letter[0].upper() + said[letter.end() :]


class _Piece(NamedTuple):
    """A part of a statement as it is shown, brackets aside."""

    words: str
    kind: str


def _followed_by(said: str, words: str) -> str:
    apart = said and words[:1] not in _NO_SPACE_BEFORE and said[-1] not in _NO_SPACE_AFTER
    return f"{said} {words}" if apart else said + words


def _piece(text: str, part: Mapping[str, Any]) -> _Piece:
    start, end, kind = part["start_char"], part["end_char"], part["kind"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"a statement's part [{start}, {end}) is outside its article of {len(text)} characters")
    if kind == StatementPart.NEGATION:
        return _Piece(f"[{NEGATION}]", kind)
    return _Piece(" ".join(text[start:end].split()), kind)
