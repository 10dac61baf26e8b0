"""Dates: ISO forms at the precision stated, relative ones against the day of publication."""

import itertools
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.claims.dates.date_expressions import date_expressions, find_dates

WEDNESDAY = date(2022, 3, 9)

ABSOLUTE = [
    ("declared on 17 February 2008 in the capital", [("2008-02-17", "17 February 2008")]),
    ("on February 17, 2008, the house", [("2008-02-17", "February 17, 2008")]),
    ("in March of 1999", [("1999-03", "March of 1999")]),
    ("since 1999", [("1999", "1999")]),
    ("the war of 1998-1999", [("1998", "1998"), ("1999", "1999")]),
    ("in 2021, 2023 and 2025", [("2021", "2021"), ("2023", "2023"), ("2025", "2025")]),
    ("filed 2011-10-30", [("2011-10-30", "2011-10-30")]),
    ("on February 30, 2020", []),
    ("resolution 1999 was adopted", []),
    ("he may march in the 1990s", []),
]

RELATIVE = [
    ("on February 24 the president", "2022-02-24"),
    ("by December 28 at the latest", "2021-12-28"),
    ("voted on Thursday", "2022-03-03"),
    ("met on Wednesday", "2022-03-09"),
    ("meets next Monday", "2022-03-14"),
    ("yesterday", "2022-03-08"),
    ("nearly four years ago", "2018"),
    ("two weeks ago", "2022-W08"),
    ("three days ago", "2022-03-06"),
    ("earlier this month", "2022-03"),
    ("last year", "2021"),
    ("last fall", "2021"),
    ("last March", "2021-03"),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
def test_absolute_dates_need_no_day_of_publication(text, expected):
    assert find_dates(text, None) == expected


@pytest.mark.parametrize(("text", "iso"), RELATIVE)
def test_relative_dates_are_resolved_against_the_day_of_publication(text, iso):
    assert [found for found, _ in find_dates(text, WEDNESDAY)] == [iso]


@pytest.mark.parametrize(("text", "iso"), RELATIVE)
def test_without_a_day_of_publication_nothing_is_guessed(text, iso):
    assert find_dates(text, None) == []
    assert date_expressions(text), "the expression itself is still seen"


ISO = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d))?")
PIECES = st.sampled_from(
    ["last ", "next ", "May ", "31 ", "February ", "2008", ", ", "Monday ", "two ", "weeks ago ", "1"]
)


@settings(deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map("".join)),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_gives_iso_dates_of_its_own_words(text, published_on):
    expressions = date_expressions(text, published_on)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(expressions))
    for iso, surface in find_dates(text, published_on):
        assert ISO.fullmatch(iso)
        assert surface in text
