"""Claims in the publisher's own voice: the check-worthy clauses of an article that nobody is quoted or cited for.

A clause is scored by a table of named features (`flows.extract.claims.check_worthiness`). Clauses inside attributed
content are not the publisher's; the reporting words around it are no claim of their own unless they report an act
("condemned the invasion"). A clause that depends on another ("after …", "when …") is part of the claim that it depends
on; one that says something of a noun ("…, which has 200 members") is a claim about that where it is set between commas,
and part of the claim before it where it ends that. A text of one sentence claims that sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flows.extract.claims.check_worthiness import check_worthiness, tabular
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.claims.voices import Attributed, Named, Voices, covered, own_words, says, touched
from flows.extract.syntax.antecedents import noun_phrase_before
from flows.extract.syntax.clauses import Clause, clauses
from flows.extract.syntax.datelines import dateline_end
from flows.extract.syntax.sentences import (
    Tagged,
    Word,
    has_finite,
    sentences,
    spans_of,
    without_opener,
    words_of,
)
from flows.extract.syntax.tags import COORDINATORS, DASHES, FINITE, NOUN, OF_ONE, PLURAL, SUBORDINATORS
from flows.lexicons import word_list
from flows.spans import Span

_OWN_RANK = frozenset({"main", "coordinate"})
_ASSERTED = word_list("asserting_subordinators")
"""Subordinators whose clause is asserted beside the main one: "while the bridge was saved", "after the bank failed"."""
_ALSO_ADVERBS = frozenset({"once", "before", "since", "amid", "despite"})
"""Subordinators that stand at the head of a whole sentence, too: "Once the mill stood here"."""
_DEPENDING = SUBORDINATORS - _ALSO_ADVERBS
_OF_NOUNS = frozenset({"which", "who"})
_AROUND = DASHES | {","}
_CONDITIONAL = frozenset({"provided", "given", "assuming", "supposing", "except"})


@dataclass(frozen=True)
class NarratedClaim:
    """A claim in the publisher's own voice: its pieces in order, and how surely it is one.

    tie: the word that only ties it to its sentence ("which", "while"), no part of its statement.
    """

    spans: tuple[Span, ...]
    confidence: float
    tie: Span | None = None


def find_narrated(
    text: str,
    reading: Tagged,
    attributed: Sequence[Attributed],
    mentions: Sequence[Named],
    words: list[Word] | None = None,
) -> list[NarratedClaim]:
    """Return the check-worthy clauses of `text` outside attributed content, in order.

    words: those of the reading, where the caller has them.
    """
    words = words_of(reading) if words is None else words
    whole = [without_opener(_without_dateline(text, sentence)) for sentence in sentences(text, words)]
    voices = Voices.of(text, words, attributed, mentions)
    verbal = [has_finite(sentence) for sentence in whole]
    only = sum(verbal) <= 1
    claims = []
    for number, sentence in enumerate(whole):
        if not (only or verbal[number]) or tabular(text, sentence):
            continue
        parts = clauses(sentence)
        drawn = [_claim(text, sentence, parts, place, voices, lead=number == 0) for place in range(len(parts))]
        if only:
            drawn = [_at_least(claim, clause) for claim, clause in zip(drawn, parts, strict=True)]
        claims += _completed(sentence, parts, drawn, voices)
        if only and not claims and not voices.contents and len(sentence) >= THRESHOLDS.claim_words:
            claims.append(NarratedClaim((Span(sentence[0].start, sentence[-1].end),), THRESHOLDS.worth_checking))
    return sorted(set(claims), key=lambda c: c.spans)


def _without_dateline(text: str, sentence: Sequence[Word]) -> Sequence[Word]:
    """Return a sentence without the place, day and agency before it, where it opens a paragraph."""
    start = sentence[0].start
    if start and text[start - 1] != "\n":
        return sentence
    end = dateline_end(text, start)
    return [word for word in sentence if word.start >= end] or sentence


def _at_least(claim: NarratedClaim | None, clause: Clause) -> NarratedClaim | None:
    """Return a claim of a text of one sentence: what it says is what it is there for."""
    if claim is None or clause.kind not in _OWN_RANK:
        return claim
    return replace(claim, confidence=max(claim.confidence, THRESHOLDS.worth_checking))


def _completed(
    sentence: Sequence[Word], parts: Sequence[Clause], drawn: Sequence[NarratedClaim | None], voices: Voices
) -> list[NarratedClaim]:
    """Return the claims of a sentence, each with the dependent clauses around it that are no claim of their own.

    "… until the suits are settled" says when: cut off and dropped it would be lost, and the claim be another.
    """
    claimed = {
        i: claim for i, claim in enumerate(drawn) if claim is not None and claim.confidence >= THRESHOLDS.worth_checking
    }
    spans = {i: list(claim.spans) for i, claim in claimed.items()}
    for number, clause in enumerate(parts):
        host = _host(number, parts, claimed)
        if host is None or touched(voices.contents, clause.words) or _reports(clause.words, voices):
            continue
        if len(clause.words) > len(parts[host].words) or (number in claimed and clause.kind != "relative"):
            continue
        claimed.pop(number, None)
        spans[host] += spans_of(clause.words, sentence)
    return [replace(claim, spans=tuple(_united(sentence, spans[i], claim.tie))) for i, claim in sorted(claimed.items())]


def _host(number: int, parts: Sequence[Clause], claimed: Mapping[int, NarratedClaim]) -> int | None:
    """Return the claim that a dependent clause is part of: the one before it, or the first; None where there is none,
    or where the clause is set inside it: what is inserted is said beside the claim, not by it.
    """
    if parts[number].kind in _OWN_RANK:
        return None
    before = [i for i in claimed if i < number and not any(_interrupts(parts[i], clause) for clause in parts[:i])]
    host = max(before) if before else min((i for i in claimed if i != number), default=None)
    if host is None or parts[host].kind not in _OWN_RANK or _interrupts(parts[number], parts[host]):
        return None
    return host


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
    the first ends an apposition: "Mr. Aas, who left, spoke" is "Mr. Aas spoke".
    """
    inside = covered(sentence, [w.start for w in sentence], spans)
    kept = [at for at, word in enumerate(sentence) if word.start in inside]
    words = [sentence[kept[0]]]
    for last, at in pairwise(kept):
        gap = sentence[last + 1 : at]
        if all(word.form in COORDINATORS or not word.form[0].isalnum() for word in gap):
            words += gap if tie is None or sentence[at].start != tie.start else ()
        elif (mark := words[-1].form) == gap[-1].form and mark in _AROUND and sum(w.form == mark for w in words) == 1:
            words.pop()
        words.append(sentence[at])
    return spans_of(words, sentence)


def _claim(
    text: str, sentence: Sequence[Word], parts: Sequence[Clause], place: int, voices: Voices, lead: bool
) -> NarratedClaim | None:
    """Return a clause as a claim with its score; None where it is somebody else's, too little, or depends."""
    clause = parts[place]
    subject, tie = _subject_and_tie(sentence, clause)
    if (clause.kind not in _OWN_RANK and not (subject or tie)) or _conditional(clause.words):
        return None
    own = own_words(sentence, clause, voices)
    own = _closed(own) if clause.kind == "relative" and clause.words[0].form in _OF_NOUNS else own
    if len(own) < THRESHOLDS.claim_words or says(own[-1]) or _depends(sentence, clause):
        return None
    if any(word.start in voices.said for word in subject):
        subject = ()
    if tie is not None and not any(part.kind in _OWN_RANK for part in parts) and _holds_two(clause.words):
        tie = None  # the main clause is in it: "After the bank failed, unpaid farmers left"
    spans = spans_of([*subject, *own], sentence)
    score = check_worthiness(text, sentence, clause, spans, voices, lead)
    return NarratedClaim(tuple(spans), round(score, 4), Span(tie.start, tie.end) if tie else None)


def _closed(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a relative clause without what goes on with the sentence around it behind a comma: "Aas, who
    runs the mill[, and the owner, Per Foss, slept]", "at Foss, which owns the mill[, for ten years]".
    """
    verb = next((i for i, word in enumerate(words) if word.tag in FINITE), len(words))
    for at in range(verb + 2, len(words) - 1):
        rest = words[at + 1 :]
        outside = rest[0].tag in {"CC", "IN"} and not any(w.tag in FINITE or w.tag in {"VB", "VBN"} for w in rest)
        listed = rest[0].tag == "CC" and any(word.form == "," for word in words[:at])
        if words[at].form == "," and outside and not listed:
            return words[:at]
    return words


def _conditional(words: Sequence[Word]) -> bool:
    """Tell whether words only say under which condition something else holds: "provided that the price is paid"."""
    return len(words) > 1 and words[0].form in _CONDITIONAL and words[1].form == "that"


def _depends(sentence: Sequence[Word], clause: Clause) -> bool:
    """Tell whether a sentence is a dependent clause and nothing else: "As if he had known."."""
    first = clause.words[0]
    if clause.kind != "main" or first.start != sentence[0].start or first.form not in _DEPENDING:
        return False
    if clause.words[1].tag in {"RB", "JJ"}:
        return False  # "As many as …"
    own = any(word.form == "," or (word.tag == "PRP" and before.tag in NOUN) for before, word in pairwise(clause.words))
    return not own and sum(word.tag in FINITE for word in clause.words) <= 1


def _subject_and_tie(sentence: Sequence[Word], clause: Clause) -> tuple[Sequence[Word], Word | None]:
    """Return what a clause shares with the one before or says something of, and the word that ties it to that."""
    first = clause.words[0]
    if clause.kind == "relative":
        if first.form in _OF_NOUNS:
            noun = noun_phrase_before(sentence, next(i for i, word in enumerate(sentence) if word is first))
            return (noun, first) if _said_of(noun, clause, sentence) else ((), None)
        return (), first if first.form in _ASSERTED and _stands_alone(clause) else None
    if clause.kind == "subordinate":
        joined = first.form == "as" and any(
            word.tag in {"RB", "JJ"} for word in clause.words[1:2]
        )  # "as soon as" is one word
        return (), first if first.form in _ASSERTED and _stands_alone(clause) and not joined else None
    if clause.kind == "participle" and first.tag == "VBG":
        return (), None
    tied = clause.subject and clause.subject[0].form in _ASSERTED  # "while it rained and froze": it froze
    return clause.subject[1:] if tied else clause.subject, None


def _said_of(noun: Sequence[Word], clause: Clause, sentence: Sequence[Word]) -> bool:
    """Tell whether a relative clause is said of a noun phrase before it, and of the whole of it: not of the second of
    two, nor of what its verb does not agree with ("at the tables, which was seen by many").
    """
    if not any(word.tag in NOUN for word in noun):
        return False  # of "2022, which …" the year is not what is meant
    before = next(i for i, word in enumerate(sentence) if word is noun[0]) - 1
    verb = next((word.form for word in clause.words if word.tag in FINITE), "")
    several = noun[-1].tag in PLURAL
    return not (before >= 0 and sentence[before].form == "and") and not (several and verb in OF_ONE)


def _holds_two(words: Sequence[Word]) -> bool:
    """Tell whether words hold two clauses with a comma between them."""
    comma = next((i for i, word in enumerate(words) if word.form == ","), len(words))
    return has_finite(words[:comma]) and has_finite(words[comma:])


def _stands_alone(clause: Clause) -> bool:
    """Tell whether a dependent clause says enough to be a claim without what it depends on."""
    return clause.finite and len(clause.words) > THRESHOLDS.dependent_words
