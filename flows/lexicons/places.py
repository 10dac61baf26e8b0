"""Cities and US states, as names of places in the news (`seeds/lexicons/cities.csv`, `us_states.csv`)."""

from dataclasses import dataclass
from functools import cache

from flows.lexicons import LEXICONS, column, regions, rows, states


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
