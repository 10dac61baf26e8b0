"""Logistic regression with a Gaussian prior at zero; tables of its weights."""

import csv
from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, minimize
from scipy.sparse import csr_matrix

from flows.lexicons.paths import asset
from flows.probabilities import logistic

_STEPS = {"maxiter": 600, "maxfun": 700}
"""Enough that the third digit of a weight stands."""


def fit_logistic(
    x: np.ndarray, same: np.ndarray, prior: float, importance: np.ndarray | None = None, *, scaled: bool = True
) -> np.ndarray:
    """Return the weights of unscaled features [n, k], and the bias behind them.

    same [n]: what is to be told; prior: precision of the prior, for each weight but the bias; importance [n]: what a
    row counts, alike where None; scaled: whether the prior is of features of unit variance, or of those given.
    """
    importance = np.ones(len(x)) if importance is None else importance
    mean, deviation = (x.mean(axis=0), x.std(axis=0) + 1e-9) if scaled else (np.zeros(x.shape[1]), np.ones(x.shape[1]))
    inputs = np.column_stack([(x - mean) / deviation, np.ones(len(x))])
    sign = np.where(same, 1.0, -1.0)

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        margin = -sign * (inputs @ b)
        weights = np.append(b[:-1], 0)
        slope = inputs.T @ (-sign * importance * logistic(margin)) / importance.sum() + 2 * prior * weights
        return float((importance * np.logaddexp(0, margin)).sum() / importance.sum() + prior * weights @ weights), slope

    b = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B").x
    return np.append(b[:-1] / deviation, b[-1] - (b[:-1] * mean / deviation).sum())


def fit_sparse(x: csr_matrix, probable: np.ndarray, importance: np.ndarray, strength: float) -> np.ndarray:
    """Return weights of features [n, k], most of them zero, and the bias behind them.

    probable [n]: how probably a row is what is to be told, 0 to 1; importance [n]: what a row counts; strength: of the
    Laplacian prior at zero, for each weight but the bias. A weight is the difference of two that are not negative, so
    that the loss has a gradient everywhere (Schmidt, Fung and Rosales 2007).
    """
    count = x.shape[1]

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ (b[:count] - b[count : 2 * count]) + b[-1]
        slope = importance * (logistic(odds) - probable)
        each = x.T @ slope
        value = (importance * (np.logaddexp(0, odds) - probable * odds)).sum() + strength * b[:-1].sum()
        return float(value), np.concatenate([each + strength, strength - each, [slope.sum()]])

    bounds = Bounds(np.append(np.zeros(2 * count), -np.inf), np.full(2 * count + 1, np.inf))
    b = minimize(loss, np.zeros(2 * count + 1), jac=True, method="L-BFGS-B", bounds=bounds, options=_STEPS).x
    return np.append(b[:count] - b[count : 2 * count], b[-1])


def report_weights(name: str, features: Sequence[str], weights: np.ndarray, source: str, day: str | None) -> None:
    """Print the weights of features and the bias behind them; write them (`write_weights`) if a day is given."""
    table = [("bias", weights[-1]), *zip(features, weights[:-1], strict=True)]
    for feature, value in table:
        print(f"{feature:18} {value:+.3f}")
    if day:
        write_weights(name, table, source, day)


def write_weights(name: str, table: Sequence[tuple[str, float]], source: str, day: str) -> None:
    """Write `seeds/models/{name}.csv`: the weights, what they were fitted on and when."""
    rows = [(feature, f"{weight:.3f}", source, day) for feature, weight in table]
    with asset(f"models/{name}.csv").open("w", encoding="utf-8", newline="") as sink:
        csv.writer(sink, lineterminator="\n").writerows([("feature", "weight", "source", "date"), *rows])
