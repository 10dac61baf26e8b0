"""Points on which two propositions may disagree: the words of each, and one of them told with the other's words.

A point is what the two would have to have in common to agree. Whether all else agrees is not decided here: that is
asked of the statement with the words exchanged.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from flows.lexicons import word_list
from flows.lexicons.places import areas
from flows.lexicons.stems import stem, tells
from flows.resolve.claims.matching.differences import differing_dates
from flows.resolve.claims.matching.figures import differing_figures
from flows.resolve.claims.matching.lists import differing_lists
from flows.resolve.claims.matching.opposites import opposites
from flows.resolve.claims.matching.proposition import Name, Proposition, each_names_another, plain_likeness
from flows.resolve.claims.thresholds import THRESHOLDS as CLAIMS
from flows.resolve.conflicts.apart import of_other_kinds, other_hours, rounded_off
from flows.resolve.conflicts.denials import denial
from flows.resolve.conflicts.measures import Measure, measures
from flows.resolve.conflicts.one_wording import changes, differing_numbers
from flows.resolve.conflicts.same_measure import one_point
from flows.resolve.conflicts.sole_doers import differing_doers
from flows.resolve.conflicts.thresholds import THRESHOLDS
from flows.resolve.names.parse_name import consonants, folded
from schemas.vocabularies import PLACES, ConflictType

_LOCATIVE = r"\b(?:at|near|in|off|outside|inside|around|from|to|into)(?: the)?(?: [a-z]+ of)?"
_PRONOUN_FIRST = re.compile(CLAIMS.looks_back)
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Point:
    """Where two propositions may disagree: type, words of a and of b, one told with the other's words, the other."""

    kind: ConflictType
    words_a: str
    words_b: str
    exchanged: str
    against: str


def points(a: Proposition, b: Proposition) -> list[Point]:
    """Return the points on which a and b may disagree, hard facts first, each exchange of words once.

    A figure says by its unit what it counts, and what is denied is asked for without the denial. All else is a point
    only between statements that are alike and say of whom they are: not what opens with a pronoun.
    """
    clear = not (_looks_back(a) or _looks_back(b))
    alike = plain_likeness(a, b)
    finders = [_figures, *(_ALIKE if clear and alike >= THRESHOLDS.alike else (_written,))]
    finders += [_doers] if clear else []
    finders += [_denied] if clear and alike >= THRESHOLDS.denied_alike else []
    found: dict[str, Point] = {}
    for point in (point for find in finders for point in find(a, b, alike)):
        found.setdefault(point.exchanged, point)
    return list(found.values())


def _exchange(a: Proposition, words: str, others: str) -> str | None:
    """The statement of a with the first `words` replaced; None where they do not stand there as such."""
    place = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", a.statement, re.IGNORECASE)
    return a.statement[: place.start()] + others + a.statement[place.end() :] if place else None


def _point(kind: ConflictType, a: Proposition, b: Proposition, words_a: str, words_b: str) -> Iterator[Point]:
    exchanged = _exchange(a, words_a, words_b)
    if exchanged is not None and words_a.casefold() != words_b.casefold():
        yield Point(kind, words_a, words_b, exchanged, b.statement)


def _figures(a: Proposition, b: Proposition, alike: float) -> Iterator[Point]:
    differing = differing_figures(a, b) if a.figures and b.figures else []
    if not differing or other_hours(a, b):
        return
    ours, theirs = ({measure.figure: measure for measure in measures(0, p)} for p in (a, b))
    for f, g in differing:
        if not rounded_off(f.value, g.value) and not _apart((ours.get(f), theirs.get(g)), a, b, alike):
            yield from _point(ConflictType.QUANTITY, a, b, f.surface, g.surface)


def _apart(figures: tuple[Measure | None, Measure | None], a: Proposition, b: Proposition, alike: float) -> bool:
    """Whether two figures tell of two points: of nearly one wording only their kinds can tell, all else is common."""
    (one, other), nearly_one = figures, alike >= CLAIMS.as_alike
    if one is None or other is None:
        return not nearly_one
    return of_other_kinds(one, other) if nearly_one else not one_point(one, other, a, b)


def _dates(a: Proposition, b: Proposition, _alike: float) -> Iterator[Point]:
    if not (a.dates and b.dates) or a.entity_set.isdisjoint(b.entity_set):
        return
    for (_, one), (_, other) in differing_dates(a, b):
        yield from _point(ConflictType.DATE, a, b, one, other)


def _names(a: Proposition, b: Proposition, _alike: float) -> Iterator[Point]:
    """Places where something is, and two spellings of one name.

    Who does something is no point, but for what only one can do (`_doers`): two states may refuse the same thing.
    """
    if not each_names_another(a, b):
        return
    for m in _only(a, b):
        for n in _only(b, a):
            alike = _spelled_alike(m.surface, n.surface)
            known = m.surface in areas() and n.surface in areas()
            if _two_places(m, n) and (known or not alike) and _somewhere(m, a) and _somewhere(n, b):
                yield from _point(ConflictType.PLACE, a, b, m.surface, n.surface)
            elif m.kind == n.kind and alike and not _transcribed(m.surface, n.surface):
                yield from _point(ConflictType.NAME, a, b, m.surface, n.surface)


def _two_places(m: Name, n: Name) -> bool:
    """Whether two names are of places of one size: what is in Scotland may be in the United Kingdom. Names that share
    two words may be of one place: the Hoel Park and Ride Centre, the Old Park and Ride Centre.
    """
    shared = {*_heavy(m.surface)} & {*_heavy(n.surface)}
    one = len(shared) >= THRESHOLDS.words_of_one_place
    return not one and {m.kind, n.kind} <= PLACES and areas().get(m.surface) == areas().get(n.surface)


def _heavy(name: str) -> Iterator[str]:
    """The words of a name that are rare enough to tell what it names."""
    return filter(tells, name.casefold().split())


def _transcribed(one: str, other: str) -> bool:
    """Whether two spellings differ in vowels alone, as those of a name from another script do: Kobane and Kobani."""
    left, right = ([consonants(token) for token in folded(name).split()] for name in (one, other))
    return left == right


def _somewhere(name: Name, proposition: Proposition) -> bool:
    """Whether a preposition of place stands before a name."""
    return re.search(rf"{_LOCATIVE} {re.escape(name.surface)}(?!\w)", proposition.statement) is not None


def _spelled_alike(one: str, other: str) -> bool:
    """Whether the words that only one of two names has are alike, in more than their signs."""
    left, right = (re.findall(r"\w+", name.replace("-", "").casefold()) for name in (one, other))
    mine, yours = (" ".join(w for w in x if w not in y) for x, y in ((left, right), (right, left)))
    return SequenceMatcher(None, mine, yours, autojunk=False).ratio() >= THRESHOLDS.spelled_alike and bool(mine)


def _only(a: Proposition, b: Proposition) -> list[Name]:
    """Names of a whom b does not name, by entity or by words; those in brackets are the article's."""
    theirs, said = b.entity_set, a.said
    return [
        name
        for name in dict.fromkeys(a.names)
        if name.entity not in theirs
        and name.surface.casefold() in said
        and not {stem(word) or word for word in name.surface.split()} <= b.stems
    ]


def _may_oppose(a: Proposition, b: Proposition) -> bool:
    """Whether a word of b is opposite to one of a."""
    return any(not opposites()[word].isdisjoint(b.having_opposites) for word in a.having_opposites)


def _doers(a: Proposition, b: Proposition, _alike: float) -> Iterator[Point]:
    found = differing_doers(a, b)
    if found is not None:
        yield from _point(ConflictType.NAME, a, b, *found)


def _lists(a: Proposition, b: Proposition, alike: float) -> Iterator[Point]:
    if alike >= THRESHOLDS.listed_alike:
        for ours, theirs in differing_lists(a.statement, b.statement):
            yield from _point(ConflictType.LIST, a, b, ours, theirs)


def _opposites(a: Proposition, b: Proposition, alike: float) -> Iterator[Point]:
    if not _may_oppose(a, b):
        return
    # before one thing and after another contradict nobody
    passed = frozenset() if alike >= CLAIMS.as_alike else word_list("subordinators")
    ours, theirs = (
        {stem(form): form for form, kind in p.forms if kind == "word" and form not in passed} for p in (a, b)
    )
    for one in sorted(ours.keys() - theirs.keys()):
        for other in sorted(opposites().get(one, frozenset()) & (theirs.keys() - ours.keys())):
            yield from _point(ConflictType.POLARITY, a, b, ours[one], theirs[other])


def _denied(a: Proposition, b: Proposition, _alike: float) -> Iterator[Point]:
    found = denial(a, b)
    if found is not None:
        yield Point(ConflictType.POLARITY, *found)


def _looks_back(a: Proposition) -> bool:
    """Whether a statement opens with a pronoun that nothing in brackets explains."""
    return _PRONOUN_FIRST.match(a.statement) is not None and "[" not in a.statement


def one_wording(a: Proposition, b: Proposition) -> bool:
    """Tell whether nearly all words that are said in one are said in the other, and as many deny."""
    one, other = (frozenset(re.findall(r"\w+", p.said)) for p in (a, b))
    shared = len(one & other) >= THRESHOLDS.one_wording * min(len(one), len(other))
    return shared and a.denied == b.denied


def differing_words(a: Proposition, b: Proposition) -> tuple[str, str]:
    """Return the words of each that the other does not have, from the first of them to the last.

    For contradictions without a single point. A side whose words the other has all is given whole.
    """
    left, right = _WORDS.findall(a.statement), _WORDS.findall(b.statement)
    found = changes(left, right)
    if not found:
        return a.statement, b.statement
    one = " ".join(left[found[0][0] : found[-1][1]]) or a.statement
    other = " ".join(right[found[0][2] : found[-1][3]]) or b.statement
    return one, other


def _written(a: Proposition, b: Proposition, alike: float) -> Iterator[Point]:
    found = differing_numbers(a, b, alike)
    if found is not None:
        yield Point(*found, b.statement)


_ALIKE: tuple[Callable[[Proposition, Proposition, float], Iterator[Point]], ...] = (
    _dates,
    _written,
    _names,
    _lists,
    _opposites,
)
