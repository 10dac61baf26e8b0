"""Forms: the distinct ways in which names are written, each reduced to a key that spellings of one name share."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from flows import lexicons
from flows.resolve.names.parse_name import GENERIC, Name, folded, parse_organisation, parse_person
from flows.resolve.names.reference_entities import ReferenceEntity, reference_entity, state_words
from flows.resolve.names.spelling_variants import one_body_word
from schemas.vocabularies import PLACES

_NAMED = PLACES | {"ORG"}


def class_of(entity_type: str) -> str:
    """Return the class of types among which one name means one entity: readers often confuse bodies and places."""
    return "NAMED" if entity_type in _NAMED else entity_type


class Form(NamedTuple):
    """A way to write a name.

    group      class of entity types (`class_of`)
    key        what spellings of the name share; equal keys of one group are one name
    name       the name taken apart
    reference  the reviewed entity that it means, if any
    single_token  whether it is a person by one word only: a surname (double-barrelled ones count as one), a given name
    gender     m or f where an article tells a man and a woman of the surname apart by their titles, else nothing
    """

    group: str
    key: str
    name: Name
    reference: ReferenceEntity | None = None
    single_token: bool = False
    gender: str = ""


def sorted_words(name: Name) -> tuple[str, ...]:
    """Return the words of an organisation in alphabetical order, states by name: `Russian Foreign Ministry` and
    `Ministry of Foreign Affairs of Russia` have the same.
    """
    states = state_words()
    found = {_in_one_spelling(t, states) for t in name.tokens}
    return tuple(sorted(t for t in found if t))


def _in_one_spelling(token: str, states: Mapping[str, str]) -> str:
    spelt = one_body_word(token)
    return spelt if spelt != token else states.get(token, token)


@cache
def _bodies_by_words() -> dict[tuple[str, ...], ReferenceEntity]:
    """Reviewed bodies by the words of their long forms, in any order and with the state as noun or adjective."""
    found: dict[tuple[str, ...], ReferenceEntity] = {}
    for body in lexicons.bodies():
        reference = reference_entity(body.name)
        for long in (body.name, *body.aliases):
            words = sorted_words(parse_organisation(long))
            if reference is not None and len(words) > 2:
                found.setdefault(words, reference)
    return found


def form_of(surface: str, entity_type: str) -> Form:
    """Return the form of a surface."""
    group = class_of(entity_type)
    if group == "PERSON":
        name = parse_person(surface)
        barrelled = "-" in surface and " " not in surface.strip()
        key = ("-" if barrelled else " ").join(name.tokens) or folded(surface)
        size = len(name.tokens)
        single = size == 1 or (size > 1 and "-" in key)
        return Form(group, f"{key}, {name.generation}" if name.generation else key, name, None, single)
    name = parse_organisation(surface)
    reference = reference_entity(surface) or _bodies_by_words().get(sorted_words(name)) if group == "NAMED" else None
    if reference is not None:
        return Form("NAMED", reference.key, name, reference)
    if group == "NORP":
        return Form(group, re.sub(r"(?<=[a-z]{3})s$", "", " ".join(name.tokens)), name)
    words = sorted_words(name)
    if len(words) > 2 and any(w in GENERIC for w in words):
        return Form(group, "bag:" + " ".join(words), name)
    return Form(group, " ".join(name.tokens) or folded(surface), name)
