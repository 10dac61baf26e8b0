"""Pairs of articles that may tell of one event, and how likely they do.

A pair is proposed by rare names and phrases in common; it is scored by a logistic of named features with the weights of
`seeds/models/story_pairs.csv`, fitted on the articles of ECB+ and BASIL by `flows.train.story_pairs`.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack

from flows.lexicons.weights import load_linear
from flows.probabilities import logistic
from flows.resolve.stories.article_vectors import ArticleVectors
from flows.resolve.stories.thresholds import THRESHOLDS
from flows.resolve.terms import paired_dot
from flows.whole_numbers import distinct

FEATURES = ("body", "opening", "names", "numbers", "phrases", "places_differ", "people_differ")


@dataclass(frozen=True)
class ArticlePairs:
    """Pairs left < right of articles, ascending, with the probability that they tell of one event."""

    left: np.ndarray
    right: np.ndarray
    scores: np.ndarray


def article_pairs(vectors: ArticleVectors) -> ArticlePairs:
    """Return the proposed pairs that may be one story at all."""
    left, right, found = _that_may_score(vectors, *_proposed(vectors))
    found[:, FEATURES.index("body")] = paired_dot(vectors.body, vectors.body, left, right)
    scores = _probability(found) * _nearness(vectors.day, left, right)
    kept = scores >= THRESHOLDS.least_score
    return ArticlePairs(left[kept], right[kept], np.round(scores[kept], 6))


def _that_may_score(
    vectors: ArticleVectors, left: np.ndarray, right: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs that equal bodies would bring to the least score, and their features with such bodies: bodies are long,
    and compared for these alone.
    """
    at_best = features(vectors, left, right, body=THRESHOLDS.body_at_best)
    may = _probability(at_best) * _nearness(vectors.day, left, right) >= THRESHOLDS.least_score
    return left[may], right[may], at_best[may]


def features(vectors: ArticleVectors, left: np.ndarray, right: np.ndarray, body: float | None = None) -> np.ndarray:
    """Return the features of pairs: float64 [pairs, FEATURES], each 0..1; body: taken instead of the bodies' cosine."""

    def cosine(matrix: csr_matrix) -> np.ndarray:
        return paired_dot(matrix, matrix, left, right)

    columns = (
        cosine(vectors.body) if body is None else np.full(len(left), body),
        cosine(vectors.opening),
        np.sqrt(cosine(vectors.names)),
        np.sqrt(cosine(vectors.numbers)),
        np.sqrt(cosine(vectors.phrases)),
        _disjoint(vectors.places, left, right),
        _disjoint(vectors.people, left, right),
    )
    return np.column_stack(columns).astype(np.float64)


def _disjoint(entities: csr_matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """1 where both openings name such entities and none in common."""
    some = np.diff(entities.indptr) > 0
    return (some[left] & some[right] & (paired_dot(entities, entities, left, right) == 0)).astype(np.float64)


def _probability(found: np.ndarray) -> np.ndarray:
    bias, weights = load_linear("story_pairs", FEATURES)
    return logistic(found @ weights + bias)


def _nearness(day: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """1 for articles of the same days and for unknown days, falling to 0 for those that are long apart."""
    apart = np.nan_to_num(np.abs(day[left] - day[right]), nan=0.0)
    return np.clip((THRESHOLDS.days - apart) / (THRESHOLDS.days - THRESHOLDS.full_days), 0, 1)


def _proposed(vectors: ArticleVectors) -> tuple[np.ndarray, np.ndarray]:
    """For each article those of its days with which it shares most rare names and phrases: pairs, left < right."""
    order = np.argsort(vectors.day, kind="stable")  # unknown days last
    day = vectors.day[order]
    keys = _rare(hstack([vectors.names, vectors.phrases, vectors.opening]).tocsr()[order], len(order))
    dated = int(np.count_nonzero(~np.isnan(day)))
    found = [np.zeros(0, np.int64)]
    for start, stop in _blocks(keys):
        near = _of_the_days(day, start, stop, dated)
        likeness = (keys[start:stop] @ keys[near].T).tocoo()
        row, column = likeness.row + start, near[likeness.col]
        kept = (row != column) & ~(np.abs(day[row] - day[column]) >= THRESHOLDS.days)
        row, column = _best(likeness.row[kept], order[column[kept]], likeness.data[kept], len(order))
        row = order[row + start]
        found.append(np.minimum(row, column) * len(order) + np.maximum(row, column))
    pairs = distinct(np.concatenate(found))
    return pairs // max(1, len(vectors)), pairs % max(1, len(vectors))


def _of_the_days(day: np.ndarray, start: int, stop: int, dated: int) -> np.ndarray:
    """The articles that may be near to one of a block: those of its days, and all whose day is not known."""
    if stop > dated:
        return np.arange(len(day))
    ends = (day[start] - THRESHOLDS.days, day[stop - 1] + THRESHOLDS.days)
    low, high = np.searchsorted(day[:dated], ends)
    return np.concatenate([np.arange(low, high), np.arange(dated, len(day))])


def _blocks(keys: csr_matrix) -> Iterator[tuple[int, int]]:
    """Runs of articles that have about so many others with a key in common, one more where it is a single one."""
    often = np.bincount(keys.indices, minlength=keys.shape[1])
    met = np.asarray(keys.astype(bool) @ often.astype(np.float64)).ravel()
    number = np.cumsum(met) // THRESHOLDS.met_at_once
    bounds = [*np.flatnonzero(np.diff(number, prepend=-1)).tolist(), len(met)]
    return itertools.pairwise(bounds)


def _rare(keys: csr_matrix, count: int) -> csr_matrix:
    """The columns that few enough articles have."""
    often = np.bincount(keys.indices, minlength=keys.shape[1])
    return keys[:, often <= max(THRESHOLDS.common_least, THRESHOLDS.common * count)]


def _best(row: np.ndarray, column: np.ndarray, likeness: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The best columns of each row, of equals the first: rows and columns, which are numbers below `count`.

    What is put in order is one number a pair: its row among those that have too many, how little alike it is to six
    decimals, its column. Of as many pairs as are weighed at once it is exact up to twenty million columns.
    """
    row, column = row.astype(np.int64), column.astype(np.int64)
    too_many = np.bincount(row) > THRESHOLDS.proposals
    many, number = too_many[row], np.cumsum(too_many) - 1
    unlike = THRESHOLDS.most_like - np.rint(likeness[many] * np.float32(1e6)).astype(np.int64)
    numbers = np.sort((number[row[many]] * (THRESHOLDS.most_like + 1) + unlike) * count + column[many])
    ranked = numbers // ((THRESHOLDS.most_like + 1) * count)
    best = np.arange(len(ranked)) - np.searchsorted(ranked, ranked) < THRESHOLDS.proposals
    rows = np.flatnonzero(too_many)[ranked[best]]
    return np.concatenate([row[~many], rows]), np.concatenate([column[~many], numbers[best] % count])
