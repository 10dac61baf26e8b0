"""What the reviewed tables know of a name: the state, body, capital or region that it means, whatever its spelling.

A name is looked up by its folded words without any `the`, possessives and stops, so `U.S.`, `US` and `the US` are one.
"""

import re
from dataclasses import dataclass
from functools import cache

from flows import lexicons
from flows.resolve.names.parse_name import STOP_WORDS, folded

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class ReferenceEntity:
    """A reviewed entity.

    key           its name in the tables with its kind, e.g. `state:Kosovo`
    name          how a snapshot calls it
    entity_type   its type
    country_code  ISO code of a state, and of the state that a capital stands for
    stands_for    key of the state or body for which it stands, or empty
    """

    key: str
    name: str
    entity_type: str
    country_code: str = ""
    wikidata_id: str = ""
    stands_for: str = ""


def lookup_words(surface: str) -> str:
    """Return a surface as it is looked up."""
    plain = re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b|\s|$)", r"\1", surface)
    found = _WORD.findall(folded(plain))
    return " ".join([word for word in found if word != "the"] or found)


@cache
def states_by_shared_name() -> dict[str, tuple[str, ...]]:
    """Return the codes of the states that share a short name, which alone says not which is meant: `congo`."""
    ends: dict[str, set[str]] = {}
    for state in lexicons.states():
        for name in (state.name, *state.aliases):
            *before, last = lookup_words(name).split()
            if before and state.code:
                ends.setdefault(last, set()).add(state.code)
    aliases = {lookup_words(alias): state for state in lexicons.states() for alias in state.aliases}
    shared = {name: ends[name] | {state.code} for name, state in aliases.items() if name in ends}
    return {name: tuple(sorted(codes)) for name, codes in shared.items() if len(codes) > 1 and len(name) > len("us")}


@cache
def entries() -> dict[str, ReferenceEntity]:
    """Return every reviewed entity by its key."""
    return {entry.key: entry for entry in _by_words().values()}


def state_of_code(code: str) -> ReferenceEntity | None:
    """Return the reviewed state of an ISO code."""
    return next((entries()[f"state:{state.name}"] for state in lexicons.states() if state.code == code), None)


@cache
def _long_names() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for body in lexicons.bodies():
        names = {tuple(w for w in lookup_words(n).split() if w not in STOP_WORDS) for n in (body.name, *body.aliases)}
        found[f"body:{body.name}"] = sorted(names)
    return found


def long_names(key: str) -> list[tuple[str, ...]]:
    """Return the words of every name that the tables have for a body."""
    return _long_names().get(key, [])


@cache
def head_words() -> dict[str, frozenset[str]]:
    """Return, for the key of a body, the last words of its long forms: `alliance` and `organization` for NATO."""
    found: dict[str, set[str]] = {}
    for body in lexicons.bodies():
        for name in (body.name, *body.aliases):
            parts = lookup_words(name).split()
            if len(parts) > 1:
                found.setdefault(f"body:{body.name}", set()).add(parts[-1])
    return {key: frozenset(values) for key, values in found.items()}


@cache
def _by_words() -> dict[str, ReferenceEntity]:
    """Reviewed entities by every way to write them; states before bodies, metonyms, capitals and regions."""
    found: dict[str, ReferenceEntity] = {}

    def add(entry: ReferenceEntity, *names: str) -> None:
        for name in names:
            if name and lookup_words(name) not in states_by_shared_name():
                found.setdefault(lookup_words(name), entry)

    state_keys = {state.name: f"state:{state.name}" for state in lexicons.states()}
    for state in lexicons.states():
        add(
            ReferenceEntity(state_keys[state.name], state.name, "GPE", state.code, state.wikidata_id),
            state.name,
            *state.aliases,
        )
    body_keys = {body.name: f"body:{body.name}" for body in lexicons.bodies()}
    for body in lexicons.bodies():
        entry = ReferenceEntity(body_keys[body.name], body.name, body.entity_type, "", body.wikidata_id)
        add(entry, body.name, *body.acronyms, *body.aliases)
    for place in lexicons.metonyms():
        target = state_keys.get(place.stands_for) or body_keys.get(place.stands_for, "")
        code = next((s.code for s in lexicons.states() if s.name == place.stands_for), "")
        add(
            ReferenceEntity(f"place:{place.name}", place.name, place.entity_type, code, "", target),
            place.name,
            *place.aliases,
        )
    for state in lexicons.states():
        entry = ReferenceEntity(
            f"capital:{state.capital}", state.capital, "GPE", state.code, "", state_keys[state.name]
        )
        add(entry, state.capital, *state.capital_aliases)
    for region in lexicons.regions():
        add(ReferenceEntity(f"region:{region.name}", region.name, region.entity_type), region.name, *region.aliases)
    return found


def reference_entity(surface: str) -> ReferenceEntity | None:
    """Return the reviewed entity that a surface means, or None."""
    return _by_words().get(lookup_words(surface))


@cache
def state_words() -> dict[str, str]:
    """Return folded one-word names and adjectives of states, each as the state's folded name."""
    found: dict[str, str] = {}
    for state in lexicons.states():
        for name in (state.name, *state.aliases, *state.adjectives):
            word = lookup_words(name)
            if " " not in word and word not in states_by_shared_name():
                found.setdefault(word, lookup_words(state.name).replace(" ", ""))
    return found
