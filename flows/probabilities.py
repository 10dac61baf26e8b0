"""From scores to probabilities and back."""

import math
from typing import overload

import numpy as np

KEPT_OFF = 1e-4
"""Probabilities are kept this far off 0 and 1 before their log odds are taken, which are infinite there."""


@overload
def logistic(score: float) -> float: ...
@overload
def logistic(score: np.ndarray) -> np.ndarray: ...
def logistic(score: np.ndarray | float) -> np.ndarray | float:
    """Return the probability whose log odds are `score`, of a number or of each number of an array.

    Written with the hyperbolic tangent, so that no score is too large or too small for it.
    """
    if isinstance(score, np.ndarray):
        return 0.5 * (1.0 + np.tanh(0.5 * score))
    return 0.5 * (1.0 + math.tanh(0.5 * score))


@overload
def log_odds(probability: float) -> float: ...
@overload
def log_odds(probability: np.ndarray | np.floating) -> np.ndarray: ...
def log_odds(probability: np.ndarray | np.floating | float) -> np.ndarray | float:
    """Return the log odds of a probability, or of each of an array."""
    if type(probability) is float:
        kept = min(max(probability, KEPT_OFF), 1 - KEPT_OFF)
        return math.log(kept / (1 - kept))
    some = np.minimum(np.maximum(probability, KEPT_OFF), 1 - KEPT_OFF)
    return np.log(some / (1 - some))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return probabilities along the last axis."""
    raised = np.exp(scores - np.maximum.reduce(scores, axis=-1, keepdims=True))
    return raised / np.add.reduce(raised, axis=-1, keepdims=True)
