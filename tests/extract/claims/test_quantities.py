"""Quantities: what is counted, in which unit, and what is no quantity at all."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.claims.quantities.find_quantities import find_quantities
from flows.extract.claims.quantities.units import singular, units
from flows.lexicons import LEXICONS, rows
from schemas.vocabularies import Bound

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
    ("a magnitude-6.1 quake, after one of magnitude 5.8", [(6.1, "magnitude", "6.1"), (5.8, "magnitude", "5.8")]),
    ("in minus-20 degree cold", [(-20, "degree", "minus-20 degree")]),
    ("he died a week after the vote", [(1, "week", "a week")]),
    ("it took less than an hour", [(1, "hour", "less than an hour")]),
    ("they met twice a week", []),
    ("sales of 63 million euros a year ago", [(63e6, "EUR", "63 million euros")]),
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


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("nearly 70 goats", "about"),
        ("some 70 goats", "about"),
        ("70 or so goats", "about"),
        ("more than 70 goats", "more_than"),
        ("fewer than 70 goats", "less_than"),
        ("at least another 70 goats", "at_least"),
        ("no fewer than 70 goats", "at_least"),
        ("70 or more goats", "at_least"),
        ("70-plus goats", "at_least"),
        ("up to 70 goats", "at_most"),
        ("no more than 70 goats", "at_most"),
        ("only 70 goats", None),
        ("70 goats", None),
        ("a quarrel over three goats", None),
        ("over three years", "more_than"),
    ],
)
def test_a_hedge_is_kept_as_a_bound(text, bound):
    assert [q.bound for q in find_quantities(text)] == [bound]


def test_by_how_much_and_to_what_are_no_ends_of_a_range():
    assert [q.bound for q in find_quantities("it fell by 4 to 650")] == [None, None]
    assert [q.bound for q in find_quantities("it rose 200 to 1440 yen")] == [None, None]
    assert [q.bound for q in find_quantities("it fell by 4 to 6 percent")] == ["at_least", "at_most"]


def test_a_time_behind_a_number_is_not_what_is_counted():
    assert [(q.value, q.unit) for q in find_quantities("up from 340 one year ago")] == [(340, None)]
    assert [(q.value, q.unit) for q in find_quantities("up from 70 last year")] == [(70, None)]
    assert [(q.value, q.unit) for q in find_quantities("40 young people")] == [(40, "person")]


def test_the_ends_of_a_range_are_bounds_and_those_of_a_change_are_none():
    assert [q.bound for q in find_quantities("60 to 70 goats")] == ["at_least", "at_most"]
    assert [q.bound for q in find_quantities("from 60 to 70 goats")] == [None, None]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("50 km", 50_000, "metre"),
        ("25 miles", 40_233.6, "metre"),
        ("3 tonnes", 3_000, "kilogram"),
        ("2 hours", 7_200, "second"),
        ("2 years", 24, "month"),
        ("10 hectares", 100_000, "square metre"),
        ("2 cubic metres", 2_000, "litre"),
        ("50 degrees Fahrenheit", 10, "degree Celsius"),
        ("by 9 degrees Fahrenheit", None, None),
        ("90 km/h", 25, "metre per second"),
        ("25 metres per second", 25, "metre per second"),
        ("£8 million", 8e6, "GBP"),
        ("50 basis points", 0.5, "percentage point"),
        ("6 percent", 6, "percent"),
        ("6 goats", None, None),
        ("6 tons", None, None),
        ("6 hours a day", None, None),
    ],
)
def test_the_same_in_base_units(text, value, unit):
    (found,) = find_quantities(text)
    assert found.base_unit == unit
    assert found.base_value == (value if value is None else pytest.approx(value))


def test_every_base_unit_is_its_own_and_every_unit_of_the_table_is_written_somehow():
    table = rows(LEXICONS, "base_units", ("unit", "base_unit", "factor", "offset"))
    own = {r["unit"]: (float(r["factor"]), float(r["offset"])) for r in table if r["unit"] == r["base_unit"]}
    assert set(own.values()) == {(1.0, 0.0)}
    assert {r["unit"] for r in table} <= {name for name, _ in units().values()}
    assert {r["base_unit"] for r in table} - set(own) <= {"joule", "byte"}


@pytest.mark.parametrize(
    "text",
    [
        "the third-biggest firm",
        "a third-party tool",
        "his half-sister won the quarter-final",
        "in the second quarter and the first half of it",
        "the season of 2014–15",
        "filed on 22/06/2021",
        "open 24/7",
        "Flight 512 passengers",
        "from Gate 7 on",
        "along Route 9 towards the sea",
        "the 31st Brigade",
        "Articles 7 and 8",
        "phase two trials",
        "won 4-1",
        "at half past six",
        "at 6 o’clock",
        "1.234.567",
        "7,5 percent",
        "a 50m drop",
        "one-off",
        "a two-way street",
        "a four-star inn",
        "call 555-0199 now",
        "on +47 22 55 01 99",
        "dial 911",
        "the 5G network",
        "the Group of 20",
        "sources at No 11",
        "the 777 Max",
        "lives at 14 Brook Lane",
        "among the top 10",
        "bought the iPhone 6",
        "a three-for-two split",
        "2. The mayor resigns",
        "the post 760428498989289472 is gone",
        "a Fourth of July parade",
        "on Feb 3 and 17 at noon",
        "in Kings 3:1-5",
        "in ’08 and ’12",
        "a 1-in-50-year flood",
        "3.1 x 10^9",
        "zero tolerance",
        "the one experimental drug fails",
        "between 6 and 7 p.m.",
        "on 3-5 June",
        "from June 3 to 5",
        "the slump of 2008-9",
    ],
)
def test_what_orders_scores_or_identifies_is_no_quantity(text):
    assert find_quantities(text) == []


PIECES = st.sampled_from(
    ["5", " 000", "12,5", "½", " million", " and a half", "between ", " to ", "–", "$", "Rs ", " and ", "two", "a ",
     " hundred", "half", " third", " of ", " km/h", "m", "%", " per ", "minus ", "−", "-", "over ", " or more", "C",
     "9" * 320]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_pieces_of_numbers_in_any_order_give_finite_values_and_words_of_the_text(text):
    at = 0
    for q in find_quantities(text):
        assert q.surface in text[at:]
        at = text.index(q.surface, at)
        assert math.isfinite(q.value)
        assert q.base_value is None or math.isfinite(q.base_value)
        assert (q.base_value is None) == (q.base_unit is None)
        assert q.bound is None or q.bound in [*Bound]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789.,$€% -ahundredmillion")), max_size=120))
def test_any_text_gives_substrings_in_order(text):
    found = find_quantities(text)
    assert all(q.surface in text and q.surface for q in found)
    assert all(math.isfinite(q.value) for q in found)
