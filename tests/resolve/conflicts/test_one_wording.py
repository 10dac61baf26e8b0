"""Numbers, days and opposites that differ between two statements of nearly one wording."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.claims.quantities.find_quantities import find_quantities
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.proposition import Name, Proposition, plain_likeness
from flows.resolve.conflicts import one_wording

PLACES = ("Norland", "Sudland")


def told(statement: str, *speakers: str, day: date | None = None) -> Proposition:
    """A statement of an article, without a date where none is given."""
    names = tuple(Name(place, "GPE", place) for place in PLACES if place in statement)
    figures = tuple(Figure.of(quantity._asdict()) for quantity in find_quantities(statement))
    return Proposition(statement, "asserted", names, figures, (), "one", "story", speakers, day=day)


def found_numbers(a: Proposition, b: Proposition) -> tuple | None:
    """What differs between two statements, as it is asked for."""
    return one_wording.differing_numbers(a, b, plain_likeness(a, b))


@pytest.mark.parametrize(
    ("one", "other", "kind", "words"),
    [
        ("The talks on the harbour will go on on July 8", "The talks on the harbour will go on on July 19",
         "date", ("July 8", "July 19")),
        ("The harbour was dredged in May 3 storms ago", "The harbour was dredged in June 3 storms ago",
         "date", ("May", "June")),
        ("The yard rebuilt its ferries in 2027 and 2028", "The yard rebuilt its ferries in 2025 and 2026",
         "date", ("2027 and 2028", "2025 and 2026")),
        ("The keeper saved a shot in the 67th minute", "The keeper saved a shot in the 62nd minute",
         "quantity", ("67th", "62nd")),
        ("Monitors heard more than 500 witnesses of the fire", "Monitors heard more than 1,000 witnesses of the fire",
         "quantity", ("500", "1,000")),
        ("The core rate of Norland rose to 3.6 percent in the summer",
         "The core rate of Norland fell to 1.6 percent in the summer", "quantity", ("rose to 3.6", "fell to 1.6")),
    ],
    ids=["a day", "a month", "years", "an ordinal in digits", "one bound", "a turn and its number"],
)  # fmt: skip
def test_words_that_differ(one, other, kind, words):
    found = found_numbers(told(one), told(other))
    assert found == (kind, *words, other)
    assert found_numbers(told(other), told(one)) == (kind, *words[::-1], one)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (told("Turnout rose to 61 percent on May 3"), told("Turnout rose to 58 percent on May 6")),
        (told("Norland sent 12 ferries to the coast"), told("Sudland sent 20 ferries to the coast")),
        (told("Our load factor rose to 58 percent", "Brandt"), told("Our load factor rose to 65 percent", "Lind")),
        (told("The treaty passed the house with 94 votes"), told("The treaty passed the house in 61 days")),
        (told("The storm destroyed more than 90 houses"), told("The storm destroyed 104 houses")),
        (told("The yard on the coast closed"), told("The yard on the coast opened")),
        (told("The yard closed 12 docks for repairs"), told("Ferries brought 20 tourists")),
        (told("At least 40 homes on the coast burned", day=date(2031, 5, 1)),
         told("At least 95 homes on the coast burned", day=date(2031, 5, 2))),
    ],
    ids=["another day's number", "two actors", "two speakers of themselves", "two units", "a bound that is kept",
         "an opposite alone", "other words", "a bound of the day before"],
)  # fmt: skip
def test_no_point_of_one_wording(a, b):
    assert found_numbers(a, b) is None


@given(st.integers(min_value=2, max_value=9999), st.integers(min_value=2, max_value=9999))
def test_both_orders_find_the_same_words(one, other):
    a, b = told(f"The storm on the coast sank {one} boats"), told(f"The storm on the coast sank {other} boats")
    ours, theirs = found_numbers(a, b), found_numbers(b, a)
    assert (ours is None) == (theirs is None)
    assert ours is None or theirs is None or ours[1:3] == theirs[1:3][::-1]


def test_a_sign_that_stands_alone_is_opposite_to_nothing():
    one = told("The keepers of Norland raised the harbour fee again")
    assert found_numbers(one, told("The keepers of Norland ’ the harbour fee again")) is None
    assert found_numbers(told("The keepers of Norland ’ the harbour fee again"), one) is None


SOME = ("boats", "sank", "on", "May", "June", "3", "5", "eight", "Monday", "2031", ",", "never", "rose", "fell")
WORDS = st.lists(st.sampled_from(SOME), max_size=9)


@given(WORDS, WORDS)
def test_what_is_not_compared_word_by_word_has_no_number_to_exchange(one, other):
    a, b = told(" ".join(one)), told(" ".join(other))
    found = one_wording.differing_numbers(a, b, 1.0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(one_wording, "may_exchange", lambda *_: True)
        if one_wording.numbers_and_days(a.statement) != one_wording.numbers_and_days(b.statement):
            assert one_wording.differing_numbers(a, b, 1.0) == found


def test_numbers_in_one_order_are_not_exchanged():
    one = told("On May 3 boats of the line sank 5 times off the coast of Norland")
    assert found_numbers(one, told("Boats of the line sank on May 3 off the coast of Norland 5 times")) is None
