"""Which words stand before a statement: none, or those of one, two or three candidates.

A conditional logit (McFadden 1974) tells how probable it is that a statement needs nothing, and of each candidate that
a reader would choose it; its weights lie in `seeds/models/backgrounds.csv`, fitted by `flows.train.backgrounds` on what
readers chose. Chosen is what makes it likeliest that the statement is understood, less what its words cost.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """A statement and what may be its background; alone: what is measured of the statement; quoted: whether words of it
    stand in quotation marks, whose speaker spoke to those who knew of what.
    """

    alone: Mapping[str, float]
    candidates: Sequence[Offered]
    quoted: bool = False


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
    """Return what is chosen; most: of so many candidates at most, of a statement that is not quoted of two.

    The best one or two are searched for among all, a third only beside these: to search among all threes changes one
    statement in a thousand.
    """
    alone, *each = _probabilities(choice, weights)
    search, found = _Search(choice, each, [*_costs(choice)]), _Worth((), 0.0, 0.0)
    most = min(most, MOST_BACKGROUNDS if choice.quoted else THRESHOLDS.backgrounds_of_reports)
    for size in range(1, min(most, 2) + 1):
        found = search.better(combinations(search.hopeful(found.worth, size), size), found)
    if len(found.numbers) == 2 < most:
        found = search.better(((*found.numbers, third) for third in range(len(each))), found)
    return Best(tuple(number + 1 for number in sorted(found.numbers)), alone, found.told)


class _Worth(NamedTuple):
    """Candidates by number, from 0 on, how probable it is that one of them tells the statement, and that less what all
    of them cost.
    """

    numbers: tuple[int, ...]
    told: float
    worth: float


class _Search(NamedTuple):
    """What there is to choose from; of each how probable it is that a reader would choose it, and what it costs."""

    choice: Choice
    probable: Sequence[float]
    costs: Sequence[float]

    def hopeful(self, worth: float, size: int) -> list[int]:
        """Return the candidates that so many together may be better with, if the others are the best there is."""
        gains = [probable - costs for probable, costs in zip(self.probable, self.costs, strict=True)]
        least = worth - THRESHOLDS.rounding - (size - 1) * max(gains, default=0.0)
        return [number for number, gain in enumerate(gains) if gain > least]

    def better(self, sets: Iterable[tuple[int, ...]], found: _Worth) -> _Worth:
        """Return the best of sets of candidates, what was found before where none is better."""
        for numbers in sets:
            costs = sum([self.costs[one] for one in numbers])
            if sum([self.probable[one] for one in numbers]) - costs <= found.worth or not self._together(numbers):
                continue
            told = self._told(numbers)
            if told - costs > found.worth:
                found = _Worth(numbers, told, told - costs)
        return found

    def _together(self, numbers: Sequence[int]) -> bool:
        """Tell whether candidates can stand before a statement together: no words twice, and not too many."""
        if len(numbers) == 1:
            return True
        several = [self.choice.candidates[one] for one in numbers]
        if any(one.place.span.overlaps(other.place.span) for one, other in combinations(several, 2)):
            return False
        words = sum([len(each.measured.words) for each in several])
        limit = THRESHOLDS.words_before_quotation if self.choice.quoted else THRESHOLDS.words_before_report
        return words <= limit

    def _told(self, numbers: Sequence[int]) -> float:
        """Return how probable it is that one of some candidates tells the statement: each counts for what those that
        are likelier do not tell.
        """
        if len(numbers) == 1:
            return self.probable[numbers[0]]
        likeliest = sorted(numbers, key=lambda one: -self.probable[one])
        told = 0.0
        for place, one in enumerate(likeliest):
            repeated = max([_repeated(self.choice, before, one) for before in likeliest[:place]], default=0.0)
            told += self.probable[one] * (1 - repeated)
        return told


def _costs(choice: Choice) -> Iterator[float]:
    """Yield what a reader pays for each candidate before a statement, in probability of understanding it."""
    share = THRESHOLDS.cost_before_quotation if choice.quoted else 1.0
    for offered in choice.candidates:
        yield share * (THRESHOLDS.background_cost + THRESHOLDS.word_cost * len(offered.measured.words))


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


def _repeated(choice: Choice, first: int, second: int) -> float:
    """Return how much of what one of two candidates tells the other tells, too: a share of what the lighter weighs, and
    of two that the article opens with a half at least.
    """
    one, other = choice.candidates[first], choice.candidates[second]
    shared = one.measured.weight_of(one.measured.stems & other.measured.stems)
    repeated = shared / max(min(one.measured.weight, other.measured.weight), 1.0)
    return max(repeated, THRESHOLDS.openings_repeat) if one.place.opens and other.place.opens else repeated
