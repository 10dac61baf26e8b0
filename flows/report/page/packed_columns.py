"""Columns of tables as the page carries them: references as row numbers, vocabularies as codes, shares in per cent."""

from typing import Any

import polars as pl

from schemas.vocabularies import Attribution, CoverageStance, EntityType, MentionType, Modality, Polarity

VOCABULARIES = {
    "attribution": [*Attribution],
    "polarity": [*Polarity],
    "modality": [*Modality],
    "mention_type": [*MentionType],
    "entity_type": [*EntityType],
    "stance": [*CoverageStance],
}
"""What a column of codes counts through; the page has these lists, too."""


def row_numbers(keys: pl.Series) -> pl.DataFrame:
    """Return the keys with their row numbers: key, place."""
    return pl.DataFrame({"key": keys}).with_row_index("place")


def places_of(column: pl.Series, places: pl.DataFrame) -> list[int]:
    """Return the row numbers of the keys in a column; -1 where there is none."""
    joined = pl.DataFrame({"key": column}).join(places, on="key", how="left", maintain_order="left")
    return joined["place"].cast(pl.Int32).fill_null(-1).to_list()


def place_lists(column: pl.Series, places: pl.DataFrame) -> list[list[int]]:
    """Return the row numbers of lists of keys; keys of rows that the page does not carry are left out."""
    flat = pl.DataFrame({"key": column}).with_row_index("row").explode("key")
    found = flat.join(places, on="key", how="inner").sort("row", "place").group_by("row", maintain_order=True)
    rows = pl.DataFrame({"row": pl.int_range(len(column), dtype=pl.UInt32, eager=True)})
    joined = rows.join(found.agg("place"), on="row", how="left", maintain_order="left")
    return joined["place"].fill_null([]).to_list()


def codes(column: pl.Series, vocabulary: list[str]) -> list[int]:
    """Return the place of each value in its vocabulary."""
    return column.replace_strict(vocabulary, range(len(vocabulary)), return_dtype=pl.Int8).to_list()


def hex_digits(column: pl.Series) -> list[str]:
    """Return ids without the prefix that every one of the column has."""
    return column.str.slice(4).to_list()


def plain_columns(frame: pl.DataFrame) -> dict[str, list[Any]]:
    """Return the columns of a frame as lists."""
    return {name: frame[name].to_list() for name in frame.columns}


def coded(column: pl.Series) -> tuple[list[str], list[int]]:
    """Return distinct values in order, and each row's number among them; -1 for null."""
    values = column.drop_nulls().unique().sort()
    return values.to_list(), places_of(column, row_numbers(values))


def finite(value: float | None) -> float | None:
    """Return a number, or None for infinity and NaN, which JSON has not."""
    return value if value is not None and abs(value) < float("inf") else None


def percent(column: pl.Series) -> list[int]:
    """Return shares as whole per cent."""
    return (column * 100).round().cast(pl.Int32).to_list()
