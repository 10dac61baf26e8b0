"""Hard differences: what keeps two propositions from being one whatever else they share, each rule with its name.

Figures and dates are compared between any two. A negation, a mode, an opposite word, a name, a number or the order of
two names is a difference only where the rest is alike: `failed to arrive` and `did not arrive` differ in a `not` and
say the same. What no rule finds is left to the pair model.
"""

from collections.abc import Callable, Hashable, Set
from typing import NamedTuple

from flows.resolve.claims.matching.figures import figures_differ
from flows.resolve.claims.matching.lists import lists_differ
from flows.resolve.claims.matching.names import lacks
from flows.resolve.claims.matching.opposites import opposites, opposites_by_form
from flows.resolve.claims.matching.prepositions import prepositions_differ
from flows.resolve.claims.matching.proposition import (
    Name,
    Proposition,
    dice,
    likeness,
    plain_likeness,
)
from flows.resolve.claims.matching.purposes import purposes_differ
from flows.resolve.claims.matching.small_words import small_words_differ
from flows.resolve.claims.matching.standing import conditions_differ, nearness_differs, standings_differ
from flows.resolve.claims.matching.turned import roles_turned
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.vocabularies import Modality


class Alike(NamedTuple):
    """How alike two propositions are, measured once for all rules."""

    all: float
    """`likeness`: of all words."""
    plain: float
    """`plain_likeness`: of those that are no names."""


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
    return small_words_differ(a, b) if min(alike) >= THRESHOLDS.as_alike else None


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
        and (a.guarded == b.guarded or _one_has_more(a, b))
        and not (standings_differ(a, b) or conditions_differ(a, b) or nearness_differs(a, b))
        and not (roles_turned(a, b) or prepositions_differ(a, b))
        and small_words_differ(a, b) is None
        and not (lists_differ(a, b) or purposes_differ(a, b))
    )


def _one_has_more(a: Proposition, b: Proposition) -> bool:
    """Whether of what is `guarded` one has none that the other lacks."""
    return (
        a.denied == b.denied
        and not _modality_differs(a, b, _UNASKED)
        and _one_holds_the_other(a.numbers, b.numbers)
        and not ordinals_differ(a, b)
        and (not (a.figures and b.figures) or _one_holds_the_other(*(_values(p) for p in (a, b))))
        and (not (a.dates and b.dates) or _one_holds_the_other(*({iso for iso, _ in p.dates} for p in (a, b))))
        and _one_holds_the_other(a.having_opposites, b.having_opposites)
        and _opposed_by_form(a, b) is None
        and not hours_differ(a, b)
    )


_UNASKED = Alike(0.0, 0.0)


def _one_holds_the_other(a: Set[Hashable], b: Set[Hashable]) -> bool:
    return a <= b or b <= a


def _values(proposition: Proposition) -> set[tuple[float, str | None, str | None]]:
    return {(figure.value, figure.unit, figure.bound) for figure in proposition.figures}


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


def _one_is_denied(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether who speaks denies what another says in nearly the same words, besides those that report it."""
    if a.denied == b.denied or not (a.negated or b.negated):
        return False
    return likeness(a.outside_brackets, b.outside_brackets) >= THRESHOLDS.as_alike


def _modality_differs(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether one is held to be possible only; `would` is mostly the `will` of reported speech."""
    return (a.modality == Modality.POSSIBLE) != (b.modality == Modality.POSSIBLE)


def _opposed(a: Proposition, b: Proposition, alike: Alike) -> bool:
    """Whether a word of one has its opposite in the other, and all is alike, or what is told without these two.

    Of `a profit of 3 million` and `a loss of 3 million` they are half of what is told.
    """
    found = opposite_words(a, b)
    if found is None or max(alike) >= THRESHOLDS.alike:
        return found is not None
    return dice(a.plain_stems - {found[0]}, b.plain_stems - {found[1]}) >= THRESHOLDS.alike


def opposite_words(a: Proposition, b: Proposition) -> tuple[str, str] | None:
    """Return a word of a and one of b that are opposites, where neither side has the other's word."""
    own, others = a.having_opposites - b.plain_stems, b.having_opposites - a.plain_stems
    found = sorted((one, other) for one in own for other in opposites()[one] if other in others)
    return found[0] if found else _opposed_by_form(a, b)


def _opposed_by_form(a: Proposition, b: Proposition) -> tuple[str, str] | None:
    if a.of_opposed_form <= b.vocabulary and b.of_opposed_form <= a.vocabulary:  # as of most pairs
        return None
    return opposites_by_form(a.vocabulary - b.vocabulary, b.vocabulary - a.vocabulary)


def differing_names(a: Proposition, b: Proposition) -> tuple[Name, Name] | None:
    """Return a name of each that the other does not have, both of one kind."""
    left = [n for n in a.names if lacks(b, n)]
    right = [n for n in b.names if lacks(a, n)]
    return next(((m, n) for m in left for n in right if m.kind == n.kind), None)


def _subjects_differ(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether each opens with a name that the other lacks; or one does, and the other has several of the kind instead.

    `Russia does not recognize it` and `Spain and Greece do not recognize it` are told of two, however alike.
    """
    left, right = a.opening_name, b.opening_name
    if left and right and left.kind == right.kind and lacks(b, left) and lacks(a, right):
        return True
    pairs = ((left, a, b), (right, b, a))
    return any(
        name is not None and lacks(other, name) and sum(n.kind == name.kind and lacks(mine, n) for n in other.names) > 1
        for name, mine, other in pairs
    )


def _names_differ(a: Proposition, b: Proposition, alike: Alike) -> bool:
    """Whether the same is told of two: as alike as for other rules, or next to word by word besides the names."""
    near = alike.plain >= THRESHOLDS.one_bag or min(alike) >= THRESHOLDS.as_alike
    return near and differing_names(a, b) is not None


def _numbers_differ(a: Proposition, b: Proposition, _: Alike) -> bool:
    """Whether each has a number that the other lacks: gate 5 and gate 9, Resolution 1244 and 1325."""
    given = [figure.surface for figure in (*a.figures, *b.figures)]
    given += [words for p, other in ((a, b), (b, a)) for words, at in p.hours.items() if at in other.hours.values()]
    counted = {form for words in given for form, _ in word_forms(words)}
    return bool(a.numbers - b.numbers - counted) and bool(b.numbers - a.numbers - counted)


def ordinals_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether two tell of other ones of several: the third coach to go and the fifth."""
    return bool(a.ordinals) and bool(b.ordinals) and not a.ordinals & b.ordinals


def hours_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether each gives a time of the day that the other does not: 6 a.m., 6 p.m."""
    if not (a.numbers and b.numbers):
        return False
    ours, theirs = set(a.hours.values()), set(b.hours.values())
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _roles_swapped(a: Proposition, b: Proposition, alike: Alike) -> bool:
    """Whether two have changed places and next to nothing else has."""
    if min(alike) >= THRESHOLDS.one_bag and roles_turned(a, b):
        return True
    if len(a.entities) < 2 or a.entities == b.entities or set(a.entities) != set(b.entities):
        return False
    passive = [("by", "function") in p.forms for p in (a, b)]
    return passive[0] == passive[1] and min(alike) >= THRESHOLDS.one_bag and _first_differs(a, b)


def _first_differs(a: Proposition, b: Proposition) -> bool:
    return a.entities[0] == b.entities[1] and a.entities[1] == b.entities[0]


Rule = tuple[str, Callable[[Proposition, Proposition, Alike], bool]]

ANY_WORDING: tuple[Rule, ...] = (
    ("of two stories", _of_two_stories),
    ("figures differ", lambda a, b, _: figures_differ(a, b)),
    ("dates differ", _dates_differ),
    ("one is denied", _one_is_denied),
    ("subjects differ", _subjects_differ),
    ("opposite words", _opposed),
    ("purposes differ", lambda a, b, _: purposes_differ(a, b)),
)
ALIKE: tuple[Rule, ...] = (
    ("names differ", _names_differ),
    ("numbers differ", _numbers_differ),
    ("ordinals differ", lambda a, b, _: ordinals_differ(a, b)),
    ("hours differ", lambda a, b, _: hours_differ(a, b)),
    ("standing differs", lambda a, b, _: standings_differ(a, b)),
    ("condition differs", lambda a, b, _: conditions_differ(a, b)),
)
"""Where what is told is alike, or what is told with its names."""
MUCH_ALIKE: tuple[Rule, ...] = (
    ("negation differs", _negation_differs),
    ("modality differs", _modality_differs),
    ("nearness differs", lambda a, b, _: nearness_differs(a, b)),
    ("roles swapped", _roles_swapped),
    ("prepositions differ", lambda a, b, _: prepositions_differ(a, b)),
    ("lists differ", lambda a, b, _: lists_differ(a, b)),
)
"""Where both are: a negation more is often only another way to put it."""
