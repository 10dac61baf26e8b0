"""Dates: ISO forms at the precision stated, relative ones against the day of publication."""

import itertools
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.claims.dates.date_expressions import date_expressions, find_dates
from flows.extract.claims.dates.direction import Direction, direction
from flows.extract.syntax.sentences import Word

WEDNESDAY = date(2022, 3, 9)

ABSOLUTE = [
    ("declared on 17 February 2008 in the capital", [("2008-02-17", "17 February 2008")]),
    ("on February 17, 2008, the house", [("2008-02-17", "February 17, 2008")]),
    ("in March of 1999", [("1999-03", "March of 1999")]),
    ("in March  1999", [("1999-03", "March  1999")]),
    ("since 1999", [("1999", "1999")]),
    ("the war of 1998-1999", [("1998", "1998"), ("1999", "1999")]),
    ("in 2021, 2023 and 2025", [("2021", "2021"), ("2023", "2023"), ("2025", "2025")]),
    ("filed 2011-10-30", [("2011-10-30", "2011-10-30")]),
    ("on February 30, 2020", []),
    ("built by 23/11/2019", [("2019-11-23", "23/11/2019")]),
    ("built by 11/23/2019", [("2019-11-23", "11/23/2019")]),
    ("built by 05/06/2019, in either order", []),
    ("on Sunday, February 17, 2008", [("2008-02-17", "Sunday, February 17, 2008")]),
    ("resolution 1999 was adopted", []),
    ("he may march in the 1990s", []),
    ("built by 2019/11/23", [("2019-11-23", "2019/11/23")]),
    ("built by 23-11-2019", [("2019-11-23", "23-11-2019")]),
    ("at 2019-11-23T10:30:00Z", [("2019-11-23", "2019-11-23T10:30:00Z")]),
    ("the season of 2018-19", [("2018", "2018")]),
    ("at 2015 GMT", []),
    ("the 1600 block of Elm Street", []),
    ("at 1750 Harbour Road", []),
    ("a 1500-metre race", []),
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
    ("it sank the day before yesterday", "2022-03-07"),
    ("it sails the day after tomorrow", "2022-03-11"),
    ("it sank last night", "2022-03-08"),
    ("they met on Tuesday last week", "2022-03-01"),
    ("they meet on Friday of next week", "2022-03-18"),
    ("they met this past Monday", "2022-03-07"),
    ("they met last\u00a0Friday", "2022-03-04"),
    ("on Sunday, February 21", "2021-02-21"),
    ("it opens in mid-June", "2022-06"),
    ("since early February", "2022-02"),
    ("by October", "2021-10"),
    ("they meet this Friday", "2022-03-11"),
    ("three years ago today", "2019-03-09"),
    ("in August last year", "2021-08"),
    ("on August 8 last year", "2021-08-08"),
    ("on 8 August of last year", "2021-08-08"),
    ("last year August 8", "2021-08-08"),
    ("on May 3 next year", "2023-05-03"),
    ("three years ago this month", "2019-03"),
]

SEEN_ONLY = [
    "they meet every Friday",
    "they met on a Friday",
    "they vote on Super Tuesday",
    "they shop on Black Friday",
    "the Sunday Times wrote",
    "they meet a week from Monday",
    "they meet Monday week",
    "it was Friday the 13th",
    "they met two weeks ago Friday",
    "more than a decade ago",
    "over three weeks ago",
    "it rained for the last month",
    "in the previous year",
]

NO_DATES = ["as the Plaza Today show has it", "on CBM This Morning", "signed by May", "on Apr 3 ’21"]


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


@pytest.mark.parametrize("text", SEEN_ONLY)
def test_what_names_no_single_day_is_seen_and_not_resolved(text):
    assert date_expressions(text)
    assert find_dates(text, WEDNESDAY) == []


@pytest.mark.parametrize("text", NO_DATES)
def test_names_are_no_dates(text):
    assert date_expressions(text) == []


TENSES = [
    ("The/DT jury/NN will/MD meet/VB on/IN Friday/NNP", "2022-03-11"),
    ("The/DT jury/NN met/VBD on/IN Friday/NNP", "2022-03-04"),
    ("The/DT jury/NN would/MD have/VB met/VBN on/IN Friday/NNP", "2022-03-04"),
    ("A/DT talk/NN was/VBD planned/VBN for/IN Friday/NNP", "2022-03-11"),
    ("The/DT jury/NN is/VBZ to/TO be/VB picked/VBN on/IN Friday/NNP", "2022-03-11"),
    ("The/DT man/NN arrested/VBN on/IN Friday/NNP", "2022-03-04"),
    ("It/PRP refused/VBD to/TO pay/VB on/IN Friday/NNP", "2022-03-04"),
    ("It/PRP agreed/VBD to/TO pay/VB on/IN Friday/NNP", "2022-03-11"),
    ("On/IN Friday/NNP the/DT jury/NN will/MD meet/VB", "2022-03-11"),
    ("It/PRP sank/VBD ,/, and/CC on/IN Friday/NNP divers/NNS will/MD look/VB", "2022-03-11"),
    ("It/PRP has/VBZ been/VBN shut/VBN since/IN Friday/NNP", "2022-03-04"),
    ("He/PRP left/VBD ahead/RB of/IN Friday/NNP", "2022-03-11"),
    ("A/DT shop/NN opens/VBZ in/IN February/NNP", "2023-02"),
    ("A/DT shop/NN opened/VBD in/IN April/NNP", "2021-04"),
    ("The/DT ban/NN follows/VBZ a/DT raid/NN on/IN Friday/NNP", "2022-03-04"),
    ("The/DT ban/NN comes/VBZ after/IN a/DT raid/NN in/IN December/NNP", "2021-12"),
    ("A/DT shop/NN opened/VBD on/IN April/NNP 3/CD", "2021-04-03"),
    ("He/PRP calls/VBZ it/PRP a/DT raid/NN on/IN March/NNP 3/CD", "2022-03-03"),
    ("It/PRP will/MD open/VB on/IN November/NNP 20/CD", "2022-11-20"),
    ("A/DT shop/NN in/IN April/NNP", "2022-04"),
    ("It/PRP is/VBZ shut/JJ ,/, and/CC on/IN Friday/NNP ,/, they/PRP said/VBD so/RB", "2022-03-04"),
    ("She/PRP is/VBZ likely/JJ to/TO win/VB it/PRP on/IN March/NNP 20/CD ,/, men/NNS said/VBD", "2022-03-20"),
    ("A/DT plan/NN starting/VBG April/NNP 1/CD ,/, men/NNS said/VBD", "2022-04-01"),
    ("He/PRP earned/VBD it/PRP helping/VBG them/PRP sell/VB in/IN April/NNP", "2021-04"),
    ("They/PRP plan/VBP to/TO meet/VB on/IN Friday/NNP", "2022-03-11"),
    ("The/DT word/NN of/IN Friday/NNP is/VBZ clear/JJ", "2022-03-04"),
    ("Two/CD men/NNS stand/VBP at/IN a/DT rally/NN on/IN Friday/NNP", "2022-03-04"),
    ("He/PRP rushes/VBZ to/TO build/VB it/PRP for/IN March/NNP 20/CD ,/, a/DT loved/VBN day/NN", "2022-03-20"),
    ("He/PRP offered/VBD to/TO debate/VB on/IN March/NNP 20/CD", "2022-03-20"),
    ("She/PRP gave/VBD a/DT talk/NN outlining/VBG it/PRP on/IN April/NNP 3/CD", "2021-04-03"),
    ("The/DT bill/NN could/MD have/VB passed/VBN as/RB soon/RB as/IN Friday/NNP", "2022-03-11"),
    ("The/DT court/NN adjourned/VBD until/IN Friday/NNP", "2022-03-11"),
    ("The/DT man/NN stayed/VBD until/IN Friday/NNP", "2022-03-04"),
    ("The/DT men/NNS met/VBD this/DT Monday/NNP", "2022-03-07"),
]


@pytest.mark.parametrize(("tagged", "iso"), TENSES)
def test_a_weekday_or_month_lies_where_the_tense_says(tagged, iso):
    words, text = [], ""
    for token in tagged.split():
        form, tag = token.rsplit("/", 1)
        words.append(Word(len(text), len(text) + len(form), form.lower(), tag))
        text += form + " "
    found = find_dates(text, WEDNESDAY, lambda span: direction(words, span.start, span.end))
    assert [iso for iso, _ in found] == [iso]


ISO = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d))?")
PIECES = st.sampled_from(
    ["last ", "next ", "May ", "31 ", "February ", "2008", ", ", "Monday ", "two ", "weeks ago ", "1"]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map("".join)),
    st.one_of(st.none(), st.dates()),
    st.sampled_from([None, *Direction]),
)
def test_any_text_gives_iso_dates_of_its_own_words(text, published_on, tense):
    expressions = date_expressions(text, published_on)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(expressions))
    for iso, surface in find_dates(text, published_on, lambda _: tense):
        assert ISO.fullmatch(iso)
        assert surface in text
