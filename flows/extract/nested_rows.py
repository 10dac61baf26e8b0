"""Extraction results as rows of a cache: one an article, its mentions and claims as lists.

The key is what decides about them: article_id, which is that of its text, and the date of publication, on which
relative dates depend. How many claims were left out is kept beside them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.intermediate import MEANING_SIZE, FoundClaims, FoundMentions
from schemas.tables import polars_schema

KEY = ("article_id", "published_on")


def _schema(model: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    return {name: dtype for name, dtype in polars_schema(model).items() if name != "article_id"}


MENTIONS = pl.List(pl.Struct(_schema(FoundMentions)))
CLAIMS = pl.List(pl.Struct(_schema(FoundClaims)))
DROPPED = pl.List(pl.Struct({"reason": pl.String, "start_char": pl.Int64, "end_char": pl.Int64}))
NESTED = ("mentions", "claims", "dropped")
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "article_id": pl.String,
    "published_on": pl.Date,
    "mentions": MENTIONS,
    "claims": CLAIMS,
    "dropped": DROPPED,
}


def nest_rows(
    articles: pl.DataFrame, mentions: pl.DataFrame, claims: pl.DataFrame, dropped: Sequence[Sequence[Mapping[str, Any]]]
) -> pl.DataFrame:
    """Return one row an article of `articles` (its key), with its mentions and claims as lists.

    dropped: for each article, where claims stand that were left out, and the reason.
    """

    def gathered(frame: pl.DataFrame, name: str) -> pl.DataFrame:
        rest = [column for column in frame.columns if column != "article_id"]
        return frame.group_by("article_id", maintain_order=True).agg(pl.struct(rest).alias(name))

    return (
        articles.select(*KEY, pl.Series("dropped", dropped, DROPPED))
        .join(gathered(mentions, "mentions"), on="article_id", how="left", maintain_order="left")
        .join(gathered(claims, "claims"), on="article_id", how="left", maintain_order="left")
        .select(
            *KEY,
            pl.col("mentions").fill_null([]).cast(MENTIONS),
            pl.col("claims").fill_null([]).cast(CLAIMS),
            "dropped",
        )
    )


def unnest_rows(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return what nested rows hold under a name of `NESTED`, one row each, in order of article and text."""
    held = rows.select("article_id", name).filter(pl.col(name).list.len() > 0)
    return in_order(held.explode(name).unnest(name))


def unnested(name: str) -> pl.DataFrame:
    """Return the frame of no rows at all."""
    return unnest_rows(pl.DataFrame(schema=SCHEMA), name)


def in_order(found: pl.DataFrame) -> pl.DataFrame:
    """Return rows in order of article and text."""
    place = ["article_id", "start_char", "end_char"]
    if "meaning" not in found.columns:
        return found.sort(place, maintain_order=True)
    # as an array: to sort a list of bytes makes a number of four bytes for each
    arrays = found.with_columns(pl.col("meaning").list.to_array(MEANING_SIZE)).sort(place, maintain_order=True)
    return arrays.with_columns(pl.col("meaning").arr.to_list())
