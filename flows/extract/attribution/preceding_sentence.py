"""Sentences that the next one attributes: "This was reported by the ministry", "The ministry announced this on Monday".

News agencies of many countries report first and name the source after. The content of such an attribution is the
sentence before, which the article states in its own voice, too.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.syntax.antecedents import in_noun_phrase
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, speech_verbs, without_opener
from flows.extract.syntax.tags import FINITE
from flows.lexicons import one_of, word_list
from flows.spans import Span

_POINTERS = frozenset({"this", "that"})
_AFTER_THIS = word_list("after_announcement")
_AFTER = _AFTER_THIS | {".", ","}
_QUOTES = frozenset('“”"«»')
_HINT = re.compile(rf"\bTh(?:is|at) (?:was|is|has)\b|\w this (?:{one_of(_AFTER_THIS)})\b|\w this[.,]")
"""What any such sentence has: texts without it are not looked at."""


class AttributedSentence(NamedTuple):
    """A sentence, or the rest of one, that words beside it attribute: its range, who said it, and by which words."""

    content: Span
    source: Span
    cue: Span


def may_attribute_preceding(text: str) -> bool:
    """Tell whether a text may have a sentence that attributes the one before it."""
    pointed = "This " in text or "That " in text or " this" in text
    return pointed and bool(_HINT.search(text))


def find_attributed_sentences(indexed: IndexedWords) -> Iterator[AttributedSentence]:
    """Find the sentences before those that do nothing but say whose statement the last one was."""
    before: Sequence[Word] = ()
    speech = speech_verbs("report", "announcement")
    for sentence in indexed.divided:
        parts = _passive(sentence, speech) or _active(sentence, speech)
        if parts and _stated(indexed.text, before):
            source, cue = (Span(part[0].start, part[-1].end) for part in parts)
            content = without_opener(before)
            yield AttributedSentence(Span(content[0].start, content[-2].end), source, cue)
        before = sentence


def _stated(text: str, sentence: Sequence[Word]) -> bool:
    """Tell whether a sentence is a statement and nobody is quoted in it."""
    if (
        len(sentence) < THRESHOLDS.preceding_words
        or sentence[-1].form != "."
        or not any(w.tag in FINITE for w in sentence)
    ):
        return False
    return not _QUOTES & set(text[sentence[0].start : sentence[-1].end])


def _passive(sentence: Sequence[Word], speech: frozenset[str]) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """Return source and cue of "This was also reported by …"."""
    if sentence[0].form not in _POINTERS:
        return None
    at = 1
    while at < len(sentence) and sentence[at].tag in {"VBD", "VBZ", "VBN", "RB"} and sentence[at].form not in speech:
        at += 1
    if not 2 <= at < len(sentence) - 2 or sentence[at].form not in speech or sentence[at + 1].form != "by":
        return None
    first = last = at + 2
    while last < len(sentence) and in_noun_phrase(sentence[last]):
        last += 1
    return (sentence[first:last], sentence[1 : at + 1]) if last > first else None


def _active(sentence: Sequence[Word], speech: frozenset[str]) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """Return source and cue of "The ministry reported this on Monday"."""
    for at in range(1, len(sentence) - 2):
        verb, pointer, after = sentence[at : at + 3]
        if pointer.form == "this" and verb.form in speech and verb.tag in FINITE and after.form in _AFTER:
            first = at
            while first and in_noun_phrase(sentence[first - 1]):
                first -= 1
            return (sentence[first:at], [verb]) if first < at else None
    return None
