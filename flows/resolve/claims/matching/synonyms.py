"""Words and figures of one meaning: a statement told with what another one uses for the same.

What separates `sheds 120 jobs` from `cuts 120 jobs` is a pair of synonyms; what separates `hires` from `fires` looks
just the same to a small model. So synonyms that news exchanges freely (`seeds/lexicons/synonyms.csv`) are made equal
before two statements are compared, and so are figures that are one in base units.
"""

import re
from dataclasses import replace
from functools import lru_cache

from flows.lexicons import LEXICONS, rows
from flows.lexicons.stems import inflected_stems, stem
from flows.resolve.claims.matching.figures import compatible
from flows.resolve.claims.matching.proposition import Figure, Name, Proposition
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.vocabularies import Bound

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def meanings() -> dict[str, frozenset[str]]:
    """Return the meanings of each stem of `seeds/lexicons/synonyms.csv`."""
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "synonyms", ("word", "meaning")):
        for form in inflected_stems(row["word"]):
            found.setdefault(form, set()).add(row["meaning"])
    return {form: frozenset(known) for form, known in found.items()}


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
    statement = _WORD.sub(lambda match: exchanged.get(match[0]) or match[0], a.statement)
    return replace(a, statement=statement)


def in_figures_of(a: Proposition, b: Proposition) -> Proposition:
    """Return a with the figures of b where both give the same in other units or words; a itself where none differ.

    `40 kilometres` and `25 miles`, `1.5 million` and `1,500,000`, `about 9,800` and `some 10,000`.
    """
    statement = a.statement
    for f in a.figures:
        other = next((g.surface for g in b.figures if _one_figure(f, g)), f.surface)
        if f.surface.casefold() != other.casefold() and f.surface not in b.statement:
            place = re.search(rf"(?<!\w){re.escape(f.surface)}(?!\w)", statement)
            statement = statement[: place.start()] + other + statement[place.end() :] if place else statement
    return a if statement == a.statement else replace(a, statement=statement)


def _one_figure(f: Figure, g: Figure) -> bool:
    """Whether two figures are one: the same value, nearly the same one of other units, or two hedged ones."""
    if not compatible(f, g):
        return False
    units = [{form for form, kind in word_forms(figure.surface) if kind != "number"} for figure in (f, g)]
    hedged = f.bound == g.bound == Bound.ABOUT
    near = abs(f.value - g.value) <= THRESHOLDS.conversion * abs(g.value)
    return f.value == g.value or hedged or (near and units[0].isdisjoint(units[1]))


def _with_meaning(mine: Proposition, other: Proposition) -> dict[str, frozenset[str]]:
    """Words that only one has and that stand for a meaning of the list, outside of names."""
    found = _meant(mine.statement, mine.names)
    return {word: known for word, stemmed, known in found if stemmed not in other.stems}


@lru_cache(maxsize=1 << 15)
def _meant(statement: str, names: tuple[Name, ...]) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Word, stem and meanings of all words of the list in a statement, outside of its names."""
    named = {word for name in names for word in _WORD.findall(name.surface)}
    words = ((word, stem(word)) for word in _WORD.findall(statement) if word not in named)
    return tuple((word, stemmed, known) for word, stemmed in words if (known := meanings().get(stemmed)))
