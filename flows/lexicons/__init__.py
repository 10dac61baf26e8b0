"""The reviewed tables of `seeds/lexicons`: states, bodies, titles, nicknames. Data that several stages read alike.

Each table is a CSV file with a header. A missing file or column, or a row that contradicts another, is a
SettingsError: a lexicon is part of the program's answer, so it is checked when it is read.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.errors import SettingsError, examples
from flows.lexicons.paths import asset

LEXICONS = asset("lexicons")
"""Folder of the tables that ship with the program."""


@dataclass(frozen=True)
class State:
    """A state, territory or historical state that news calls by several names.

    code          ISO 3166-1 alpha-2, or XK for Kosovo; empty for a historical or unrecognised state
    name          short English name, as a newspaper writes it
    wikidata_id   reviewed, or empty
    capital       the capital that stands for the state, or empty; `capital_aliases` its other spellings
    aliases       other names of the state itself
    adjectives    adjectives and names of its people ("Serbian", "Serbs")
    """

    code: str
    name: str
    wikidata_id: str
    capital: str
    capital_aliases: tuple[str, ...]
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """An organisation that news calls by acronyms and several names.

    `acronyms` are case-sensitive; `aliases` hold other long forms and the buildings that always mean the body
    ("the Pentagon"). `country` is the ISO code of the state that it belongs to, or empty.
    """

    name: str
    entity_type: str
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]
    wikidata_id: str
    country: str


@dataclass(frozen=True)
class Region:
    """A region, sea or continent by its names."""

    name: str
    entity_type: str
    aliases: tuple[str, ...]


def rows(folder: Path, table: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of one table, values stripped. Raises SettingsError where the file or a column is missing."""
    path = folder / f"{table}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            found = [{k: (v or "").strip() for k, v in row.items() if k} for row in reader]
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise SettingsError(f"lexicon {path} cannot be read: {error}") from error
    if missing:
        raise SettingsError(f"lexicon {path} lacks the columns {examples(missing)}; add them to its first line")
    return found


def listed(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, separated by `|`."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def states(folder: Path = LEXICONS) -> tuple[State, ...]:
    """Return every state of `countries.csv`. Raises SettingsError where two rows claim one name."""
    table = rows(
        folder,
        "countries",
        ("code", "name", "wikidata_id", "capital", "capital_aliases", "aliases", "adjectives"),
    )
    found = tuple(
        State(
            row["code"],
            row["name"],
            row["wikidata_id"],
            row["capital"],
            listed(row["capital_aliases"]),
            listed(row["aliases"]),
            listed(row["adjectives"]),
        )
        for row in table
    )
    names = [name for state in found for name in {state.name, *state.aliases}]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SettingsError(f"lexicon {folder / 'countries.csv'}: {len(twice)} names of two states: {examples(twice)}")
    return found


@cache
def bodies(folder: Path = LEXICONS) -> tuple[Body, ...]:
    """Return every organisation of `bodies.csv`."""
    table = rows(folder, "bodies", ("name", "entity_type", "acronyms", "aliases", "wikidata_id", "country"))
    return tuple(
        Body(
            row["name"],
            row["entity_type"],
            listed(row["acronyms"]),
            listed(row["aliases"]),
            row["wikidata_id"],
            row["country"],
        )
        for row in table
    )


@dataclass(frozen=True)
class Metonym:
    """A place or building that news writes for the state or body that acts there; an entity of its own."""

    name: str
    entity_type: str
    stands_for: str
    aliases: tuple[str, ...]


@cache
def metonyms(folder: Path = LEXICONS) -> tuple[Metonym, ...]:
    """Return every place of `metonyms.csv`; the capitals of `countries.csv` are not repeated there."""
    table = rows(folder, "metonyms", ("name", "entity_type", "stands_for", "aliases"))
    return tuple(Metonym(r["name"], r["entity_type"], r["stands_for"], listed(r["aliases"])) for r in table)


@cache
def regions(folder: Path = LEXICONS) -> tuple[Region, ...]:
    """Return every region of `regions.csv`."""
    table = rows(folder, "regions", ("name", "entity_type", "aliases"))
    return tuple(Region(row["name"], row["entity_type"], listed(row["aliases"])) for row in table)


@cache
def column(table: str, key: str, value: str, folder: Path = LEXICONS) -> dict[str, str]:
    """Return two columns of a table as a mapping."""
    return {row[key]: row[value] for row in rows(folder, table, (key, value))}


@cache
def of_kind(table: str, *kinds: str) -> frozenset[str]:
    """Return the words of a table that are of one of these kinds, by its columns `word` and `kind`."""
    return frozenset(row["word"] for row in rows(LEXICONS, table, ("word", "kind")) if row["kind"] in kinds)


@cache
def word_list(name: str, folder: Path = LEXICONS) -> frozenset[str]:
    """Return the words of one row of `word_lists.csv`. Raises SettingsError where that row is missing or empty."""
    found = [row for row in rows(folder, "word_lists", ("list", "words", "meaning")) if row["list"] == name]
    words = frozenset(listed(found[0]["words"])) if len(found) == 1 else frozenset()
    if not words:
        raise SettingsError(f"lexicon {folder / 'word_lists.csv'} needs one row for the list {name}, with words")
    return words


def one_of(words: Iterable[str]) -> str:
    """Return the regular expression of one of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
