"""The main clause of a content, by which its polarity and its modality are read."""

import itertools
from collections.abc import Sequence

from flows.extract.syntax.assembled_clauses import OWN_RANK
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.sentences import CLOSERS, Word, abbreviates, contracted, has_finite
from flows.extract.syntax.tags import COMPLEMENTISERS, FINITE, RELATIVE

_OPENERS = frozenset({"that", "whether", "how", "“", '"', "”", "'", "‘", "(", "and", "but"})


def main_clause(words: Sequence[Word]) -> list[Word]:
    """Return the main clause of a content, openers such as "that" left out; all of it where none has a finite verb.

    Of a content of several sentences, that of the first one with a finite verb.
    """
    words = _first_statement(words)
    start = 0
    while start < len(words) and words[start].form in _OPENERS:
        start += 1
    opened = list(words[start:])
    if not opened:
        return list(words)
    if not has_finite(opened):
        return opened
    for clause in clauses(opened):
        if clause.finite and clause.kind in OWN_RANK:
            return list(clause.words)
    return opened


def _first_statement(words: Sequence[Word]) -> Sequence[Word]:
    """Return the first sentence that has a finite verb; all words where none has."""
    start = 0
    for at, (word, following) in enumerate(itertools.pairwise(words)):
        if word.tag != "." and word.form not in CLOSERS:
            continue
        ends = word.tag == "." and following.end - following.start > 0 and following.form not in CLOSERS
        if (ends or (word.form in CLOSERS and at and words[at - 1].tag == ".")) and not _abbreviated(words, at):
            if has_finite(words[start : at + 1]):
                return words[start : at + 1]
            start = at + 1
    return words[start:] if has_finite(words[start:]) else words


def _abbreviated(words: Sequence[Word], at: int) -> bool:
    """Tell whether a point is of an abbreviation, and what follows it of the same sentence."""
    pointed = bool(at) and words[at].form == "." and not contracted(words, at - 1)
    return pointed and abbreviates(words[at - 1].form, words[at + 1].form)


def before_complement(words: list[Word]) -> list[Word]:
    """Return the words up to where a clause inside the clause begins: at "that", a relative or a subordinator; at
    "because" even where the tagger took no word before it for a verb.
    """
    for index in range(1, len(words) - 1):
        if words[index].form == "because" and words[index - 1].form != "," and words[index + 1].form != "of":
            return words[:index]
    verb = next((i for i, w in enumerate(words) if w.tag in FINITE), len(words))
    for index in range(verb + 1, len(words)):
        word = words[index]
        if word.tag in RELATIVE or (word.form in COMPLEMENTISERS and word.tag in {"IN", "WRB"}):
            return words[:index]
    return words
