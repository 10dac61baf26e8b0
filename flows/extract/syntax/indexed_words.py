"""The words and sentences of one text, found by the characters at which they stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from flows.extract.syntax.sentences import Word, sentences
from flows.spans import Span

_START = attrgetter("start")


@dataclass(frozen=True)
class IndexedWords:
    """The words of one text: all of them, their first characters, and the ranges of its sentences; all in order."""

    text: str
    words: Sequence[Word]
    starts: Sequence[int]
    sentences: Sequence[Span]

    @classmethod
    def of(cls, text: str, words: Sequence[Word]) -> "IndexedWords":
        """Find the sentences of a text whose words are known."""
        ranges = [Span(sentence[0].start, sentence[-1].end) for sentence in sentences(text, words)]
        return cls(text, words, [word.start for word in words], ranges)

    def place(self, at: int) -> int:
        """Return the number of the first word that starts at a character or behind it."""
        return bisect_left(self.starts, at)

    def between(self, start: int, end: int) -> Sequence[Word]:
        """Return the words that start in a range of characters."""
        return self.words[self.place(start) : self.place(end)]

    def sentence_number(self, at: int) -> int:
        """Return the number of the sentence that holds a character."""
        return max(0, bisect_right(self.sentences, at, key=_START) - 1)

    def sentence(self, at: int) -> Span:
        """Return the range of the sentence that holds a character."""
        return self.sentences[self.sentence_number(at)]
