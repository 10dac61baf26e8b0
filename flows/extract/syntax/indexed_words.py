"""The words and sentences of one text, found by the characters at which they stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.extract.syntax.assembled_clauses import Clause
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.sentences import Tagged, Word, sentences, words_of
from flows.spans import Span


@dataclass(frozen=True)
class IndexedWords:
    """The words of one text: all of them, and those of each sentence, with their first characters and the ranges of the
    sentences; all in order.
    """

    text: str
    words: Sequence[Word]
    divided: Sequence[Sequence[Word]]
    starts: Sequence[int]
    sentences: Sequence[Span]
    sentence_starts: Sequence[int]
    _clauses: dict[int, Sequence[Clause]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, words: Sequence[Word]) -> "IndexedWords":
        """Find the sentences of a text whose words are known."""
        divided = sentences(text, words)
        ranges = [Span(sentence[0].start, sentence[-1].end) for sentence in divided]
        starts, sentence_starts = [word.start for word in words], [span.start for span in ranges]
        return cls(text, words, divided, starts, ranges, sentence_starts)

    @classmethod
    def read(cls, reading: Tagged) -> "IndexedWords":
        """Return the words of a reading."""
        return cls.of(reading.text, words_of(reading))

    def place(self, at: int) -> int:
        """Return the number of the first word that starts at a character or behind it."""
        return bisect_left(self.starts, at)

    def between(self, start: int, end: int) -> Sequence[Word]:
        """Return the words that start in a range of characters."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentence_number(self, at: int) -> int:
        """Return the number of the sentence that holds a character."""
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def sentence(self, at: int) -> Span:
        """Return the range of the sentence that holds a character."""
        return self.sentences[self.sentence_number(at)]

    def clauses_of(self, number: int) -> Sequence[Clause]:
        """Return the clauses of a sentence, which several rules ask for."""
        if number not in self._clauses:
            self._clauses[number] = clauses(self.divided[number])
        return self._clauses[number]
