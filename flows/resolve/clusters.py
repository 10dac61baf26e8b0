"""Claim mentions grouped into claims from scored pairs, without chaining.

Within each connected component of pairs above the threshold, groups grow by average linkage over all pairs of the
component: two groups join only while the mean score between their members reaches the threshold, so one odd link
never pulls two propositions together. A pair that a person has judged counts as certain, and groups with a pair
that must stay apart never join. The result does not depend on the order of rows.
"""

from collections.abc import Callable

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

MAX_COMPONENT = 400
"""A component larger than this is cut at a higher threshold first: its pairs would not fit in memory."""
STRICTER = 0.06
APART = 10.0
"""Distance of a pair that must stay apart: no mean over fewer than ten times as many pairs hides it."""

Scorer = Callable[[np.ndarray, np.ndarray], np.ndarray]


def clusters(
    count: int, left: np.ndarray, right: np.ndarray, scores: np.ndarray, threshold: float, scorer: Scorer
) -> np.ndarray:
    """The cluster number of each of `count` rows; numbers follow the least row of each cluster.

    left, right, scores: pairs that were compared; scores of 2 are certain (judged one), of -1 impossible (judged
    two). scorer: scores of any other pairs.
    """
    label = np.arange(count)
    for members in _components(count, left, right, scores, threshold):
        groups = _split(members, threshold, scorer)
        for group in np.unique(groups):
            label[members[groups == group]] = members[groups == group].min()
    return _least(label)


def _components(
    count: int, left: np.ndarray, right: np.ndarray, scores: np.ndarray, threshold: float
) -> list[np.ndarray]:
    """Connected components of two and more rows, large ones cut at ever higher thresholds."""
    linked = scores >= threshold
    graph = coo_matrix((np.ones(int(linked.sum())), (left[linked], right[linked])), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    order = np.argsort(component, kind="stable")
    cuts = np.flatnonzero(np.diff(component[order])) + 1
    found: list[np.ndarray] = []
    large = []
    for members in np.split(order, cuts):
        if 1 < len(members) <= MAX_COMPONENT:
            found.append(members)
        elif len(members) > MAX_COMPONENT:
            large.append(members)
    if large:
        inside = np.isin(left, np.concatenate(large)) & linked
        stricter = threshold + (1 - threshold) * STRICTER if threshold < 0.999 else threshold
        if stricter - threshold < 1e-4:
            return found + [
                part
                for members in large
                for part in np.array_split(members, -(-len(members) // MAX_COMPONENT))
            ]
        found += _components(count, left[inside], right[inside], scores[inside], stricter)
    return found


def _split(members: np.ndarray, threshold: float, scorer: Scorer) -> np.ndarray:
    """Group numbers (0 up) of the members of one component by average linkage."""
    size = len(members)
    upper = np.triu_indices(size, 1)
    between = scorer(members[upper[0]], members[upper[1]])
    distance = np.where(between > 1, 0.0, np.where(between < 0, APART * size, 1 - between))
    if size == 2:
        return np.array([0, 0 if distance[0] <= 1 - threshold else 1])
    groups = fcluster(linkage(distance, "average"), 1 - threshold, "distance")
    return groups - 1


def _least(label: np.ndarray) -> np.ndarray:
    """Labels numbered 0 up by their least row."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[inverse]
