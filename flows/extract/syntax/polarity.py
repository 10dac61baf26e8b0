"""Polarity of a content, read from its main clause.

A content is negated where a negator stands in its main clause with the verb ("do not recognize", "no party
has", "can in no way claim"); negation inside a subordinate clause or in a word ("refuse", "unrecognized")
leaves the proposition affirmed.
"""

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.main_clause import before_complement, main_clause
from flows.extract.syntax.sentences import Word, has_finite, speech_verbs
from flows.extract.syntax.tags import APOSTROPHES, FINITE, NOUN, RELATIVE
from flows.lexicons import of_kind, word_list
from schemas.vocabularies import Polarity

_PART_MARKS = frozenset({",", "–", "—", "―", "("})
_VERBAL = frozenset({"VB", "VBD", "VBN", "VBG", "VBZ", "VBP", "MD", "RB"})
_ASKED_OF = word_list("subject_pronouns")
_NOT_DENIED = word_list("affirmed_negations")  # "not only …" affirms
_SURPASSED = word_list("comparatives_of_amount")
_EXCEPTED = word_list("excepted_negations")
_CUT = word_list("cut_negations")
_DENYING_PAIRS = frozenset({("anything", "but"), ("far", "from")})
_CLAIM_NOUNS = word_list("claim_nouns")
_FORMS_OF_BE = word_list("forms_of_be")
_WRONG = word_list("wrong_to_claim")


@lru_cache(maxsize=1)
def _may_negate() -> frozenset[str]:
    return of_kind("negation", "negator") | of_kind("negation", "determiner") | {"t"}


@lru_cache(maxsize=1)
def _untrue() -> frozenset[str]:
    return of_kind("stance", "untrue") | of_kind("stance", "improbable")


@lru_cache(maxsize=1)
def _doubting() -> frozenset[str]:
    return of_kind("stance", "denies") | of_kind("stance", "doubts")


def polarity(words: Sequence[Word], main: list[Word] | None = None) -> Polarity:
    """Tell whether the main clause of a content denies what it says. main: that clause, if known."""
    scope = _without_tag_question(_without_relative(main_clause(words) if main is None else main))
    scope = before_complement(scope)
    if _wrongly_claimed(words) or _claim_is_untrue(words) or _far_from(scope) or _own_denial(scope):
        return Polarity.NEGATED
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
    if forms[0] == "because" and after > 1 and words[after - 2].form not in _FORMS_OF_BE:
        return True  # "was sacked not because he was late but …"
    if forms[0] == "," and negator.form == "no":
        return True  # "No, the pool is open"
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


def _claim_is_untrue(words: Sequence[Word]) -> bool:
    """Tell whether words call a claim untrue: "[claims that the mill leaks] were false"."""
    plain = [word for word in words if word.form[0].isalnum()]
    subject = plain[: LIMITS.untrue_words]
    untrue = len(plain) > 2 and plain[-1].form in _untrue() and plain[-2].form in _FORMS_OF_BE
    at = next((at for at, word in enumerate(subject) if word.form in _CLAIM_NOUNS), None)
    return untrue and at is not None and not has_finite(plain[:at]) and plain[at + 1].form in {"that", "of", "about"}


def _own_denial(scope: Sequence[Word]) -> bool:
    """Tell whether somebody denies something: "I [deny that …]", "we categorically reject [the idea]"."""
    if not scope or scope[0].form not in {"i", "we"} or any(word.form in _may_negate() for word in scope):
        return False
    at = next((at for at, word in enumerate(scope) if at and word.tag.startswith("VB")), 0)
    if not at or any(word.tag != "RB" for word in scope[1:at]):
        return False
    claims = any(word.form in _CLAIM_NOUNS for word in scope[at + 1 : at + 4])
    return scope[at].form in of_kind("stance", "denies") or (claims and scope[at].form in _rejecting())


@lru_cache(maxsize=1)
def _rejecting() -> frozenset[str]:
    return of_kind("stance", "denies_claims")


def _far_from(scope: Sequence[Word]) -> bool:
    """Tell whether a clause says of its subject what it is not: "is anything but [safe]", "is far from [over]"."""
    for at in range(1, len(scope) - 2):
        denying = (scope[at].form, scope[at + 1].form) in _DENYING_PAIRS
        if denying and scope[at - 1].form in _FORMS_OF_BE and scope[at + 2].tag not in {"DT", "NNP", "PRP$"}:
            return True
    return False


def _wrongly_claimed(words: Sequence[Word]) -> bool:
    """Tell whether who claims something is said to be wrong: "Foss was wrong to claim [that …]", "Foss lied when he
    said [that …]".
    """
    claims = (at for at, pair in enumerate(itertools.pairwise(words)) if pair[1].form == "that" and at)
    claim = next((at for at in claims if words[at].form in _claiming()), None)
    if claim is None or claim > LIMITS.wrongly_claimed_words:
        return False
    scope = words[:claim]
    return any(word.form in _WRONG for word in scope) and not any(word.form in _may_negate() for word in scope)


@lru_cache(maxsize=1)
def _claiming() -> frozenset[str]:
    return word_list("speaking") | speech_verbs("report", "announcement")


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
    described = following == "IN" and words[index - 1].tag in NOUN and not has_finite(words[:index])
    if index and described:
        return True  # "children not in school have grown in number"
    return before == "with" or (before in _PART_MARKS and following not in _VERBAL)


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
