"""Disjoint sets against networkx, and forbidden pairs that stay apart."""

import itertools
from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resolve.clustering import DisjointSets

GRAPHS = st.integers(1, 30).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60))
)


def reference(size: int, edges: list[tuple[int, int]]) -> set[frozenset[int]]:
    """The components by networkx."""
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(size))
    return {frozenset(c) for c in nx.connected_components(graph)}


def join_best_first(
    sets: DisjointSets, edges: list[tuple[float, int, int]], forbidden: Callable[[int, int], bool]
) -> list[tuple[float, int, int, bool]]:
    """Edges that were decided, the best score first, then by node, each with whether it joined."""
    ordered = sorted(edges, key=lambda e: (-e[0], min(e[1:]), max(e[1:])))
    tried = [(*edge, sets.join_unless(forbidden, *edge[1:])) for edge in ordered]
    return [(score, a, b, joined) for score, a, b, joined in tried if joined is not None]


def never(_a: int, _b: int) -> bool:
    """No pair is forbidden."""
    return False


def sets_of(labels: list[int]) -> set[frozenset[int]]:
    """The sets of nodes with one label."""
    found: dict[int, set[int]] = {}
    for node, label in enumerate(labels):
        found.setdefault(label, set()).add(node)
    return {frozenset(s) for s in found.values()}


@given(GRAPHS)
@settings(max_examples=200)
def test_sets_are_the_components_of_networkx(graph: tuple[int, list[tuple[int, int]]]) -> None:
    """Joined sets are what networkx finds."""
    size, edges = graph
    clusters = DisjointSets(size)
    join_best_first(clusters, [(1.0, a, b) for a, b in edges], never)
    assert sets_of([clusters.find(n) for n in range(size)]) == reference(size, edges)


@given(GRAPHS, st.sets(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=6), st.randoms())
@settings(max_examples=200)
def test_forbidden_pairs_stay_apart_in_any_order(
    graph: tuple[int, list[tuple[int, int]]], forbidden: set[tuple[int, int]], random: object
) -> None:
    """No set holds a forbidden pair, every set lies inside a component, and shuffled edges give the same sets."""
    size, pairs = graph
    edges = [(((a * 7 + b * 13) % 10) / 10, min(a, b), max(a, b)) for a, b in pairs if a != b]
    apart = {(min(p), max(p)) for p in forbidden if p[0] != p[1]}

    def refuse(a: int, b: int) -> bool:
        return (min(a, b), max(a, b)) in apart

    first = DisjointSets(size)
    join_best_first(first, edges, refuse)
    found = sets_of([first.find(n) for n in range(size)])
    assert not any(refuse(a, b) for s in found for a, b in itertools.combinations(s, 2))
    whole = reference(size, [(a, b) for _, a, b in edges])
    assert all(any(s <= w for w in whole) for s in found)
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    second = DisjointSets(size)
    join_best_first(second, shuffled, refuse)
    assert sets_of([second.find(n) for n in range(size)]) == found


def test_the_better_edge_wins() -> None:
    """Where a node fits two that are kept apart, it goes with the better score."""
    clusters = DisjointSets(3)
    decided = join_best_first(clusters, [(0.7, 0, 1), (0.9, 1, 2)], lambda a, b: {a, b} == {0, 2})
    assert clusters.find(1) == clusters.find(2) != clusters.find(0)
    assert decided == [(0.9, 1, 2, True), (0.7, 0, 1, False)]


def test_empty() -> None:
    """No nodes, no sets."""
    with pytest.raises(IndexError):
        DisjointSets(0).find(0)
