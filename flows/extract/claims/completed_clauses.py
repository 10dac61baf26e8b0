"""Claims of one sentence in the publisher's own voice, each with the dependent clauses around it that are no claim of
their own: "… until the suits are settled" says when; cut off and dropped it would be lost, and the claim be another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.claims.voices import Voices, covered, touched
from flows.extract.syntax.assembled_clauses import OWN_RANK, Clause
from flows.extract.syntax.sentences import Word, place_of, spans_of
from flows.extract.syntax.tags import COORDINATORS, DASHES, FINITE, MEASURES_OF_TIME
from flows.lexicons import word_list
from flows.spans import Span

_AROUND = DASHES | {","}
_NEEDED = word_list("needed_subordinators")
_LEANING = frozenset({"even", "especially", "particularly"})
"""Adverbs that go with what follows: "[even] though they pay"."""
_SINGLE_OUT = frozenset({"a", "the"})
_WAITING = FINITE | {"IN", "TO", "DT"}
"""Tags of last words that wait for what follows: "It comes [after …]", "no sign of [when …]"."""


@dataclass(frozen=True)
class NarratedClaim:
    """A claim in the publisher's own voice: its pieces in order, and how surely it is one.

    tie: the word that only ties it to its sentence ("which", "while"), no part of its statement.
    """

    spans: tuple[Span, ...]
    confidence: float
    tie: Span | None = None


def completed(
    sentence: Sequence[Word], parts: Sequence[Clause], drawn: Sequence[NarratedClaim | None], voices: Voices
) -> list[NarratedClaim]:
    """Return the claims of a sentence, each with what depends on it.

    drawn: the claim that each of the parts would be alone.
    """
    worth = [claim is not None and claim.confidence >= THRESHOLDS.worth_checking for claim in drawn]
    carried = {i for i in range(len(parts) - 1) if _goes_on(sentence, parts[i], parts[i + 1], worth[i + 1])}
    claimed = {i: claim for i, claim in enumerate(drawn) if claim is not None and (worth[i] or i in carried)}
    spans = {i: list(claim.spans) for i, claim in claimed.items()}
    owners = {i: i for i in claimed if parts[i].kind in OWN_RANK}
    for number, clause in enumerate(parts):
        host = _host(number, parts, owners, claimed)
        if host is None or _reports(clause.words, voices):
            continue
        needed = _needed(sentence, spans[host], clause)
        if not needed and (touched(voices.contents, clause.words) or len(clause.words) > len(parts[host].words)):
            continue
        if number in claimed and clause.kind != "relative" and not needed:
            continue
        claimed.pop(number, None)
        owners[number] = host
        spans[host] += spans_of(clause.words, sentence)
    return [
        NarratedClaim(tuple(_united(sentence, spans[i], claim.tie)), claim.confidence, claim.tie)
        for i, claim in sorted(claimed.items())
    ]


def _goes_on(sentence: Sequence[Word], clause: Clause, following: Clause, worth: bool) -> bool:
    """Tell whether a clause depends on the one before it, with no mark between: where it is worth checking, that is as
    much; and that is, where it waits for it: "The news comes [after Berg said that …]".
    """
    at = place_of(sentence, following.words[0])
    depends = clause.kind in OWN_RANK and following.kind == "subordinate"
    close = depends and at > 0 and sentence[at - 1] is clause.words[-1]
    return close and (worth or clause.words[-1].tag in FINITE)


def _host(
    number: int, parts: Sequence[Clause], owners: Mapping[int, int], claimed: Mapping[int, NarratedClaim]
) -> int | None:
    """Return the claim that a dependent clause is part of: that of the clause before it, or of the first one behind it;
    None where that is none, or where the clause is set inside it: what is inserted is said beside the claim, not by it.

    owners: the claim that each clause is part of.
    """
    if parts[number].kind in OWN_RANK:
        return None
    for before in range(number - 1, -1, -1):
        if before in owners:
            return None if _interrupts(parts[number], parts[owners[before]]) else owners[before]
        if any(_interrupts(parts[before], parts[i]) for i in owners if i < before):
            continue
        if before in claimed or parts[before].kind in OWN_RANK:
            return None
    return next((i for i in range(number + 1, len(parts)) if parts[i].kind in OWN_RANK and i in owners), None)


def _needed(sentence: Sequence[Word], host: Sequence[Span], clause: Clause) -> bool:
    """Tell whether a clause is cut from a claim before it without a mark, and that says less or something else without
    it: "It stays shut [unless they pay]", "The news comes [after he paid]", "at a time [when few pay]".
    """
    first = clause.words[0]
    at = place_of(sentence, first)
    if at < 2 or sentence[at - 1].end != max(span.end for span in host) or clause.kind == "participle":
        return False
    before, last = sentence[at - 2], sentence[at - 1]
    timed = last.form in MEASURES_OF_TIME and before.form in _SINGLE_OUT
    return first.form in _NEEDED or last.tag in _WAITING or last.form in _LEANING or timed


def _reports(words: Sequence[Word], voices: Voices) -> bool:
    """Tell whether words only say who says something: "…, which show [that the mill leaks]"."""
    return all(word.start in voices.framing for word in words if word.form[0].isalnum())


def _interrupts(clause: Clause, host: Clause) -> bool:
    """Tell whether a clause stands inside another: what is inserted is said beside the claim, not by it."""
    return host.words[0].start < clause.words[0].start < host.words[-1].start


def _united(sentence: Sequence[Word], spans: Sequence[Span], tie: Span | None) -> list[Span]:
    """Return spans of words of one sentence in order, as a reader would leave words out of it.

    Spans with nothing but marks and coordinators between them are one, unless the tie, which is not said, follows:
    "suffers from, or who else is ill" loses no "or". Of two commas or dashes around what is left out none stays, unless
    the first ends an apposition or what stands before the subject: "Mr. Aas, who left, spoke" is "Mr. Aas spoke", "In
    May, when it rained, he spoke" is "In May, he spoke".
    """
    if len(spans) == 1:
        return [*spans]
    inside = covered(sentence, [w.start for w in sentence], spans)
    kept = [at for at, word in enumerate(sentence) if word.start in inside]
    words = [sentence[kept[0]]]
    for last, at in pairwise(kept):
        gap = sentence[last + 1 : at]
        if all(word.form in COORDINATORS or not word.form[0].isalnum() for word in gap):
            words += gap if tie is None or sentence[at].start != tie.start else ()
        elif (mark := words[-1].form) == gap[-1].form and mark in _AROUND and sum(w.form == mark for w in words) == 1:
            opens = words[0].tag == "IN" and sentence[at].tag not in FINITE | {"RB"}
            words = words if opens else words[:-1]
        words.append(sentence[at])
    return spans_of(words, sentence)
