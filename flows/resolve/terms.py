"""The words of texts as terms: light stems with their weights (`flows.lexicons.stems`)."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix, diags

from flows.lexicons.stems import CONTENT_WEIGHT, stem, weight
from flows.resolve.thresholds import THRESHOLDS

TERM = r"[\p{L}\p{N}]+(?:[.,]\p{N}+)*"
"""What a term is, as a regular expression of Polars: letters and digits, a number with its separators in one."""


@dataclass(frozen=True)
class Terms:
    """Every term of every text in order, 8 bytes each.

    row [n]: number of its text; stem [n]: number of its stem; stems: the distinct stems in order; weights: of each.
    """

    row: np.ndarray
    stem: np.ndarray
    stems: pl.Series
    weights: np.ndarray

    def of(self, kept: np.ndarray) -> "Terms":
        """Return the terms of some stems; kept: by stem."""
        chosen = kept[self.stem]
        return replace(self, row=self.row[chosen], stem=self.stem[chosen])

    def content(self) -> "Terms":
        """Return the terms that are no function words."""
        return self.of(self.weights >= CONTENT_WEIGHT)

    def weighted(self, weights: np.ndarray | None = None) -> pl.DataFrame:
        """Return row, value (number of the stem) and weight of each; weights: other ones, by stem."""
        weights = self.weights if weights is None else weights
        return pl.DataFrame({"row": self.row, "value": self.stem, "weight": weights[self.stem]})

    def matrix(self, count: int) -> csr_matrix:
        """Return a matrix of `count` rows and a column a stem, with the weight of each stem that a text has."""
        ones = np.ones(len(self.row), np.float32)
        found = csr_matrix((ones, (self.row, self.stem)), shape=(count, max(1, len(self.stems))))
        found.sum_duplicates()
        found.data = self.weights.astype(np.float32)[found.indices]
        return found


def terms_of(texts: pl.Series) -> Terms:
    """Return every term of every text in order; of so many texts at a time, since words take much more than numbers."""
    step = max(1, THRESHOLDS.bytes_at_once * len(texts) // max(1, int(texts.str.len_bytes().sum())))
    known = pl.DataFrame(schema={"term": pl.String, "number": pl.UInt32})
    parts = [pl.DataFrame(schema={"row": pl.UInt32, "number": pl.UInt32})]
    for start in range(0, len(texts), step):
        found = (
            pl.DataFrame({"term": texts[start : start + step].str.extract_all(TERM)})
            .with_row_index("row", offset=start)
            .explode("term", empty_as_null=False)
            .drop_nulls("term")
        )
        new = found.select(pl.col("term").unique()).join(known, on="term", how="anti")
        known = pl.concat([known, new.with_row_index("number", offset=known.height).select("term", "number")])
        parts.append(found.join(known, on="term", how="left", maintain_order="left").select("row", "number"))
    found = pl.concat(parts)
    stemmed = [stem(term) or term for term in known["term"]]
    stems = pl.Series(sorted(set(stemmed)), dtype=pl.String)
    at = {of: number for number, of in enumerate(stems)}
    numbers = np.array([at[of] for of in stemmed], np.int32)
    weights = np.array([weight(of) for of in stems], np.float64)
    return Terms(found["row"].to_numpy(), numbers[found["number"].to_numpy()], stems, weights)


def term_matrix(values: pl.DataFrame, count: int) -> csr_matrix:
    """Return a matrix of `count` rows from (row, value, weight), a column a distinct value in their order.

    Weights of a value that a row has several times are summed.
    """
    names = values["value"].unique().sort()
    column = values["value"].rank("dense").cast(pl.Int64).to_numpy() - 1
    data = values["weight"].to_numpy().astype(np.float32)
    matrix = csr_matrix((data, (values["row"].to_numpy(), column)), shape=(count, max(1, len(names))), dtype=np.float32)
    matrix.sum_duplicates()
    return matrix


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    """Return the matrix with every row of length one; an empty row stays empty."""
    norm = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norm, 1e-9)) @ matrix).tocsr()


def paired_dot(a: csr_matrix, b: csr_matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the products of rows `left` of one matrix with rows `right` of another, pair by pair.

    So many at a time: rows that do not stay in the processor's cache take several times as long.
    """
    step = THRESHOLDS.pairs_at_once
    parts = (slice(start, start + step) for start in range(0, max(1, len(left)), step))
    return np.concatenate([np.asarray(a[left[part]].multiply(b[right[part]]).sum(axis=1)).ravel() for part in parts])
