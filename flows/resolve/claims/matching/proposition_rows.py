"""Propositions as rows: all that they are made of by the million, and the propositions of those that are asked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from flows.lazily import lazily
from flows.resolve.claims.list_columns import elements
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.proposition import Name, Proposition
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.whole_numbers import distinct
from schemas.vocabularies import Attribution, Polarity

NAMES = pl.List(pl.Struct({"entity": pl.String, "entity_type": pl.String, "surface": pl.String}))
LISTS = {
    "names": ("entity", "entity_type", "surface"),
    "quantities": (),
    "dates": ("iso", "surface"),
    "speaker_ids": (),
}
"""Columns of lists, and the fields of their elements that are read; all where none are named."""


def proposition_rows(mentions: pl.DataFrame, places: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Return all that a proposition is made of, a row a mention in the order given.

    mentions: article_id, start_char, statement, polarity, modality, quantities, dates, speaker_ids, attribution,
    said_on; places: row, entity, entity_type, surface, at; articles: article_id, story_id, published_on, text.
    """
    told = articles.select("article_id", "story_id", "published_on", length=pl.col("text").str.len_chars())
    long = (pl.col("length") >= THRESHOLDS.goes_on_chars).fill_null(value=False)
    return (
        mentions.with_row_index("row")
        .join(told, on="article_id", how="left", maintain_order="left")
        .join(_names(places), on="row", how="left", maintain_order="left")
        .select(
            "statement",
            "modality",
            pl.col("names").fill_null(pl.lit([], NAMES)),
            "quantities",
            "dates",
            "article_id",
            "story_id",
            "speaker_ids",
            narrated=pl.col("attribution") == Attribution.NARRATED,
            day=pl.coalesce("said_on", "published_on"),
            opening=(pl.col("start_char") < THRESHOLDS.opening_chars) & long,
            place=(pl.col("start_char") / pl.col("length").clip(1)).clip(0, 1).fill_null(0.0),
            early=pl.when(long).then((-pl.col("start_char") / THRESHOLDS.early_chars).exp()).otherwise(0.0),
            negated=pl.col("polarity") == Polarity.NEGATED,
        )
    )


def _names(places: pl.DataFrame) -> pl.DataFrame:
    """The names of each row in order of the text: row, names."""
    named = places.sort("row", "at", maintain_order=True).group_by("row", maintain_order=True)
    return named.agg(names=pl.struct("entity", "entity_type", "surface").cast(NAMES.inner))


class Propositions(Mapping[int, Proposition]):
    """What some rows say, by row: made of their columns when it is first asked for, by whoever asks.

    So a worker process is sent columns, at a tenth of what objects take.

    columns: those of `proposition_rows`, of these rows alone; numbers: which rows these are.
    """

    def __init__(self, columns: pl.DataFrame, numbers: np.ndarray) -> None:
        self.columns, self._numbers = columns, numbers

    def __reduce__(self) -> tuple[type["Propositions"], tuple[pl.DataFrame, np.ndarray]]:
        return Propositions, (self.columns, self._numbers)

    @lazily
    def made(self) -> dict[int, Proposition]:
        """The same as a dictionary."""
        return _made(self.columns, self._numbers)

    def __getitem__(self, row: int) -> Proposition:
        return self.made[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self._numbers)


def propositions(rows: pl.DataFrame, wanted: Iterable[int]) -> Propositions:
    """Return the propositions of the wanted rows of a frame of `proposition_rows`."""
    chosen = distinct(wanted if isinstance(wanted, np.ndarray) else np.fromiter(wanted, np.int64))
    return Propositions(rows[chosen], chosen)


def _made(read: pl.DataFrame, numbers: np.ndarray) -> dict[int, Proposition]:
    lists = zip(*(elements(read[name], *fields) for name, fields in LISTS.items()), strict=True)
    given = [field.name for field in read.schema["quantities"].inner.fields]  # type: ignore[attr-defined]
    told = read.drop(LISTS).iter_rows()
    return {
        row: Proposition(
            statement,
            modality,
            tuple(map(Name._make, names)),
            _figures(statement, [dict(zip(given, values, strict=True)) for values in quantities]),
            tuple(dates),
            article,
            story,
            tuple([speaker for (speaker,) in speakers]),
            *rest,
        )
        for row, (names, quantities, dates, speakers), (statement, modality, article, story, *rest) in zip(
            numbers.tolist(), lists, told, strict=True
        )
    }


def _figures(statement: str, quantities: list[dict[str, Any]]) -> tuple[Figure, ...]:
    """The figures that a statement gives, without conversions of them in brackets."""
    return tuple([Figure.of(q) for q in quantities if f"({q['surface']}" not in statement])
