"""Which words of an article may be the background of a statement: those of its own sentence before it, the sentences
before that, and those that the article opens with.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, has_finite
from flows.extract.syntax.tags import DASHES, NOUN, PRONOUN
from flows.spans import Span
from schemas.statements import SENTENCE_ENDS

_BRACKETS = "[]"
_SET_APART = DASHES | {"…"}
_WHOLE = frozenset({"main", "subordinate"})


class Candidate(NamedTuple):
    """Words that may be a background: where they stand; own: whether in the sentence of the statement; opens: whether
    the article opens with them; introduces: whether they first named what the statement speaks of, further back.
    """

    span: Span
    own: bool = False
    opens: bool = False
    introduces: bool = False

    @property
    def near(self) -> bool:
        """Whether the words stand in the sentence of the statement, or in the few before it."""
        return not self.opens and not self.introduces


@dataclass(frozen=True)
class Candidates:
    """Finds what may be a background in one article."""

    indexed: IndexedWords
    _before: dict[int, list[Candidate]] = field(default_factory=dict)
    _spans: dict[int, list[Span]] = field(default_factory=dict)

    def of(self, start: int, spoken_of: Iterable[str] = ()) -> list[Candidate]:
        """Return what may be the background of a statement that begins at a character, the nearest first.

        spoken_of: the words of names and the nouns whose first sentence may tell who or what is meant.

        Each is a sentence or a clause, or two sentences, of no more words than a background may have, and stands before
        the statement. Captions and headlines, which end without a stop, are none, nor is what holds square brackets, in
        which a background stands.
        """
        number = self.indexed.sentence_number(start)
        if number not in self._before:
            before = [*map(Candidate, self._of_sentences(number)), *self._opening(number)]
            self._before[number] = self._distinct(before)
        own = self._distinct(Candidate(span, own=True) for span in self._of_own_sentence(number, start))
        near = [*own, *self._before[number]]
        introducing = [Candidate(span, introduces=True) for span in self._introducing(number, spoken_of)]
        if not introducing:
            return near
        known = {candidate.span for candidate in near}
        return [*near, *(candidate for candidate in self._distinct(introducing) if candidate.span not in known)]

    def _distinct(self, found: Iterable[Candidate]) -> list[Candidate]:
        """Return the first of each range; those that can stand in brackets."""
        first: dict[Span, Candidate] = {}
        for candidate in found:
            if not (self._bracketed and self._holds_bracket(candidate.span)):
                first.setdefault(candidate.span, candidate)
        return list(first.values())

    @cached_property
    def _bracketed(self) -> bool:
        """Whether the article has a square bracket anywhere; most have none."""
        return self._holds_bracket(Span(0, len(self.indexed.text)))

    def _holds_bracket(self, span: Span) -> bool:
        return any(self.indexed.text.find(bracket, *span) >= 0 for bracket in _BRACKETS)

    def _of_own_sentence(self, number: int, start: int) -> Iterator[Span]:
        indexed = self.indexed
        for clause in reversed(indexed.clauses_of(number)):
            if clause.words[-1].end > start or clause.kind not in _WHOLE or not clause.finite:
                continue
            words = indexed.between(clause.words[0].start, start)
            if words[-1].tag in PRONOUN:
                words = words[:-1]  # which a name has given way to: "Berg left, but [Aas] stayed"
            if _short(words):
                yield _span(words)

    def _of_sentences(self, number: int) -> Iterator[Span]:
        """Yield the sentences before one, and the two nearest together."""
        for back in range(1, min(number, THRESHOLDS.background_back) + 1):
            yield from self._whole_or_clauses(number - back)
            if back == 1 and number > 1 and self._told[number - 1] and self._told[number - 2]:
                both = [*self._told[number - 2], *self._told[number - 1]]
                if _short(both):
                    yield _span(both)

    def _introducing(self, number: int, spoken_of: Iterable[str]) -> Iterator[Span]:
        """Yield the sentences before one, further back than those beside it, that first have one of some words."""
        nearest = number - THRESHOLDS.background_back
        found = {self._first[form] for form in spoken_of if form in self._first} if nearest > 0 else ()
        for at in sorted(found, reverse=True):
            if at < nearest:
                yield from self._whole_or_clauses(at)

    @cached_property
    def _first(self) -> dict[str, int]:
        """The number of the sentence that first has each noun or word of a name."""
        found: dict[str, int] = {}
        for number, words in enumerate(self._told):
            for word in words:
                if word.tag in NOUN:
                    found.setdefault(word.form, number)
        return found

    def _opening(self, number: int) -> Iterator[Candidate]:
        """Yield the first sentences of the article before one, or their main clauses."""
        for at in self._first_told:
            if at < number:
                yield from (Candidate(span, opens=True) for span in self._whole_or_clauses(at))

    @cached_property
    def _first_told(self) -> list[int]:
        """The numbers of the sentences that the article opens with."""
        return [at for at, words in enumerate(self._told) if words][: THRESHOLDS.opening_sentences]

    @cached_property
    def _told(self) -> list[Sequence[Word]]:
        """The words of each sentence; none of a caption or a headline."""
        return [
            words if self.indexed.text[words[-1].end - 1] in SENTENCE_ENDS and has_finite(words) else ()
            for words in self.indexed.divided
        ]

    def _whole_or_clauses(self, number: int) -> list[Span]:
        """Return the range of a sentence, or those of the main clauses of one that is too long, the last first."""
        if number not in self._spans:
            words = self._told[number]
            if _short(words):
                self._spans[number] = [_span(words)]
            else:
                main = [c for c in self.indexed.clauses_of(number) if c.kind == "main" and c.finite] if words else []
                self._spans[number] = [_span(clause.words) for clause in reversed(main) if _short(clause.words)]
        return self._spans[number]


def _short(words: Sequence[Word]) -> bool:
    return 0 < len(words) <= THRESHOLDS.background_words


def _span(words: Sequence[Word]) -> Span:
    """Return the range of words without the dash or dots that set them apart from a place or a speaker before them."""
    first = next((word for word in words if word.form not in _SET_APART), words[0])
    return Span(first.start, words[-1].end)
