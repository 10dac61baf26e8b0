"""What is measured of a statement and of words that may be its background, for the model that chooses among these.

Every feature is weighed in `seeds/models/backgrounds.csv`, fitted by `flows.train.backgrounds`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log1p
from typing import NamedTuple

from flows.extract.claims.statements.background_candidates import Candidate
from flows.extract.claims.statements.content_words import DOUBLE
from flows.extract.claims.statements.looking_back import NO_THINGS, Antecedent
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.antecedents import noun_phrase_end
from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import INDEFINITE, SAYS_WHICH
from flows.lexicons.stems import CONTENT_WEIGHT, stem, weight

_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her"})
_POINTING_TAGS = frozenset({"DT", "PDT", "PRP$", "JJ"})
_INDEFINITE = INDEFINITE | {"some", "several"}
_COMMON = frozenset({"NN", "NNS"})
_PROPER = frozenset({"NNP", "NNPS"})
_TELLING = _COMMON | _PROPER | {"JJ", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "CD"}
"""Tags of words that carry what is told."""


ALONE_FEATURES = (
    "alone_needs",
    "alone_pointing",
    "alone_weight",
    "alone_topical",
    "alone_names_topical",
)
"""What is measured of a statement (`alone_features`)."""
BACKGROUND_FEATURES = (
    "own_sentence",
    "opening",
    "first_sentence",
    "next_sentence",
    "heads_paragraph",
    "same_paragraph",
    "lacks_person",
    "looks_back",
    "pointed_at_brought_in",
    "names",
    "figures",
    "quoted",
    "shared",
    "fresh_where_few",
    "fresh_topical",
)
"""What is measured of a candidate beside it (`background_features`)."""


class Place(NamedTuple):
    """The numbers of the sentence and of the line in which a character stands."""

    sentence: int
    line: int


class Where(NamedTuple):
    """Where words of an article stand: where they end, and whether they are in its first sentence.

    heads: whether they are in the first sentence of a paragraph.
    """

    end: Place
    first: bool
    heads: bool


@dataclass(frozen=True)
class ArticleWords:
    """What each word of an article weighs: how rare it is in news, and how much the article is about it.

    stems: those of the words that carry what is told, by their first character; weights, topical: of each of these
    stems; counts: how often the article has a stem.
    """

    stems: Mapping[int, str]
    weights: Mapping[str, float]
    topical: Mapping[str, float]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, words: Sequence[Word]) -> "ArticleWords":
        """Measure the words of an article."""
        telling = {w.start: stem(w.form) for w in words if w.tag in _TELLING and w.form[0].isalnum()}
        counts = Counter(telling.values())
        weights = {found: heavy for found in counts if found and (heavy := weight(found)) >= CONTENT_WEIGHT}
        stems = {at: found for at, found in telling.items() if found in weights}
        again = {found: _again(counts[found]) * heavy for found, heavy in weights.items() if counts[found] > 1}
        return cls(stems, weights, {**dict.fromkeys(weights, 0.0), **again}, counts)

    def repeated(self, stemmed: str) -> float:
        """Return how often a stem comes again, as a logarithm."""
        return _again(self.counts.get(stemmed, 0))


def _again(count: int) -> float:
    return log1p(max(0, count - 1))


class Measured:
    """Words of an article, measured: those of a statement, or those that may be its background.

    article: all words of the article; needed: what the words look back at; stems: those of the words that carry what is
    told; weight, topical: what these weigh together, and how much they are what the article is about; names: the words
    of names; figures, quoted: whether a number, and a quotation mark, is among the words.
    """

    def __init__(self, words: Sequence[Word], article: ArticleWords, needed: Sequence[Antecedent] = ()) -> None:
        self.words, self.article, self.needed = words, article, needed
        stems = article.stems
        self.stems = frozenset([stems[word.start] for word in words if word.start in stems])
        self.weight = self.weight_of(self.stems)
        self.topical = self.topical_of(self.stems)
        self.figures = "CD" in [word.tag for word in words]
        self.quoted = not DOUBLE.isdisjoint([word.form for word in words])
        self.names = frozenset([word.form for word in words if word.tag in _PROPER and word.form not in NO_THINGS])

    def weight_of(self, stems: Iterable[str]) -> float:
        """Return what some of the stems weigh together: an exact sum, as the order of a set is another every run."""
        return fsum(map(self.article.weights.__getitem__, stems))

    def topical_of(self, stems: Iterable[str]) -> float:
        """Return how much the article is about some of the stems."""
        return fsum(map(self.article.topical.__getitem__, stems))

    @cached_property
    def pointed_at(self) -> frozenset[str]:
        """Return the nouns of noun phrases that a reader has to know: behind "the" or a pronoun, and not said which."""
        return frozenset(self._heads(_POINTING, closed=True))

    @cached_property
    def brought_in(self) -> frozenset[str]:
        """Return the nouns of noun phrases that bring something in: "a raid", "two men"."""
        return frozenset(self._heads(_INDEFINITE, closed=False))

    def _heads(self, openers: Set[str], *, closed: bool) -> Iterator[str]:
        """Yield the common nouns of phrases that one of some words opens; closed: only where nothing behind them says
        which one is meant.
        """
        words = self.words
        for index, word in enumerate(words):
            opens = word.form in openers and (not closed or word.tag in _POINTING_TAGS)
            if not opens and (closed or word.tag != "CD"):
                continue
            end = noun_phrase_end(words, index + 1)
            described = closed and end < len(words) and words[end].tag in SAYS_WHICH
            head = words[end - 1]
            if end > index + 1 and head.tag in _COMMON and head.form not in NO_THINGS and not described:
                yield head.form


def alone_features(told: Measured) -> dict[str, float]:
    """Return what speaks for leaving a statement as it is, and against that."""
    names = {stem(name) for name in told.names if name[0].isalnum()}
    return {
        "alone_needs": float(len(told.needed)),
        "alone_pointing": log1p(len(told.pointed_at)),
        "alone_weight": log1p(told.weight),
        "alone_topical": log1p(told.topical),
        "alone_names_topical": log1p(fsum([told.article.repeated(name) for name in names])),
    }


def background_features(
    told: Measured, given: Measured, candidate: Candidate, start: Place, where: Where, *, lacks_person: bool
) -> dict[str, float]:
    """Return what speaks for words as the background of a statement, and against that.

    start: where the statement begins; where: where the candidate stands; lacks_person: whether the statement looks back
    at a person whom the candidate does not name.
    """
    if told.stems.isdisjoint(given.stems):
        said_twice = topical_twice = 0.0
    else:
        shared = told.stems & given.stems
        said_twice, topical_twice = told.weight_of(shared), told.topical_of(shared)
    few = len(told.stems) <= THRESHOLDS.few_stems
    return {
        "own_sentence": float(candidate.own),
        "opening": float(candidate.opens),
        "first_sentence": float(where.first),
        "next_sentence": float(start.sentence - where.end.sentence == 1),
        "heads_paragraph": float(where.heads),
        "same_paragraph": float(start.line <= where.end.line),
        "lacks_person": float(lacks_person),
        "looks_back": float(bool(given.needed)),
        "pointed_at_brought_in": float(_brings_in(given, told.pointed_at)),
        "names": log1p(len(given.names - told.names)),
        "figures": float(given.figures),
        "quoted": float(given.quoted),
        "shared": log1p(said_twice),
        "fresh_where_few": log1p(max(0.0, given.weight - said_twice)) if few else 0.0,
        "fresh_topical": log1p(max(0.0, given.topical - topical_twice)),
    }


def _brings_in(given: Measured, nouns: Set[str]) -> bool:
    """Tell whether words bring in what one of some nouns is for."""
    return bool(nouns) and any(_alike(noun, given.brought_in) for noun in nouns)


def _alike(noun: str, others: Set[str]) -> bool:
    """Tell whether a noun is among others in either number."""
    return noun in others or f"{noun}s" in others or noun.removesuffix("s") in others
