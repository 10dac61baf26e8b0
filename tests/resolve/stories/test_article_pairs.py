"""Which articles are weighed as one story: of the same days, whatever is weighed at once."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.resolve.stories import article_pairs as pairs
from flows.resolve.stories.article_vectors import article_vectors
from flows.resolve.stories.thresholds import THRESHOLDS

NONE = pl.DataFrame(
    schema={"article_id": pl.String, "entity_id": pl.String, "entity_type": pl.String, "surface": pl.String,
            "start_char": pl.Int32}
)  # fmt: skip


def found(texts: list[str], days: list[int | None]) -> list[tuple[int, int]]:
    """The pairs of articles with these texts, published so many days after the first."""
    frame = pl.DataFrame(
        {
            "article_id": [f"art_{number:02}" for number in range(len(texts))],
            "title": texts,
            "text": texts,
            "published_on": [day if day is None else date(2024, 1, 1) + timedelta(days=day) for day in days],
        },
        schema_overrides={"published_on": pl.Date},
    )
    got = pairs.article_pairs(article_vectors(frame, NONE))
    return list(zip(got.left.tolist(), got.right.tolist(), strict=True))


TOLD = [
    "Lanternfish strand Dobrinka lighthouse keepers after Kestrel ferry sinks",
    "Kestrel ferry sinks and strands lighthouse keepers of Dobrinka, lanternfish follow",
    "Velodrome of Marivka opens with accordion concert by Oskar Plinth",
    "Oskar Plinth plays accordion at the velodrome of Marivka",
]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([0, 0, 0, 0], {(0, 1), (2, 3)}),
        ([0, 40, 3, 3], {(2, 3)}),  # too long apart
        ([30, 31, 1, 0], {(0, 1), (2, 3)}),  # in whatever order they come
        ([None, 90, 5, None], {(0, 1), (2, 3)}),  # a day that is not known may be any
    ],
)
def test_articles_of_the_same_days_are_weighed(days, expected):
    assert set(found(TOLD, days)) == expected


def test_what_is_weighed_at_once_makes_no_difference(monkeypatch):
    rng = np.random.default_rng(3)
    texts = [" ".join(rng.permutation(TOLD[number % 4].split())) for number in range(40)]
    days = [None if number % 7 == 0 else int(rng.integers(0, 60)) for number in range(40)]
    expected = found(texts, days)
    assert len(expected) > 100
    monkeypatch.setattr(pairs, "THRESHOLDS", replace(THRESHOLDS, met_at_once=20.0))
    assert found(texts, days) == expected


def test_an_article_of_other_days_takes_no_place_among_those_that_are_weighed(monkeypatch):
    monkeypatch.setattr(pairs, "THRESHOLDS", replace(THRESHOLDS, proposals=1))
    assert found([TOLD[0], TOLD[1], TOLD[0], TOLD[0]], [0, 1, 300, 600]) == [(0, 1)]


def test_pairs_whose_bodies_are_not_compared_would_have_scored_too_little():
    rng = np.random.default_rng(5)
    texts = [
        " ".join(rng.permutation([*TOLD[number % 4].split(), *TOLD[(number + 1) % 4].split()])[:9])
        for number in range(30)
    ]
    days = [date(2024, 1, 1)] * len(texts)
    frame = pl.DataFrame(
        {"article_id": [f"art_{n:02}" for n in range(30)], "title": texts, "text": texts, "published_on": days}
    )
    vectors = article_vectors(frame, NONE)
    left, right = np.triu_indices(len(vectors), 1)
    kept = set(zip(*(ends.tolist() for ends in pairs._that_may_score(vectors, left, right)[:2]), strict=True))
    scored = pairs._probability(pairs.features(vectors, left, right))
    assert 0 < len(kept) < len(left)
    assert {
        (a, b)
        for a, b, score in zip(left.tolist(), right.tolist(), scored, strict=True)
        if score >= THRESHOLDS.least_score
    } <= kept


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.sampled_from([0.1, 0.1000002, 0.5, 2.9])), max_size=40)
)
def test_the_best_of_each_row_are_the_likest_and_of_equals_the_first(given_pairs):
    known = {(row, column): like for row, column, like in given_pairs}
    row, column = (np.array([pair[side] for pair in known], np.int64) for side in (0, 1))
    likeness = np.array(list(known.values()), np.float32)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pairs, "THRESHOLDS", replace(THRESHOLDS, proposals=3))
        found = set(zip(*(side.tolist() for side in pairs._best(row, column, likeness, 31)), strict=True))
    of_row = {one: sorted((-round(like, 6), b) for (a, b), like in known.items() if a == one) for one, _ in known}
    assert found == {(one, b) for one, ranked in of_row.items() for _, b in ranked[:3]}
