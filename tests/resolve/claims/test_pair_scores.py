"""The score of a pair: what the model says, and what it cannot see."""

from dataclasses import replace

import numpy as np
import pytest

from flows.resolve.claims.matching.pair_scores import (
    FEATURES,
    HEARD,
    by_one_voice,
    contradicted,
    least_same,
    may_be_one,
    nearly_one,
    pair_features,
    reordered,
    scores,
    without_contradiction,
)
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.pairs.pair_model import CONTRADICTS
from flows.resolve.claims.thresholds import THRESHOLDS

ONE = Proposition("the ferry ran aground near Norby with 40 people", "asserted", (), (), (), "one", "s", ("ada",))
OTHER = replace(ONE, statement="40 people were on board as it hit the reef", article="two", place=0.5)


def answer(same: float, more: float = 0.0, contradicts: float = 0.0) -> np.ndarray:
    return np.array([[same, more, 0.0, contradicts, 1 - same - more - contradicts]], np.float32)


def score(
    a: Proposition,
    b: Proposition,
    found: np.ndarray,
    meaning: float = 0.7,
    cover: float = 0.3,
    mains: np.ndarray | None = None,
) -> float:
    features = np.array([pair_features(a, b, meaning, cover)])
    near, least = (np.array([tells(a, b)]) for tells in (nearly_one, least_same))
    return float(scores(found, found if mains is None else mains, features, near, least)[0])


def test_features_are_named_and_do_not_depend_on_the_order_of_the_two():
    found = pair_features(ONE, OTHER, 0.7, 0.3)
    assert len(found) == len(FEATURES) - HEARD
    assert found == pair_features(OTHER, ONE, 0.7, 0.3)
    named = dict(zip(FEATURES[HEARD:], found, strict=True))
    assert (named["numbers_shared"], named["one_speaker"], named["both_open"], named["places_apart"]) == (1, 1, 0, 0.5)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (score(ONE, OTHER, answer(0.8)), score(ONE, OTHER, answer(0.2))),
        (score(ONE, OTHER, answer(0.5), meaning=0.9), score(ONE, OTHER, answer(0.5), meaning=0.5)),
        (score(ONE, OTHER, answer(0.4), mains=answer(0.8)), score(ONE, OTHER, answer(0.4))),
        (
            score(replace(ONE, early=0.9), replace(OTHER, early=0.5), answer(0.4)),
            score(replace(ONE, early=0.9), OTHER, answer(0.4)),
        ),
        (
            score(replace(ONE, opening=True), replace(OTHER, opening=True), answer(0.4)),
            score(ONE, OTHER, answer(0.4)),
        ),
    ],
    ids=["the model", "the meaning in context", "their main clauses", "both stand early", "both open their articles"],
)
def test_what_speaks_for_one_claim(more, less):
    assert more > less


def test_where_one_word_decides_the_model_alone_is_heard():
    rare = replace(ONE, statement="the quokka was fed"), replace(ONE, statement="the wombat was fed")
    assert nearly_one(ONE, ONE)
    assert not nearly_one(ONE, OTHER)
    assert not nearly_one(*rare)  # half of what is said
    edited = replace(ONE, statement="the ferry ran aground near Sandvik with 40 people", article="two", opening=True)
    for same, expected in ((THRESHOLDS.same_alone, 0.5), (0.02, 0.02)):
        found = answer(same, contradicts=1 - same)
        assert score(ONE, edited, found) == score(replace(ONE, opening=True), edited, found, 0.99, 1.0)
        assert score(ONE, edited, found) == pytest.approx(expected, abs=0.03)


def test_words_in_another_order_need_less_than_an_exchanged_word():
    turned = replace(ONE, statement="near Norby the ferry with 40 people ran aground", article="two")
    exchanged = replace(ONE, statement="the ferry ran aground near Norby with 40 sailors", article="two")
    assert reordered(ONE, turned) and not reordered(ONE, exchanged)
    assert not reordered(ONE, replace(ONE, statement="the ferry never ran aground near Norby with 40 people"))
    assert score(ONE, turned, answer(0.45)) > 0.5 > score(ONE, exchanged, answer(0.45))


def test_two_known_speakers_differ_in_the_word_that_is_exchanged():
    exchanged = replace(ONE, statement="the ferry ran aground near Norby with 40 sailors", article="two")
    by_another = replace(exchanged, speakers=("bo",))
    found = answer(0.7, contradicts=0.2)
    assert score(ONE, exchanged, found) > 0.5 > score(ONE, by_another, found)


@pytest.mark.parametrize(
    ("statement", "heard"),
    [
        ("the mill put an end to night shifts", False),
        ("the mill went ahead with night shifts", True),
        ("the mill ended day shifts", True),
        ("the mill never ended night shifts", True),
        ("the mill concluded night shifts", False),
    ],
)
def test_one_speaker_is_not_heard_to_contradict_himself(statement, heard):
    one = replace(ONE, statement="the mill ended night shifts")
    other = replace(one, statement=statement, article="two")
    assert by_one_voice(one, other) is not heard
    assert not by_one_voice(one, replace(other, speakers=("bo",)))
    assert not by_one_voice(one, replace(other, article="one"))


@pytest.mark.parametrize(("contradicts", "left"), [(0.6, 0.0), (0.9, 0.9)])
def test_a_contradiction_that_is_not_heard_leaves_the_rest(contradicts, left):
    found = answer(0.05, contradicts=contradicts)
    heard = without_contradiction(found, np.array([True]))
    assert heard[0, CONTRADICTS] == pytest.approx(left)
    assert heard.sum() == pytest.approx(1)
    assert np.allclose(without_contradiction(found, np.array([False])), found)


@pytest.mark.parametrize(
    ("alike", "contradicts", "same", "apart"),
    [
        (0.7, 0.5, 0.4, True),
        (0.7, 0.4, 0.5, False),
        (0.55, 0.5, 0.4, False),
        (0.55, 0.8, 0.1, True),
        (0.4, 0.9, 0.0, False),
    ],
)
def test_a_contradiction_counts_where_words_are_alike(alike, contradicts, same, apart):
    found = answer(same, contradicts=contradicts)
    assert contradicted(found, np.array([alike])).tolist() == [apart]


def test_main_clauses_are_worth_reading_where_the_score_is_open_and_more_than_one_word_decides():
    near = np.array([True, False, False])
    features = np.array([pair_features(ONE, OTHER, 0.7, 0.3)] * 2 + [pair_features(ONE, OTHER, 0.2, 0.0)])
    answers = np.concatenate([answer(0.9), answer(0.9), answer(0.01)])
    assert may_be_one(answers, features, near, np.zeros(3, bool)).tolist() == [False, True, False]
