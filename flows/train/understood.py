"""Fits how surely a row is of use, now that it is known what stands before its statement: its published `confidence`.

`flows.train.backgrounds` calls it with rows that were read as they were found, with what readers chose for others, and
with rows that were read as they are shown.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from flows.extract.claims.standing_alone import understood_features
from flows.extract.claims.statements.background_choice import Best, Choice, best_of
from flows.lexicons.weights import BIAS
from flows.probabilities import KEPT_OFF, logistic
from flows.train.logistic_fit import fit_logistic, fit_sparse
from flows.train.statement_quality.rows import REFERS, Label


def likely_told(best: Best) -> float:
    """Return how probable it is that what was chosen tells a statement, where that needs something."""
    return best.told / max(1 - best.alone, KEPT_OFF)


class Rated(NamedTuple):
    """A row to learn from: its confidence before, what was chosen, and how surely it is of use with that."""

    confidence: float
    best: Best
    good: float


def rated(
    rows: Sequence[tuple[float, Choice, Label]], weights: Mapping[str, float], right: np.ndarray
) -> Iterator[Rated]:
    """Yield rows that were read without a background; one that only lacks what it refers to is as good as the one that
    it has now is likely to be right.

    rows: how surely each was right, what there was to choose from, and its label; right: the log odds of that by
    `likely_told`, slope and bias.
    """
    for confidence, choice, label in rows:
        best = best_of(choice, weights)
        lacking = label.why_not == REFERS and best.numbers
        good = float(logistic(float(right @ [likely_told(best), 1.0]))) if lacking else float(label.good or 0)
        yield Rated(confidence, best, good)


def fit_understood(rows: Sequence[Rated]) -> list[tuple[str, float]]:
    """Return the weights of how surely a row is of use, given how surely it was and what was chosen."""
    found = [understood_features(row.confidence, row.best) for row in rows]
    x = csr_matrix([list(each.values()) for each in found])
    fitted = fit_sparse(x, np.array([row.good for row in rows]), np.ones(len(rows)), 0.0).tolist()
    return [(BIAS, fitted[-1]), *zip(found[0], fitted, strict=False)]


def readings(path: Path) -> dict[tuple[str, int, str], bool]:
    """Return whether rows were of use as they are shown, by document, first character and fingerprint."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["document"], int(row["start_char"]), row["statement"]): row["good"] == "1"
            for row in csv.DictReader(lines)
        }


def calibrated(weights: Sequence[tuple[str, float]], shown: Sequence[Rated]) -> list[tuple[str, float]]:
    """Return weights by which a row is of use as often as its confidence says (Platt 1999).

    Labels tell what is wrong with a row, or what it lacks; a reader of it as it is shown minds both. Where none was
    read so, the weights stay.
    """
    if not shown:
        return list(weights)
    by_name = dict(weights)
    odds = [
        by_name[BIAS] + sum(by_name[name] * value for name, value in understood_features(r.confidence, r.best).items())
        for r in shown
    ]
    slope, bias = fit_logistic(np.array(odds)[:, None], np.array([r.good > 0 for r in shown]), 0.0, scaled=False)
    return [(name, float(slope * weight + bias * (name == BIAS))) for name, weight in weights]
