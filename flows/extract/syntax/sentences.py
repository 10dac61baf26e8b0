"""The words of a reading, the sentences that they make, and words as spans of the text again."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np

from flows.lexicons import LEXICONS, rows
from flows.spans import Span

_STOPS = frozenset({".", "!", "?", "…"})
CLOSERS = frozenset({'"', "”", "’", "'", ")", "]", "»"})
_ENDS = _STOPS | CLOSERS
_ABBREVIATED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "rep",
        "gov",
        "gen",
        "lt",
        "col",
        "sgt",
        "capt",
        "st",
        "jr",
        "sr",
        "inc",
        "co",
        "corp",
        "ltd",
        "vs",
        "no",
        "jan",
        "feb",
        "mar",
        "apr",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "u",
        "s",
        "e",
        "g",
        "i",
        "a",
        "p",
        "m",
        "d",
        "c",
    ]
)
WRAPPED_CHARS = 45
"""A line at least this long that ends without a stop, and no empty line after it, goes on in the next."""
MAX_CLOSERS = 8
"""Closing marks in a row that are passed over; a text has two or three, an attack has millions."""
OPENERS = frozenset({"recall", "note", "remember"})
"""Verbs by which a publisher speaks to the reader: "Recall that …" is no speech of anybody's."""
_AUXILIARY_TAGS = {"do": "VBP", "does": "VBZ", "did": "VBD"}
"""Auxiliaries that the tagger takes for adverbs at times ("do not recognize"); they have no other reading in news."""
MAX_SENTENCE_WORDS = 400
"""Rules look from a word to its sentence's ends: this bounds what a text without stops costs."""


NOUN_PHRASE = frozenset({"DT", "JJ", "CD", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$"})
PARTICLES = frozenset({"of", "’", "'", "s", "-", "–", "&"})
"""Tags, and words of other tags, of which the noun phrases consist that name a speaker."""


@lru_cache(maxsize=8)
def speech_verbs(*kinds: str) -> frozenset[str]:
    """The forms of `speech_words.csv` of these kinds."""
    return frozenset(row["word"] for row in rows(LEXICONS, "speech_words", ("word", "kind")) if row["kind"] in kinds)


class Word(NamedTuple):
    """A word or mark of a text: its range, its form in lower case, its Penn Treebank tag."""

    start: int
    end: int
    form: str
    tag: str


class Tagged(Protocol):
    """What this module needs of a reading: the text, word ranges and tags (`flows.extract.reading.Reading`)."""

    @property
    def text(self) -> str:
        """The text that was read."""

    @property
    def starts(self) -> Iterable[int]:
        """First character of every word."""

    @property
    def ends(self) -> Iterable[int]:
        """One past the last character of every word."""

    def tags(self) -> list[str]:
        """The Penn Treebank tag of every word."""


def words_of(reading: Tagged) -> list[Word]:
    """The words of a reading with their tags."""
    text = reading.text
    starts, ends = np.asarray(reading.starts).tolist(), np.asarray(reading.ends).tolist()
    forms = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]
    tags = [
        _AUXILIARY_TAGS[form] if form in _AUXILIARY_TAGS and tag[:2] != "VB" else tag
        for form, tag in zip(forms, reading.tags(), strict=True)
    ]
    return list(map(Word, starts, ends, forms, tags))


def sentences(text: str, words: Sequence[Word]) -> list[list[Word]]:
    """The words of each sentence: cut at the ends of paragraphs and of lines that are not merely wrapped, and at
    stops that a capital, digit or quotation mark follows. One that does not end is cut after MAX_SENTENCE_WORDS.
    """
    found: list[list[Word]] = []
    current: list[Word] = []
    for word in words:
        if current and (
            len(current) >= MAX_SENTENCE_WORDS
            or (current[-1].end < word.start and _line_ended(text, current, word))
            or (current[-1].form in _ENDS and _ended(text, current, word))
        ):
            found.append(current)
            current = []
        current.append(word)
    return [*found, current] if current else found


def _line_ended(text: str, current: Sequence[Word], following: Word) -> bool:
    """Whether a line end between two words is one of the text, and not of a column it was once set in."""
    if text.find("\n", current[-1].end, following.start) < 0:
        return False
    gap = text[current[-1].end : following.start]
    line = current[-1].end - (text.rfind("\n", 0, current[-1].start) + 1)
    return gap.count("\n") > 1 or line < WRAPPED_CHARS or current[-1].form in _ENDS or current[-1].form == ":"


def _ended(text: str, current: Sequence[Word], following: Word) -> bool:
    """Whether the sentence so far ends before `following`."""
    last = len(current) - 1
    first = max(0, last - MAX_CLOSERS)
    while last > first and current[last].form in CLOSERS:
        last -= 1
    if current[last].form not in _STOPS:
        return False
    gap = text[current[-1].end : following.start]
    if not gap and following.form in _ENDS:
        return False
    if not gap and not (text[following.start].isupper() or text[following.start] in "“"):
        return False
    before = current[last - 1].form if last else ""
    if current[last].form == "." and (before in _ABBREVIATED or len(before) == 1):
        return False
    return not text[following.start].islower()


def spans_of(words: Sequence[Word], all_words: Sequence[Word]) -> list[Span]:
    """Words as spans of the text: neighbours in one span, marks between them included."""
    position = {word.start: index for index, word in enumerate(all_words)}
    spans: list[Span] = []
    last = None
    for word in words:
        index = position[word.start]
        if last is not None and index == last + 1:
            spans[-1] = Span(spans[-1].start, word.end)
        else:
            spans.append(Span(word.start, word.end))
        last = index
    return spans


def without_opener(sentence: Sequence[Word]) -> Sequence[Word]:
    """A sentence without the words that only remind the reader of it: "Recall that", "Recall,"."""
    opened = len(sentence) > 2 and sentence[0].form in OPENERS and sentence[1].form in {"that", ","}
    return sentence[2:] if opened else sentence
