"""Hard differences: what keeps two propositions from being one whatever else they share, each rule with its name.

Figures and dates are compared between any two. A negation, a mode, an opposite word, a name, a number or the order of
two names is a difference only where the rest is alike: `failed to arrive` and `did not arrive` differ in a `not` and
say the same. What no rule finds is left to the pair model.
"""

from collections.abc import Callable, Hashable, Set
from typing import NamedTuple

from flows.lexicons.stems import stem
from flows.resolve.claims.matching.opposites import opposites
from flows.resolve.claims.matching.proposition import Figure, Name, Proposition, likeness, plain_likeness
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.vocabularies import Bound, Modality


class Alike(NamedTuple):
    """How alike two propositions are, measured once for all rules."""

    all: float
    """`likeness`: of all words."""
    plain: float
    """`plain_likeness`: of those that are no names."""


_UPWARD = frozenset({Bound.MORE_THAN, Bound.AT_LEAST})
_DOWNWARD = frozenset({Bound.LESS_THAN, Bound.AT_MOST})


def difference(a: Proposition, b: Proposition) -> str | None:
    """Return the name of the first rule that finds a hard difference; None where there is none."""
    return None if _nothing_to_differ(a, b) else _first_rule(a, b)


def _first_rule(a: Proposition, b: Proposition) -> str | None:
    alike = Alike(likeness(a, b), plain_likeness(a, b))
    rules = [*ANY_WORDING]
    rules += ALIKE if max(alike) >= THRESHOLDS.alike else ()
    rules += MUCH_ALIKE if min(alike) >= THRESHOLDS.as_alike else ()
    for name, differs in rules:
        if differs(a, b, alike):
            return name
    return None


def _nothing_to_differ(a: Proposition, b: Proposition) -> bool:
    """Whether no rule can find a difference, at a tenth of the cost of asking them: most pairs leave out a word or two.

    Of one story or article; of figures, dates, names, numbers and words that have an opposite one has none that the
    other lacks; both open with a name of the other, name all in one order, deny and are held to be possible alike.
    """
    names, others = a.entity_set, b.entity_set
    return (
        ((a.story is not None and a.story == b.story) or a.article == b.article)
        and _one_holds_the_other(names, others)
        and (a.opening_name is None or a.opening_name.entity in others)
        and (b.opening_name is None or b.opening_name.entity in names)
        and (names != others or a.entities == b.entities)
        and a.denied == b.denied
        and not _modality_differs(a, b, _UNASKED)
        and _one_holds_the_other(a.numbers, b.numbers)
        and not ordinals_differ(a, b)
        and (not (a.figures and b.figures) or _one_holds_the_other(*(_values(p) for p in (a, b))))
        and (not (a.dates and b.dates) or _one_holds_the_other(*({iso for iso, _ in p.dates} for p in (a, b))))
        and _one_holds_the_other(a.having_opposites, b.having_opposites)
    )


_UNASKED = Alike(0.0, 0.0)


def _one_holds_the_other(a: Set[Hashable], b: Set[Hashable]) -> bool:
    return a <= b or b <= a


def _values(proposition: Proposition) -> set[tuple[float, str | None]]:
    return {(figure.value, figure.unit) for figure in proposition.figures}


def differing_figures(a: Proposition, b: Proposition) -> list[tuple[Figure, Figure]]:
    """Return the figures of one kind that each gives and the other does not, the nearest first in the order of a."""
    left = [f for f in a.figures if not any(compatible(f, g) for g in b.figures)]
    right = [g for g in b.figures if not any(compatible(f, g) for f in a.figures)]
    return [(f, g) for f in left for g in right if f.unit == g.unit or _two_sums(f, g)]


def _two_sums(f: Figure, g: Figure) -> bool:
    """Whether two amounts of two currencies cannot be one sum: the same number of both, or no rate lies between.

    Only among currencies that are worth about the same is anything known of the rate.
    """
    if not (_money(f) and _money(g)) or f.unit == g.unit:
        return False
    low, high = sorted((abs(f.value), abs(g.value)))
    return low == high or ({f.unit, g.unit} <= THRESHOLDS.near_parity and high > THRESHOLDS.widest_rate * low)


def _money(figure: Figure) -> bool:
    """Whether a figure is a sum of money: its unit is the code of a currency (ISO 4217)."""
    return figure.unit is not None and len(figure.unit) == len("EUR") and figure.unit.isupper()


def compatible(f: Figure, g: Figure) -> bool:
    """Tell whether two figures of one unit may be of one thing: equal, one the other rounded, or within a bound."""
    if f.unit != g.unit:
        return False
    low, high = sorted((f, g), key=lambda figure: figure.value)
    if low.value == high.value or low.bound in _UPWARD or high.bound in _DOWNWARD:
        return True
    near = high.value - low.value <= THRESHOLDS.rounding * abs(high.value)
    return near and (Bound.ABOUT in (low.bound, high.bound) or _rounded(low.value, high.value))


def _rounded(low: float, high: float) -> bool:
    """Whether one of two near values is the other, told with fewer digits; small whole figures are counts."""
    if high < THRESHOLDS.exact_below and low.is_integer() and high.is_integer():
        return False
    return in_fewer_digits(low, high, (1, 2, 3))


def in_fewer_digits(one: float, other: float, digits: tuple[int, ...]) -> bool:
    """Tell whether one of two values is the other with so many significant digits."""
    return any(float(f"{x:.{count}g}") == y for x, y in ((one, other), (other, one)) for count in digits)


def _figures_differ(a: Proposition, b: Proposition, _: Alike) -> bool:
    return bool(differing_figures(a, b))


def differing_dates(a: Proposition, b: Proposition) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Return pairs of dates (ISO, surface) that cannot be one, of which each has no counterpart in the other."""
    left = [d for d in a.dates if not any(same_time(d[0], e[0]) for e in b.dates)]
    right = [e for e in b.dates if not any(same_time(d[0], e[0]) for d in a.dates)]
    return [(d, e) for d in left for e in right]


def same_time(a: str, b: str) -> bool:
    """Tell whether one ISO date may be a coarser form of the other; weeks are compared by year only."""
    if "W" in a or "W" in b:
        return a[:4] == b[:4]
    return a.startswith(b) or b.startswith(a)


def _dates_differ(a: Proposition, b: Proposition, _: Alike) -> bool:
    return bool(differing_dates(a, b))


def _of_two_stories(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether two stories say it of nobody whom both name, or in words that are said every day."""
    if a.story is not None and a.story == b.story:
        return False
    few = min(len(a.wording), len(b.wording)) < THRESHOLDS.same_wording_words
    return a.article != b.article and (few or not set(a.entities) & set(b.entities))


def _negation_differs(a: Proposition, b: Proposition, _: Alike) -> bool:
    return a.denied != b.denied


def _modality_differs(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether one is held to be possible only; `would` is mostly the `will` of reported speech."""
    return (a.modality == Modality.POSSIBLE) != (b.modality == Modality.POSSIBLE)


def _opposed(a: Proposition, b: Proposition, _: Alike) -> bool:
    return opposite_words(a, b) is not None


def opposite_words(a: Proposition, b: Proposition) -> tuple[str, str] | None:
    """Return a word of a and one of b that are opposites, where neither side has the other's word."""
    own, others = a.having_opposites - b.plain_stems, b.having_opposites - a.plain_stems
    if not own or not others:
        return None
    found = sorted((one, other) for one in own for other in opposites()[one] if other in others)
    return found[0] if found else None


def differing_names(a: Proposition, b: Proposition) -> tuple[Name, Name] | None:
    """Return a name of each that the other does not have, both of one kind."""
    left = [n for n in a.names if _lacks(b, n)]
    right = [n for n in b.names if _lacks(a, n)]
    return next(((m, n) for m in left for n in right if m.kind == n.kind), None)


def _subjects_differ(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether each opens with a name that the other lacks; or one does, and the other has several of the kind instead.

    `Russia does not recognize it` and `Spain and Greece do not recognize it` are told of two, however alike.
    """
    left, right = a.opening_name, b.opening_name
    if left and right and left.kind == right.kind and _lacks(b, left) and _lacks(a, right):
        return True
    pairs = ((left, a, b), (right, b, a))
    return any(
        name is not None
        and _lacks(other, name)
        and sum(n.kind == name.kind and _lacks(mine, n) for n in other.names) > 1
        for name, mine, other in pairs
    )


def _lacks(proposition: Proposition, name: Name) -> bool:
    return name.entity not in proposition.entities and not _named(name, proposition)


def _named(name: Name, other: Proposition) -> bool:
    """Whether all words of a name are in the other as well, whomever they were resolved to."""
    return {stem(word) or word for word in name.surface.split() if word[:1].isalnum()} <= other.stems


def _names_differ(a: Proposition, b: Proposition, alike: Alike) -> bool:
    """Whether the same is told of two: as alike as for other rules, or next to word by word besides the names."""
    near = alike.plain >= THRESHOLDS.one_bag or min(alike) >= THRESHOLDS.as_alike
    return near and differing_names(a, b) is not None


def _numbers_differ(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether each has a number that the other lacks: gate 5 and gate 9, Resolution 1244 and 1325."""
    counted = {form for figure in (*a.figures, *b.figures) for form, _ in word_forms(figure.surface)}
    return bool(a.numbers - b.numbers - counted) and bool(b.numbers - a.numbers - counted)


def ordinals_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether two tell of other ones of several: the third coach to go and the fifth."""
    return bool(a.ordinals) and bool(b.ordinals) and not a.ordinals & b.ordinals


def _roles_swapped(a: Proposition, b: Proposition, alike: Alike) -> bool:
    """Whether two entities have changed places and next to nothing else has."""
    if len(a.entities) < 2 or a.entities == b.entities or set(a.entities) != set(b.entities):
        return False
    passive = [("by", "function") in p.forms for p in (a, b)]
    return passive[0] == passive[1] and min(alike) >= THRESHOLDS.one_bag and _first_differs(a, b)


def _first_differs(a: Proposition, b: Proposition) -> bool:
    return a.entities[0] == b.entities[1] and a.entities[1] == b.entities[0]


Rule = tuple[str, Callable[[Proposition, Proposition, Alike], bool]]

ANY_WORDING: tuple[Rule, ...] = (
    ("of two stories", _of_two_stories),
    ("figures differ", _figures_differ),
    ("dates differ", _dates_differ),
    ("subjects differ", _subjects_differ),
)
ALIKE: tuple[Rule, ...] = (
    ("opposite words", _opposed),
    ("names differ", _names_differ),
    ("numbers differ", _numbers_differ),
    ("ordinals differ", lambda a, b, _: ordinals_differ(a, b)),
)
"""Where what is told is alike, or what is told with its names."""
MUCH_ALIKE: tuple[Rule, ...] = (
    ("negation differs", _negation_differs),
    ("modality differs", _modality_differs),
    ("roles swapped", _roles_swapped),
)
"""Where both are: a negation more is often only another way to put it."""
