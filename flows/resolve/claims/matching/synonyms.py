"""Words, figures and dates of one meaning: a statement told with what another one uses for the same.

What separates `sheds 120 jobs` from `cuts 120 jobs` is a pair of synonyms; what separates `hires` from `fires` looks
just the same to a small model. So synonyms that news exchanges freely (`seeds/lexicons/synonyms.csv`) are made equal
before two statements are compared, phrases among them (`put off`, `postponed`), and so are figures that are one in base
units, and days that are one by the calendar.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from flows.lexicons import LEXICONS, rows, word_list
from flows.lexicons.stems import inflected_stems, stem
from flows.resolve.claims.matching.figures import compatible, of_two_units
from flows.resolve.claims.matching.names import one_name
from flows.resolve.claims.matching.proposition import Figure, Name, Proposition
from flows.resolve.claims.matching.verb_forms import verb_forms
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.vocabularies import Bound

_WORD = re.compile(r"[^\W\d_]+")


class _Meant(NamedTuple):
    """Words of a statement that have a meaning of the list: as they stand, their stem, their meanings."""

    words: str
    stem: str
    meanings: frozenset[str]


@lru_cache(maxsize=1)
def meanings() -> dict[str, frozenset[str]]:
    """Return the meanings of each stem of `seeds/lexicons/synonyms.csv`."""
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "synonyms", ("word", "meaning")):
        forms = _forms_of(row["word"]) if " " in row["word"] else inflected_stems(row["word"])
        for form in forms:
            found.setdefault(form, set()).add(row["meaning"])
    return {form: frozenset(known) for form, known in found.items()}


def _forms_of(phrase: str) -> list[str]:
    """A phrase with each form of its first word: put off, puts off, putting off."""
    first, _, rest = phrase.partition(" ")
    return [f"{form} {rest}" for form in sorted(verb_forms(first))]


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    """The phrases of the list by their first words, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in sorted((form for form in meanings() if " " in form), key=lambda form: (-len(form), form)):
        found.setdefault(phrase.partition(" ")[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}


def _units(statement: str) -> Iterator[re.Match[str]]:
    """What can be exchanged, in order: a phrase of the list, else a word."""
    end = 0
    for word in _WORD.finditer(statement):
        if word.start() >= end:
            phrases = _phrases().get(word[0].lower(), ())
            longer = (_as_phrase(phrase).match(statement, word.start()) for phrase in phrases)
            unit = next((match for match in longer if match), word)
            end = unit.end()
            yield unit


@lru_cache(maxsize=1 << 12)
def _as_phrase(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(phrase)}\b", re.IGNORECASE)


def may_be_told_alike(a: Proposition, b: Proposition) -> bool:
    """Tell whether a word that only one has is of the list, or a figure, a day or the will of reported speech.

    Asked first: of most pairs nothing is.
    """
    other = a.vocabulary ^ b.vocabulary
    return bool(
        not other.isdisjoint(word_list("will_and_would"))
        or not _stems_of_the_list().isdisjoint(a.stems ^ b.stems)
        or a.dates
        or a.hours
        or (a.figures and b.figures)
    )


@lru_cache(maxsize=1)
def _stems_of_the_list() -> frozenset[str]:
    """The stems of the words of the list, and of those that its phrases begin with."""
    return frozenset([stem(form.partition(" ")[0]) or form for form in meanings()]) | meanings().keys()


def in_words_of(a: Proposition, b: Proposition) -> Proposition:
    """Return a with the words of b where b has another word of the same meaning; a itself where it has none."""
    ours = _with_meaning(a, b)
    if not ours:
        return a
    theirs = _with_meaning(b, a)
    exchanged = {
        word: next((other for other, known in theirs.items() if known & meant), None) for word, meant in ours.items()
    }
    if not any(exchanged.values()):
        return a
    statement, end = "", 0
    for unit in _units(a.statement):
        statement += a.statement[end : unit.start()] + (exchanged.get(unit[0]) or unit[0])
        end = unit.end()
    return replace(a, statement=statement + a.statement[end:])


def in_figures_of(a: Proposition, b: Proposition) -> Proposition:
    """Return a with the figures of b where both give the same in other units or words; a itself where none differ.

    `40 kilometres` and `25 miles`, `1.5 million` and `1,500,000`, `about 9,800` and `some 10,000`.
    """
    statement = a.statement
    for f in a.figures:
        other = next((g.surface for g in b.figures if _one_figure(f, g)), f.surface)
        if f.surface.casefold() != other.casefold() and f.surface not in b.statement:
            place = re.search(rf"(?<!\w){re.escape(f.surface)}(?!\w)", statement, re.IGNORECASE)
            statement = statement[: place.start()] + other + statement[place.end() :] if place else statement
    return a if statement == a.statement else replace(a, statement=statement)


def in_names_of(a: Proposition, b: Proposition) -> Proposition:
    """Return a with the names of b where both name one; a itself where none differ.

    `RCMP` and `Royal Canadian Mounted Police`, `Mr Lind` and `Bo Lind`.
    """
    statement, names = a.statement, list(a.names)
    for at, name in enumerate(a.names):
        other = next((n for n in b.names if one_name(name, n)), name)
        if other.surface != name.surface and name.surface not in b.statement and other.surface not in statement:
            place = re.search(rf"(?<!\w){re.escape(name.surface)}(?!\w)", statement)
            if place:
                statement = statement[: place.start()] + other.surface + statement[place.end() :]
                names[at] = other
    return a if statement == a.statement else replace(a, statement=statement, names=tuple(names))


def in_dates_of(a: Proposition, b: Proposition) -> Proposition:
    """Return a with the dates of b where both name one day, month, year or hour; a itself where none differ.

    `tomorrow`, `on Sunday` and `on 3 November`: by the day of each article they are one.
    """
    statement = a.statement
    ours = [*a.dates, *((at, words) for words, at in a.hours.items())]
    theirs = [*b.dates, *((at, words) for words, at in b.hours.items())]
    for when, surface in ours:
        other = next((words for same, words in theirs if same == when), surface)
        if surface.casefold() != other.casefold() and surface not in b.statement:
            place = re.search(rf"(?<!\w){re.escape(surface)}", statement, re.IGNORECASE)
            statement = statement[: place.start()] + other + statement[place.end() :] if place else statement
    return a if statement == a.statement else replace(a, statement=statement)


def _one_figure(f: Figure, g: Figure) -> bool:
    """Whether two figures are one: the same value, nearly the same one of other units, or two hedged ones."""
    if not compatible(f, g):
        return False
    hedged = f.bound == g.bound == Bound.ABOUT
    near = abs(f.value - g.value) <= THRESHOLDS.conversion * abs(g.value)
    return f.value == g.value or hedged or (near and of_two_units(f, g))


def _with_meaning(mine: Proposition, other: Proposition) -> dict[str, frozenset[str]]:
    """Words that only one has and that stand for a meaning of the list, outside of names."""
    found = _meant(mine.statement, mine.names)
    return {word: known for word, stemmed, known in found if stemmed not in other.stems and stemmed not in other.said}


@lru_cache(maxsize=1 << 15)
def _meant(statement: str, names: tuple[Name, ...]) -> tuple[_Meant, ...]:
    """All words and phrases of the list in a statement, outside of its names."""
    named = {word for name in names for word in _WORD.findall(name.surface)}
    found = [unit[0] for unit in _units(statement)]
    words = ((word, word.lower() if " " in word else stem(word)) for word in found if word not in named)
    return tuple(_Meant(word, stemmed, known) for word, stemmed in words if (known := meanings().get(stemmed)))
