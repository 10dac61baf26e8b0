"""Frames with columns of lists, put in order and together without the copies that cost most of the memory."""

import numpy as np
import polars as pl

from flows.resolve.claims.thresholds import THRESHOLDS


def rows_of(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Return the rows of a frame by number, in the order given.

    So many at a time: columns of lists take six times their size while they are put in order, even empty ones.
    """
    parts = (frame[rows[at : at + THRESHOLDS.rows_in_order]] for at in range(0, len(rows), THRESHOLDS.rows_in_order))
    return pl.concat([frame.clear(), *parts], rechunk=True)


def by_row(held: pl.DataFrame, name: str, count: int) -> pl.Series:
    """Return the lists of a frame by its `row` (u32), for `count` rows; an empty one for a row that has none.

    They are put beside the other columns then: a join with these would copy them all.
    """
    rows = pl.DataFrame({"row": np.arange(count, dtype=np.uint32)})
    lists = rows.join(held, on="row", how="left", maintain_order="left")
    return lists.select(pl.col(name).fill_null(pl.lit([], held.schema[name])))[name]
