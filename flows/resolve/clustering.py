"""Disjoint sets of names, joined by scored pairs and held apart where two members cannot be one.

An edge that would bring a forbidden pair together is left out, the best score first. Ties go by the content of the
keys that the caller sorts nodes by, so that the result does not depend on the order of rows.
"""

from collections.abc import Callable, Iterable


class DisjointSets:
    """Disjoint sets of 0 to `size` - 1 with the least node as the name of a set (union-find)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {}

    def find(self, node: int) -> int:
        """Return the least node of the set of `node`."""
        root = node
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[node] != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def members(self, root: int) -> list[int]:
        """Return the nodes of the set that `root` names."""
        return self._members.get(root, [root])

    def join(self, a: int, b: int) -> bool:
        """Make one set of two; False where they were one already."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        low, high = min(a, b), max(a, b)
        self._parent[high] = low
        self._members[low] = [*self.members(low), *self._members.pop(high, [high])]
        return True


def join_best_first(
    sets: DisjointSets,
    edges: Iterable[tuple[float, int, int]],
    forbidden: Callable[[int, int], bool],
) -> list[tuple[float, int, int, bool]]:
    """Join sets edge by edge, the best score first, then by node, unless `forbidden` says so of any two members.

    Returns every edge that was decided with whether it joined; edges inside one set are left out.
    """
    decided = []
    for score, a, b in sorted(edges, key=lambda e: (-e[0], min(e[1], e[2]), max(e[1], e[2]))):
        left, right = sets.find(a), sets.find(b)
        if left == right:
            continue
        others = sets.members(right)
        joins = not any(forbidden(x, y) for x in sets.members(left) for y in others)
        if joins:
            sets.join(left, right)
        decided.append((score, a, b, joins))
    return decided
