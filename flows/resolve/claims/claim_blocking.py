"""Which claims are worth comparing: of one story by words and meaning, of two stories only what is nearly one wording.

Likeness is the mean of two figures: the cosine of meanings, and the weight of the content stems in common as a share of
what the shorter claim has. It proposes; it never decides. Within a story every two claims are measured and each keeps
the likest few. Across stories a claim is filed with each of its actors under its rarest stems, and meets its neighbours
in the files (sorted neighbourhood, Hernández and Stolfo 1995), so that a common pair of keys costs no square.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from flows.resolve.claims.claim_vectors import ClaimVectors, rounded
from flows.resolve.claims.story_partners import story_partners
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.whole_numbers import distinct

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
    cover = shared / (np.minimum(v.weight[left], v.weight[right]) + THRESHOLDS.thin_weight)
    columns = {"left": left, "right": right, "meaning": rounded(cosine), "cover": rounded(cover)}
    return pl.DataFrame(columns, schema=PAIRS)


def likeness() -> pl.Expr:
    """Return the likeness of a pair of `PAIRS`, 0..1."""
    return (pl.col("meaning").clip(0) + pl.col("cover")) / 2


def _within_stories(v: ClaimVectors) -> Iterator[pl.DataFrame]:
    """The likest claims of its story for each claim."""
    return (pl.DataFrame(dict(zip(PAIRS, part, strict=True)), schema=PAIRS) for part in story_partners(v))


def _across_stories(v: ClaimVectors) -> pl.DataFrame:
    """Nearly equal wordings of two stories; those that meet under a key name its actor both."""
    rows, keys = _filed(v)
    order = np.lexsort((rows, keys))
    rows, keys = rows[order], keys[order]
    met = [np.zeros(0, np.int64)]
    for step in range(1, THRESHOLDS.file_window + 1):
        a, b = rows[:-step], rows[step:]
        kept = (keys[:-step] == keys[step:]) & (v.story[a] != v.story[b])
        met.append(np.minimum(a, b)[kept] * np.int64(len(v)) + np.maximum(a, b)[kept])
    pairs = distinct(np.concatenate(met))
    left, right = pairs // max(1, len(v)), pairs % max(1, len(v))
    return measured(v, left, right).filter(likeness() >= THRESHOLDS.likeness_across)


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
