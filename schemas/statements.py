"""Statements: how the parts of one are put together, the same for who writes, checks and searches them.

`flows.extract.claims.statements` chooses the parts, `schemas.derived.statements` makes the flat table, and
`flows.snapshots.statements` finds rows of it.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

import polars as pl

from schemas.vocabularies import NEGATION, StatementPart

_SPACE = re.compile(r"\s+")
_NO_SPACE_BEFORE = frozenset(",.;:!?)’'%")
SENTENCE_ENDS = frozenset(".!?…”\"’'")
"""Characters that the last of a sentence is one of: a headline or a caption has none."""
_NO_SPACE_AFTER = frozenset("($£€")


def render(text: str, parts: Iterable[Mapping[str, Any]]) -> str:
    """Return the statement that `parts` make of an article's text.

    parts: start_char, end_char (half-open, code points into `text`) and kind (`StatementPart`). Words stand as in the
    article, white space as one space; the first letter is a capital. Parts are joined with one space, none before
    closing punctuation; brackets that follow one another are one pair, but for a background; behind one that is a
    sentence another begins. Raises ValueError for a range outside the text.
    """
    pieces = [_piece(text, part) for part in parts]
    if not pieces or pieces[0].kind != StatementPart.BACKGROUND:
        return _capital(_written(pieces))
    told, rest = pieces[0].words, _written(pieces[1:])
    return f"[{_capital(told)}] {_capital(rest) if told[-1] in SENTENCE_ENDS else rest}"


def has_background() -> pl.Expr:
    """Tell by `statement_parts` whether something is told before a statement: the first of its parts."""
    return pl.col("statement_parts").list.first().struct.field("kind") == StatementPart.BACKGROUND.value


def without_background() -> pl.Expr:
    """Return `statement` without what is told before it: what the source says. A background has no brackets within."""
    bare = pl.col("statement").str.replace(r"^\[[^\]]*\] ", "")
    return pl.when(has_background()).then(bare).otherwise("statement")


def _written(listed: Iterable["_Piece"]) -> str:
    """Return pieces as one sentence."""
    said = ""
    for bracketed, pieces in groupby(listed, key=lambda piece: piece.kind == StatementPart.BRACKET):
        if bracketed:
            said = _followed_by(said, f"[{' '.join(piece.words for piece in pieces)}]")
            continue
        for piece in pieces:
            said = _followed_by(said, piece.words)
    return said


def _capital(said: str) -> str:
    """Return words with the first letter as a capital."""
    letter = re.search(r"\w", said)
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
    return _Piece(_SPACE.sub(" ", text[start:end]).strip(), kind)
