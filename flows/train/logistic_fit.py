"""Logistic regression with a Gaussian prior at zero; tables of its weights."""

import csv
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from flows.lexicons.paths import asset
from flows.probabilities import logistic


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


def write_weights(name: str, table: Sequence[tuple[str, float]], source: str, day: str) -> None:
    """Write `seeds/models/{name}.csv`: the weights, what they were fitted on and when."""
    rows = [(feature, f"{weight:.3f}", source, day) for feature, weight in table]
    with asset(f"models/{name}.csv").open("w", encoding="utf-8", newline="") as sink:
        csv.writer(sink, lineterminator="\n").writerows([("feature", "weight", "source", "date"), *rows])
