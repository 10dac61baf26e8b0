"""Quantities: what is counted, in which unit, and what is no quantity at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.claims.quantities import find_quantities, singular

CASES = [
    ("carried with 61 votes in the 101-seat chamber", [(61, "vote", "61 votes"), (101, "seat", "101-seat")]),
    ("some 40,000 local farmers", [(40_000, "farmer", "some 40,000 local farmers")]),
    ("a loan of 2.3 bln euros for roads", [(2.3e9, "EUR", "2.3 bln euros")]),
    ("it lost $4.5 billion last year", [(4.5e9, "USD", "$4.5 billion")]),
    ("rose 19 cents, or 4.4%, on the day", [(0.19, "USD", "19 cents"), (4.4, "percent", "4.4%")]),
    ("just over half of the members", [(0.5, "member", "just over half of the members")]),
    ("two hundred and fifty thousand men", [(250_000, "man", "two hundred and fifty thousand men")]),
    ("a bombing of 31 days", [(31, "day", "31 days")]),
    ("more than 95 percent stayed away", [(95, "percent", "more than 95 percent")]),
    ("a two-thirds majority", [(2 / 3, None, "two-thirds")]),
    ("the country of 1.8 million people now wants", [(1.8e6, "person", "1.8 million people")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_value_unit_and_words(text, expected):
    found = [(q.value, q.unit, q.surface) for q in find_quantities(text)]
    assert [(unit, surface) for _, unit, surface in found] == [(u, s) for _, u, s in expected]
    assert [value for value, _, _ in found] == pytest.approx([v for v, _, _ in expected])


@pytest.mark.parametrize(
    "text",
    [
        "under Resolution 1244 of the council",
        "on 17 February 2008",
        "in 1999 when the war ended",
        "at 10:30 a.m. sharp",
        "one of the poorest regions",
        "no one knows",
        "a G7 summit",
        "several hundred",
    ],
)
def test_what_names_or_dates_is_no_quantity(text):
    assert find_quantities(text) == []


def test_a_year_is_a_date_but_people_are_counted():
    assert find_quantities("the 2008 elections") == []
    assert [q.value for q in find_quantities("about 2000 troops arrived")] == [2000]


def test_both_ends_of_a_range():
    assert [(q.value, q.unit) for q in find_quantities("10-15 people")] == [(10, "person"), (15, "person")]
    assert [(q.value, q.unit) for q in find_quantities("20 to 30 soldiers")] == [(20, "soldier"), (30, "soldier")]


@pytest.mark.parametrize(
    ("noun", "expected"), [("votes", "vote"), ("countries", "country"), ("churches", "church"), ("crisis", "crisis")]
)
def test_singular(noun, expected):
    assert singular(noun) == expected


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789.,$€% -ahundredmillion")), max_size=120))
def test_any_text_gives_substrings_in_order(text):
    found = find_quantities(text)
    assert all(q.surface in text and q.surface for q in found)
    assert all(q.value == q.value and q.value >= 0 for q in found)
