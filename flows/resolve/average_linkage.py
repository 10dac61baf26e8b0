"""Sparse average linkage: groups that grow while the mean score between their members stays high enough.

Pairs that were not scored count as 0, so that one good link never chains two large groups together, and the work grows
with the links, not with the square of the members (the group-average method of Sokal and Michener 1958, on a graph).
"""

import heapq
from collections.abc import Iterable

import numpy as np


def average_linkage(
    count: int,
    left: np.ndarray,
    right: np.ndarray,
    scores: np.ndarray,
    threshold: float,
    forbidden: Iterable[tuple[int, int]] = (),
) -> np.ndarray:
    """Return the group number of each of `count` nodes, numbered by the least node of each group.

    left, right, scores: links, each pair of nodes once, scores 0..1. Two groups join while the sum of the scores of
    their links, divided by the number of pairs between them, is at least `threshold`, the best first; of equals the
    pair of groups with the least nodes. Groups that hold the two ends of a forbidden pair never join.
    """
    groups = _Groups(count, left, right, scores, forbidden)
    heap = [(-score, a, b, 2) for a, near in groups.near.items() for b, score in near.items() if a < b]
    heap = [entry for entry in heap if -entry[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        _, a, b, sizes = heapq.heappop(heap)
        if not groups.current(a, b, sizes) or groups.apart(a, b):
            continue
        groups.join(a, b)
        for other, total in groups.near[a].items():
            mean = total / (groups.size[a] * groups.size[other])
            if mean >= threshold:
                low, high = min(a, other), max(a, other)
                heapq.heappush(heap, (-mean, low, high, groups.size[a] + groups.size[other]))
    return groups.numbers()


class _Groups:
    """Disjoint groups under the name of their least node, with the sums of the scores between them."""

    def __init__(
        self,
        count: int,
        left: np.ndarray,
        right: np.ndarray,
        scores: np.ndarray,
        forbidden: Iterable[tuple[int, int]],
    ) -> None:
        self._owner = np.arange(count)
        self._members: dict[int, list[int]] = {}
        self.near: dict[int, dict[int, float]] = {}
        self.size: dict[int, int] = {}
        self._enemies: dict[int, set[int]] = {}
        for a, b, score in zip(left.tolist(), right.tolist(), scores.tolist(), strict=True):
            self.near.setdefault(a, {})[b] = score
            self.near.setdefault(b, {})[a] = score
        for node in self.near:
            self.size[node], self._members[node] = 1, [node]
        for a, b in forbidden:
            self._enemies.setdefault(a, set()).add(b)
            self._enemies.setdefault(b, set()).add(a)

    def current(self, a: int, b: int, sizes: int) -> bool:
        """Tell whether both groups still stand, and were as large when their link was measured."""
        return a in self.size and b in self.size and self.size[a] + self.size[b] == sizes

    def apart(self, a: int, b: int) -> bool:
        """Tell whether a forbidden pair has an end in each group."""
        return b in self._enemies.get(a, ())

    def join(self, a: int, b: int) -> None:
        """Make one group of two, under the lesser name a."""
        links = self.near.pop(b)
        del links[a], self.near[a][b]
        for other, total in links.items():
            self.near[a][other] = self.near[other][a] = self.near[a].get(other, 0.0) + total
            del self.near[other][b]
        for enemy in self._enemies.pop(b, ()):
            self._enemies.setdefault(a, set()).add(enemy)
            self._enemies[enemy].discard(b)
            self._enemies[enemy].add(a)
        self.size[a] += self.size.pop(b)
        self._members[a] += self._members.pop(b)

    def numbers(self) -> np.ndarray:
        """Return the number of each node's group, 0 up by the least node."""
        for name, members in self._members.items():
            self._owner[members] = name
        return np.unique(self._owner, return_inverse=True)[1]
