"""Clauses of one sentence made of its pieces: what was interrupted is joined, what has no verb is joined to what has
one, and what shares a subject with the clause before gets it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from flows.extract.syntax.coordination import IN_NOUN_PHRASE
from flows.extract.syntax.finite_clauses import has_verb_beside_clauses, is_clause
from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.sentences import Word, has_finite, place_of
from flows.extract.syntax.tags import COORDINATORS, DASHES, FINITE, RELATIVE, SUBORDINATORS

_WORDY = re.compile(r"[\w%$€£“]")
_IN_HEAD = IN_NOUN_PHRASE - {"RB", "VBG", "TO"}
_SETS_APART = DASHES | {","}
OWN_RANK = frozenset({"main", "coordinate"})
"""Kinds of clauses that depend on no other."""


class Clause(NamedTuple):
    """One clause of a sentence.

    words: its words in order, an insertion left out; subject: of a coordinated predicate, the subject that
    it shares with the clause before, of a participle, the noun phrase that it describes; kind: main,
    coordinate, relative, subordinate or participle.
    """

    words: tuple[Word, ...]
    kind: str
    subject: tuple[Word, ...] = ()

    @property
    def finite(self) -> bool:
        """Tell whether it has a finite verb."""
        return has_finite(self.words)


def assembled(sentence: Sequence[Word], pieces: Sequence[tuple[list[Word], str]]) -> list[Clause]:
    """Return the clauses of a sentence that was cut into pieces, each with its kind, in order."""
    if len(pieces) == 1:
        words, kind = tuple(_stripped(pieces[0][0])), pieces[0][1]
        return [Clause(words, kind)] if words else []
    return _with_verbs(sentence, _joined(pieces))


def _with_verbs(sentence: Sequence[Word], parts: Sequence[Clause]) -> list[Clause]:
    """Return clauses, those of the highest rank that have no verb of their own together with the one behind them that
    holds it: what a coordinator joined was less than clauses ("[Who deals in stocks and] [bonds lost money]"), or no
    mark told where a dependent clause ended ("Every day, [when it rained, the mill stood]").
    """
    found: list[Clause] = []
    for clause in parts:
        before = found[-1] if found else clause
        if before is not clause and before.kind in OWN_RANK and _goes_on(sentence, before, clause):
            first, last = place_of(sentence, before.words[0]), place_of(sentence, clause.words[-1])
            found[-1] = before._replace(words=tuple(sentence[first : last + 1]))
        else:
            found.append(clause)
    return found


def _goes_on(sentence: Sequence[Word], before: Clause, clause: Clause) -> bool:
    """Tell whether a clause holds the verb that the one before it waits for."""
    if clause.kind in OWN_RANK:
        joined = sentence[place_of(sentence, clause.words[0]) - 1].form in COORDINATORS
        return joined and not is_clause(before.words)
    return clause.kind != "participle" and not before.finite and has_verb_beside_clauses(clause.words)


def _joined(pieces: Sequence[tuple[list[Word], str]]) -> list[Clause]:
    """Build clauses from pieces: what resumes joins the clause that was interrupted, a shared subject is noted."""
    kept: list[tuple[list[Word], str, tuple[Word, ...]]] = []
    open_main = 0  # the clause that an insertion interrupts and whose subject a predicate shares
    for piece, kind in pieces:
        if kind == "resume" and kept:
            if open_main == len(kept) - 1 > 0 and has_finite(kept[-1][0]):
                open_main -= 1  # the insertion is whole: what is before it goes on
            kept[open_main][0].extend(piece)
            continue
        subject: tuple[Word, ...] = ()
        if kind == "coordinate":
            subject = _shared_subject([words for words, _, _ in kept[: open_main + 1]])
        elif kind == "participle" and kept and piece[0].tag == "VBN":
            subject = _head(kept[-1][0])
        inserted = kind in {"relative", "subordinate"} and kept and not has_finite(kept[open_main][0])
        if kind != "participle" and not inserted:
            open_main = len(kept)
        kept.append((piece, kind, subject))
    found = [Clause(tuple(_stripped(words)), kind, subject) for words, kind, subject in kept]
    return [clause for clause in found if clause.words]


def _shared_subject(before: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    """Return the subject that a predicate shares with the last of the clauses before it, or what that is said of."""
    subject = _subject(before[-1])
    if not subject or subject[0].tag not in RELATIVE:
        return subject
    if len(before) < 2:
        return subject[1:] if subject[0].tag == "WRB" else ()
    mark = before[-1][-1].form
    if subject[0].tag == "WRB":  # "waited until noon, when it rained, and left"
        return _subject(before[-2]) if mark in _SETS_APART else subject[1:]
    apart = mark in _SETS_APART and mark == before[-2][-1].form  # "freed Aas, who slept, and left": who freed him
    return _subject(before[-2]) if apart else _head(before[-2])  # "…, who slept and dreamt": of whom it is said


def _subject(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return what stands before the first finite verb, a leading coordinator left out."""
    end = next((i for i, word in enumerate(words) if word.tag in FINITE), 0)
    while end and words[end - 1].tag == "RB":
        end -= 1
    opened = any(word.tag in RELATIVE or word.form in SUBORDINATORS for word in words[:end])
    alone = end > 0 and words[end - 1].tag == "PRP" and not opened  # "In May she planned": she does, and not May
    return tuple(_stripped(words[end - 1 : end] if alone else words[:end]))


def _head(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the noun phrase at the end of `words`, which a participle behind it describes."""
    stripped = _stripped(words)
    start = len(stripped)
    while start > 0 and stripped[start - 1].tag in _IN_HEAD and len(stripped) - start < LIMITS.head_words:
        start -= 1
    while start < len(stripped) and stripped[start].tag in {"IN", "POS", "VBN"}:
        start += 1
    return tuple(stripped[start:])


def _stripped(words: Sequence[Word]) -> Sequence[Word]:
    """Return words without marks and coordinators at their edges."""
    start, end = 0, len(words)
    while start < end and (_joins(words, start) or not _wordy(words[start])):
        start += 1
    while end > start and (words[end - 1].form in COORDINATORS or not _wordy(words[end - 1])):
        if words[end - 1].form == ")" and any(word.form == "(" for word in words[start:end]):
            break
        end -= 1
    return words[start:end]


def _joins(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word does no more than join what follows to what is before: the "so" of "so far" does not."""
    if words[index].form not in COORDINATORS:
        return False
    following = words[index + 1].tag if index + 1 < len(words) else ""
    if words[index].form == "nor":
        return following not in FINITE  # "nor did she": it denies the clause that it opens
    return not (words[index].form == "so" and following in {"RB", "JJ"})


def _wordy(word: Word) -> bool:
    return word.form[0].isalnum() or _WORDY.search(word.form) is not None  # most words are letters: no need to search
