"""Claim mentions grouped into claims from scored pairs, without chaining.

Within each connected component of pairs above the threshold, groups grow by average linkage over all pairs
of the component: two groups join only while the mean score between their members reaches the threshold, so
one odd link never pulls two propositions together. A pair that a person has judged counts as certain, and
groups with a pair that must stay apart never join. The result does not depend on the order of rows.
"""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

MAX_COMPONENT = 150
"""A component larger than this is cut at a higher threshold first: the pairs inside it grow with the square.
"""
STRICTER = 0.15
"""By which share of what is left to 1 the threshold rises for a component that is too large."""
BATCH_PAIRS = 1_000_000
"""Components are scored together up to about this many pairs."""

APART = 10.0
"""Distance of a pair that must stay apart: no mean over fewer than ten times as many pairs hides it."""

Scorer = Callable[[np.ndarray, np.ndarray], np.ndarray]


def clusters(
    left: np.ndarray, right: np.ndarray, scores: np.ndarray, count: int, threshold: float, scorer: Scorer
) -> np.ndarray:
    """The cluster number of each of `count` rows; numbers follow the least row of each cluster.

    left, right, scores: pairs that were compared; scores above 1 are certain (judged one), below 0 impossible
    (judged two). scorer: scores of any other pairs.
    """
    label = np.arange(count)
    undecided: list[np.ndarray] = []
    for members in _components(count, left, right, scores, threshold):
        if len(members) == 2 or len(members) > MAX_COMPONENT:
            label[members] = members.min()  # nothing but the link itself, or links that are all but certain
        else:
            undecided.append(members)
    for batch in _batches(undecided):
        for members, groups in zip(batch, _split(batch, threshold, scorer), strict=True):
            _, first, number = np.unique(groups, return_index=True, return_inverse=True)
            label[members] = members[first][number]
    return _least(label)


def _components(
    count: int, left: np.ndarray, right: np.ndarray, scores: np.ndarray, threshold: float
) -> list[np.ndarray]:
    """Connected components of two and more rows, large ones cut at ever higher thresholds."""
    linked = scores >= threshold
    left, right, scores = left[linked], right[linked], scores[linked]
    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    order = np.argsort(component, kind="stable")
    found = [m for m in np.split(order, np.flatnonzero(np.diff(component[order])) + 1) if len(m) > 1]
    large = [members for members in found if len(members) > MAX_COMPONENT]
    stricter = threshold + (1 - threshold) * STRICTER
    if not large or stricter - threshold < 1e-3:
        return found
    inside = np.isin(left, np.concatenate(large))
    kept = [members for members in found if len(members) <= MAX_COMPONENT]
    return kept + _components(count, left[inside], right[inside], scores[inside], stricter)


def _batches(components: list[np.ndarray]) -> Iterator[list[np.ndarray]]:
    """Components in lists of about BATCH_PAIRS pairs."""
    batch: list[np.ndarray] = []
    pairs = 0
    for members in components:
        batch.append(members)
        pairs += len(members) * (len(members) - 1) // 2
        if pairs >= BATCH_PAIRS:
            yield batch
            batch, pairs = [], 0
    if batch:
        yield batch


def _split(batch: list[np.ndarray], threshold: float, scorer: Scorer) -> Iterator[np.ndarray]:
    """Group numbers of the members of each component by average linkage."""
    inner = [np.triu_indices(len(members), 1) for members in batch]
    left = np.concatenate([members[a] for members, (a, _) in zip(batch, inner, strict=True)])
    right = np.concatenate([members[b] for members, (_, b) in zip(batch, inner, strict=True)])
    between = scorer(left, right)
    start = 0
    for members, (a, _) in zip(batch, inner, strict=True):
        found = between[start : start + len(a)]
        start += len(a)
        distance = np.where(found > 1, 0.0, np.where(found < 0, APART * len(members), 1 - found))
        yield fcluster(linkage(distance, "average"), 1 - threshold, "distance")


def _least(label: np.ndarray) -> np.ndarray:
    """Labels numbered 0 up by their least row."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[inverse]
