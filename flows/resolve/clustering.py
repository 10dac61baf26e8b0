"""Clusters from scored pairs: connected components, held apart where two members cannot be one.

Components come from `scipy.sparse.csgraph`. A component that holds a forbidden pair is built up again edge by
edge, the best score first, and an edge that would bring a forbidden pair together is left out. Ties go by the
content of the keys that the caller sorts nodes by, so that the result does not depend on the order of rows.
"""

from collections.abc import Callable, Iterable

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


class Clusters:
    """Disjoint sets with the least node as the name of a set."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self.members: dict[int, list[int]] = {}

    def find(self, node: int) -> int:
        """The least node of the set of `node`."""
        root = node
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[node] != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def of(self, root: int) -> list[int]:
        """The nodes of the set that `root` names."""
        return self.members.get(root, [root])

    def join(self, a: int, b: int) -> bool:
        """Makes one set of two; False where they were one already."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        low, high = min(a, b), max(a, b)
        self._parent[high] = low
        self.members[low] = [*self.of(low), *self.members.pop(high, [high])]
        return True


def components(size: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Component number of each of `size` nodes, numbered by their least node; edges are (left[k], right[k])."""
    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    _, found = connected_components(graph, directed=False)
    first = np.full(found.max(initial=-1) + 1, size)
    np.minimum.at(first, found, np.arange(size))
    order = np.empty_like(first)
    order[np.argsort(first, kind="stable")] = np.arange(len(first))
    return order[found]


def held_apart(
    clusters: Clusters,
    edges: Iterable[tuple[float, int, int]],
    forbidden: Callable[[int, int], bool],
) -> list[tuple[float, int, int, bool]]:
    """Joins sets edge by edge, the best score first, then by node; an edge is refused where `forbidden` says so
    of any two members. Returns every edge that was decided with whether it joined; edges inside one set are left out.
    """
    decided = []
    for score, a, b in sorted(edges, key=lambda e: (-e[0], min(e[1], e[2]), max(e[1], e[2]))):
        left, right = clusters.find(a), clusters.find(b)
        if left == right:
            continue
        joins = not any(forbidden(x, y) for x in clusters.of(left) for y in clusters.of(right))
        if joins:
            clusters.join(left, right)
        decided.append((score, a, b, joins))
    return decided
