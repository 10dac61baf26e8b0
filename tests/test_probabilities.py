"""Probabilities: one logistic function for numbers and arrays, safe at both ends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.probabilities import log_odds, logistic, softmax


@given(st.floats(-700, 700))
def test_the_logistic_of_a_number_is_what_its_definition_says(score: float) -> None:
    assert logistic(score) == pytest.approx(1 / (1 + math.exp(-score)), abs=1e-12)
    assert float(logistic(np.array([score]))[0]) == pytest.approx(logistic(score), abs=1e-12)


@pytest.mark.parametrize(("score", "probability"), [(-1e9, 0.0), (0.0, 0.5), (1e9, 1.0)])
def test_no_score_is_too_large(score: float, probability: float) -> None:
    assert logistic(score) == probability


@given(st.floats(0.001, 0.999))
def test_log_odds_are_undone_by_the_logistic(probability: float) -> None:
    assert logistic(float(log_odds(np.float64(probability)))) == pytest.approx(probability)


def test_log_odds_of_certainty_are_finite() -> None:
    assert np.isfinite(log_odds(np.array([0.0, 1.0]))).all()


def test_softmax_sums_to_one() -> None:
    assert softmax(np.array([[1000.0, 0.0], [1.0, 1.0]])) == pytest.approx(np.array([[1.0, 0.0], [0.5, 0.5]]))
