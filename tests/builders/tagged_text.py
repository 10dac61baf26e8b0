"""Readings written out by hand: `word/TAG` separated by spaces, for tests that must not depend on a model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flows.extract.attribution.preceding_sentence import AttributedSentence
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, words_of


@dataclass(frozen=True)
class Tagged:
    """A text with word ranges and tags, as `flows.extract.clauses` needs a reading."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    named: tuple[str, ...]

    def tags(self) -> list[str]:
        """The tag of every word."""
        return list(self.named)


def tagged(written: str) -> Tagged:
    """A reading from `The/DT house/NN voted/VBD ./.`; marks stick to the word before them."""
    text, starts, ends, tags = "", [], [], []
    for piece in written.split():
        form, tag = piece.rsplit("/", 1)
        if text and form not in {",", ".", "?", ";", "”", ")"} and not text.endswith(("“", "(")):
            text += " "
        starts.append(len(text))
        text += form
        ends.append(len(text))
        tags.append(tag)
    return Tagged(text, tuple(starts), tuple(ends), tuple(tags))


def words(written: str) -> list[Word]:
    """The words of a reading written out by hand."""
    return words_of(tagged(written))


def attributed(
    find: Callable[[IndexedWords], Iterable[AttributedSentence]], written: str
) -> list[tuple[str, str, str]]:
    """Content, source and cue, in words, of what is found in a reading written out by hand."""
    reading = tagged(written)
    return [
        (look.content.of(reading.text), look.source.of(reading.text), look.cue.of(reading.text))
        for look in find(IndexedWords.read(reading))
    ]
