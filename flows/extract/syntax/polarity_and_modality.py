"""Polarity and modality of a content, read from its main clause.

A content is negated where a negator stands in its main clause with the verb ("do not recognize", "no party
has", "can in no way claim"); negation inside a subordinate clause or in a word ("refuse", "unrecognized")
leaves the proposition affirmed. Modality is that of the main clause: its modal verb or an adverb or
adjective to the same effect (after the modality annotation of Ruppenhofer and Rehbein 2012, reduced to the
six values of the contract).
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from flows.extract.syntax.assembled_clauses import OWN_RANK
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.sentences import CLOSERS, Word, abbreviates, contracted, has_finite
from flows.extract.syntax.tags import APOSTROPHES, COMPLEMENTISERS, FINITE, NOUN, RELATIVE
from flows.lexicons import of_kind, word_list
from schemas.vocabularies import Modality, Polarity

_OPENERS = frozenset({"that", "whether", "how", "“", '"', "”", "'", "‘", "(", "and", "but"})
_PART_MARKS = frozenset({",", "–", "—", "―", "("})
_VERBAL = frozenset({"VB", "VBD", "VBN", "VBG", "VBZ", "VBP", "MD", "RB"})
_ASKED_OF = word_list("subject_pronouns")
_STRENGTH = (Modality.NECESSARY, Modality.POSSIBLE, Modality.FUTURE)
_NOT_DENIED = word_list("affirmed_negations")  # "not only …" affirms
_SURPASSED = word_list("comparatives_of_amount")
_EXCEPTED = word_list("excepted_negations")
_CUT = word_list("cut_negations")
_BE = word_list("before_a_denial")


@lru_cache(maxsize=1)
def _may_negate() -> frozenset[str]:
    return of_kind("negation", "negator") | of_kind("negation", "determiner") | {"t"}


@lru_cache(maxsize=1)
def _untrue() -> frozenset[str]:
    return of_kind("stance", "untrue") | of_kind("stance", "improbable")


@lru_cache(maxsize=1)
def _doubting() -> frozenset[str]:
    return of_kind("stance", "denies") | of_kind("stance", "doubts")


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


def polarity(words: Sequence[Word], main: list[Word] | None = None) -> Polarity:
    """Tell whether the main clause of a content denies what it says. main: that clause, if known."""
    scope = _without_tag_question(_without_relative(main_clause(words) if main is None else main))
    scope = _before_complement(scope)
    may_negate = _may_negate()
    for index, word in enumerate(scope):
        if (
            word.form in may_negate
            and _negates(scope, index, word)
            and not _of_a_part(scope, index)
            and not _affirms(words, bisect_right(words, word.start, key=_start))
        ):
            return Polarity.AFFIRMED if _calls_untrue(scope) else Polarity.NEGATED
    return Polarity.NEGATED if _calls_untrue(scope) else Polarity.AFFIRMED


def _affirms(words: Sequence[Word], after: int) -> bool:
    """Tell whether a word that could negate denies nothing, from what follows it. after: where that begins.

    "not only", "no doubt", "no fewer than 40", "nothing but rice", "the no-fly zone", "the No. 4 reactor".
    """
    negator, following = words[after - 1], words[after : after + 3]
    forms = [word.form for word in following]
    if not forms:
        return False
    if forms[0] == "to" and after == 1:
        return False  # "[claimed] never to have met": of a clause, not of what is to come
    if negator.tag == "NNP" and after > 1:
        return True  # of a name: "the charity Never Again"
    if forms[0] in APOSTROPHES or forms[0] in _NOT_DENIED:
        return forms[0] in _NOT_DENIED
    if any(form in _doubting() for form in forms) and _doubted_clause(words[after : after + 4]):
        return True
    if forms[0] == "-" and following[0].start == negator.end:
        return len(forms) > 1 and forms[1] != "one"
    if after > 1 and words[after - 2].form == "-" and words[after - 2].end == negator.start:
        return True  # "a do-nothing board"
    if forms[0] == "." and negator.form == "no":
        return len(forms) > 1 and forms[1].isdigit()
    if len(forms) > 2 and forms[1] == "than" and forms[0] in _SURPASSED:
        return forms[0] in {"fewer", "less", "later", "sooner"} or following[2].tag == "CD"
    return f"{negator.form} {forms[0]}" in _EXCEPTED or f"{negator.form} {' '.join(forms[:2])}" in _EXCEPTED


def _doubted_clause(following: Sequence[Word]) -> bool:
    """Tell whether words have a verb of doubt before "that": "[nobody] would doubt that", which holds it."""
    return any(a.form in _doubting() and b.form == "that" for a, b in itertools.pairwise(following))


def _start(word: Word) -> int:
    return word.start


def _calls_untrue(scope: Sequence[Word]) -> bool:
    """Tell whether a clause says of the next one that it is not so: "it was false [that …]"."""
    if not scope or scope[0].form != "it" or len(scope) > LIMITS.untrue_words:
        return False
    return any(word.form in _untrue() for word in scope)


def _without_relative(words: list[Word]) -> list[Word]:
    """Return a clause without the relative clause inside its subject: "people [who have no car] should leave"."""
    opened = next((at for at, word in enumerate(words) if at and word.tag in RELATIVE), None)
    verbs = [at for at, word in enumerate(words) if word.tag in FINITE] if opened is not None else []
    if opened is None or not verbs or not opened < verbs[0]:
        return words
    if len(verbs) > 1:
        return [*words[:opened], *words[verbs[1] :]]
    described = words[opened].form in {"who", "which", "whose"} and words[opened - 1].tag in NOUN
    return words[:opened] if described else words  # a noun, or the tagger missed its verb


def _without_tag_question(words: list[Word]) -> list[Word]:
    """Return a clause without the question that asks for assent: "the plan is dead[, isn't it?]"."""
    for at in range(len(words) - 1, 0, -1):
        if words[at].form == ",":
            asked = words[at + 1 :]
            short = 1 < len(asked) <= LIMITS.tag_question_words and (asked[0].tag in FINITE or asked[0].form in _CUT)
            return words[:at] if short and any(word.form in _ASKED_OF for word in asked) else words
    return words


def _of_a_part(words: Sequence[Word], index: int) -> bool:
    """Tell whether a negator denies a part that is set against another one, and not what the clause says.

    "9 tonnes were missing, not 19", "the court, not the mayor, decides", "anyone with no ticket pays".
    """
    before = words[index - 1].form if index else ""
    following = words[index + 1].tag if index + 1 < len(words) else ""
    return before == "with" or (before in _PART_MARKS and following not in _VERBAL)


def _before_complement(words: list[Word]) -> list[Word]:
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


def _negates(words: Sequence[Word], index: int, word: Word) -> bool:
    if word.form in of_kind("negation", "negator"):
        return True
    if word.form == "t" and index >= 2 and words[index - 1].form in APOSTROPHES and words[index - 2].form.endswith("n"):
        return True  # word pieces cut "don't" at its apostrophe
    if word.form in _CUT:
        return False
    if word.form not in of_kind("negation", "determiner"):
        return False
    following = words[index + 1].form if index + 1 < len(words) else ""
    return following not in {"longer"} or has_finite(words)


def modality(words: Sequence[Word], main: list[Word] | None = None) -> Modality:
    """Return the mode of a content's main clause. main: that clause, if known."""
    if not words:
        return Modality.ASSERTED
    main = main_clause(words) if main is None else main
    if not has_finite(main):
        return Modality.IMPERATIVE if _demands(main) else Modality.ASSERTED
    scope = _before_complement(main)
    forms = [word.form for word in scope]
    said = {*forms, *map(" ".join, itertools.pairwise(forms))}
    kinds = (kind for kind in (*_STRENGTH, Modality.CONDITIONAL) if not said.isdisjoint(of_kind("modality", kind)))
    found = {kind for kind in kinds if _has(scope, kind)}
    if Modality.CONDITIONAL in found or (found & {Modality.FUTURE, Modality.POSSIBLE} and _hangs_on_condition(words)):
        return Modality.CONDITIONAL
    return next((kind for kind in _STRENGTH if kind in found), Modality.ASSERTED)


def _has(words: Sequence[Word], kind: Modality) -> bool:
    """Tell whether a word of this kind governs the clause: a modal, or an adjective or adverb beside the verb."""
    known = of_kind("modality", kind)
    for index, word in enumerate(words):
        pair = f"{word.form} {words[index + 1].form}" if index + 1 < len(words) else ""
        if pair in known:
            return True
        if word.form in known and (
            word.tag in FINITE or word.tag == "RB" or (index and words[index - 1].form in _BE) or word.form in {"need"}
        ):
            return True
    return False


def _hangs_on_condition(words: Sequence[Word]) -> bool:
    return any(word.form in {"if", "unless", "provided"} for word in words)


def _demands(words: Sequence[Word]) -> bool:
    """Tell whether a content without a finite verb asks for something: "the government to start talks", "join
    us".
    """
    first = words[0]
    if first.tag == "VB" and not re.fullmatch(r"\W*", first.form):
        return True
    return any(a.form == "to" and b.tag == "VB" for a, b in itertools.pairwise(words)) and _infinitive_governs(words)


def _infinitive_governs(words: Sequence[Word]) -> bool:
    """Tell whether only a noun phrase stands before the infinitive."""
    for word in words:
        if word.form == "to":
            return True
        if word.tag.startswith("VB") or word.form == "of":
            return False
    return False
