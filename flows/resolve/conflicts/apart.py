"""What tells that two figures are of two points, however alike the words: other kinds, actors, hours, earlier times."""

import re

from flows.lexicons import one_of, word_list
from flows.lexicons.stems import stem
from flows.resolve.claims.matching.differences import differing_dates, ordinals_differ
from flows.resolve.claims.matching.figures import in_fewer_digits
from flows.resolve.claims.matching.proposition import Proposition, plain_likeness
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.thresholds import THRESHOLDS as CLAIMS
from flows.resolve.conflicts.measures import Measure
from flows.resolve.conflicts.thresholds import THRESHOLDS
from schemas.vocabularies import Modality

_GOODS = re.compile(r" of ((?:[\w.’'-]+ ?){1,3})")
_FROM = re.compile(r"(?: [a-z]+)? from (?:the )?(?P<place>[A-Z][^\W_]+)")
_PLAIN = re.compile(r"\b[a-z]{3,}\b")
_PAST = re.compile(rf"\b(?:(?:19|20)\d\d|{one_of(word_list('earlier_times'))})\b", re.IGNORECASE)


def of_two_points(a: Measure, b: Measure, p: Proposition, q: Proposition) -> bool:
    """Tell whether two figures tell of two points: other persons, other ones of several, a part, or both are told."""
    if a.aged is not None and a.aged == b.aged:
        return False
    if apart_by_actors(a, b) or of_other_measure(a, b, p, q) or of_other_kinds(a, b) or of_other_goods(a, b, p, q):
        return True
    if of_other_materials(a, b) or a.rest != b.rest or a.share != b.share:
        return True
    if ordinals_differ(p, q) or other_hours(p, q) or one_looks_ahead(p, q):
        return True
    if of_other_parts(p, q) or _some_from(a, p, q) or _some_from(b, q, p):
        return True
    return _given(a, q) or _given(b, p) or bool(differing_dates(p, q))


def _given(measure: Measure, other: Proposition) -> bool:
    """Whether the other proposition has the number as well, whatever it counts there."""
    written = {form for form, kind in word_forms(measure.figure.surface) if kind == "number" and form[:1].isdigit()}
    return f"{measure.figure.value:g}" in other.numbers or (bool(written) and written <= other.numbers)


def of_other_measure(a: Measure, b: Measure, p: Proposition, q: Proposition) -> bool:
    """Tell whether nothing tells that two figures of a unit of measurement measure one thing.

    A sum, a share, a mass is told of anything: of assets and of debts, of a bonus here and there. So where the words
    are not nearly the same, a word beside both must tell what is measured, and a name of whom.
    """
    known = bool(a.classes & b.classes) or plain_likeness(p, q) >= CLAIMS.as_alike
    if known or not (a.figure.measured and b.figure.measured):
        return False
    named = bool(set(p.entities) & set(q.entities))
    return not named or not (a.stems & b.stems) - (_name_stems(p) | _name_stems(q))


def _name_stems(proposition: Proposition) -> frozenset[str]:
    words = (word for name in proposition.names for word in re.findall(r"\w+", name.surface.lower()))
    return frozenset(stem(word) or word for word in words)


def of_other_kinds(a: Measure, b: Measure) -> bool:
    """Tell whether the words beside two figures tell of two kinds of facts: the dead and the injured."""
    return bool((a.counted or b.counted) and a.around and b.around and not a.around & b.around)


def apart_by_actors(a: Measure, b: Measure) -> bool:
    """Tell whether both tell of persons or bodies, and of none in common."""
    return bool(a.actors) and bool(b.actors) and not a.actors & b.actors


def tells_of_the_past(proposition: Proposition) -> bool:
    """Tell whether a proposition names an earlier time: a year, a month that is over, `last year`."""
    return bool(_past_times(proposition))


def _past_times(proposition: Proposition) -> frozenset[str]:
    return frozenset(found.casefold() for found in _PAST.findall(proposition.statement))


def told_of_many(a: Measure, b: Measure, p: Proposition, q: Proposition) -> bool:
    """Tell whether no actor is common to two figures of which one is a change, or of an earlier time.

    Such figures are told of many things in like words: sales fell, from last year. But what happened in one earlier
    year in one place is one thing.
    """
    if a.actors & b.actors:
        return False
    if a.changes or b.changes:
        return True
    one, other = _past_times(p), _past_times(q)
    one_time = bool(one & other) and bool(set(p.entities) & set(q.entities))
    return bool(one or other) and not one_time


def of_other_goods(a: Measure, b: Measure, p: Proposition, q: Proposition) -> bool:
    """Tell whether two amounts are of two things by the words behind `of`: tonnes of barley, tonnes of wheat."""
    one, other = (_goods(x, of) for x, of in ((a, p), (b, q)))
    return bool(one) and bool(other) and one[0] not in other and other[0] not in one


def of_other_materials(a: Measure, b: Measure) -> bool:
    """Tell whether two sums are of things of two materials: the watch of steel, the watch of gold."""
    return a.figure.measured and b.figure.measured and a.material != b.material


def of_other_parts(p: Proposition, q: Proposition) -> bool:
    """Tell whether one tells of a part that the other does not tell of: the first phase, the south gate."""
    one, other = (word_list("quarters_of_the_compass") & x.vocabulary for x in (p, q))
    if one and other and not one & other:
        return True
    phase, another = (word_list("parts_of_a_whole") & x.vocabulary for x in (p, q))
    return phase != another


def _some_from(measure: Measure, own: Proposition, other: Proposition) -> bool:
    """Whether a figure counts those from a place that the other does not name: five people from Norby."""
    at = own.statement.find(measure.figure.surface)
    found = _FROM.match(own.statement, at + len(measure.figure.surface)) if at >= 0 else None
    return found is not None and found["place"] not in other.statement


def _goods(measure: Measure, proposition: Proposition) -> list[str]:
    """Stems of the first words behind `of`, without those of names."""
    at = proposition.statement.find(measure.figure.surface)
    found = _GOODS.match(proposition.statement, at + len(measure.figure.surface)) if at >= 0 else None
    return [stem(word) or word for word in _PLAIN.findall(found[1])] if found else []


def one_looks_ahead(p: Proposition, q: Proposition) -> bool:
    """Tell whether one tells what is planned or forecast and the other what is: no later figure contradicts a plan."""
    if (p.modality == Modality.POSSIBLE) != (q.modality == Modality.POSSIBLE):
        return True  # what may come to be, and what is
    one, other = (bool(word_list("projections").intersection(form for form, _ in x.forms)) for x in (p, q))
    return one != other


def other_hours(a: Proposition, b: Proposition) -> bool:
    """Tell whether each tells of a part of the day that the other does not tell of: by noon, by evening."""
    one, other = (word_list("times_of_day").intersection(form for form, _ in p.forms) for p in (a, b))
    return bool(one) and bool(other) and not one & other


def rounded_off(one: float, other: float) -> bool:
    """Tell whether one of two near figures is the other with fewer digits: 3.2 million and 3 million."""
    low, high = sorted((one, other))
    counts = abs(high) < THRESHOLDS.counted_below and low.is_integer() and high.is_integer()
    if counts or high - low > THRESHOLDS.rounded_off * abs(high):
        return False
    return in_fewer_digits(low, high, (1, 2))
