"""Which words of an article may be the background of a statement: those of its own sentence before it, the sentences
before that, and those that the article opens with.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, has_finite
from flows.spans import Span
from schemas.statements import SENTENCE_ENDS

_BRACKETS = frozenset("[]")
_WHOLE = frozenset({"main", "subordinate"})


class Candidate(NamedTuple):
    """Words that may be a background: where they stand; own: whether in the sentence of the statement; opens: whether
    the article opens with them.
    """

    span: Span
    own: bool = False
    opens: bool = False


def candidates(indexed: IndexedWords, start: int) -> list[Candidate]:
    """Return what may be the background of a statement that begins at a character, the nearest first.

    Each is a sentence or a clause, or two sentences, of no more words than a background may have, and stands before the
    statement. Captions and headlines, which end without a stop, are none, nor is what holds square brackets, in which a
    background stands.
    """
    number = indexed.sentence_number(start)
    found = [
        *(Candidate(span, own=True) for span in _of_own_sentence(indexed, number, start)),
        *(Candidate(span) for span in _of_sentences_before(indexed, number)),
        *(Candidate(span, opens=True) for span in _opening(indexed, number)),
    ]
    first: dict[Span, Candidate] = {}
    for candidate in found:
        if _BRACKETS.isdisjoint(candidate.span.of(indexed.text)):
            first.setdefault(candidate.span, candidate)
    return list(first.values())


def _of_own_sentence(indexed: IndexedWords, number: int, start: int) -> Iterator[Span]:
    for clause in reversed(clauses(indexed.between(*indexed.sentences[number]))):
        words = indexed.between(clause.words[0].start, start)
        if clause.words[-1].end <= start and clause.finite and clause.kind in _WHOLE and _short(words):
            yield _span(words)


def _of_sentences_before(indexed: IndexedWords, number: int) -> Iterator[Span]:
    for back in range(1, min(number, THRESHOLDS.background_back) + 1):
        yield from _whole_or_clauses(_sentence(indexed, number - back))
        if back == 1 and number > 1 and _sentence(indexed, number - 1) and _sentence(indexed, number - 2):
            both = indexed.between(indexed.sentences[number - 2].start, indexed.sentences[number - 1].end)
            if _short(both):
                yield _span(both)


def _opening(indexed: IndexedWords, number: int) -> Iterator[Span]:
    """Yield the first sentences of an article, or their main clauses."""
    told = (words for at in range(number) if (words := _sentence(indexed, at)))
    for words, _ in zip(told, range(THRESHOLDS.opening_sentences), strict=False):
        yield from _whole_or_clauses(words)


def _whole_or_clauses(words: Sequence[Word]) -> Iterator[Span]:
    """Yield a sentence, or the main clauses of one that is too long, the last first."""
    if _short(words):
        yield _span(words)
        return
    for clause in reversed(clauses(words)) if words else ():
        if clause.finite and clause.kind == "main" and _short(clause.words):
            yield _span(clause.words)


def _sentence(indexed: IndexedWords, number: int) -> Sequence[Word]:
    """Return the words of a sentence; none of a caption or a headline."""
    whole = indexed.sentences[number]
    words = indexed.between(*whole)
    return words if indexed.text[whole.end - 1] in SENTENCE_ENDS and has_finite(words) else ()


def _short(words: Sequence[Word]) -> bool:
    return 0 < len(words) <= THRESHOLDS.background_words


def _span(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)
