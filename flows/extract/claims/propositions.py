"""Contents divided into propositions: the sentences of a quotation, and the clauses of one rank of a sentence.

A proposition is what can be true or false by itself. A content is divided between sentences, at semicolons, at
"and that", and at coordinated finite clauses, whether each has a subject or they share one. What depends on a clause
stays with it: conditions, reasons, relative and other subordinate clauses. Where a sentence begins with a condition,
it holds for all that follows, so such a sentence is one proposition. Method: clause segmentation by rules
(`flows.extract.syntax.clauses`), as for open information extraction without a parser.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.extract.syntax.assembled_clauses import OWN_RANK, Clause
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.finite_clauses import is_clause, makes_depend
from flows.extract.syntax.sentences import CLOSERS, Word
from flows.extract.syntax.tags import COORDINATORS, DASHES, FINITE, OF_MANY

VERBAL = FINITE | {"VB"}
_DIVIDING = COORDINATORS - {"or", "nor"}
"""Coordinators that join two assertions; of alternatives neither is asserted."""
_SINGLE_NOUN = frozenset({"DT", "JJ", "NN", "NNP", "PRP$"})
"""Tags of a subject that is one thing."""


class Proposition(NamedTuple):
    """One proposition of a content.

    words: its words and marks in order, with those that join it to the one before and with sentences without a verb
    beside it, so that the propositions of a content hold all of its words; said: the words that state it; subject:
    the words of the content that it shares with the proposition before.
    """

    words: tuple[Word, ...]
    said: tuple[Word, ...]
    subject: tuple[Word, ...] = ()


def divide(words: Sequence[Word], sentence_of: Callable[[int], object]) -> list[Proposition]:
    """Return the propositions of a content, in order.

    words: those of the content; sentence_of: what is one for all characters of a sentence.
    """
    found: list[Proposition] = []
    for around, sentence in _sentences(words, sentence_of):
        start = 0
        subject: tuple[Word, ...] = ()
        pieces = []
        for cut, shared in [*_cuts(sentence), (len(sentence), ())]:
            piece = tuple(sentence[start:cut])
            pieces.append(Proposition(piece, piece, subject))
            start, subject = cut, shared
        if around[0]:
            pieces[0] = pieces[0]._replace(words=(*around[0], *pieces[0].words))
        if around[1]:
            pieces[-1] = pieces[-1]._replace(words=(*pieces[-1].words, *around[1]))
        found += pieces
    return found


_Around = tuple[tuple[Word, ...], tuple[Word, ...]]


def _sentences(words: Sequence[Word], sentence_of: Callable[[int], object]) -> list[tuple[_Around, Sequence[Word]]]:
    """Return the sentences of a content that have a verb, each with the words around it that have none."""
    runs = [list(run) for run in _runs(words, sentence_of)]
    verbal = [index for index, run in enumerate(runs) if any(word.tag in VERBAL for word in run)]
    if not verbal:
        return [(((), ()), words)]
    found: list[tuple[_Around, Sequence[Word]]] = []
    for order, index in enumerate(verbal):
        before = [word for run in runs[:index] for word in run] if not order else []
        end = verbal[order + 1] if order + 1 < len(verbal) else len(runs)
        after = [word for run in runs[index + 1 : end] for word in run]
        found.append(((tuple(before), tuple(after)), runs[index]))
    return found


def _runs(words: Sequence[Word], sentence_of: Callable[[int], object]) -> Iterator[Sequence[Word]]:
    """Yield the words of a content by the sentence in which they stand; marks alone go with the words before."""
    last = next((i for i in range(len(words) - 1, 0, -1) if words[i].form[0].isalnum()), 0)
    start, wordy = 0, False
    before = sentence_of(words[0].start) if last else None
    if last and sentence_of(words[last].start) == before:
        last = 0  # most contents are of one sentence: no word between two of one is of another
    for index in range(1, last + 1):
        wordy = wordy or words[index - 1].form[0].isalnum()
        sentence = sentence_of(words[index].start)
        if wordy and sentence != before:
            yield words[start:index]
            start, wordy = index, False
        before = sentence
    yield words[start:]


def _cuts(sentence: Sequence[Word]) -> list[tuple[int, tuple[Word, ...]]]:
    """Return where a proposition begins inside a sentence, and the subject that it shares with the one before."""
    opened = _opener(sentence)
    position = {word.start: index for index, word in enumerate(sentence)}
    parts = clauses(sentence[opened:]) if opened < len(sentence) else []
    if not parts or parts[0].kind == "subordinate":
        return []
    cuts: list[tuple[int, tuple[Word, ...]]] = []
    last = 0
    for before, clause in pairwise(parts):
        first = position[clause.words[0].start]
        begin = _joint(sentence, first)
        if _divides(sentence, begin, first, before, clause) and is_clause(sentence[last:begin]):
            cuts.append((begin, clause.subject))
            last = begin
    return cuts


def _opener(sentence: Sequence[Word]) -> int:
    """Return how many words stand before the clause itself: marks, "that", a coordinator."""
    start = 0
    while start < len(sentence) and (
        sentence[start].form == "that" or sentence[start].form in COORDINATORS or not sentence[start].form[0].isalnum()
    ):
        start += 1
    return start


def _joint(sentence: Sequence[Word], first: int) -> int:
    """Return where the words begin that join a clause to the one before: behind the mark that ends that."""
    begin = first
    while begin > 1 and (sentence[begin - 1].form in COORDINATORS or sentence[begin - 1].form == "that"):
        begin -= 1
    return begin


def _divides(sentence: Sequence[Word], begin: int, first: int, before: Clause, clause: Clause) -> bool:
    """Tell whether a clause is a proposition beside the one before it, and not a part of that."""
    if clause.kind not in OWN_RANK or not clause.finite or not begin:
        return False
    mark = _mark(sentence, begin)
    if mark == ";":
        return not makes_depend(sentence[first])
    joined = {word.form for word in sentence[begin:first]}
    if not _joins(sentence[begin:first], mark) or makes_depend(sentence[first]) or mark in DASHES:
        return False
    if "that" not in joined and _holds_clause(before) and (mark != "," or clause.kind == "coordinate"):
        return False  # "told him that three refused and one slept" is what he was told
    if _of_several(clause.words) and mark != ",":
        return False
    if clause.kind == "coordinate":
        return before.kind in OWN_RANK and bool(clause.subject) and _plain_subject(clause.subject)
    return before.kind in OWN_RANK or (mark == "," and before.kind != "subordinate")


def _of_several(words: Sequence[Word]) -> bool:
    """Tell whether words open with the last of several subjects, as their verb tells: "Aas and [Foss have left]"."""
    at = next((i for i, word in enumerate(words) if word.tag in FINITE), 0)
    named = at > 0 and words[at - 1].tag in {"NNP", "NN"} and all(w.tag in _SINGLE_NOUN for w in words[:at])
    return named and (words[at].tag == "VBP" or words[at].form in OF_MANY)


def _joins(joint: Sequence[Word], mark: str) -> bool:
    """Tell whether words join two assertions; "so" does only behind a comma: else it tells a purpose."""
    return any(word.form in _DIVIDING and (word.tag == "CC" or mark == ",") for word in joint)


def _holds_clause(clause: Clause) -> bool:
    """Tell whether a clause is open inside a clause: "that" or a relative word behind its verb."""
    verb = next((i for i, word in enumerate(clause.words) if word.tag in FINITE), len(clause.words))
    return any(makes_depend(word) or (word.form == "that" and word.tag == "IN") for word in clause.words[verb:])


def _plain_subject(words: Sequence[Word]) -> bool:
    """Tell whether words can be the subject of another predicate: a noun phrase without a clause inside."""
    return not any(map(makes_depend, words))


def _mark(sentence: Sequence[Word], begin: int) -> str:
    index = begin - 1
    while index > 0 and sentence[index].form in CLOSERS:
        index -= 1
    return sentence[index].form


def with_neighbours(found: Sequence[Proposition], alone: Callable[[Proposition], bool]) -> list[Proposition]:
    """Return propositions, the words of those that say nothing alone beside the one before them, or the one behind;
    all of them where no other is left.
    """
    kept: list[Proposition] = []
    held: tuple[Word, ...] = ()
    for proposition in found:
        if not alone(proposition):
            kept.append(proposition._replace(words=(*held, *proposition.words)) if held else proposition)
            held = ()
        elif kept:
            kept[-1] = kept[-1]._replace(words=(*kept[-1].words, *proposition.words))
        else:
            held = (*held, *proposition.words)
    return kept or list(found)
