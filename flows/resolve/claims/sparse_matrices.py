"""Frames of (row, value) as sparse matrices with a row each, a column a value."""

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix


def indicators(values: pl.DataFrame, count: int) -> csr_matrix:
    """A 0/1 matrix from (row, value); columns in the order of the values."""
    names = values["value"].unique().sort()
    column = values["value"].rank("dense").cast(pl.Int64) - 1
    return sparse(values["row"], column, count, len(names))


def alike_indicators(values: list[pl.DataFrame], count: int) -> list[csr_matrix]:
    """0/1 matrices of several (row, value) frames over the same columns."""
    names = pl.concat([frame["value"] for frame in values]).unique().sort()
    number = pl.DataFrame({"value": names, "column": np.arange(len(names), dtype=np.int64)})
    placed = [frame.join(number, on="value", how="left", maintain_order="left") for frame in values]
    return [sparse(frame["row"], frame["column"], count, len(names)) for frame in placed]


def sparse(row: pl.Series, column: pl.Series, count: int, width: int, data: pl.Series | None = None) -> csr_matrix:
    filled = np.ones(len(row), np.float32) if data is None else data.to_numpy().astype(np.float32)
    matrix = csr_matrix((filled, (row.to_numpy(), column.to_numpy())), shape=(count, max(1, width)), dtype=np.float32)
    matrix.sum_duplicates()
    return matrix
