"""What the figures of a statement measure: the noun that is counted, what is said of it, of whom.

A figure is told by the words beside it: `killed at least 12 people` and `12 have died` count the dead. The words of one
kind of measured fact are a class of `seeds/lexicons/predicates.csv`; the class that stands nearest to the figure, and
on its side of other figures, is what it measures. A form in -ing governs what follows it, so it never measures the
figure before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flows.lexicons import LEXICONS, listed, one_of, rows, word_list
from flows.lexicons.stems import CONTENT_WEIGHT, stem, weight
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.conflicts.thresholds import THRESHOLDS
from schemas.vocabularies import EntityType

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_AGE_NEXT = re.compile(r"(?:-year|\s{1,3}years?[ -]old|\s{1,3}years? of age)\b")
_IS_SO_OLD = re.compile(r"(?:,[^,]{0,40})?,? (?:was|is|turned)(?: only| just| now| then)? ")
_AGE_INSIDE = re.compile(r"\b(?:year|month)s?[ -]old\b")
_ATTRIBUTE = re.compile(r"\d-[a-z]|^(?![a-z]{1,7}ty-)[a-z]{1,9}-[a-z]+$")
_BROKEN = re.compile(r"[,;:.\[]|\b(?:of|to|for|by|who|and|in)\b")
_RANGE = re.compile(r"\s?(?:to|or|-|–)\s?")
_BETWEEN = re.compile(r"\bbetween\b[^.;]*$")
_SHARE = re.compile(r"\s(?:out )?of (?:the|its|their|all|\d)")
_PART = re.compile(r"\b(?:including|among them)\s$")
_ONES_MORE = frozenset({"another", "additional", "further"})
_REST = re.compile(rf"\b(?:others?|more|{one_of(_ONES_MORE)})\b(?! than)", re.IGNORECASE)
PERSON = "person"
_GENERIC = word_list("counted_people")
"""Units that are all PERSON."""
_NAMED_SCALES = frozenset({"magnitude", "strength"})
"""Units that name what is measured: the class does."""
_ACTORS = frozenset({EntityType.PERSON, EntityType.ORG})
_AGE = "age"
_CHANGE = "change"
"""What the classes of rises and falls count."""


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A class of words that tell what a figure measures.

    counts: what is counted where no noun says so, empty where that is open, `change` for rises and falls;
    grows: whether later counts are higher
    (`yes`), the figure stays (`no`), or either (empty).
    """

    name: str
    counts: str
    grows: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the proposition in `row`, and what it measures.

    unit: what is counted, None where no noun says; classes: names of the nearest predicates; around: all on its side of
    other figures; stems: content words there; actor: the name that stands nearest; actors: all persons and bodies
    named; aged: the person beside whose name it stands as an age; share: whether it is so many of a whole; rest:
    whether it counts those beside others, as `seven others`; material: the nearest, of what is told of.
    """

    row: int
    figure: Figure
    unit: str | None
    classes: frozenset[str]
    around: frozenset[str]
    stems: frozenset[str]
    actor: str | None
    actors: frozenset[str]
    aged: str | None
    share: bool
    rest: bool
    material: str | None

    @property
    def counted(self) -> frozenset[str]:
        """Classes that tell what is counted without a noun."""
        return frozenset(name for name in self.classes if predicates_by_name()[name].counts not in ("", _CHANGE))

    @property
    def changes(self) -> bool:
        """Whether the figure is a rise or a fall."""
        return any(predicates_by_name()[name].counts == _CHANGE for name in self.classes)

    def of_growth(self, grows: str) -> bool:
        """Tell whether a class says that it is a count that rises as more becomes known (`yes`), or stays (`no`)."""
        return any(predicates_by_name()[name].grows == grows for name in self.classes)


@lru_cache(maxsize=1)
def predicates_by_name() -> dict[str, Predicate]:
    """Return the classes of `seeds/lexicons/predicates.csv`."""
    table = rows(LEXICONS, "predicates", ("class", "counts", "grows", "words"))
    return {row["class"]: Predicate(row["class"], row["counts"], row["grows"]) for row in table}


@lru_cache(maxsize=1)
def classes_by_word() -> dict[str, str]:
    """Return the class of each word of `seeds/lexicons/predicates.csv`."""
    table = rows(LEXICONS, "predicates", ("class", "words"))
    return {word: row["class"] for row in table for word in listed(row["words"])}


def measures(row: int, proposition: Proposition) -> Iterator[Measure]:
    """Yield what the figures of a proposition measure, in order; a figure whose words are not found is left out."""
    statement, places = proposition.statement, _places(proposition)
    actors = frozenset(name.entity for name in proposition.names if name.kind in _ACTORS)
    for figure, (start, end) in places:
        low = max((stop for _, (_, stop) in places if stop <= start), default=0)
        high = min((first for _, (first, _) in places if first >= end), default=len(statement))
        left = [m[0].lower() for m in _WORD.finditer(statement, low, start)][-THRESHOLDS.window :]
        right = [m[0].lower() for m in _WORD.finditer(statement, end, high)][: THRESHOLDS.window]
        near = _distances(left, right, figure.surface)
        closest = min((distance for distance, _ in near), default=0)
        age = _is_age(statement, start, end, figure, left)
        if (_names_a_kind(figure) and not age) or _ends_a_range(statement, start, end, places):
            continue
        yield Measure(
            row,
            figure,
            _unit(figure, age),
            frozenset({_AGE}) if age else frozenset(name for distance, name in near if distance == closest),
            frozenset(name for _, name in near),
            frozenset(_content([*left, *right])),
            _nearest_name(proposition, start, end),
            actors,
            _aged(proposition, start, end) if age else None,
            _is_share(statement, start, end),
            _REST.search(figure.surface) is not None or not _ONES_MORE.isdisjoint(left[-1:]),
            _nearest_material(left, right),
        )


def _is_share(statement: str, start: int, end: int) -> bool:
    """Whether a figure counts some of a whole: `three of the ten`, `30 people, including 22 officers`."""
    among = statement[max(0, start - THRESHOLDS.range_chars) : start]
    return bool(_SHARE.search(statement, start, end) or _SHARE.match(statement, end) or _PART.search(among))


def _names_a_kind(figure: Figure) -> bool:
    """Whether a figure tells which of several is meant, as `the 5.5-inch model` or `the two-door model`."""
    return _ATTRIBUTE.search(figure.surface) is not None and figure.unit not in _NAMED_SCALES


def _ends_a_range(statement: str, start: int, end: int, places: list[tuple[Figure, Span]]) -> bool:
    """Whether a figure is one end of a range: `between 4,000 and 5,000`, `12 to 15`."""
    before = any(stop < start and _RANGE.fullmatch(statement, stop, start) for _, (_, stop) in places)
    after = any(first > end and _RANGE.fullmatch(statement, end, first) for _, (first, _) in places)
    between = _BETWEEN.search(statement, max(0, start - THRESHOLDS.range_chars), start) is not None
    return before or after or between


def _places(proposition: Proposition) -> list[tuple[Figure, Span]]:
    """The figures with their ranges in the statement, each searched behind the one before it.

    A statement may open with a capital where the article has none.
    """
    found, at, statement = [], 0, proposition.statement.lower()
    for figure in proposition.figures:
        surface = figure.surface.lower()
        start = statement.find(surface, at)
        if start < 0:
            start = statement.find(surface)
        if start >= 0:
            at = start + len(figure.surface)
            found.append((figure, (start, at)))
    return found


def _distances(left: list[str], right: list[str], surface: str) -> list[tuple[int, str]]:
    """How many words each class is away from a figure."""
    known = classes_by_word()
    inside = [m[0].lower() for m in _WORD.finditer(surface)]
    found = [(0, known[word]) for word in inside if word in known]
    found += [(at, known[word]) for at, word in enumerate(reversed(left)) if word in known]
    return found + [(at, known[word]) for at, word in enumerate(right) if word in known and not word.endswith("ing")]


def _nearest_material(left: list[str], right: list[str]) -> str | None:
    """The material named last before a figure, else first behind it."""
    found = [word for word in (*reversed(left), *right) if word in word_list("materials")]
    return stem(found[0]) if found else None


def _unit(figure: Figure, age: bool) -> str | None:
    if age:
        return _AGE
    if figure.unit in _NAMED_SCALES:
        return None
    return PERSON if figure.unit in _GENERIC else figure.unit


def _is_age(statement: str, start: int, end: int, figure: Figure, left: list[str]) -> bool:
    """Whether a figure is somebody's age: `Ada Brandt, 40, said`, `the 40-year-old`, `at the age of 40`."""
    if _AGE_INSIDE.search(figure.surface) or _AGE_NEXT.match(statement, end) or left[-1:] in (["age"], ["aged"]):
        return True
    bare = figure.surface.isdigit() and statement[max(0, start - 2) : start] == ", "
    return left[-2:] == ["age", "of"] or (bare and statement[end : end + 1] in ("", ",", ".", ")"))


def _content(words: list[str]) -> Iterator[str]:
    for word in words:
        stemmed = stem(word) or word
        if not word[0].isdigit() and weight(stemmed) >= CONTENT_WEIGHT:
            yield stemmed


def _aged(proposition: Proposition, start: int, end: int) -> str | None:
    """The person whose age a figure is: `Ada Brandt, 40`, `the 40-year-old Ada Brandt`, `Ada Brandt is 40`."""
    statement = proposition.statement
    before, after = statement[: max(0, start - 2)], statement[end : end + THRESHOLDS.name_behind_age]
    for name in proposition.names:
        if name.kind == EntityType.PERSON:
            behind = after.find(name.surface)
            told = statement.find(name.surface)
            aged = told >= 0 and _IS_SO_OLD.fullmatch(statement, told + len(name.surface), start)
            if aged or before.endswith(name.surface) or (behind >= 0 and not _BROKEN.search(after[:behind])):
                return name.entity
    return None


def _nearest_name(proposition: Proposition, start: int, end: int) -> str | None:
    away = []
    for name in proposition.names:
        at = proposition.statement.find(name.surface)
        if at >= 0:
            away.append((min(abs(start - at - len(name.surface)), abs(at - end)), at, name.entity))
    return min(away)[2] if away else None
