"""Sparse average linkage: against the dense method, without chains, and with pairs that stay apart."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage

from flows.resolve.average_linkage import average_linkage


def groups(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == name).tolist()) for name in set(labels.tolist())}


@given(st.integers(2, 12), st.integers(0, 10_000))
@settings(max_examples=150)
def test_it_is_the_dense_method_where_all_pairs_are_scored(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    left, right = np.triu_indices(size, 1)
    scores = random.random(len(left))
    dense = fcluster(linkage(1 - scores, "average"), 0.5, "distance")
    assert groups(average_linkage(size, left, right, scores, 0.5)) == groups(dense)


@given(st.integers(2, 12), st.integers(0, 10_000), st.data())
@settings(max_examples=100)
def test_forbidden_pairs_never_meet_and_the_order_of_links_plays_no_part(size: int, seed: int, data) -> None:
    random = np.random.default_rng(seed)
    left, right = np.triu_indices(size, 1)
    scores = np.round(random.random(len(left)), 1)
    kept = random.random(len(left)) < 0.6
    links = list(zip(left[kept].tolist(), right[kept].tolist(), scores[kept].tolist(), strict=True))
    pairs = list(itertools.combinations(range(size), 2))
    forbidden = data.draw(st.lists(st.sampled_from(pairs), max_size=4))
    found = grouped(size, links, forbidden)
    assert all(found[a] != found[b] for a, b in forbidden)
    assert grouped(size, data.draw(st.permutations(links)), forbidden).tolist() == found.tolist()


def grouped(size, links, forbidden):
    a, b, scores = (np.array([link[part] for link in links]) for part in range(3))
    return average_linkage(size, a.astype(int), b.astype(int), scores.astype(float), 0.4, forbidden)


def test_one_link_does_not_chain_two_groups() -> None:
    pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    left, right = (np.array(side) for side in zip(*pairs, strict=True))
    assert average_linkage(6, left, right, np.full(7, 0.9), 0.5).tolist() == [0, 0, 0, 1, 1, 1]


def test_nodes_without_links_stand_alone() -> None:
    none = np.zeros(0, int)
    assert average_linkage(3, none, none, np.zeros(0), 0.5).tolist() == [0, 1, 2]
    assert average_linkage(0, none, none, np.zeros(0), 0.5).tolist() == []
