"""Words, figures and dates of one meaning: a statement told with what another one uses for the same.

What separates `sheds 120 jobs` from `cuts 120 jobs` is a pair of synonyms; what separates `hires` from `fires` looks
just the same to a small model. So words of one meaning (`meanings`) are made equal before two statements are compared,
phrases among them (`put off`, `postponed`), and so are figures that are one in base units, and days that are one by
the calendar.
"""

import re
from dataclasses import replace
from functools import lru_cache

from flows.lexicons import word_list
from flows.lexicons.stems import stem
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.figures import compatible, of_two_units
from flows.resolve.claims.matching.meanings import Meanings, all_meanings
from flows.resolve.claims.matching.names import one_name
from flows.resolve.claims.matching.proposition import Name, Proposition
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.vocabularies import Bound

_WORD = re.compile(r"[^\W\d_]+")


def may_be_told_alike(a: Proposition, b: Proposition) -> bool:
    """Tell whether words that only one has may mean the same, or a figure, a day or the will of reported speech.

    Asked first: of most pairs nothing does.
    """
    return bool(
        a.dates
        or a.hours
        or (a.figures and b.figures)
        or not (a.vocabulary ^ b.vocabulary).isdisjoint(word_list("will_and_would"))
        or all_meanings().may_be_shared(a.stems - b.stems, b.stems - a.stems)
    )


def in_words_of(a: Proposition, b: Proposition, meanings: Meanings) -> Proposition:
    """Return a with the words of b where b has another word of the same meaning; a itself where it has none."""
    ours = _with_meaning(a, b, meanings)
    if not ours:
        return a
    theirs = _with_meaning(b, a, meanings)
    exchanged = {
        word: next((other for other, known in theirs.items() if known & mine), None) for word, mine in ours.items()
    }
    if not any(exchanged.values()):
        return a
    statement, at = "", 0
    for start, end in meanings.units(a.statement):
        words = a.statement[start:end]
        statement += a.statement[at:start] + (exchanged.get(words) or words)
        at = end
    return replace(a, statement=statement + a.statement[at:])


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


def _with_meaning(mine: Proposition, other: Proposition, meanings: Meanings) -> dict[str, frozenset[str]]:
    """Words that only one has and that stand for a meaning, outside of names."""
    found = _words(mine.statement, mine.names, meanings)
    own = [word for word, stemmed in found if stemmed not in other.stems and stemmed not in other.said]
    return {word: known for word in own if (known := meanings.of(word))}


@lru_cache(maxsize=1 << 13)
def _words(statement: str, names: tuple[Name, ...], meanings: Meanings) -> tuple[tuple[str, str], ...]:
    """All words and phrases that can be exchanged in a statement, outside of its names, and their stems."""
    named = {word for name in names for word in _WORD.findall(name.surface)}
    found = [statement[start:end] for start, end in meanings.units(statement)]
    return tuple((word, word.lower() if " " in word else stem(word)) for word in found if word not in named)
