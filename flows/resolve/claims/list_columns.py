"""Frames with columns of lists, put in order, together and apart without the copies that cost most of the memory."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from flows.resolve.claims.thresholds import THRESHOLDS


def rows_of(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Return the rows of a frame by number, in the order given.

    So many at a time: columns of lists take six times their size while they are put in order, even empty ones; and of
    one piece: where they lie in several it takes fifteen times as long.
    """
    frame = frame.rechunk()
    parts = (frame[rows[at : at + THRESHOLDS.rows_in_order]] for at in range(0, len(rows), THRESHOLDS.rows_in_order))
    return pl.concat([frame.clear(), *parts], rechunk=True)


def by_row(held: pl.DataFrame, name: str, count: int) -> pl.Series:
    """Return the lists of a frame by its `row` (u32), for `count` rows; an empty one for a row that has none.

    They are put beside the other columns then: a join with these would copy them all.
    """
    rows = pl.DataFrame({"row": np.arange(count, dtype=np.uint32)})
    lists = rows.join(held, on="row", how="left", maintain_order="left")
    return lists.select(pl.col(name).fill_null(pl.lit([], held.schema[name])))[name]


def elements(lists: pl.Series, *fields: str) -> Iterator[list[tuple[Any, ...]]]:
    """Return the elements of each list, as tuples of these fields; of all where none are named.

    All lists are made one table first: to take a list out of a row costs more than a row without any, and most hold
    nothing.
    """
    flat = lists.explode(empty_as_null=False, keep_nulls=False)
    table = flat.struct.unnest() if isinstance(flat.dtype, pl.Struct) else flat.to_frame()
    elements, ends = table.select(fields or pl.all()).rows(), lists.list.len().fill_null(0).cum_sum().to_list()
    return (elements[start:end] for start, end in pairwise([0, *ends]))
