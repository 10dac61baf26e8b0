"""What the reviewed tables know of a name: the state, body, capital or region that it means, whatever its spelling.

A name is looked up by its folded words without `the`, possessives and stops, so `U.S.`, `US` and `the US` are one.
"""

import re
from dataclasses import dataclass
from functools import cache

from flows import lexicons
from flows.resolve.names.parse_name import STOP_WORDS, folded

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Entry:
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


def words(surface: str) -> str:
    """A surface as it is looked up."""
    plain = re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b|\s|$)", r"\1", surface)
    found = _WORD.findall(folded(plain))
    return " ".join(found[1:] if len(found) > 1 and found[0] == "the" else found)


@cache
def entries() -> dict[str, Entry]:
    """Every reviewed entity by its key."""
    return {entry.key: entry for entry in _by_words().values()}


@cache
def _written() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for body in lexicons.bodies():
        names = {tuple(w for w in words(n).split() if w not in STOP_WORDS) for n in (body.name, *body.aliases)}
        found[f"body:{body.name}"] = sorted(names)
    return found


def written(key: str) -> list[tuple[str, ...]]:
    """The words of every name that the tables have for a body."""
    return _written().get(key, [])


@cache
def heads() -> dict[str, frozenset[str]]:
    """For the key of a body, the last words of its long forms: `alliance` and `organization` for NATO."""
    found: dict[str, set[str]] = {}
    for body in lexicons.bodies():
        for name in (body.name, *body.aliases):
            parts = words(name).split()
            if len(parts) > 1:
                found.setdefault(f"body:{body.name}", set()).add(parts[-1])
    return {key: frozenset(values) for key, values in found.items()}


@cache
def _by_words() -> dict[str, Entry]:
    """Reviewed entities by every way to write them; states before bodies, metonyms, capitals and regions."""
    found: dict[str, Entry] = {}

    def add(entry: Entry, *names: str) -> None:
        for name in names:
            if name:
                found.setdefault(words(name), entry)

    state_keys = {state.name: f"state:{state.name}" for state in lexicons.states()}
    for state in lexicons.states():
        add(Entry(state_keys[state.name], state.name, "GPE", state.code, state.wikidata_id), state.name, *state.aliases)
    body_keys = {body.name: f"body:{body.name}" for body in lexicons.bodies()}
    for body in lexicons.bodies():
        entry = Entry(body_keys[body.name], body.name, body.entity_type, "", body.wikidata_id)
        add(entry, body.name, *body.acronyms, *body.aliases)
    for place in lexicons.metonyms():
        target = state_keys.get(place.stands_for) or body_keys.get(place.stands_for, "")
        code = next((s.code for s in lexicons.states() if s.name == place.stands_for), "")
        add(Entry(f"place:{place.name}", place.name, place.entity_type, code, "", target), place.name, *place.aliases)
    for state in lexicons.states():
        entry = Entry(f"capital:{state.capital}", state.capital, "GPE", state.code, "", state_keys[state.name])
        add(entry, state.capital, *state.capital_aliases)
    for region in lexicons.regions():
        add(Entry(f"region:{region.name}", region.name, region.entity_type), region.name, *region.aliases)
    return found


def known(surface: str) -> Entry | None:
    """The reviewed entity that a surface means, or None."""
    return _by_words().get(words(surface))


@cache
def state_words() -> dict[str, str]:
    """Folded one-word names and adjectives of states, each as the state's folded name."""
    found: dict[str, str] = {}
    for state in lexicons.states():
        for name in (state.name, *state.aliases, *state.adjectives):
            word = words(name)
            if " " not in word:
                found.setdefault(word, words(state.name).replace(" ", ""))
    return found
