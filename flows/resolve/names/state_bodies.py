"""Bodies that many states have (`Congress`, `Supreme Court`, `Ministry of Health`), taken apart into office and state.

Such a name alone says what a body is, and not of which state. Two names of one office and one state are one body.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from flows import lexicons
from flows.resolve.names.name_forms import Form
from flows.resolve.names.parse_name import Name, folded, parse_organisation
from flows.resolve.names.reference_entities import lookup_words, states_by_shared_name
from flows.resolve.names.spelling_variants import one_body_word

_OFFICE_WORDS = lexicons.word_list("state_body_words")
_HEADS = lexicons.word_list("state_body_heads")


@dataclass(frozen=True, slots=True)
class StateBody:
    """What a body is: the words of its office in alphabetical order, and the code of its state or nothing."""

    office: tuple[str, ...]
    country: str


@cache
def country_names() -> dict[tuple[str, ...], str]:
    """Return the words of every name and adjective of one state, folded, each with the state's ISO code."""
    found: dict[tuple[str, ...], set[str]] = {}
    for state in lexicons.states():
        for name in (state.name, *state.aliases, *state.adjectives):
            if state.code and lookup_words(name) not in states_by_shared_name():
                found.setdefault(tuple(lookup_words(name).split()), set()).add(state.code)
    return {words: min(codes) for words, codes in found.items() if len(codes) == 1}


def state_body(form: Form) -> StateBody | None:
    """Take a body's name apart; None where the name has words that are neither of an office nor of a state."""
    return _taken_apart(form.name) if form.group == "NAMED" else None


def _taken_apart(name: Name) -> StateBody | None:
    words, country = _without_state(name.tokens)
    office = {spelt for word in words if (spelt := one_body_word(word))}
    if not words or not office <= _OFFICE_WORDS or not office & _HEADS:
        return None
    return StateBody(tuple(sorted(office)), country)


def _without_state(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Words of a name without the state that stands first or last in it, and that state's code."""
    for size in range(min(4, len(tokens) - 1), 0, -1):
        for start in (0, len(tokens) - size):
            code = country_names().get(tokens[start : start + size])
            if code:
                return (*tokens[:start], *tokens[start + size :]), code
    return tokens, ""


@cache
def reviewed_state_bodies() -> dict[StateBody, str]:
    """Return the key of every reviewed body that is an office of its state."""
    found: dict[StateBody, str] = {}
    for body, written in _reviewed_names():
        apart = _taken_apart(parse_organisation(written))
        if apart is not None:
            found.setdefault(StateBody(apart.office, body.country), f"body:{body.name}")
    return found


def _reviewed_names() -> Iterator[tuple[lexicons.Body, str]]:
    for body in lexicons.bodies():
        if body.country:
            for written in (body.name, *body.aliases):
                yield body, written


@cache
def body_countries() -> dict[str, str]:
    """Return the state of every reviewed body by its key."""
    return {f"body:{body.name}": body.country for body in lexicons.bodies() if body.country}


def country_of_words(surface: str) -> str:
    """Return the code of the state whose name or adjective a surface is, or nothing."""
    return country_names().get(tuple(lookup_words(folded(surface)).split()), "")
