"""The offset invariant: every range cuts its own words out of its article's text, `text[start:end] ==
surface`.

Python slices by code point in constant time where a column expression would count from the start of the text,
so this is the faster way as well as the definition itself.
"""

import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from flows.column_differences import differs
from schemas.statements import render
from schemas.tables import TABLES

Tables = Mapping[str, pl.DataFrame]
Broken = tuple[str, str, str, tuple[int, ...]]
"""Table, column, what is said, numbers of the rows that break it."""


_LOOKED_AT = {
    "entity_mentions": ("article_id", "start_char", "end_char", "surface"),
    "claim_mentions": (
        "article_id", "spans", "text", "statement", "statement_parts", "speaker_surface", "speaker_start_char",
        "speaker_end_char", "cue", "cue_start_char", "cue_end_char",
    ),
}  # fmt: skip
"""Columns that the invariant is about."""


def broken_offsets(tables: Tables, held: Tables | None = None) -> Iterator[Broken]:
    """Yield rows of the mention tables that break the invariant; unknown articles are left to the references.

    held: tables whose rows are known to keep it, by these same rules: what of them is here again is not looked at.
    """
    texts = dict(tables["articles"].select("article_id", "text").iter_rows())
    mentions, claims = (_open_rows(tables, held, name) for name in ("entity_mentions", "claim_mentions"))
    yield from _surfaces(texts, mentions, "entity_mentions", ("surface", "start_char", "end_char"))
    yield from _joined_spans(texts, claims)
    yield from _rendered(texts, claims)
    yield from _surfaces(texts, claims, "claim_mentions", ("speaker_surface", "speaker_start_char", "speaker_end_char"))
    yield from _surfaces(texts, claims, "claim_mentions", ("cue", "cue_start_char", "cue_end_char"))


def _open_rows(tables: Tables, held: Tables | None, name: str) -> pl.DataFrame:
    """The rows of a table with their numbers, but for those that are held, of an article of the same text."""
    numbered = tables[name].with_row_index("row")
    if held is None:
        return numbered
    key, texts = TABLES[name].key, tables["articles"].join(held["articles"], on=["article_id", "text"], how="semi")
    here = numbered.select("row", "article_id", *key).join(texts, on="article_id", how="semi", maintain_order="left")
    both = here.join(held[name].select(key).with_row_index("old"), on=key, how="inner", maintain_order="left")
    columns = (
        (tables[name][column].gather(both["row"]), held[name][column].gather(both["old"]))
        for column in _LOOKED_AT[name]
    )
    same = both.filter(~functools.reduce(operator.or_, (differs(*pair) for pair in columns)))
    return numbered.join(same, on="row", how="anti", maintain_order="left")


def _surfaces(
    texts: Mapping[str, str | None], frame: pl.DataFrame, table: str, columns: Sequence[str]
) -> Iterator[Broken]:
    surface, start, end = columns
    rows = frame.drop_nulls(columns).select("row", "article_id", start, end, surface)
    broken = tuple(
        row
        for row, article, first, last, words in rows.iter_rows()
        if (text := texts.get(article)) is not None and (first < 0 or text[first:last] != words)
    )
    if broken:
        yield table, surface, f"articles.text[{start}:{end}] is {surface}", broken


def _joined_spans(texts: Mapping[str, str | None], claims: pl.DataFrame) -> Iterator[Broken]:
    rows = claims.drop_nulls(["spans", "text"]).select("row", "article_id", "spans", "text")
    broken = tuple(
        row
        for row, article, spans, words in rows.iter_rows()
        if (text := texts.get(article)) is not None and _joined(text, spans) != words
    )
    if broken:
        yield "claim_mentions", "text", "the texts of the spans, joined with one space, are text", broken


def _rendered(texts: Mapping[str, str | None], claims: pl.DataFrame) -> Iterator[Broken]:
    """Statements that are not what their parts make of the article; contract 1.0 has none."""
    if "statement" not in claims.columns:
        return
    rows = claims.drop_nulls(["statement", "statement_parts"])
    broken = tuple(
        row
        for row, article, parts, said in rows.select("row", "article_id", "statement_parts", "statement").iter_rows()
        if (text := texts.get(article)) is not None and _statement(text, parts) != said
    )
    if broken:
        yield "claim_mentions", "statement", "statement is what its parts make of articles.text", broken


def _statement(text: str, parts: list[dict[str, Any]]) -> str | None:
    try:
        return render(text, parts)
    except (TypeError, ValueError):
        return None


def _joined(text: str, spans: list[dict[str, int]]) -> str | None:
    pieces = []
    for span in spans:
        start, end = span["start_char"], span["end_char"]
        if start is None or end is None or not 0 <= start < end <= len(text):
            return None
        pieces.append(text[start:end])
    return " ".join(pieces)
