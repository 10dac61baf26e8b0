"""Some and all, a part and the whole, an office and its deputy, every week and every month, wanted and got.

`Two of the guards were bribed` and `the guards were bribed` have every word in common but a small one, and to a model
that weighs words a small one is next to nothing.
"""

import re
from functools import lru_cache

from flows.lexicons import one_of, word_list
from flows.lexicons.stems import stem
from flows.resolve.claims.matching.proposition import Proposition
from schemas.vocabularies import EntityType

_WHOLE, _PART, _NONE_SAID = "whole", "part", "the"
_OF = r"(?: of)?(?: (?:the|its|their|his|her|our))?"
_QUANTITY = re.compile(
    rf"\b(?:(?P<{_WHOLE}>{one_of(word_list('says_all'))}){_OF}"
    rf"|(?P<{_PART}>(?:{one_of(word_list('says_some'))}){_OF}"
    rf"|(?:{one_of(word_list('counts_some'))}) of (?:the|its|their))"
    r"|(?<!\bof )(?P<the>the|its|their)) (?P<noun>[a-z]+)\b"
)
_PART_OF = re.compile(r"^(?:(?:the|an?|one|its|their) )?(?P<part>(?:[a-z-]+ ){1,3})of (?P<whole>(?:the|its|their) .*)")
_DEPUTY = re.compile(rf"\b(?:{one_of(word_list('words_of_rank'))})[ -](?P<office>[a-z]+)\b")
_PERIOD = re.compile(rf"\b(?:an?|each|every|per) (?P<each>{one_of(word_list('periods'))})\b")
_ATTITUDES = ("weighs_a_thing", "wants_a_thing", "gets_a_thing", "refuses_a_thing")
_WORD = re.compile(r"[a-z]+")


def small_words_differ(a: Proposition, b: Proposition) -> str | None:
    """Return the name of the first of these rules that finds a difference; most pairs have the same small words."""
    if _marks(a.said) == _marks(b.said):
        return None
    return next((name for name, differs in _RULES if differs(a, b)), None)


def shares_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether one says of some what the other says of all, or of a part what the other says of the whole."""
    if a.said == b.said:
        return False
    ours, theirs = _quantified(a.said), _quantified(b.said)
    shared = ours.keys() & theirs.keys()
    if any(_PART in (ours[noun], theirs[noun]) and ours[noun] != theirs[noun] for noun in shared):
        return True
    return _part_of(a.said, b.said) or _part_of(b.said, a.said)


def offices_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether one tells of the deputy of whom the other tells, and nobody is named in both."""
    ours, theirs = _deputies(a.said), _deputies(b.said)
    if ours == theirs:
        return False
    people = ({name.entity for name in p.names if name.kind == EntityType.PERSON} for p in (a, b))
    return set.isdisjoint(*people) and bool((ours - theirs) & b.vocabulary or (theirs - ours) & a.vocabulary)


def periods_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether one says it of every month and the other of every year."""
    ours, theirs = _periods(a.said), _periods(b.said)
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def attitudes_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether one wants, weighs or refuses what the other gets: a verb of one use for one of another."""
    own, other = a.vocabulary - b.vocabulary, b.vocabulary - a.vocabulary
    return any(
        own & word_list(one) and other & word_list(another)
        for one in _ATTITUDES
        for another in _ATTITUDES
        if one != another
    )


@lru_cache(maxsize=1 << 13)
def _quantified(said: str) -> dict[str, str]:
    """How much of what a noun names a statement tells of, by its stem."""
    found: dict[str, str] = {}
    for place in _QUANTITY.finditer(said):
        found.setdefault(stem(place["noun"]) or place["noun"], _kind(place))
    return found


def _kind(place: re.Match[str]) -> str:
    return next(kind for kind in (_WHOLE, _PART, _NONE_SAID) if place[kind])


def _part_of(said: str, other: str) -> bool:
    """Whether a statement is told of a part of that of which the other tells the same, to the last word."""
    found = _PART_OF.match(said)
    if found is None or not word_list("no_parts").isdisjoint(found["part"].split()):
        return False
    return found["whole"].rstrip(".") == other.rstrip(".")


@lru_cache(maxsize=1 << 13)
def _deputies(said: str) -> frozenset[str]:
    return frozenset([found["office"] for found in _DEPUTY.finditer(said)])


@lru_cache(maxsize=1 << 13)
def _periods(said: str) -> frozenset[str]:
    return frozenset([found["each"] for found in _PERIOD.finditer(said)])


@lru_cache(maxsize=1)
def _marking_words() -> frozenset[str]:
    lists = (*_ATTITUDES, "says_all", "says_some", "counts_some", "words_of_rank", "periods")
    return frozenset[str]().union(*map(word_list, lists))


@lru_cache(maxsize=1 << 13)
def _marks(said: str) -> frozenset[str]:
    """The small words of a statement that a rule asks for, and `of` where it begins with what may be a part."""
    found = _marking_words().intersection(_WORD.findall(said))
    return found | {"of"} if _PART_OF.match(said) else found


_RULES = (
    ("shares differ", shares_differ),
    ("offices differ", offices_differ),
    ("periods differ", periods_differ),
    ("attitudes differ", attitudes_differ),
)
