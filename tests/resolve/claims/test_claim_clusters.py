"""Decided pairs to claims: no chains, hard differences apart, a person's word above all, cohesion."""

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resolve.claims.claim_clusters import clusters, cohesion, spanning_links, undecided
from flows.resolve.claims.matching.decisions import DECIDED, JUDGED, MODEL
from flows.resolve.claims.thresholds import THRESHOLDS


def decided(*pairs: tuple[int, int, float, str]) -> pl.DataFrame:
    rows = [(a, b, 0.9, 0.9, score, None, reason) for a, b, score, reason in pairs]
    return pl.DataFrame(rows, schema=DECIDED, orient="row")


def complete(groups: list[tuple[int, ...]], score: float) -> list[tuple[int, int, float, str]]:
    return [(a, b, score, MODEL) for group in groups for a, b in itertools.combinations(group, 2)]


def test_one_odd_link_does_not_chain_two_groups():
    pairs = decided(*complete([(0, 1, 2), (3, 4, 5)], 0.9), (2, 3, 0.85, MODEL))
    assert clusters(pairs, 6, 0.5).tolist() == [0, 0, 0, 1, 1, 1]


@settings(max_examples=40)
@given(st.integers(3, 8), st.integers(0, 10_000))
def test_a_pair_with_a_hard_difference_never_ends_in_one_group(size, seed):
    random = np.random.default_rng(seed)
    pairs = [(a, b, round(float(random.random()), 2), MODEL) for a, b in itertools.combinations(range(size), 2)]
    a, b = sorted(random.choice(size, 2, replace=False).tolist())
    apart = [(x, y, 0.0, "figures differ") if (x, y) == (a, b) else (x, y, score, why) for x, y, score, why in pairs]
    labels = clusters(decided(*apart), size, 0.3)
    assert labels[a] != labels[b]


@pytest.mark.parametrize(("same", "together"), [(1.0, True), (0.0, False)])
def test_a_person_decides(same, together):
    others = [(0, 2, 0.9, MODEL), (1, 2, 0.0 if same else 0.95, MODEL)]
    labels = clusters(decided((0, 1, same, JUDGED), *others), 3, 0.5)
    assert (labels[0] == labels[1]) == together


def test_what_a_person_joined_no_difference_parts():
    labels = clusters(decided((0, 1, 1.0, JUDGED), (0, 2, 0.0, "dates differ"), (1, 2, 1.0, JUDGED)), 3, 0.5)
    assert labels.tolist() == [0, 0, 0]


def test_all_pairs_of_a_small_linked_group_are_asked_for():
    pairs = decided((0, 1, 0.8, MODEL), (1, 2, 0.7, MODEL), (2, 3, 0.2, MODEL))
    assert undecided(pairs, 5, 0.5).rows() == [(0, 2)]
    chain = decided(*((n, n + 1, 0.9, MODEL) for n in range(THRESHOLDS.closed_group + 1)))
    assert undecided(chain, THRESHOLDS.closed_group + 2, 0.5).is_empty()


def test_cohesion_is_the_weakest_of_the_strongest_links():
    pairs = decided((0, 1, 0.9, MODEL), (1, 2, 0.7, MODEL), (0, 2, 0.6, MODEL), (3, 4, 0.1, MODEL))
    labels = clusters(pairs, 5, 0.5)
    assert spanning_links(pairs, labels).select("left", "right").rows() == [(0, 1), (1, 2)]
    assert cohesion(pairs, labels).rows() == [(0, 0.7)]


def test_nothing_decided_leaves_everything_alone():
    none = decided()
    assert clusters(none, 3, 0.5).tolist() == [0, 1, 2]
    assert undecided(none, 3, 0.5).is_empty()
    assert cohesion(none, np.arange(3)).is_empty()
