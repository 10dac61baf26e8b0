"""Whether the figures of two propositions may be of one thing: equal, rounded, within a bound, converted."""

from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.vocabularies import Bound

_UPWARD = frozenset({Bound.MORE_THAN, Bound.AT_LEAST})
_DOWNWARD = frozenset({Bound.LESS_THAN, Bound.AT_MOST})


def figures_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether each gives a figure that the other does not: another value, bound or measure of it."""
    if not (a.figures and b.figures):
        return False
    return bool(differing_figures(a, b)) or _bounds_opposed(a, b) or _measures_differ(a, b)


def _bounds_opposed(a: Proposition, b: Proposition) -> bool:
    """Whether one number is the least of one and the most of the other: at least 40 people, at most 40."""
    return any(
        f.unit == g.unit
        and f.value == g.value
        and ((f.bound in _UPWARD and g.bound in _DOWNWARD) or (f.bound in _DOWNWARD and g.bound in _UPWARD))
        for f in a.figures
        for g in b.figures
    )


def _measures_differ(a: Proposition, b: Proposition) -> bool:
    """Whether one number stands with two measures: 3 percent and 3 percentage points, 20 miles and 20 minutes."""
    ours, theirs = ({(f.unit, _written(f)) for f in p.figures if f.measured} for p in (a, b))
    return any(
        written and written == other and unit != measure
        for unit, written in ours - theirs
        for measure, other in theirs - ours
    )


def _written(figure: Figure) -> frozenset[str]:
    """The number of a figure as it is written."""
    return frozenset([form for form, kind in word_forms(figure.surface) if kind == "number" and form[:1].isdigit()])


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
    if high.value - low.value <= THRESHOLDS.conversion * abs(high.value) and of_two_units(f, g):
        return True
    near = high.value - low.value <= THRESHOLDS.rounding * abs(high.value)
    return near and (Bound.ABOUT in (low.bound, high.bound) or _rounded(low.value, high.value))


def of_two_units(f: Figure, g: Figure) -> bool:
    """Tell whether two measures are given in two units, so that one of them was converted: miles, kilometres."""
    if not (f.measured and g.measured):
        return False
    one, other = ({form for form, kind in word_forms(figure.surface) if kind == "word"} for figure in (f, g))
    return bool(one - other) and bool(other - one)


def _rounded(low: float, high: float) -> bool:
    """Whether one of two near values is the other, told with fewer digits; small whole figures are counts."""
    if high < THRESHOLDS.exact_below and low.is_integer() and high.is_integer():
        return False
    return in_fewer_digits(low, high, (1, 2, 3))


def in_fewer_digits(one: float, other: float, digits: tuple[int, ...]) -> bool:
    """Tell whether one of two values is the other with so many significant digits."""
    return any(float(f"{x:.{count}g}") == y for x, y in ((one, other), (other, one)) for count in digits)
