"""The likest claims of its story for each claim: all stories of one size in one array.

A corpus has tens of thousands of stories of a few claims, each of which is a small product of matrices; so many calls
for so little would take most of the time.
"""

from collections.abc import Iterator

import numpy as np

from flows.resolve.claims.claim_vectors import ClaimVectors, rounded
from flows.resolve.claims.thresholds import THRESHOLDS

Pairs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Rows left < right, the cosine of their meanings, the cover of their words."""


def story_partners(v: ClaimVectors) -> Iterator[Pairs]:
    """Yield each claim with the likest of other articles of its story, and with the likest of its own article."""
    order = np.lexsort((np.arange(len(v)), v.story))
    bounds = np.flatnonzero(np.diff(v.story[order], prepend=-1, append=-1))
    first, sizes = bounds[:-1], np.diff(bounds)
    for size in np.unique(sizes[sizes > 1]).tolist():
        stories = first[sizes == size]
        at_once = max(1, min(THRESHOLDS.pairs_at_once // size**2, THRESHOLDS.rows_at_once // size))
        for at in range(0, len(stories), at_once):
            rows = order[stories[at : at + at_once, None] + np.arange(size)]
            for start in range(0, size, THRESHOLDS.story_block):
                yield _likest(v, rows[:, start : start + THRESHOLDS.story_block], rows)


def _likest(v: ClaimVectors, some: np.ndarray, rows: np.ndarray) -> Pairs:
    """For each of `some` rows [stories, S] the likest of all the `rows` [stories, N] of its story."""
    meaning, cover = _meaning(v, some, rows), _cover(v, some, rows)
    likeness = (np.maximum(meaning, 0) + cover) / 2
    likeness[some[:, :, None] == rows[:, None, :]] = 0
    own = v.article[some][:, :, None] == v.article[rows][:, None, :]
    parts = [
        _best(np.where(own, 0, likeness), THRESHOLDS.partners, THRESHOLDS.least_likeness),
        _best(np.where(own, likeness, 0), THRESHOLDS.partners_in_article, THRESHOLDS.likeness_in_article),
    ]
    row, column = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    a, b = some.ravel()[row], rows[row // some.shape[1], column]
    meaning, cover = (values.reshape(-1, rows.shape[1])[row, column] for values in (meaning, cover))
    return np.minimum(a, b), np.maximum(a, b), meaning, cover


def _meaning(v: ClaimVectors, some: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Cosines of meanings [stories, S, N]; sums of so small whole numbers are exact in whatever order."""
    left, right = (v.meaning[side].astype(np.float32) for side in (some, rows))
    norms = v.norm[some][:, :, None] * v.norm[rows][:, None, :]
    return rounded((left @ right.transpose(0, 2, 1)) / np.maximum(norms, 1e-9))


def _cover(v: ClaimVectors, some: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The weight of stems in common as a share of the lighter claim's [stories, S, N]."""
    lighter = np.minimum(v.weight[some][:, :, None], v.weight[rows][:, None, :])
    return rounded(_shared(v, some, rows) / (lighter + THRESHOLDS.thin_weight))


def _shared(v: ClaimVectors, some: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The weight of stems in common [stories, S, N], from one product in which each story has stems of its own."""
    left, right = v.terms[some.ravel()], v.terms[rows.ravel()]
    columns = left.shape[1]
    keys = [
        np.repeat(np.repeat(np.arange(len(side)), side.shape[1]), np.diff(matrix.indptr)) * columns + matrix.indices
        for side, matrix in ((some, left), (rows, right))
    ]
    known, number = np.unique(np.concatenate(keys), return_inverse=True)
    for matrix, part in ((left, number[: left.nnz]), (right, number[left.nnz :])):
        matrix.indices = part.astype(np.int32)
        matrix.resize(matrix.shape[0], len(known))
    right.data = np.ones_like(right.data)
    product = (left @ right.T).tocoo()
    shared = np.zeros((len(some), some.shape[1], rows.shape[1]))
    story, row = np.divmod(product.row, some.shape[1])
    shared[story, row, product.col % rows.shape[1]] = product.data
    return shared


def _best(likeness: np.ndarray, most: int, least: float) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of the `most` largest values of each row from `least` on; of equals the first columns.

    likeness: [stories, S, N], read as [stories * S, N].
    """
    likeness = likeness.reshape(-1, likeness.shape[2])
    if likeness.shape[1] > most:
        # a stable order of all columns costs too much: the least value that is kept bounds what is sorted
        floor = -np.partition(-likeness, most - 1, axis=1)[:, most - 1]
    else:
        floor = np.zeros(len(likeness))
    row, column = np.nonzero(likeness >= np.maximum(floor, least)[:, None])
    order = np.lexsort((column, -likeness[row, column], row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    return row[rank < most], column[rank < most]
