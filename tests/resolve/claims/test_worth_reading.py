"""Which pairs the pair model is asked about: what is plainly unlike is left apart unread, what may be one never is."""

import pickle
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flows.resolve.claims.claim_blocking import PAIRS
from flows.resolve.claims.matching import decisions
from flows.resolve.claims.matching.decisions import MODEL, UNLIKE, decide
from flows.resolve.claims.matching.kept_decisions import KeptDecisions
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.worth_reading import FEATURES, cheap_features, worth_reading
from flows.runtime.workers.executors import executing

FERRY = Proposition("the ferry ran aground near Norby with 40 people", "asserted", (), (), (), "one", "s")
RESCUE = replace(
    FERRY, statement="40 people were on board as the ferry hit a reef near Norby", article="two", place=0.1
)
PRICES = replace(FERRY, statement="tickets for the summer had become dearer", article="two", place=0.9)


class Counting:
    """A judge that finds all pairs the same, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        self.asked += pairs
        return np.array([[0.99, 0, 0, 0, 0.01]] * len(pairs), np.float32).reshape(-1, 5)


@pytest.mark.parametrize(
    ("other", "meaning", "cover", "worth"),
    [(RESCUE, 0.8, 0.6, True), (FERRY, 1.0, 1.0, True), (PRICES, 0.6, 0.15, False)],
    ids=["told in other words", "the same words", "another matter"],
)
def test_what_may_be_one_claim_is_worth_reading(other, meaning, cover, worth):
    found = cheap_features(FERRY, other, meaning, cover)
    assert found == cheap_features(other, FERRY, meaning, cover)
    assert len(found) == len(FEATURES)
    assert worth_reading(np.array([found])).tolist() == [worth]


def test_pairs_that_are_not_worth_it_are_left_apart_unread():
    told = {0: FERRY, 1: RESCUE, 2: PRICES}
    pairs = pl.DataFrame([(0, 1, 0.8, 0.6), (0, 2, 0.6, 0.15)], schema=PAIRS, orient="row")
    judge = Counting()
    decided = decide(pairs, lambda _: told, {}, judge, KeptDecisions(None, pl.DataFrame()))
    assert decided["reason"].to_list() == [MODEL, UNLIKE]
    assert decided["score"].to_list()[1] == 0
    assert decided["contradicts"].to_list()[1] is None  # whether they are in conflict is another question
    assert {PRICES.statement}.isdisjoint(text for pair in judge.asked for text in pair)


class Elsewhere(Executor):
    """Calls with copies of its arguments, as a worker process has them, and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def submit(self, function, /, *arguments, **named):
        self.calls += 1
        done: Future = Future()
        done.set_result(function(*pickle.loads(pickle.dumps(arguments)), **named))  # noqa: S301 - what was pickled here
        return done


def test_workers_decide_what_would_be_decided_here(monkeypatch):
    told = {0: FERRY, 1: RESCUE, 2: PRICES}
    pairs = pl.DataFrame([(0, 1, 0.8, 0.6), (0, 2, 0.6, 0.15), (1, 2, 0.9, 0.9)], schema=PAIRS, orient="row")
    workers = Elsewhere()

    def decided():
        with executing(workers):
            return decide(pairs, lambda _: told, {}, Counting(), KeptDecisions(None, pl.DataFrame()))

    here = decided()
    assert workers.calls == 0  # a worker would take longer to start
    monkeypatch.setattr(decisions, "THRESHOLDS", replace(decisions.THRESHOLDS, few_pairs=0, pairs_read_at_once=2))
    assert_frame_equal(decided(), here)
    assert workers.calls == 2 + 1  # three pairs by rules, two at a time; then as the model is asked


def test_a_pair_that_a_person_judged_is_one_however_unlike():
    pairs = pl.DataFrame([(0, 1, 0.1, 0.0)], schema=PAIRS, orient="row")
    decided = decide(
        pairs, lambda _: {0: FERRY, 1: PRICES}, {(0, 1): True}, Counting(), KeptDecisions(None, pl.DataFrame())
    )
    assert decided["score"].to_list() == [1.0]
