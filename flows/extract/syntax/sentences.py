"""The words of a reading, the sentences that they make, and words as spans of the text again."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Protocol

import numpy as np

from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.tags import APOSTROPHES, FINITE, STOPS
from flows.lexicons import of_kind, word_list
from flows.spans import Span

CLOSERS = frozenset({'"', "”", "’", "'", ")", "]", "»"})
_ENDS = STOPS | CLOSERS
_START = attrgetter("start")
ABBREVIATIONS = word_list("abbreviations")
"""Words that a point follows without ending the sentence."""
_ALSO_LAST = word_list("abbreviations_in_names") - {"St"}
_OPENS_SENTENCE = frozenset({"DT", "EX", "PRP", "PRP$"})
"""Tags of words that no name goes on with: behind "the U.S." they open a sentence."""
OPENERS = word_list("reader_addresses")
"""Verbs by which a publisher speaks to the reader: "Recall that …" is no speech of anybody's."""
_SENTENCE_BREAK = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[A-Z0-9•])|\n+")
_AUXILIARY_TAGS = {"do": "VBP", "does": "VBZ", "did": "VBD", "cannot": "MD"}
"""Auxiliaries that the tagger takes for adverbs at times ("do not recognize"); they have no other reading in news."""
_CONTRACTED = {
    **dict.fromkeys(("don", "aren", "haven", "ain"), "VBP"),
    **dict.fromkeys(("doesn", "isn", "hasn"), "VBZ"),
    **dict.fromkeys(("didn", "wasn", "weren", "hadn"), "VBD"),
    **dict.fromkeys(("won", "wouldn", "couldn", "shouldn", "mustn", "can"), "MD"),
}
"""What is left of an auxiliary before "’t", which the tagger takes for an adverb at times: "they weren’t going"."""
_AUXILIARIES = _AUXILIARY_TAGS.keys() | _CONTRACTED.keys()
_ALSO_ACRONYMS = word_list("also_acronyms")
_STRESSED_BEHIND = frozenset({"he", "she", "it", "this", "that", "there", "what", "which", "who", "of", "all"})
"""Words behind which capitals only stress a word: "it IS a sham", "all of US"."""

NOUN_PHRASE = frozenset({"DT", "JJ", "CD", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$"})
PARTICLES = frozenset({"of", "’", "'", "s", "-", "–", "&"})
"""Tags, and words of other tags, of which the noun phrases consist that name a speaker."""


def speech_verbs(*kinds: str) -> frozenset[str]:
    """Return the forms of `speech_words.csv` of these kinds."""
    return of_kind("speech_words", *kinds)


@dataclass(slots=True, eq=False)
class Word:
    """A word or mark of a text: its range, its form in lower case, its Penn Treebank tag.

    Rules tell words apart as objects. Not frozen, and no named tuple: to make one takes a third of the time, and to ask
    one for its tag, which is what rules do most, half.
    """

    start: int
    end: int
    form: str
    tag: str


class Tagged(Protocol):
    """What this module needs of a reading: the text, word ranges and tags (`flows.extract.reader.reading.Reading`)."""

    @property
    def text(self) -> str:
        """Return the text that was read."""

    @property
    def starts(self) -> Iterable[int]:
        """Return the first character of every word."""

    @property
    def ends(self) -> Iterable[int]:
        """Return one past the last character of every word."""

    def tags(self) -> list[str]:
        """Return the Penn Treebank tag of every word."""


def words_of(reading: Tagged) -> list[Word]:
    """Return the words of a reading with their tags."""
    text = reading.text
    starts, ends = np.asarray(reading.starts).tolist(), np.asarray(reading.ends).tolist()
    forms = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]
    tags = list(reading.tags())
    for at, form in enumerate(forms):
        if form in _AUXILIARIES and tags[at][:2] not in {"VB", "MD"}:
            tags[at] = _auxiliary(forms, at) or tags[at]
        elif form in _ALSO_ACRONYMS and text[starts[at] : ends[at]].isupper() and _is_acronym(text, starts, forms, at):
            tags[at] = "NNP"
    return list(map(Word, starts, ends, forms, tags))


def _is_acronym(text: str, starts: Sequence[int], forms: Sequence[str], at: int) -> bool:
    """Tell whether a word that stands in capitals is a name among other words: "IS has posted", "the WHO said"."""
    before, behind = at - 1, at + 1
    if at and forms[before] in _STRESSED_BEHIND:
        return False
    beside = [n for n in (before, behind) if 0 <= n < len(forms) and forms[n].isalpha()]
    return any(not text[starts[n] : starts[n] + len(forms[n])].isupper() for n in beside)


def _auxiliary(forms: Sequence[str], at: int) -> str | None:
    """Return the tag of a word that is an auxiliary and nothing else."""
    form = forms[at]
    if (
        form in _CONTRACTED
        and forms[at + 1 : at + 2]
        and forms[at + 1] in APOSTROPHES
        and forms[at + 2 : at + 3] == ["t"]
    ):
        return _CONTRACTED[form]
    return _AUXILIARY_TAGS.get(form)


def sentences(text: str, words: Sequence[Word]) -> list[list[Word]]:
    """Return the words of each sentence: cut at the ends of paragraphs and of lines that are not merely wrapped, and at
    stops that a capital, digit or quotation mark follows. One that does not end is cut after a limit of words.
    """
    found: list[list[Word]] = []
    start = 0
    for at, (before, word) in enumerate(pairwise(words), 1):
        if (
            at - start >= LIMITS.sentence_words
            or (text.find("\n", before.end, word.start) >= 0 and _line_ended(text, before, word))
            or (before.form in _ENDS and _ended(text, words[start:at], word))
        ):
            found.append(list(words[start:at]))
            start = at
    return [*found, list(words[start:])] if words else found


@lru_cache(maxsize=1)  # who speaks, and who is meant, are two models of one text
def sentence_starts(text: str) -> Sequence[int]:
    """Return where sentences begin, by marks and line breaks alone: a measure of distance for who has no words."""
    return (0, *(found.end() for found in _SENTENCE_BREAK.finditer(text)))


def _line_ended(text: str, before: Word, following: Word) -> bool:
    """Tell whether a line end between two words is one of the text, and not of a column it was once set in."""
    line = before.end - (text.rfind("\n", 0, before.start) + 1)
    return (
        text.count("\n", before.end, following.start) > 1
        or line < LIMITS.wrapped_line_characters
        or before.form in _ENDS
        or before.form == ":"
    )


def _ended(text: str, current: Sequence[Word], following: Word) -> bool:
    """Tell whether the sentence so far ends before `following`."""
    last = len(current) - 1
    first = max(0, last - LIMITS.closing_marks)
    while last > first and current[last].form in CLOSERS:
        last -= 1
    if current[last].form not in STOPS:
        return False
    gap = text[current[-1].end : following.start]
    if not gap and following.form in _ENDS:
        return False
    if not gap and not (text[following.start].isupper() or text[following.start] in "“"):
        return False
    if not last:
        return not text[following.start].islower()
    before = current[last - 1]
    if not gap and text[before.start : before.end].isupper():
        return False  # "NASA.GOV"
    counted = (
        before.form.isdigit() and last > 1
    )  # "on April 7. Last year": no initial; but "1. Buy" is one line of a list
    if current[last].form == "." and not counted and abbreviates(before.form, following.form):
        if contracted(current, last - 1):
            return not text[following.start].islower()
        return following.tag in _OPENS_SENTENCE and text[following.start].isupper() and _ends_name(text, current[:last])
    return not text[following.start].islower()


def _ends_name(text: str, words: Sequence[Word]) -> bool:
    """Tell whether words before a point end in what a sentence may end with, too: "the U.S.", "Kask Co.", "9 a.m."."""
    last = words[-1]
    pointed = len(words) > 2 and words[-2].form == "." and len(last.form) == len(words[-3].form) == 1
    return pointed or text[last.start : last.end] in _ALSO_LAST


def contracted(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is what stands behind an apostrophe: the t of "didn’t", the s of "Berg’s" is no initial."""
    return at > 0 and words[at - 1].form in APOSTROPHES and words[at - 1].end == words[at].start


def abbreviates(form: str, following: str) -> bool:
    """Tell whether a point behind a word is of an abbreviation; "no." is one before a number only."""
    initial = len(form) == 1 and form.isalnum()  # behind ")" or "%" it ends the sentence
    return initial or (form in ABBREVIATIONS and (form != "no" or following[:1].isdigit()))


def has_finite(words: Iterable[Word]) -> bool:
    """Tell whether words hold a finite verb."""
    for word in words:  # noqa: SIM110 - asked of every clause, and any() takes twice as long
        if word.tag in FINITE:
            return True
    return False


def place_of(words: Sequence[Word], sought: Word) -> int:
    """Return where a word stands among words of which it is one."""
    return next(i for i, word in enumerate(words) if word is sought)


def spans_of(words: Sequence[Word], all_words: Sequence[Word]) -> list[Span]:
    """Return words as spans of the text: neighbours in one span, marks between them included. all_words: in order."""
    ranges: list[list[int]] = []
    following = 0
    for word in words:
        if ranges and following < len(all_words) and all_words[following].start == word.start:
            ranges[-1][1] = word.end
        else:
            following = bisect_left(all_words, word.start, key=_START)
            ranges.append([word.start, word.end])
        following += 1
    return [Span(start, end) for start, end in ranges]


def without_opener(sentence: Sequence[Word]) -> Sequence[Word]:
    """Return a sentence without the words that only remind the reader of it: "Recall that", "Recall,"."""
    opened = len(sentence) > 2 and sentence[0].form in OPENERS and sentence[1].form in {"that", ","}
    return sentence[2:] if opened else sentence
