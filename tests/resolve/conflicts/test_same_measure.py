"""Figures of one point in other words: what they measure, what is another point, and properties of the comparison."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.claims.dates.date_expressions import find_dates
from flows.extract.claims.quantities.find_quantities import find_quantities
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.proposition import Name, Proposition
from flows.resolve.conflicts.apart import one_looks_ahead, rounded_off
from flows.resolve.conflicts.measures import measures
from flows.resolve.conflicts.same_measure import measured_pairs, one_point

PEOPLE = ("Ada Brandt", "Bo Lind", "Norland Rail")


def told(statement: str, article: str = "one") -> Proposition:
    """A narrated statement of one story; PEOPLE are its persons and bodies, Sandvik its place."""
    names = [Name(person, "PERSON", person) for person in PEOPLE if person in statement]
    places = [Name("Sandvik", "GPE", "Sandvik")] if "Sandvik" in statement else []
    dates = tuple(find_dates(statement, None))
    figures = tuple(Figure.of(quantity._asdict()) for quantity in find_quantities(statement))
    return Proposition(
        statement, "asserted", (*names, *places), figures, dates, article, "story", (), True, date(2031, 3, 9)
    )


def anybody(_: int, __: int) -> bool:
    """Let every two statements conflict."""
    return True


def paired(one: str, other: str, *, common: bool = True) -> list[tuple[str, str]]:
    """The words of the figures that may be of one point."""
    both = tuple(told("Sandvik stands in both articles", article) for article in ("one", "two"))
    propositions = (
        {0: told(one), 1: told(other, "two"), 2: both[0], 3: both[1]}
        if common
        else {0: told(one), 1: told(other, "two")}
    )
    return [(a.figure.surface, b.figure.surface) for a, b in measured_pairs(propositions, anybody)]


@pytest.mark.parametrize(
    ("statement", "classes"),
    [
        ("The quake killed at least 12 people and injured 40", [{"dead"}, {"hurt"}]),
        ("Twelve people have died in Sandvik", [{"dead"}]),
        ("The blast tore through the market, killing 12 people and wounding 40 others", [{"dead"}, {"hurt"}]),
        ("The tremor had a magnitude of 5.9", [{"strength"}]),
        ("The island has a population of 120,000", [{"inhabitants"}]),
        ("Ada Brandt, 40, resigned", [{"age"}]),
        ("The 40-year-old won", [{"age"}]),
        ("The harbour is 300 metres wide", [set()]),
    ],
)
def test_what_a_figure_measures(statement, classes):
    assert [set(measure.classes) for measure in measures(0, told(statement))] == classes


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The quake killed at least 1,500 people", "More than 2,000 died in the earthquake",
         [("at least 1,500 people", "More than 2,000")]),
        ("The tremor had a magnitude of 5.9", "The 6.3-magnitude quake shook Sandvik", [("5.9", "6.3-magnitude")]),
        ("Three tankers ran aground off Sandvik", "Five tankers ran aground in the storm",
         [("Three tankers", "Five tankers")]),
        ("Ada Brandt, 40, resigned in May", "The 42-year-old teacher Ada Brandt was shot", [("40", "42-year-old")]),
        ("Sandvik has a population of 120,000", "About 200,000 residents live in Sandvik",
         [("120,000", "About 200,000 residents")]),
        ("The quake of 2019 killed 12,000 people in Sandvik", "In 2019 a quake killed 19,000 in Sandvik",
         [("12,000 people", "19,000")]),
        ("The brass lamp of Norland Rail costs 500 euros", "Norland Rail wants 900 euros for its brass lamp",
         [("500 euros", "900 euros")]),
        ("The port has 42,000 tonnes of barley left", "Some 90,000 tonnes of barley are left",
         [("42,000 tonnes", "Some 90,000 tonnes")]),
    ],
)  # fmt: skip
def test_one_point_in_other_words(one, other, expected):
    assert paired(one, other) == expected
    assert paired(other, one) == [pair[::-1] for pair in expected]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fourteen people drowned off Sandvik", "Five people from Norby drowned off Sandvik"),
        ("The first phase of the Sandvik line costs 180 million euros", "The Sandvik line costs 940 million euros"),
        ("The north gate of Sandvik has six cranes", "The south gate of Sandvik has nine cranes"),
    ],
)
def test_a_part_is_another_point(one, other):
    assert paired(one, other) == paired(other, one) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The quake killed 12 people", "The quake injured 40 people"),
        ("Ada Brandt scored 16 points", "Bo Lind scored 20 points"),
        ("Ada Brandt, 40, was shot", "Bo Lind, 61, was arrested"),
        ("Ada Brandt adopted a 13-year-old boy", "Ada Brandt adopted a 21-year-old man and met Bo Lind"),
        ("The storm sank 12 tankers", "Of 20 tankers the storm sank 12"),
        ("The storm sank 12 of the tankers", "The storm sank 30 tankers"),
        ("The police held 30 people, including 22 officers", "The police held 12 officers"),
        ("An additional 14 tankers were sunk by the storm", "The storm sank 30 tankers"),
        ("Norland Rail paid 3.2 million euros for the yard", "Norland Rail bought the yard for 3 million euros"),
        ("The yard built 12 ferries", "The yard built 400 ferries"),
        ("More than 100 passengers were aboard", "There were 115 passengers aboard"),
        ("About 30 percent had voted by noon", "About 64 percent had voted by evening"),
        ("The new 5-inch model costs more", "The new 4-inch model costs less"),
        ("The fair drew 900 visitors in 2019", "The fair drew 400 visitors in 2024"),
        ("Sales fell 12 percent from last year", "Sales fell 3 percent from last year"),
        ("The ring costs between 4,000 and 5,000 euros", "The ring costs 1,200 euros"),
        ("The ring costs 4,000 to 5,000 euros", "The ring costs 1,200 euros"),
        ("The road is 40 kilometres long", "The road is 40,000 metres long"),
        ("The road is 25 miles long", "The road is 40.2 kilometres long"),
        ("The port has 42,000 tonnes of barley left", "The port has 90,000 tonnes of wheat left"),
        ("The yard built 12 ferries", "The yard was expected to build 20 ferries"),
        ("40 cents a litre", "Olive oil was offered at 60 cents a litre"),
        ("The fair showed three two-door cars", "The fair showed three four-door cars"),
        ("Norland Rail has assets of 64 million euros", "Norland Rail owes its banks 45 million euros"),
        ("The bonus granted to the mills was 105 euros a tonne", "Bonuses for exporters averaged 38 euros a tonne"),
        ("The mills of Sandvik were granted 34,500 tonnes, those of the coast 37,800",
         "The mills of the coast were granted 37,800 tonnes, those of Sandvik 34,500"),
        ("The steel lamp of Norland Rail costs 500 euros", "The brass lamp of Norland Rail costs 900 euros"),
        ("The steel lamp costs 500 euros, the brass one is sold out", "The brass lamp costs 900 euros"),
        ("Norland Rail had 326 million euros of revenue", "Norland Rail made 100 million euros of profit"),
        ("Brandt was held for 44 days by the gang of the coast", "The gang held Brandt for six weeks"),
        ("Police arrested seven others in Sandvik", "Police in Sandvik arrested 30 people"),
        ("The guard had not worked for more than 10 years", "For 14 years the guard had not worked"),
        ("Gunmen took nearly a dozen planes in Sandvik", "In Sandvik gunmen took as many as 11 planes"),
    ],
    ids=["dead and hurt", "two players", "two ages", "children", "both values told", "a part",
         "one part of several", "more of them", "rounded",
         "other sizes", "a bound", "two hours", "names of kinds", "two years", "changes", "a range",
         "another range", "units", "units, rounded", "other goods", "a forecast", "a price of anything",
         "names of kinds in words", "other measures", "of nobody", "a list",
         "materials", "the nearest material", "profit and revenue", "two units of time",
         "the rest", "a bound of time", "about as many"],
)  # fmt: skip
def test_another_point_or_the_same_figure(one, other):
    assert paired(one, other) == []


def test_articles_that_name_nothing_in_common_tell_of_two_things():
    one, other = "Ada Brandt spoke and 12 ferries sank", "20 ferries sank in the storm"
    assert paired(one, other) == [("12 ferries", "20 ferries")]
    assert paired(one, other, common=False) == []


def test_a_value_that_the_other_article_gives_too_is_of_another_point():
    propositions = {
        0: told("The quake killed 12 people"),
        1: told("The quake killed 31 people", "two"),
        2: told("In Sandvik alone 12 people died", "two"),
    }
    assert measured_pairs(propositions, anybody) == []


FIGURES = st.integers(min_value=2, max_value=5000)
UNITS = {"kilometres": ("metres", 1000), "tonnes": ("kilograms", 1000), "hours": ("minutes", 60)}


@given(FIGURES, FIGURES)
def test_one_point_is_symmetric(one, other):
    p, q = told(f"The quake killed {one} people"), told(f"{other} people died in the quake", "two")
    (a,), (b,) = measures(0, p), measures(1, q)
    assert one_point(a, b, p, q) == one_point(b, a, q, p)


@given(st.integers(min_value=2, max_value=900), st.sampled_from(sorted(UNITS)))
def test_a_value_never_differs_from_itself_in_another_unit(value, unit):
    smaller, factor = UNITS[unit]
    assert paired(f"The repair took {value} {unit}", f"The repair took {value * factor} {smaller}") == []


@given(st.floats(min_value=0.01, max_value=1e9), st.floats(min_value=0.01, max_value=1e9))
def test_rounding_is_symmetric(one, other):
    assert rounded_off(one, other) == rounded_off(other, one)


MANY = [
    "The quake killed 12 people", "In the quake 31 people died", "The quake injured 40 people", "The tremor hurt 70",
    "Three tankers sank", "Five tankers sank off Sandvik", "The tremor had a magnitude of 5.9",
]  # fmt: skip


@settings(max_examples=20)
@given(st.permutations(range(len(MANY))))
def test_the_order_of_statements_plays_no_part(order):
    def found(numbers):
        told_by = {at: told(MANY[number], f"article {number}") for at, number in enumerate(numbers)}
        pairs = measured_pairs(told_by, anybody)
        return {frozenset((a.figure.surface, b.figure.surface)) for a, b in pairs}

    assert found(order) == found(range(len(MANY)))


def test_speakers_and_articles_do_not_change_what_is_measured():
    one = told("The quake killed 12 people")
    assert list(measures(0, one)) == list(measures(0, replace(one, article="other", speakers=("Bo Lind",))))


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        ("The flood killed 71 people in Sandvik", "The flood killed 52 people in Sandvik", True),
        ("The flood killed 71 people in Sandvik", "The flood killed 11 children in Sandvik", False),
        ("The blast killed 14 soldiers in Sandvik", "The blast killed 31 civilians in Sandvik", False),
        ("The blast killed 14 soldiers in Sandvik", "The blast killed 31 soldiers in Sandvik", True),
    ],
)
def test_some_of_the_people_are_not_all_of_them(one, other, compared):
    assert bool(paired(one, other)) == compared


def test_what_may_come_to_be_contradicts_nothing_that_is():
    a, b = told("The river may rise to 15 metres in Sandvik"), told("The river stands at 9 metres in Sandvik")
    assert not one_looks_ahead(a, b)
    assert one_looks_ahead(replace(a, modality="possible"), b)
    assert not one_looks_ahead(replace(a, modality="possible"), replace(b, modality="possible"))


def test_two_ages_of_one_who_is_said_to_be_so_old():
    assert paired("The pilot, Ada Brandt, was 34 years old", "Ada Brandt was 43 years old") == [
        ("34 years old", "43 years old")
    ]
    assert paired("Ada Brandt was 34 years old", "Bo Lind was 43 years old") == []
