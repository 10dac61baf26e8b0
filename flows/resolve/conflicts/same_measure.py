"""Which figures of two propositions may be of one point, told differently: proposed by what they measure.

Two figures are compared where they count one noun, or where the words beside both say what is counted. What tells of
another point is left out by rule: other persons, a part against a whole, the value of the one told by the other too.
"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

import numpy as np

from flows.lexicons import word_list
from flows.lexicons.stems import stem, weight
from flows.lexicons.weights import load_linear
from flows.probabilities import log_odds, logistic
from flows.resolve.claims.matching.decisions import Judge
from flows.resolve.claims.matching.figures import compatible
from flows.resolve.claims.matching.proposition import Proposition, likeness, plain_likeness
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.pairs.pair_model import OTHER
from flows.resolve.conflicts.apart import of_two_points, rounded_off, tells_of_the_past, told_of_many
from flows.resolve.conflicts.measures import PERSON, Measure, measures
from flows.resolve.conflicts.thresholds import THRESHOLDS
from schemas.vocabularies import Bound

Pair = tuple[Measure, Measure]
ToldIn = Callable[[frozenset[str]], Iterable[Proposition]]
"""What articles tell, by their ids."""

_LAST_WORD = re.compile(r"(?<![a-z])[a-z]+$")

FEATURES = ("other", "alike", "class_shared", "figure_shared", "actor_shared", "names_apart", "past_differs")
"""The first is the pair model's: that the two are of another matter."""


def measured_pairs(
    propositions: Mapping[int, Proposition], may_conflict: Callable[[int, int], bool], told_in: ToldIn | None = None
) -> list[Pair]:
    """Return the pairs of figures that may be of one point, and differ.

    told_in: what else some articles tell; `propositions` where none is given.
    """
    likely = _likely_pairs(propositions, may_conflict)
    if not likely:
        return []
    articles = frozenset(propositions[measure.row].article for pair in likely for measure in pair)
    told = Told(told_in(articles) if told_in else propositions.values())
    found: dict[tuple[int, str, int, str], Pair] = {}
    for a, b in likely:
        at = (a.row, a.figure.surface, b.row, b.figure.surface)
        if at not in found and not told.elsewhere(a, b, propositions[a.row], propositions[b.row]):
            found[at] = (a, b)
    return list(found.values())


def _likely_pairs(propositions: Mapping[int, Proposition], may_conflict: Callable[[int, int], bool]) -> list[Pair]:
    """The pairs of figures that may be of one point by the statements that give them, each once."""
    found, tried = list[Pair](), set[tuple[int, int]]()
    for block in _blocks(propositions):
        for a, b in itertools.combinations(block[: THRESHOLDS.largest_block], 2):
            pair = (id(a), id(b))  # one measure is in several blocks
            if pair in tried or a.row == b.row or not may_conflict(a.row, b.row):
                continue
            tried.add(pair)
            if one_point(a, b, propositions[a.row], propositions[b.row]):
                found.append((a, b))
    return found


def _blocks(propositions: Mapping[int, Proposition]) -> list[list[Measure]]:
    """The figures of each story that may count one thing, in a fixed order; a story with one who gives any has none."""
    giving = [row for row in sorted(propositions) if propositions[row].figures]
    several = Counter(propositions[row].story for row in giving)
    blocks: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for row in giving:
        story = propositions[row].story
        if story is not None and several[story] > 1:
            says_what = cache(partial(_says_what, propositions[row]))
            for measure in measures(row, propositions[row]):
                if measure.counted or says_what():
                    for key in _keys(measure):
                        blocks[story, key].append(measure)
    return [blocks[key] for key in sorted(blocks)]


def _says_what(proposition: Proposition) -> bool:
    """Whether a statement says of what its figures are: `35 cents a pound` is the price of anything."""
    kinds = [kind for _, kind in word_forms(proposition.said)]
    return sum(kind in ("word", "name") for kind in kinds) >= THRESHOLDS.says_what


def _keys(measure: Measure) -> Iterator[str]:
    """What a measure is filed under: two that share no key are not compared."""
    if measure.unit is not None:
        yield f"unit {measure.unit}"
    for name in sorted(measure.counted):
        yield f"class {name}"
    if measure.unit is None:
        rarest = sorted(measure.stems, key=lambda stem: (-weight(stem), stem))
        yield from (f"stem {stem}" for stem in rarest[: THRESHOLDS.filed_stems])


def one_point(a: Measure, b: Measure, p: Proposition, q: Proposition) -> bool:
    """Tell whether two figures may measure one point, and give different values for it."""
    if not (_differ(a, b) and comparable(a, b, p, q)):  # what costs least is asked first
        return False
    return not (told_of_many(a, b, p, q) or of_two_points(a, b, p, q))


def _differ(a: Measure, b: Measure) -> bool:
    low, high = sorted((a.figure.value, b.figure.value))
    if low == high or (low <= 0 < high) or _gap(low, high) > THRESHOLDS.one_order or rounded_off(low, high):
        return False
    gap = abs(high - low) / max(abs(low), abs(high))
    vague = Bound.ABOUT in (a.figure.bound, b.figure.bound) or _converted(a, b)
    if vague and gap <= THRESHOLDS.rounded_off:
        return False
    near = gap <= (THRESHOLDS.near_measured if a.figure.measured else THRESHOLDS.near_bound)
    return not near or a.figure.unit != b.figure.unit or not compatible(a.figure, b.figure)


def _converted(a: Measure, b: Measure) -> bool:
    """Whether one measure is told in two units: 44 days and six weeks, 12 feet and 3.5 metres."""
    one, other = (_LAST_WORD.search(x.figure.surface.lower()) for x in (a, b))
    named = one is not None and other is not None and stem(one[0]) != stem(other[0])
    return a.figure.measured and b.figure.measured and named


def comparable(a: Measure, b: Measure, p: Proposition, q: Proposition) -> bool:
    """Tell whether two figures count one thing by their nouns, or by what is said of them."""
    if a.unit == "age" or b.unit == "age":
        somebody = a.actor is not None and a.actor == b.actor and a.actor not in a.actors
        known = a.aged == b.aged if a.aged is not None and b.aged is not None else somebody
        return a.unit == b.unit and known
    if a.unit is not None and a.unit == b.unit:
        return a.unit != PERSON or bool(a.classes & b.classes) or not (a.classes and b.classes)
    if a.counted & b.counted:
        return not _of_some_people(a, b)
    bare = a.unit is None and b.unit is None and bool(a.stems & b.stems)
    return bare and likeness(p, q) >= THRESHOLDS.alike_bare


def _of_some_people(a: Measure, b: Measure) -> bool:
    """Tell whether one counts a part of the people: "11 children" of "71 people", "14 soldiers" and "31 civilians"."""
    return a.unit != b.unit and not word_list("parts_of_the_people").isdisjoint((a.unit, b.unit))


def featured_pairs(
    propositions: Mapping[int, Proposition], may_conflict: Callable[[int, int], bool], told_in: ToldIn
) -> list[tuple[Pair, tuple[float, ...]]]:
    """Return the pairs of `measured_pairs` with their `pair_features`."""
    pairs = measured_pairs(propositions, may_conflict, told_in)
    return [((a, b), pair_features(a, b, propositions[a.row], propositions[b.row])) for a, b in pairs]


def scored_pairs(
    asked: Sequence[tuple[Pair, tuple[float, ...]]], propositions: Mapping[int, Proposition], model: Judge
) -> Iterator[tuple[Pair, float]]:
    """Yield pairs of figures with the probability that they are of one point; asked: as `featured_pairs`."""
    if not asked:
        return
    answers = model.judge([(propositions[a.row].statement, propositions[b.row].statement) for (a, b), _ in asked])
    found = scores(answers, np.array([features for _, features in asked]))
    for ((a, b), _), score in zip(asked, found.tolist(), strict=True):
        of_one = a.aged is not None and a.aged == b.aged
        yield (a, b), max(score, THRESHOLDS.one_person) if of_one else score


def pair_features(a: Measure, b: Measure, p: Proposition, q: Proposition) -> tuple[float, ...]:
    """Return the features that the pair model does not see: FEATURES[1:]."""
    ours, theirs = set(p.entities), set(q.entities)
    return (
        plain_likeness(p, q),
        float(bool(a.classes & b.classes)),
        float(any(f.unit == g.unit and f.value == g.value for f in p.figures for g in q.figures)),
        float(a.actor is not None and a.actor == b.actor),
        float(bool(ours) and bool(theirs) and not ours & theirs),
        float(tells_of_the_past(p) != tells_of_the_past(q)),
    )


class Told:
    """Which values each article gives for what, and whom and what places it names."""

    def __init__(self, propositions: Iterable[Proposition]) -> None:
        self._values: dict[str, set[tuple[str | None, float]]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        for proposition in propositions:
            self._values[proposition.article].update((f.unit, f.value) for f in proposition.figures)
            self._names[proposition.article].update(proposition.entities)

    def elsewhere(self, a: Measure, b: Measure, p: Proposition, q: Proposition) -> bool:
        """Whether one article gives the other's value, too, or nothing that one names is named in the other."""
        return self._there(a, q.article) or self._there(b, p.article) or self._of_others(p.article, q.article)

    def _there(self, measure: Measure, article: str) -> bool:
        return (measure.figure.unit, measure.figure.value) in self._values[article]

    def _of_others(self, one: str, other: str) -> bool:
        return not self._names[one] & self._names[other]


def scores(answers: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Return the probability that each pair of figures is of one point, to four decimals.

    answers: of the pair model, [n, 5]; features: of `pair_features`, [n, FEATURES - 1].
    """
    bias, weights = load_linear("conflict_points", FEATURES)
    return np.round(logistic(with_answers(answers, features) @ weights + bias), 4)


def with_answers(answers: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Return all FEATURES of pairs: float64 [n, FEATURES]."""
    return np.column_stack([log_odds(answers[:, OTHER].astype(np.float64)), features])


def _gap(one: float, other: float) -> float:
    """Natural logarithm of how many times the smaller the larger is."""
    return abs(math.log(abs(one)) - math.log(abs(other))) if one and other else math.inf
