"""The offset invariant: every range cuts its own words out of its article's text, `text[start:end] ==
surface`.

Python slices by code point in constant time where a column expression would count from the start of the text,
so this is the faster way as well as the definition itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from schemas.statements import render

Tables = Mapping[str, pl.DataFrame]
Broken = tuple[str, str, str, tuple[int, ...]]
"""Table, column, what is said, numbers of the rows that break it."""


def broken_offsets(tables: Tables) -> Iterator[Broken]:
    """Yield rows of the mention tables that break the invariant; unknown articles are left to the references."""
    texts = dict(tables["articles"].select("article_id", "text").iter_rows())
    yield from _surfaces(texts, tables["entity_mentions"], "entity_mentions", ("surface", "start_char", "end_char"))
    claims = tables["claim_mentions"]
    yield from _joined_spans(texts, claims)
    yield from _rendered(texts, claims)
    yield from _surfaces(texts, claims, "claim_mentions", ("speaker_surface", "speaker_start_char", "speaker_end_char"))
    yield from _surfaces(texts, claims, "claim_mentions", ("cue", "cue_start_char", "cue_end_char"))


def _surfaces(
    texts: Mapping[str, str | None], frame: pl.DataFrame, table: str, columns: Sequence[str]
) -> Iterator[Broken]:
    surface, start, end = columns
    rows = frame.with_row_index("row").drop_nulls(columns).select("row", "article_id", start, end, surface)
    broken = tuple(
        row
        for row, article, first, last, words in rows.iter_rows()
        if (text := texts.get(article)) is not None and (first < 0 or text[first:last] != words)
    )
    if broken:
        yield table, surface, f"articles.text[{start}:{end}] is {surface}", broken


def _joined_spans(texts: Mapping[str, str | None], claims: pl.DataFrame) -> Iterator[Broken]:
    rows = claims.with_row_index("row").drop_nulls(["spans", "text"]).select("row", "article_id", "spans", "text")
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
    rows = claims.with_row_index("row").drop_nulls(["statement", "statement_parts"])
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
