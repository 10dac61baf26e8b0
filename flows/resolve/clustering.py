"""Disjoint sets of names, held apart where two members cannot be one.

Which pair comes first decides: callers take pairs by score, and ties by the content of what they sort nodes by, so
that the result does not depend on the order of rows.
"""

from collections.abc import Callable

import numpy as np


class DisjointSets:
    """Disjoint sets of 0 to `size` - 1 with the least node as the name of a set (union-find)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {}

    def find(self, node: int) -> int:
        """Return the least node of the set of `node`."""
        parent, root = self._parent, node
        while parent[root] != root:
            root = parent[root]
        while parent[node] != root:
            parent[node], node = root, parent[node]
        return root

    def members(self, root: int) -> list[int]:
        """Return the nodes of the set that `root` names."""
        return self._members.get(root, [root])

    def of_several(self) -> list[int]:
        """Return the roots of the sets that have several members."""
        return list(self._members)

    def roots(self) -> np.ndarray:
        """Return the least node of the set of each."""
        parent = np.array(self._parent, dtype=np.int64)
        while not np.array_equal(above := parent[parent], parent):
            parent = above
        return parent

    def join(self, a: int, b: int) -> bool:
        """Make one set of two; False where they were one already."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._join_roots(a, b)
        return a != b

    def join_unless(
        self, forbidden: Callable[[int, int], bool], a: int, b: int, one: Callable[[int, int], bool] | None = None
    ) -> bool | None:
        """Make one set of two and return True; False where any two members are forbidden, None where they were one.

        one: whether it is certain of two sets, by their names, that none of their members are.
        """
        a, b = self.find(a), self.find(b)
        if a == b:
            return None
        if one is None or not one(a, b):
            others = self.members(b)
            for member in self.members(a):
                for other in others:
                    if forbidden(member, other):
                        return False
        self._join_roots(a, b)
        return True

    def _join_roots(self, a: int, b: int) -> None:
        low, high = min(a, b), max(a, b)
        self._parent[high] = low
        self._members[low] = [*self.members(low), *self._members.pop(high, [high])]
