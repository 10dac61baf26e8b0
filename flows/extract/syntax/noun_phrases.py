"""Descriptions of speakers ("the head of the Estonian Defense Ministry") as a noun and what else they ask for."""

import re
from functools import cache

from flows import lexicons
from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.titles_and_roles import roles

STATE_ORGANS = lexicons.word_list("state_organs")
"""What acts for a state without a name of its own: the state itself is the body that speaks."""

COMPANY = lexicons.word_list("company_nouns")
"""What a business is called once it has been named."""

_AFTER_HEAD = re.compile(rf"\s(?:{lexicons.one_of(lexicons.word_list('ends_a_head_noun'))})\s|[,;(]")
_PLURALS = re.compile(r"^(?!.*(?:ss|us|is)$).*s$")


@cache
def state_of() -> dict[str, str]:
    """Return state names and adjectives in lower case, each as the state's own name."""
    found = {}
    for state in lexicons.states():
        for name in (state.name, *state.aliases, *state.adjectives):
            found[name.lower()] = state.name
    return found


def head_noun(surface: str) -> str | None:
    """Return the head noun of a description in lower case: the last word before its first preposition or comma."""
    head = _AFTER_HEAD.split(surface.lower().strip(), maxsplit=1)[0]
    words = WORD.findall(head)
    if not words:
        return None
    for size in (2, 1):
        noun = " ".join(words[-size:])
        if noun in roles():
            return noun
    noun = words[-1]
    return None if _PLURALS.match(noun) and noun not in STATE_ORGANS else noun


_FILLERS = lexicons.word_list("description_fillers")


def stem(word: str) -> str:
    """Return what forms of one word of a role have in common; a state's adjective is its name."""
    word = re.sub(r"['’]s$", "", word.lower())
    state = state_of().get(word)
    if state:
        return state.lower()
    return re.sub(r"(?:ers?|ry|ries|s)$", "", word).replace("defence", "defense")[:7]


def asked(description: str, without: str) -> frozenset[str]:
    """Return stems of what a description says beside its noun; states by name whether as noun or adjective."""
    words = [w for w in WORD.findall(description) if w.lower() not in _FILLERS and w.lower() != without]
    return frozenset(stem(w) for w in words if w.lower() != without)


PAST, COMING = "past", "coming"
_TENURES = {PAST: lexicons.word_list("past_tenure"), COMING: lexicons.word_list("coming_tenure")}


def tenure(description: str) -> str:
    """Return whether a description is of somebody who held an office before (`past`) or is to hold it (`coming`)."""
    words = {part for word in WORD.findall(description.lower()) for part in word.split("-")}
    return next((when for when, signs in _TENURES.items() if words & signs), "")
