"""Words by which a statement looks back at what was told before it: "they", "such a deal", "the operation".

A pronoun for which no name was put in brackets, a demonstrative, "the two" and a description of what the article
brought in shortly before ("a raid … the raid") say nothing to who reads the statement alone, unless the statement
itself names before them what they can mean (what is given in the text: Prince 1981).
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.extract.claims.statements.described_sources import IT, THEY, describes_person, expletive
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.speakers.reference.pronoun_reference import GENDERED, PRONOUNS
from flows.extract.syntax.antecedents import noun_phrase_end
from flows.extract.syntax.sentences import Word, has_finite
from flows.extract.syntax.tags import (
    APOSTROPHES,
    COORDINATORS,
    FINITE,
    INSIDE_NOUN_PHRASE,
    NOUN,
    PLURAL,
    PRONOUN,
    RELATIVE,
    SAYS_WHICH,
    SUBORDINATORS,
)
from flows.lexicons import word_list

_DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
_COUNTED = word_list("counted_again")
_OBJECTS = frozenset({"her", "him", "it", "them"})
_JOINTS = COORDINATORS | SUBORDINATORS | {",", ";", "that"}
_OTHERS = frozenset({"both", "neither", "others", "another"})
_ANYBODY = word_list("any_person")
_TIMES = word_list("times_pointed_at")
NO_THINGS = _TIMES | word_list("months")
"""Nouns of times: nothing that a pronoun stands for."""
_LOOKING_BACK = _DEMONSTRATIVE | {"such", "the"}
"""Words that may look back wherever they stand; pronouns do, too, and of others only the first."""


class Antecedent(NamedTuple):
    """What a word that looks back needs before it: `person`, `thing`, `several`, `any`, or a `noun` of one form.

    gender: that of a person, as `flows.extract.speakers` tells it; noun: the form.
    """

    kind: str
    noun: str = ""
    gender: str = ""


Introduced = Callable[[Word, bool], bool]
"""Tells whether the text brought in what a noun describes shortly before; True: the noun is a statement's topic."""
Names = Callable[[Word], str | None]
"""Tells whether a word is in the name of a person: None where not, else the gender, empty where it is not known."""


def looks_back(
    words: Sequence[Word], told: Collection[int], names: Names, introduced: Introduced
) -> Iterator[Antecedent]:
    """Yield what the words of a statement need that it does not say, in order; nothing where it stands alone.

    told: the places of words for which what they stand for is told, in brackets beside them or around them; introduced:
    whether the text brought in what a noun describes shortly before, without saying which.
    """
    found: list[Antecedent] = []
    for index, word in enumerate(words):
        if (index and word.form not in _LOOKING_BACK and word.tag not in PRONOUN) or index in told:
            continue
        needed = _needed(words, index, introduced)
        if needed is not None and needed not in found and not _said_before(words, index, needed, names):
            found.append(needed)
            yield needed


def fits(words: Sequence[Word], needed: Antecedent, names: Names) -> bool:
    """Tell whether words may name what a word that looks back needs."""
    if needed.kind == "person":
        return _one_person(words, needed.gender, names)
    if needed.kind == "several":
        return any(word.tag in PLURAL and word.form not in _TIMES for word in words) or _joined(words)
    if needed.kind == "noun":
        return any(word.form == needed.noun and word.tag in NOUN for word in words)
    if needed.kind == "thing":
        things = (word for word in words if word.tag in {"NN", "NNP"} and word.form not in NO_THINGS)
        return any(names(word) is None and not describes_person([word]) for word in things)
    return any(word.tag in NOUN for word in words)


def _needed(words: Sequence[Word], index: int, introduced: Introduced) -> Antecedent | None:
    """Return what a word needs before it, whether or not it is there; None where it looks back at nothing."""
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    if word.tag in PRONOUN:
        return _by_pronoun(words, index)
    if word.form in _DEMONSTRATIVE and word.tag == "DT":
        described = following is not None and (
            following.tag in RELATIVE | {"IN", "VBG", "VBN"} or following.form in _TIMES
        )
        return None if described else Antecedent("any", _noun_of(words, index + 1))
    if word.form == "such" and following is not None and following.form != "as":
        return Antecedent("any", _noun_of(words, index + 1))
    if index == 0 and word.form in _OTHERS:
        return Antecedent("any")
    if word.form == "the" and following is not None:
        return _by_description(words, index, introduced)
    return None


def _noun_of(words: Sequence[Word], start: int) -> str:
    """Return the noun of the phrase that goes on at a word, empty where there is none: "such [a large raid]"."""
    end = start
    while end < len(words) and (words[end].tag in INSIDE_NOUN_PHRASE or words[end].tag == "DT"):
        end += 1
    return words[end - 1].form if end > start and words[end - 1].tag in NOUN else ""


def _by_pronoun(words: Sequence[Word], index: int) -> Antecedent | None:
    form = words[index].form
    if PRONOUNS.get(form) in GENDERED:
        return Antecedent("person", gender=PRONOUNS[form])
    if form in THEY or form == "themselves":
        return Antecedent("several")
    if form in IT and not expletive(words, index):
        return Antecedent("thing")
    return None


def _by_description(words: Sequence[Word], index: int, introduced: Introduced) -> Antecedent | None:
    """Return what "the" and the noun behind it need, where nothing in the statement says which one is meant."""
    end = noun_phrase_end(words, index + 1)
    following = words[end] if end < len(words) else None
    inside = words[index + 1 : end]
    if not inside or (following is not None and following.tag in SAYS_WHICH):
        return None
    head = inside[-1]
    if inside[0].form in _COUNTED and len(inside) <= THRESHOLDS.counted_words:
        return Antecedent("any")
    if head.form == "old":
        return Antecedent("person")
    return Antecedent("noun", head.form) if head.tag in {"NN", "NNS"} and introduced(head, index == 0) else None


def _said_before(words: Sequence[Word], index: int, needed: Antecedent, names: Names) -> bool:
    """Tell whether a statement itself names what its word needs: before it, or behind a clause that opens with it
    ("When he came, Berg left")."""
    before = words[:index]
    if needed.kind == "any" and needed.noun:
        return any(word.form == needed.noun for word in before)
    if needed.kind == "any":
        return any(word.tag in NOUN for word in before) and has_finite(before)
    if _is_object(words, index):
        own = _own_clause(before)  # who does it is not whom it is done to: "the police arrested them"
        before = [*before[:own], *(w for w, after in pairwise(before[own:]) if after.tag == "POS")]
    if fits(before, needed, names):
        return True
    if needed.kind == "person" and any(_named_so(word, needed.gender, names) for word in before):
        return True
    if needed.kind == "several" and (any(word.tag == "NNP" for word in before) or describes_person(before)):
        return True
    opens = words[0].form in SUBORDINATORS or words[0].tag in {"IN", "TO"} or words[index].tag == "PRP$"
    behind = [word for word in words[index:] if needed.kind == "person" or word.tag == "NNP"]
    return opens and fits(behind, needed, names)


def _is_object(words: Sequence[Word], index: int) -> bool:
    """Tell whether a pronoun is what its clause does something to: right behind a verb, and no subject of another."""
    following = words[index + 1].tag if index + 1 < len(words) else ""
    return (
        words[index].form in _OBJECTS
        and index > 0
        and words[index - 1].tag.startswith("VB")
        and following not in FINITE
    )


def _own_clause(words: Sequence[Word]) -> int:
    """Return where the clause begins that words end in, as far as marks and words that join clauses tell."""
    places = (i for i in range(len(words) - 1, -1, -1) if words[i].form in _JOINTS or words[i].tag in RELATIVE)
    return next(places, 0)


def _one_person(words: Sequence[Word], gender: str, names: Names) -> bool:
    """Tell whether words name one person of a gender, or one as the first before their verb."""
    places = [index for index in range(len(words)) if _is_person(words, index, gender, names)]
    if not places:
        return False
    apart = any(after - before > 1 for before, after in pairwise(places))
    return not apart or not any(word.tag in FINITE for word in words[: places[0]])


def _is_person(words: Sequence[Word], index: int, gender: str, names: Names) -> bool:
    """Tell whether a word names or describes somebody whom a pronoun of a gender may mean, and not what is somebody's
    ("Berg’s house", "customer service").
    """
    word = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    named = _named_so(word, gender, names)
    if following is not None and (following.tag == "POS" or following.form in APOSTROPHES or following.tag in NOUN):
        return following.tag == "NNP" and named
    described = word.form not in _ANYBODY and describes_person([word])
    return named or (names(word) is None and described)


def _named_so(word: Word, gender: str, names: Names) -> bool:
    """Tell whether a word is in the name of a person who may be of a gender; of any where none is asked for."""
    known = names(word)
    return known is not None and (not gender or known in ("", gender))


def _joined(words: Sequence[Word]) -> bool:
    """Tell whether two names or nouns stand together: "Berg and Aas"."""
    return any(
        word.form in COORDINATORS and before.tag in NOUN and after.tag in NOUN
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
    )
