"""Which words stand before a statement: none, those of one candidate, or those of two.

A conditional logit (McFadden 1974) tells how probable it is that a statement needs nothing, and of each candidate that
a reader would choose it; its weights lie in `seeds/models/backgrounds.csv`, fitted by `flows.train.backgrounds` on what
readers chose. Chosen is what makes it likeliest that the statement is understood, less what its words cost.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from math import exp, fsum
from operator import mul
from typing import NamedTuple

from flows.extract.claims.statements.background_candidates import Candidate
from flows.extract.claims.statements.background_features import ALONE_FEATURES, BACKGROUND_FEATURES, Measured
from flows.extract.claims.thresholds import THRESHOLDS
from flows.lexicons.weights import BIAS, load_linear
from flows.probabilities import KEPT_OFF
from flows.spans import Span
from schemas.statements import MOST_BACKGROUNDS


class Offered(NamedTuple):
    """Words that may be the background of a statement; features: what is measured of them beside it."""

    place: Candidate
    measured: Measured
    features: Mapping[str, float]


class Choice(NamedTuple):
    """A statement and what may be its background; alone: what is measured of the statement."""

    alone: Mapping[str, float]
    candidates: Sequence[Offered]


class Best(NamedTuple):
    """What is chosen of a choice: the numbers of candidates, from 1 on; none for no background.

    alone: how probable it is that the statement needs nothing; told: that it needs something, and this tells it.
    """

    numbers: tuple[int, ...]
    alone: float
    told: float


class Chosen(NamedTuple):
    """What was chosen: the ranges of the background in the order of the article, none where a statement has none; by
    what; of what.
    """

    spans: tuple[Span, ...]
    best: Best
    choice: Choice


@cache
def shipped_weights() -> dict[str, float]:
    """Return the weights that ship."""
    names = (*ALONE_FEATURES, *BACKGROUND_FEATURES)
    bias, weights = load_linear("backgrounds", names)
    return {BIAS: bias, **dict(zip(names, weights.tolist(), strict=True))}


def best_of(choice: Choice, weights: Mapping[str, float], most: int = MOST_BACKGROUNDS) -> Best:
    """Return what is chosen; most: of so many candidates at most."""
    alone, *each = _probabilities(choice, weights)
    cost = [_cost(offered) for offered in choice.candidates]
    worth, best = 0.0, Best((), alone, 0.0)
    for number, (probable, costs) in enumerate(zip(each, cost, strict=True)):
        if probable - costs > worth:
            worth, best = probable - costs, Best((number + 1,), alone, probable)
    if most == 1:
        return best
    for first, second in combinations(range(len(each)), 2):
        costs = cost[first] + cost[second]
        if each[first] + each[second] - costs <= worth or not _both(choice, first, second):
            continue
        likelier, other = max(each[first], each[second]), min(each[first], each[second])
        told = likelier + other * (1 - _repeated(choice, first, second))
        if told - costs > worth:
            worth, best = told - costs, Best((first + 1, second + 1), alone, told)
    return best


def _probabilities(choice: Choice, weights: Mapping[str, float]) -> list[float]:
    """Return the probabilities that a statement needs nothing, and of each candidate that it is chosen; among these
    what stands near is favoured.
    """
    scores = [weights[BIAS] + _score(choice.alone, weights)]
    scores += [_score(offered.features, weights) for offered in choice.candidates]
    highest = max(scores)
    alone, *raised = [exp(score - highest) for score in scores]
    every = fsum(raised)
    favoured = [
        each * (THRESHOLDS.favour_near if offered.place.near else 1.0)
        for each, offered in zip(raised, choice.candidates, strict=True)
    ]
    share = every / (alone + every) / max(fsum(favoured), KEPT_OFF)
    return [alone / (alone + every), *(each * share for each in favoured)]


def _score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(map(mul, map(weights.__getitem__, features), features.values()))


def _cost(offered: Offered) -> float:
    """Return what a reader pays for words before a statement, in probability of understanding it."""
    return THRESHOLDS.background_cost + THRESHOLDS.word_cost * len(offered.measured.words)


def _both(choice: Choice, first: int, second: int) -> bool:
    """Tell whether two candidates can stand before a statement together: no words twice, and not too many."""
    one, other = choice.candidates[first], choice.candidates[second]
    words = len(one.measured.words) + len(other.measured.words)
    return words <= THRESHOLDS.backgrounds_words and not one.place.span.overlaps(other.place.span)


def _repeated(choice: Choice, first: int, second: int) -> float:
    """Return how much of what one of two candidates tells the other tells, too: a share of what the lighter weighs, and
    of two that the article opens with a half at least.
    """
    one, other = choice.candidates[first], choice.candidates[second]
    shared = one.measured.weight_of(one.measured.stems & other.measured.stems)
    repeated = shared / max(min(one.measured.weight, other.measured.weight), 1.0)
    return max(repeated, THRESHOLDS.openings_repeat) if one.place.opens and other.place.opens else repeated
