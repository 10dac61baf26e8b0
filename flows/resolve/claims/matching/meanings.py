"""Which words and phrases mean the same: what news exchanges freely, and what WordNet has as one sense.

`seeds/lexicons/synonyms.csv` is reviewed by hand; `wordnet_synonyms.csv` is of Princeton WordNet 3.0 (Miller 1995),
usual senses only (`flows.train.wordnet_synonyms`). Of 415 words that somebody had exchanged in sentences of agencies to
make them say something else, WordNet has one with what stands in its place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from flows.lexicons import LEXICONS, listed, rows
from flows.lexicons.stems import inflected_stems, stem
from flows.resolve.claims.matching.verb_forms import verb_forms
from flows.resolve.claims.pairs.pair_input import word_form

_WORD = re.compile(r"[^\W\d_]+")


class Meanings:
    """Meanings of words by stem or form, and of phrases by form."""

    def __init__(self, by_stem: dict[str, frozenset[str]], by_form: dict[str, frozenset[str]]) -> None:
        self.by_stem, self.by_form = by_stem, by_form
        self._phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in sorted((form for form in by_form if " " in form), key=lambda form: (-form.count(" "), form)):
            words = tuple(phrase.split(" "))
            self._phrases[words[0]].append(words)

    def of(self, words: str) -> frozenset[str]:
        """Return the meanings of a word or of a phrase, as it stands in a text."""
        low = words.lower()
        return self.by_form.get(low, frozenset()) | self.by_stem.get(stem(low), frozenset())

    def units(self, statement: str) -> Iterator[tuple[int, int]]:
        """Yield where what can be exchanged starts and ends, in order: a phrase, else a word."""
        words = list(_WORD.finditer(statement))
        forms = [word[0].lower() for word in words]
        at = 0
        while at < len(words):
            known = self._phrases.get(forms[at], ())
            size = next((len(phrase) for phrase in known if tuple(forms[at : at + len(phrase)]) == phrase), 1)
            if statement[words[at].start() : words[at + size - 1].end()].count(" ") != size - 1:
                size = 1  # a sign stands between
            yield words[at].start(), words[at + size - 1].end()
            at += size

    def may_be_shared(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Tell whether one of some stems may have a meaning of one of others, alone or as the first of a phrase."""
        mine = frozenset[str]().union(*(self._may_mean.get(found, ()) for found in ours))
        return bool(mine) and any(not mine.isdisjoint(self._may_mean.get(found, ())) for found in theirs)

    @cached_property
    def _may_mean(self) -> dict[str, frozenset[str]]:
        """The meanings of each stem, and of the phrases that begin with a word of it."""
        found: dict[str, set[str]] = defaultdict(set)
        for stemmed, known in self.by_stem.items():
            found[stemmed].update(known)
        for form, known in self.by_form.items():
            first = form.partition(" ")[0]
            found[stem(first) or first].update(known)
        return {stemmed: frozenset(known) for stemmed, known in found.items()}


@lru_cache(maxsize=1)
def listed_meanings() -> Meanings:
    """Return the meanings of our own list."""
    by_stem, by_form = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in rows(LEXICONS, "synonyms", ("word", "meaning")):
        phrase = " " in row["word"]
        for form in _forms(row["word"], "v") if phrase else inflected_stems(row["word"]):
            (by_form if phrase else by_stem)[form].add(row["meaning"])
    return Meanings(_frozen(by_stem), _frozen(by_form))


@lru_cache(maxsize=1)
def all_meanings() -> Meanings:
    """Return those of our list and the senses of WordNet, these by form: stems are too coarse for so many words."""
    listed_ones = listed_meanings()
    by_form = defaultdict[str, set[str]](set, {form: set(known) for form, known in listed_ones.by_form.items()})
    for number, row in enumerate(rows(LEXICONS, "wordnet_synonyms", ("part", "words"))):
        for word in listed(row["words"]):
            if " " in word or word_form(word)[1] == "word":
                for form in _forms(word, row["part"]):
                    by_form[form].add(f"sense {number}")
    return Meanings(listed_ones.by_stem, _frozen(by_form))


def _frozen(found: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {form: frozenset(known) for form, known in found.items()}


def _forms(phrase: str, part: str) -> Iterable[str]:
    """The forms of a verb's first word, with the rest of its phrase (put off, puts off); the plural of a noun."""
    first, _, rest = phrase.partition(" ")
    if part == "v":
        return [f"{form} {rest}".strip() for form in verb_forms(first)]
    if part == "n":
        return {phrase, f"{phrase}s", f"{phrase}es", f"{phrase.removesuffix('y')}ies"}
    return (phrase,)
