"""Which claims are worth comparing: of one story by words and meaning, of two stories only what is nearly one wording.

Likeness is the mean of two figures: the cosine of meanings, and the weight of the content stems in common as a share of
what the shorter claim has. It proposes; it never decides. Within a story every two claims are measured and each keeps
the likest few. Across stories a claim is filed with each of its actors under its rarest stems, and meets its neighbours
in the files (sorted neighbourhood, Hernández and Stolfo 1995), so that a common pair of keys costs no square.
"""

import itertools

import numpy as np
import polars as pl

from flows.resolve.claims.claim_vectors import ClaimVectors
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.resolve.terms import paired_dot

PAIRS = {"left": pl.Int64, "right": pl.Int64, "meaning": pl.Float64, "cover": pl.Float64}
"""A pair of rows, the cosine of their meanings, and the share of the shorter one's words that the longer has."""


def candidates(v: ClaimVectors) -> pl.DataFrame:
    """Return pairs left < right, each once, ascending: a frame of `PAIRS`."""
    found = [pl.DataFrame(schema=PAIRS), *_within_stories(v), _across_stories(v)]
    return pl.concat(found).unique(["left", "right"]).sort("left", "right")


def measured(v: ClaimVectors, left: np.ndarray, right: np.ndarray) -> pl.DataFrame:
    """Return a frame of `PAIRS` for pairs of rows."""
    meaning = np.empty(len(left), np.float64)
    for start in range(0, len(left), 4096):
        a, b = (v.meaning[side[start : start + 4096]].astype(np.float32) for side in (left, right))
        meaning[start : start + 4096] = np.einsum("ij,ij->i", a, b)
    shared = np.empty(len(left), np.float64)
    for start in range(0, len(left), 65_536):
        a, b = (v.terms[side[start : start + 65_536]] for side in (left, right))
        shared[start : start + 65_536] = np.asarray(a.minimum(b).sum(axis=1)).ravel()
    cosine = meaning / np.maximum(v.norm[left] * v.norm[right], 1e-9)
    cover = shared / (np.minimum(_weights(v)[left], _weights(v)[right]) + THRESHOLDS.thin_weight)
    columns = {"left": left, "right": right, "meaning": _rounded(cosine), "cover": _rounded(cover)}
    return pl.DataFrame(columns, schema=PAIRS)


def likeness() -> pl.Expr:
    """Return the likeness of a pair of `PAIRS`, 0..1."""
    return (pl.col("meaning").clip(0) + pl.col("cover")) / 2


def _weights(v: ClaimVectors) -> np.ndarray:
    return np.asarray(v.terms.sum(axis=1), np.float64).ravel()


def _rounded(values: np.ndarray) -> np.ndarray:
    return np.round(values.astype(np.float64), 6)


def _within_stories(v: ClaimVectors) -> list[pl.DataFrame]:
    """The likest claims of its story for each claim."""
    order = np.lexsort((np.arange(len(v)), v.story))
    bounds = np.flatnonzero(np.diff(v.story[order], prepend=-1, append=-1))
    weights = _weights(v)
    return [
        _likest(v, rows[start : start + THRESHOLDS.story_block], rows, weights)
        for rows in (order[a:b] for a, b in itertools.pairwise(bounds))
        if len(rows) > 1
        for start in range(0, len(rows), THRESHOLDS.story_block)
    ]


def _likest(v: ClaimVectors, some: np.ndarray, rows: np.ndarray, weights: np.ndarray) -> pl.DataFrame:
    """For each of `some` rows of a story the likest of all its `rows`: in other articles, and in its own."""
    meaning = v.meaning[some].astype(np.float32) @ v.meaning[rows].astype(np.float32).T
    meaning = _rounded(meaning / np.maximum(v.norm[some][:, None] * v.norm[rows], 1e-9))
    marked = v.terms[rows]
    marked.data = np.ones_like(marked.data)
    shared = np.asarray((v.terms[some] @ marked.T).todense(), np.float64)
    cover = _rounded(shared / (np.minimum(weights[some][:, None], weights[rows]) + THRESHOLDS.thin_weight))
    likeness = (np.maximum(meaning, 0) + cover) / 2
    likeness[some[:, None] == rows] = 0
    own = v.article[some][:, None] == v.article[rows]
    parts = [
        _best(np.where(own, 0, likeness), THRESHOLDS.partners, THRESHOLDS.least_likeness),
        _best(np.where(own, likeness, 0), THRESHOLDS.partners_in_article, THRESHOLDS.likeness_in_article),
    ]
    row, column = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    a, b = some[row], rows[column]
    columns = {"left": np.minimum(a, b), "right": np.maximum(a, b)}
    return pl.DataFrame({**columns, "meaning": meaning[row, column], "cover": cover[row, column]}, schema=PAIRS)


def _best(likeness: np.ndarray, most: int, least: float) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of the `most` largest values of each row from `least` on; of equals the first columns."""
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


def _across_stories(v: ClaimVectors) -> pl.DataFrame:
    """Nearly equal wordings of two stories that name an actor in common."""
    rows, keys = _filed(v)
    order = np.lexsort((rows, keys))
    rows, keys = rows[order], keys[order]
    met = [np.zeros(0, np.int64)]
    for step in range(1, THRESHOLDS.file_window + 1):
        a, b = rows[:-step], rows[step:]
        kept = (keys[:-step] == keys[step:]) & (v.story[a] != v.story[b])
        met.append(np.minimum(a, b)[kept] * np.int64(len(v)) + np.maximum(a, b)[kept])
    pairs = np.unique(np.concatenate(met))
    left, right = pairs // max(1, len(v)), pairs % max(1, len(v))
    found = measured(v, left, right).filter(pl.Series(paired_dot(v.entities, v.entities, left, right) > 0))
    return found.filter(likeness() >= THRESHOLDS.likeness_across)


def _filed(v: ClaimVectors) -> tuple[np.ndarray, np.ndarray]:
    """Every claim under each of its actors with each of its rarest stems: (row, key)."""
    row = np.repeat(np.arange(len(v)), np.diff(v.terms.indptr))
    order = np.lexsort((v.terms.indices, -v.terms.data, row))
    rank = np.arange(len(row)) - np.repeat(v.terms.indptr[:-1], np.diff(v.terms.indptr))
    kept = order[rank < THRESHOLDS.filed_terms]
    terms = pl.DataFrame({"row": row[kept], "term": v.terms.indices[kept].astype(np.int64)})
    actor = np.repeat(np.arange(len(v)), np.diff(v.entities.indptr))
    actors = pl.DataFrame({"row": actor, "actor": v.entities.indices.astype(np.int64)})
    filed = terms.join(actors, on="row").sort("row", "term", "actor")
    return filed["row"].to_numpy(), filed["term"].to_numpy() * np.int64(v.entities.shape[1]) + filed["actor"].to_numpy()
