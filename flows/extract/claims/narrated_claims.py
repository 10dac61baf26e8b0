"""Claims in the publisher's own voice: the check-worthy clauses of an article that nobody is quoted or cited for.

A clause is scored by a table of named features (`flows.extract.claims.check_worthiness`). Clauses inside attributed
content are not the publisher's; the reporting words around it are no claim of their own unless they report an act
("condemned the invasion"). A clause that depends on another ("after …", "when …") is part of the claim that it depends
on; one that says something of a noun ("…, which has 200 members") is a claim about that where it is set between commas,
and part of the claim before it where it ends that. A text of one sentence claims that sentence.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from flows.extract.claims.check_worthiness import check_worthiness, tabular
from flows.extract.claims.completed_clauses import NarratedClaim, completed
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.claims.voices import Attributed, Named, Voices, own_words, says, waits
from flows.extract.syntax.antecedents import agree, noun_phrase_before
from flows.extract.syntax.assembled_clauses import OWN_RANK, Clause
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.datelines import dateline_end
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import (
    Word,
    has_finite,
    place_of,
    spans_of,
    without_opener,
)
from flows.extract.syntax.tags import FINITE, MEASURES_OF_TIME, NOUN, SUBORDINATORS
from flows.lexicons import word_list
from flows.spans import Span

_ASSERTED = word_list("asserting_subordinators")
"""Subordinators whose clause is asserted beside the main one: "while the bridge was saved", "after the bank failed"."""
_ALSO_INDEPENDENT = frozenset({"once", "before", "since", "amid", "despite"})
"""Subordinators that stand at the head of a whole sentence, too: "Once the mill stood here"."""
_DEPENDING = SUBORDINATORS - _ALSO_INDEPENDENT
_OF_NOUNS = frozenset({"which", "who"})
_CONDITIONAL = frozenset({"provided", "given", "assuming", "supposing", "except"})


def find_narrated(
    indexed: IndexedWords, attributed: Sequence[Attributed], mentions: Sequence[Named]
) -> list[NarratedClaim]:
    """Return the check-worthy clauses of a text outside attributed content, in order."""
    text = indexed.text
    whole = [without_opener(_without_dateline(text, sentence)) for sentence in indexed.divided]
    voices = Voices.of(indexed, attributed, mentions)
    verbal = [has_finite(sentence) for sentence in whole]
    only = sum(verbal) <= 1
    claims = []
    for number, sentence in enumerate(whole):
        if not (only or verbal[number]) or tabular(text, sentence):
            continue
        parts = indexed.clauses_of(number) if sentence is indexed.divided[number] else clauses(sentence)
        drawn = [_claim(text, sentence, parts, place, voices, lead=number == 0) for place in range(len(parts))]
        if only:
            drawn = [_at_least(claim, clause) for claim, clause in zip(drawn, parts, strict=True)]
        claims += completed(sentence, parts, drawn, voices)
        if only and not claims and not voices.contents and len(sentence) >= THRESHOLDS.claim_words:
            claims.append(NarratedClaim((Span(sentence[0].start, sentence[-1].end),), THRESHOLDS.worth_checking))
    return sorted(set(claims), key=lambda c: c.spans)


def _without_dateline(text: str, sentence: Sequence[Word]) -> Sequence[Word]:
    """Return a sentence without the place, day and agency before it, where it opens a paragraph."""
    start = sentence[0].start
    if start and text[start - 1] != "\n":
        return sentence
    end = dateline_end(text, start)
    return ([word for word in sentence if word.start >= end] if end > start else sentence) or sentence


def _at_least(claim: NarratedClaim | None, clause: Clause) -> NarratedClaim | None:
    """Return a claim of a text of one sentence: what it says is what it is there for."""
    if claim is None or clause.kind not in OWN_RANK:
        return claim
    return replace(claim, confidence=max(claim.confidence, THRESHOLDS.worth_checking))


def _claim(
    text: str, sentence: Sequence[Word], parts: Sequence[Clause], place: int, voices: Voices, lead: bool
) -> NarratedClaim | None:
    """Return a clause as a claim with its score; None where it is somebody else's, too little, or depends."""
    clause = parts[place]
    subject, tie = _subject_and_tie(sentence, clause)
    if (clause.kind not in OWN_RANK and not (subject or tie)) or _conditional(clause.words):
        return None
    own = own_words(sentence, clause, voices)
    own = _closed(own) if clause.kind == "relative" and clause.words[0].form in _OF_NOUNS else own
    if len(own) < THRESHOLDS.claim_words or says(own[-1]) or waits(own) or _depends(sentence, clause):
        return None
    if _introduces(sentence, own):
        return None
    raised = clause.kind == "coordinate" and subject and _raised(sentence, subject, voices)
    if any(word.start in voices.said for word in subject) and not raised:
        subject = ()
    if tie is not None and not subject and not any(part.kind in OWN_RANK and part.finite for part in parts):
        if not _holds_two(clause.words):
            return None  # the main clause has no verb: "In May, when the bank failed"
        tie = None  # the main clause is in it: "After the bank failed, unpaid farmers left"
    spans = spans_of([*subject, *own], sentence)
    score = check_worthiness(text, sentence, clause, spans, voices, lead)
    return NarratedClaim(tuple(spans), round(score, 4), Span(tie.start, tie.end) if tie else None)


def _introduces(sentence: Sequence[Word], words: Sequence[Word]) -> bool:
    """Tell whether words only say who says what stands behind a colon: "Berg warned the town: “…”"."""
    end = place_of(sentence, words[-1]) + 1
    verb = next((word for word in words if word.tag in FINITE), words[0])
    return sentence[end:] != [] and sentence[end].form == ":" and says(verb)


def _raised(sentence: Sequence[Word], subject: Sequence[Word], voices: Voices) -> bool:
    """Tell whether of somebody's words a subject is all that stands before the verb: "[The losses] are said to grow
    and have cost 40 jobs".
    """
    at = place_of(sentence, subject[-1]) + 1
    return at < len(sentence) and sentence[at].start not in voices.said


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
            noun = noun_phrase_before(sentence, place_of(sentence, first))
            return (noun, first) if _said_of(noun, clause, sentence) else ((), None)
        return (), first if first.form in _ASSERTED and _stands_alone(clause) else None
    if clause.kind == "subordinate":
        following = clause.words[1].tag if len(clause.words) > 1 else ""
        phrase = following == "VBG" or (first.form == "as" and following in {"RB", "JJ"})
        asserted = first.form in _ASSERTED and _stands_alone(clause)
        return (), first if asserted and not phrase else None  # not "after leaving", and "as soon as" is one word
    if clause.kind == "participle" and first.tag == "VBG":
        return (), None
    tied = clause.subject and clause.subject[0].form in _ASSERTED  # "while it rained and froze": it froze
    return clause.subject[1:] if tied else clause.subject, None


def _said_of(noun: Sequence[Word], clause: Clause, sentence: Sequence[Word]) -> bool:
    """Tell whether a relative clause is said of a noun phrase before it, and of the whole of it: not of the second of
    two, nor of what its verb does not agree with ("at the tables, which was seen by many"), nor of what somebody does
    something to ("the mill, which [he] sold").
    """
    if not any(word.tag in NOUN for word in noun) or noun[-1].form in MEASURES_OF_TIME:
        return False  # of "2022, which …" and "two days, which …" the time is not what is meant
    if sentence[place_of(sentence, noun[0]) - 1].form == "and" or any(word.tag == "PRP" for word in noun[:-1]):
        return False  # "She left him [a note, which …]": two noun phrases
    at = next((i for i, word in enumerate(clause.words) if word.tag in FINITE), 0)
    between = [word for word in clause.words[1:at] if word.tag != "RB"]
    if between and between[0].tag != "IN" and between[-1].form not in MEASURES_OF_TIME:
        return False
    heads = [word for word, of in pairwise(noun) if of.form == "of"]
    return not at or any(agree(head, clause.words[at]) for head in (*heads, noun[-1]))


def _holds_two(words: Sequence[Word]) -> bool:
    """Tell whether words hold two clauses with a comma between them."""
    comma = next((i for i, word in enumerate(words) if word.form == ","), len(words))
    return has_finite(words[:comma]) and has_finite(words[comma:])


def _stands_alone(clause: Clause) -> bool:
    """Tell whether a dependent clause says enough to be a claim without what it depends on."""
    return clause.finite and len(clause.words) > THRESHOLDS.dependent_words
