"""Forms: the distinct ways in which names are written, each reduced to a key that spellings of one name share."""

import re
from dataclasses import dataclass
from functools import cache

from flows import lexicons
from flows.resolve.names.parse_name import GENERIC, Name, folded, organisation, person
from flows.resolve.names.reference_entities import Entry, known, state_words

PLACES = frozenset({"GPE", "LOC", "FAC"})
_NAMED = PLACES | {"ORG"}

_SYNONYMS = {
    "defence": "defense",
    "affairs": "",
    "republic": "",
    "forces": "force",
    "dept": "department",
    "min": "ministry",
    "govt": "government",
    "intl": "international",
}


def class_of(entity_type: str) -> str:
    """Types among which one name means one entity: organisations and places are often confused by readers."""
    return "NAMED" if entity_type in _NAMED else entity_type


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a name.

    group   class of entity types (`class_of`)
    key     what spellings of the name share; equal keys of one group are one name
    name    the name taken apart
    entry   the reviewed entity that it means, if any
    """

    group: str
    key: str
    name: Name
    entry: Entry | None = None

    @property
    def lone(self) -> bool:
        """A person by one word only: a surname (double-barrelled ones are one word), or a given name."""
        return self.group == "PERSON" and (
            len(self.name.tokens) == 1 or (len(self.name.tokens) > 1 and "-" in self.key)
        )


def bag(name: Name) -> tuple[str, ...]:
    """The words of an organisation in alphabetical order, states by name: `Russian Foreign Ministry` and
    `Ministry of Foreign Affairs of Russia` have one bag.
    """
    states = state_words()
    found = {_SYNONYMS.get(t, states.get(t, t)) for t in name.tokens}
    return tuple(sorted(t for t in found if t))


@cache
def _bodies_by_bag() -> dict[tuple[str, ...], Entry]:
    """Reviewed bodies by the words of their long forms, in any order and with the state as noun or adjective."""
    found: dict[tuple[str, ...], Entry] = {}
    for body in lexicons.bodies():
        entry = known(body.name)
        for long in (body.name, *body.aliases):
            words = bag(organisation(long))
            if entry is not None and len(words) > 2:
                found.setdefault(words, entry)
    return found


def form_of(surface: str, entity_type: str) -> Form:
    """The form of a surface."""
    group = class_of(entity_type)
    if group == "PERSON":
        name = person(surface)
        barrelled = "-" in surface and " " not in surface.strip()
        return Form(group, ("-" if barrelled else " ").join(name.tokens) or folded(surface), name)
    name = organisation(surface)
    entry = known(surface) or _bodies_by_bag().get(bag(name)) if group == "NAMED" else None
    if entry is not None:
        return Form("NAMED", entry.key, name, entry)
    if group == "NORP":
        return Form(group, re.sub(r"(?<=[a-z]{3})s$", "", " ".join(name.tokens)), name)
    words = bag(name)
    if len(words) > 2 and any(w in GENERIC for w in words):
        return Form(group, "bag:" + " ".join(words), name)
    return Form(group, " ".join(name.tokens) or folded(surface), name)
