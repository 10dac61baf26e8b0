"""Mentions of the very same wording about the same entities: one to compare for all of them.

Agency copy returns in hundreds of papers; comparing its sentences with each other would cost a square and
say nothing.
"""

import numpy as np
import polars as pl

from flows.resolve.claims.thresholds import THRESHOLDS


def first_of_wording(
    mentions: pl.DataFrame, places: pl.DataFrame, articles: pl.DataFrame, alone: frozenset[int]
) -> np.ndarray:
    """Return for each row of `mentions` the first row with its wording; itself where there is no earlier one.

    mentions: article_id, statement, polarity, modality, dates; places: row, entity; articles: article_id, story_id.
    Words are one wording in one story. In two stories they are only where they name somebody, are no mere phrase and
    tell of the
    same dates: `no one was injured` is said of every fire. `alone`: rows that a person has judged, which stand for
    themselves.
    """
    held = places.group_by("row").agg(entities=pl.col("entity").unique().sort().str.join("\n"))
    words = pl.col("statement").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}%$€£]+", " ").str.strip_chars()
    keyed = (
        mentions.select("article_id", "polarity", "modality", words=words, dates=_dates())
        .with_row_index("row")
        .join(articles.select("article_id", "story_id"), on="article_id", how="left", maintain_order="left")
        .join(held, on="row", how="left", maintain_order="left")
        .with_columns(
            where=pl.when(_anywhere()).then(pl.lit("")).otherwise(pl.coalesce("story_id", "article_id")),
            judged=pl.when(pl.col("row").is_in(sorted(alone))).then("row"),
        )
    )
    key = ["words", "polarity", "modality", "entities", "dates", "where", "judged"]
    return keyed.select(pl.col("row").first().over(key))["row"].to_numpy().astype(np.int64)


def _dates() -> pl.Expr:
    return pl.col("dates").list.eval(pl.element().struct.field("iso")).list.join(" ")


def _anywhere() -> pl.Expr:
    """Whether words say the same in whatever story they stand."""
    long_enough = pl.col("words").str.count_matches(" ") + 1 >= THRESHOLDS.same_wording_words
    return pl.col("entities").is_not_null() & long_enough
