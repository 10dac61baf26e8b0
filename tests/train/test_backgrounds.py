"""The fit of what stands before a statement: a model of what readers chose, and how surely a row is understood."""

import numpy as np
import pytest

from flows.extract.claims.statements.background import Choice, best_of
from flows.extract.claims.statements.background_candidates import Candidate
from flows.lexicons.weights import MODELS
from flows.spans import Span
from flows.train.backgrounds import Rated, Wanted, fit_choice, fit_understood, is_understood, wanted


def choice(alone: float, *names: float) -> Choice:
    """A statement that needs something the less, the higher `alone`, and candidates with so many names."""
    told = [(Candidate(Span(n, n + 1)), {"names": count, "noise": float(n % 2)}) for n, count in enumerate(names)]
    return Choice({"alone_names": alone}, told)


def test_a_choice_is_learned_from_what_readers_accept():
    rng = np.random.default_rng(1)
    choices = [choice(float(n % 2), *rng.integers(0, 5, 4).astype(float)) for n in range(300)]
    wants = []
    for made in choices:
        names = [found["names"] for _, found in made.candidates]
        best = tuple(n for n, count in enumerate(names, 1) if count == max(names))
        wants.append(Wanted(not made.alone["alone_names"], best, True))
    weights = fit_choice(choices, wants)
    assert weights["names"] > 1 > abs(weights["noise"])
    assert best_of(choice(0.0, 1.0, 4.0, 0.0), weights)[0] == 2
    assert best_of(choice(1.0, 0.0), weights)[0] == 0


def test_the_surer_choice_has_the_higher_odds():
    weights = {"bias": 0.0, "alone_names": 0.0, "names": 1.0, "noise": 0.0}
    sure, unsure = (best_of(choice(0.0, 0.0, count), weights) for count in (5.0, 1.0))
    assert sure[0] == unsure[0] == 2
    assert sure[1] > unsure[1]


@pytest.mark.parametrize(
    ("want", "best", "understood"),
    [
        (Wanted(False, (), False), 0, True),
        (Wanted(False, (), False), 3, True),
        (Wanted(True, (2, 1), True), 1, True),
        (Wanted(True, (2, 1), False), 2, False),
        (Wanted(True, (2, 1), True), 3, False),
        (Wanted(True, (2,), True), 0, False),
    ],
)
def test_a_statement_is_understood_where_it_needs_nothing_or_has_what_tells_it(want, best, understood):
    assert is_understood(want, best) == understood


def test_a_row_is_of_use_the_more_the_surer_its_background_was():
    rng = np.random.default_rng(2)
    odds = rng.normal(0, 1.5, 4000)
    good = rng.random(4000) < 1 / (1 + np.exp(-odds))
    rows = [Rated(0.7, 1, each, float(right)) for each, right in zip(odds.tolist(), good, strict=True)]
    assert dict(fit_understood(rows))["odds_given"] == pytest.approx(1.0, abs=0.15)


def test_the_labels_that_ship_name_each_statement_once():
    path = MODELS / "background_labels.csv"
    lines = wanted(path)
    assert len(lines) == sum(1 for _ in path.open(encoding="utf-8")) - 1 > 1000
    assert all(line.fitting for line in lines.values() if line.understood)
