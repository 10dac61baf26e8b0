"""The words of a proposition that its statement shows: without the marks and words that tie it to its sentence."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.extract.syntax.sentences import ABBREVIATIONS, Word, has_finite
from flows.extract.syntax.tags import DASHES, NOUN, RELATIVE
from schemas.vocabularies import StatementPart

_OPEN, _CLOSE = frozenset("“„«‹"), frozenset("”»›")
_STRAIGHT = frozenset('"＂`')
DOUBLE = _OPEN | _CLOSE | _STRAIGHT
_SINGLE = frozenset("'’‘")
_EDGE = DOUBLE | _SINGLE | DASHES | frozenset(",;:…•*|/")
_OPENS_CLAUSES = frozenset({"while", "because", "whereas", "although", "unless", "whether"})
"""Subordinators that are nothing else: no adverb that may end a sentence."""
_ALSO_ADVERBS = frozenset(
    {"after", "ago", "apart", "around", "before", "in", "off", "on", "out", "over", "since", "up"}
)
_PAIRS = {")": "(", "]": "["}


class Part(NamedTuple):
    """A part of a statement: a range of the article and why it is there."""

    start: int
    end: int
    kind: StatementPart


def bare_words(text: str, words: Sequence[Word], quoted: bool) -> list[Word]:
    """Return the words that a statement shows, in order; all of them where nothing else would be left.

    quoted: whether the words are direct speech, whose quotation marks say nothing more.
    """
    shown = list(words[_opened(text, words) :])
    shown = _without_open_bracket(shown)
    while shown and _loose_end(shown):
        shown.pop()
    forms = {word.form for word in shown}
    if not forms.isdisjoint(_SINGLE):
        shown = [word for index, word in enumerate(shown) if not _outer(text, shown, index)]
    if not forms.isdisjoint(DOUBLE) and (quoted or not in_pairs(shown)):
        shown = [word for word in shown if word.form not in DOUBLE]
    return shown or list(words)


def _without_open_bracket(words: list[Word]) -> list[Word]:
    """Return words up to a bracket that is opened in them and not closed: "a dish of the town (although it"."""
    if "(" not in [word.form for word in words]:
        return words
    depth = sum((word.form == "(") - (word.form == ")") for word in words)
    last = next((i for i in range(len(words) - 1, 0, -1) if words[i].form == "("), 0)
    return words[:last] if depth == 1 and last and ")" not in {word.form for word in words[last:]} else words


def _opened(text: str, words: Sequence[Word]) -> int:
    """Return how many words stand before the clause itself: marks, coordinators, "that"."""
    start = 0
    while start < len(words):
        word = words[start]
        following = words[start + 1].tag if start + 1 < len(words) else ""
        opens = text[word.start].isupper() and following in {"NN", "NNS", "JJ", "CD"}
        points = opens or following.startswith(("VB", "MD"))  # "That ship sank", "that is all"
        complementiser = word.form == "that" and (word.tag == "IN" or not points)
        joins = word.tag == "CC" and not (word.form == "so" and following in {"RB", "JJ"})  # "So far", "So many"
        if not (word.form in _EDGE or word.form in {")", "]", "."} or joins or complementiser):
            return start
        start += 1
    return start


def _loose_end(words: Sequence[Word]) -> bool:
    """Tell whether the last word only ends or ties the clause: a mark, a coordinator, a stop of no abbreviation."""
    last = words[-1]
    if last.form in _PAIRS:
        return sum(w.form == last.form for w in words) > sum(w.form == _PAIRS[last.form] for w in words)
    if last.form == ".":
        before = words[-2].form if len(words) > 1 else ""
        return not (before in ABBREVIATIONS or len(before) == 1) or words[-2].tag not in {"NNP", "NN"}
    return last.form in _EDGE or last.form in {"(", "["} or last.tag == "CC" or _ties_nothing(words)


def _ties_nothing(words: Sequence[Word]) -> bool:
    """Tell whether the last word opens what does not follow: "a ship sinks while", "its independence in 2008 with".

    A clause may end in a preposition ("what she asked for"), and a verb has its own ("the plan agreed on").
    """
    last, before = words[-1], words[-2] if len(words) > 1 else None
    if before is None:
        return False
    joins = last.tag == "IN" and last.form not in _ALSO_ADVERBS
    if last.tag in RELATIVE and before.form == ",":
        return True
    phrase = joins and (before.tag in NOUN or before.tag == "CD") and not has_finite(words)
    return phrase or last.form in _OPENS_CLAUSES


def _outer(text: str, words: Sequence[Word], index: int) -> bool:
    """Tell whether a single mark is the edge of a quotation that words of others interrupt."""
    word = words[index]
    if word.form not in _SINGLE:
        return False
    before = index > 0 and not text[words[index - 1].end : word.start].strip()
    after = index + 1 < len(words) and not text[word.end : words[index + 1].start].strip()
    doubled = (index > 0 and words[index - 1].form in _SINGLE and words[index - 1].end == word.start) or (
        index + 1 < len(words) and words[index + 1].form in _SINGLE and words[index + 1].start == word.end
    )
    return doubled or not (before and after)


def in_pairs(words: Sequence[Word]) -> bool:
    """Tell whether every double mark has its partner."""
    depth = straight = 0
    for word in words:
        if word.form in _OPEN:
            depth += 1
        elif word.form in _CLOSE:
            depth -= 1
            if depth < 0:
                return False
        straight += word.form in _STRAIGHT
    return depth == 0 and straight % 2 == 0


def runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield words by the runs of the text that they stand in without a gap."""
    run = list(words[:1])
    for before, word in pairwise(words):
        gap = text[before.end : word.start]
        if gap and not gap.isspace():
            yield run
            run = []
        run.append(word)
    if run:
        yield run
