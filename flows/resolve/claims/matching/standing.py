"""How what is told stands: done, ahead, meant to be done, owed; under a condition or without one; nearly or wholly.

`It had bought six aircraft` and `it wanted to buy six aircraft` share all that they name. What is meant, or ought to
be, need not come, and what holds only if something else does is less than what holds.
"""

import re
from functools import lru_cache

from flows.lexicons import one_of, word_list
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.verb_forms import is_past, verb

DONE, AHEAD, MEANT, OWED, ASKED, AGREED, ELSE = "done", "ahead", "meant", "owed", "asked", "agreed", "else"
_BETWEEN = r"(?: (?:\w+ly|not|also|never|now|soon|still|be|been))*"
_BE = one_of(word_list("forms_of_be"))
_GOVERNED = {
    MEANT: rf"\b(?:{one_of(word_list('means_to_do'))}) to{_BETWEEN} (?P<{MEANT}>[a-z]+)",
    ASKED: rf"\b(?:{_BE}) (?:{one_of(word_list('is_asked_to'))}) to{_BETWEEN} (?P<{ASKED}>[a-z]+)",
    AGREED: rf"\b(?:{one_of(word_list('agrees_to_do'))}) to{_BETWEEN} (?P<{AGREED}>[a-z]+)",
    OWED: rf"\b(?:should|must|ought to|(?:have|has|had|needs?|needed) to){_BETWEEN} (?P<{OWED}>[a-z]+)",
    AHEAD: rf"\b(?:will|would|shall|wo|(?:is|are|was|were) going to){_BETWEEN} (?P<{AHEAD}>[a-z]+)",
    DONE: rf"\b(?:have|has|had|was|were){_BETWEEN} (?P<{DONE}>[a-z]+(?<!ing)\b)",
    ELSE: rf"\b(?:can|could|may|might|to|is|are|be|being|by){_BETWEEN} (?P<{ELSE}>[a-z]+)",
}
_VERBS = tuple((standing, re.compile(pattern)) for standing, pattern in _GOVERNED.items())
_BEFORE_TO = frozenset({"ought", "have", "has", "had", "need", "needs", "needed"}).union(
    word_list("means_to_do"), word_list("is_asked_to")
)
"""Words of which one stands before the `to` of whatever is meant, owed or asked for."""
_PAIRS = ((DONE, MEANT), (DONE, OWED), (OWED, AHEAD), (DONE, ASKED), (ASKED, AGREED), (MEANT, ASKED))
_TWO_STANDINGS = frozenset({frozenset(p) for p in _PAIRS})
"""What will be done is told as done the day after: of one event both are one claim as often as not."""
_CONDITION = re.compile(
    rf"(?<!^)(?<!\beven )(?<!\bas )\bif (?!not |any|\w+(?:ed|en|wn)\b)|^if [^,]+, "
    rf"|\bunless\b|\b(?:{one_of(word_list('conditions'))})\b"
)
_OPENS_A_CONDITION = {"if", "unless", *(max(words.split(), key=len) for words in word_list("conditions"))}
"""Words of which one is in every condition."""
_WHETHER = re.compile(rf"\b(?:{one_of(word_list('asks_whether'))}) if\b")
_WORD = re.compile(r"[a-z]+")
_NEARLY_WORDS = frozenset({"almost", "nearly", "practically", "virtually"})
_NEARLY = re.compile(rf"\b(?:{one_of(_NEARLY_WORDS)}) (?!\d)(?P<word>[a-z]+)\b(?!-)")


def standings_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether one verb of both is of what is done in one, and of what is meant, owed or to come in the other."""
    if not (_unsure(a) or _unsure(b)):  # as of most pairs
        return False
    ours, theirs = _standings(a.said), _standings(b.said)
    shared = ours.keys() & theirs.keys()
    if any(frozenset({ours[verb], theirs[verb]}) in _TWO_STANDINGS for verb in shared):
        return True
    return _only_meant(ours, theirs, b) or _only_meant(theirs, ours, a)


def _only_meant(ours: dict[str, str], theirs: dict[str, str], other: Proposition) -> bool:
    """Whether what one side means to do has a name on the other, where all is done: threatened to strike, on strike."""
    meant = [word for word, standing in ours.items() if standing == MEANT and word not in theirs]
    done = set(theirs.values()) <= {DONE, ELSE} and DONE in theirs.values()
    return done and bool(meant) and any(verb(form) in meant for form in other.vocabulary)


def conditions_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether one says under what condition it holds and the other, which says no more besides, does not."""
    ours, theirs = _conditional(a), _conditional(b)
    if ours == theirs:
        return False
    bound, free = (a, b) if ours else (b, a)
    return free.content_stems <= bound.content_stems


def nearness_differs(a: Proposition, b: Proposition) -> bool:
    """Tell whether one word of both holds nearly in one and wholly in the other: finished, nearly finished."""
    if _NEARLY_WORDS.isdisjoint(a.said_words) and _NEARLY_WORDS.isdisjoint(b.said_words):  # as of most pairs
        return False
    ours, theirs = _nearly(a.said), _nearly(b.said)
    return bool((ours - theirs) & b.vocabulary or (theirs - ours) & a.vocabulary)


@lru_cache(maxsize=1 << 13)
def _nearly(said: str) -> frozenset[str]:
    return frozenset([found["word"] for found in _NEARLY.finditer(said)])


def _unsure(proposition: Proposition) -> bool:
    """Whether anything is meant, owed or asked for: one of two standings that differ is."""
    words = proposition.said_words
    likely = ("to" in words and not _BEFORE_TO.isdisjoint(words)) or "should" in words or "must" in words
    return likely and _tells_of_unsure(proposition.said)


@lru_cache(maxsize=1 << 13)
def _tells_of_unsure(said: str) -> bool:
    return any(pattern.search(said) for standing, pattern in _VERBS if standing in (MEANT, OWED, ASKED))


def _conditional(proposition: Proposition) -> bool:
    return not _OPENS_A_CONDITION.isdisjoint(proposition.said_words) and _tells_a_condition(proposition.said)


@lru_cache(maxsize=1 << 13)
def _tells_a_condition(said: str) -> bool:
    return _CONDITION.search(_WHETHER.sub(" ", said)) is not None


@lru_cache(maxsize=1 << 13)
def _standings(said: str) -> dict[str, str]:
    """The standing of each verb: what its auxiliary says; of a past form without one that it is done."""
    found: dict[str, str] = {}
    for standing, pattern in _VERBS:
        for place in pattern.finditer(said):
            found.setdefault(verb(place[standing]), standing)
    for form in _WORD.findall(said):
        if is_past(form):
            found.setdefault(verb(form), DONE)
    return found
