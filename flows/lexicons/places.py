"""Cities and the parts of countries, as names of places in the news (`seeds/lexicons/cities.csv`, `us_states.csv`,
`divisions.csv`).
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from flows.lexicons import LEXICONS, column, listed, regions, rows, states

UNITED_STATES = "US"


class Division(NamedTuple):
    """A part of a country that holds places: the ISO code of the country, and the name of the part.

    The name is empty for a nation of the United Kingdom, whose counties are parts by themselves.
    """

    country_code: str
    part: str


@dataclass(frozen=True)
class City:
    """A city: its name, the ISO 3166-1 alpha-2 code of its country, how many people live there."""

    name: str
    country_code: str
    population: int


@cache
def us_states() -> dict[str, str]:
    """Return the states of the United States by name, with their two letters."""
    return column("us_states", "name", "code")


@cache
def divisions() -> dict[str, Division]:
    """Return the parts of countries by name, and as newspapers shorten it, without the stop at the end.

    States, provinces, nations, counties. What parts of two countries are called (Punjab) is not among them.
    """
    found = {name: Division(UNITED_STATES, state) for state, code in us_states().items() for name in (state, code)}
    for row in rows(LEXICONS, "us_states", ("name", "aliases")):
        found |= dict.fromkeys(listed(row["aliases"]), Division(UNITED_STATES, row["name"]))
    table = rows(LEXICONS, "divisions", ("name", "country", "kind", "aliases"))
    twice = Counter(row["name"] for row in table)
    for row in table:
        part = Division(row["country"], "" if row["kind"] == "nation" else row["name"])
        for name in (row["name"], *listed(row["aliases"])) if twice[row["name"]] == 1 else ():
            found.setdefault(name, part)
    return found


@cache
def _cities() -> tuple[City, ...]:
    found = rows(LEXICONS, "cities", ("name", "country", "population"))
    return tuple(City(row["name"], row["country"], int(row["population"])) for row in found)


@cache
def cities(least_population: int) -> tuple[City, ...]:
    """Return the cities from a population of at least 50,000 up, the largest first."""
    return tuple(city for city in _cities() if city.population >= least_population)


@cache
def areas() -> dict[str, str]:
    """Return what a name is of that holds other places: `state`, `region` or `us_state`."""
    found = dict.fromkeys(us_states(), "us_state")
    found |= {name: "region" for region in regions() for name in (region.name, *region.aliases)}
    return found | {name: "state" for state in states() for name in (state.name, *state.aliases)}
