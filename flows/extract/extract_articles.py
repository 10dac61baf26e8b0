"""The step of extraction: articles in, one frame of mentions and one of claims out; a document at a time inside."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.claim_rows import ClaimRow
from flows.extract.document import DroppedRow, MentionRow, extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.extract.nested_rows import nest_rows
from flows.extract.reader.model import Reader
from flows.settings import ExtractSettings
from schemas.intermediate import MEANING_SIZE, FoundClaims, FoundMentions
from schemas.tables import polars_schema

_MENTIONS = polars_schema(FoundMentions)
_CLAIMS = polars_schema(FoundClaims)


@lru_cache(maxsize=2)
def _reader(folder: Path, threads: int) -> Reader:
    """Load the reader once a process: loading verifies every file's hash, which is not for each shard."""
    return Reader(folder, threads=threads)


def load_reader(model: Path, settings: ExtractSettings) -> None:
    """Load what `extract_rows` needs, ahead of it."""
    _reader(model, settings.threads)
    load_gazetteer()


def extract_articles(
    articles: pl.DataFrame, model: Path, settings: ExtractSettings
) -> tuple[DataFrame[FoundMentions], DataFrame[FoundClaims]]:
    """Extract mentions and claims of articles (columns article_id, text, published_on), in order of article and text.

    model: folder of the reader. What comes of an article depends on it alone, not on its neighbours or their order.
    """
    mentions, claims, _ = _found(articles, model, settings)
    return DataFrame[FoundMentions](mentions), DataFrame[FoundClaims](claims)


def _found(
    articles: pl.DataFrame, model: Path, settings: ExtractSettings
) -> tuple[pl.DataFrame, pl.DataFrame, list[list[DroppedRow]]]:
    """Extract mentions and claims, and for each article the places of claims that were left out."""
    mentions: list[MentionRow] = []
    claims: list[ClaimRow] = []
    dropped: list[list[DroppedRow]] = []
    rows = list(articles.select("article_id", "text", "published_on").iter_rows())
    reader = _reader(model, settings.threads)
    decoding = Decoding.of(reader.spec.decoding)
    readings = reader.read_all(text for _, text, _ in rows)
    for (article_id, _, published_on), reading in zip(rows, readings, strict=True):
        found = extract_document(article_id, reading, decoding, published_on, load_gazetteer(), settings)
        mentions += found.mentions
        claims += found.claims
        dropped.append(found.dropped)
    return _frame(mentions, _MENTIONS), _frame(claims, _CLAIMS), dropped


def _frame(rows: Sequence[Mapping[str, Any]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Build a frame, column by column; lists as flat values and their counts, for which polars has fast ways."""
    columns: dict[str, Any] = {}
    for name, dtype in schema.items():
        values = [row[name] for row in rows]
        if isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct):
            columns[name] = _structs(values, dtype.inner)
        elif isinstance(dtype, pl.List):
            columns[name] = pl.Series(np.frombuffer(b"".join(values), np.int8).reshape(-1, MEANING_SIZE))
        else:
            columns[name] = pl.Series(values, dtype=dtype)
    return pl.DataFrame(columns, schema_overrides=schema)


def _structs(lists: Sequence[Sequence[Mapping[str, Any]]], dtype: pl.Struct) -> pl.Series:
    """Build a column of lists of structs."""
    flat = [item for items in lists for item in items]
    fields = [pl.Series(field.name, [item[field.name] for item in flat], field.dtype) for field in dtype.fields]
    owners = np.repeat(np.arange(len(lists)), [len(items) for items in lists])
    gathered = pl.DataFrame([pl.Series("row", owners), pl.DataFrame(fields).to_struct("items")])
    return (
        pl.DataFrame({"row": np.arange(len(lists))})
        .join(gathered.group_by("row", maintain_order=True).agg("items"), on="row", how="left", maintain_order="left")
        .get_column("items")
        .fill_null([])
    )


def extract_rows(articles: pl.DataFrame, model: Path, settings: ExtractSettings) -> pl.DataFrame:
    """Extract mentions and claims of articles as rows of the cache, one an article, in their order.

    A call is given a few dozen articles, for which validation would take as long as three of them. Resolution
    validates the rows of all articles at once before it takes them up.
    """
    return nest_rows(articles, *_found(articles, model, settings))
