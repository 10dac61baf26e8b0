"""Places and spellings on which two statements of one matter may disagree."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.claims.quantities.find_quantities import find_quantities
from flows.resolve.claims.matching.differences import opposite_words
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.proposition import Name, Proposition
from flows.resolve.claims.matching.proposition_rows import NAMES
from flows.resolve.conflicts.denials import denies_the_other
from flows.resolve.conflicts.points import points
from flows.resolve.conflicts.told_rows import ToldRows


def told(statement: str, *named: tuple[str, str]) -> Proposition:
    """A statement that names places or persons."""
    names = tuple(Name(surface, kind, surface) for surface, kind in named)
    return Proposition(statement, "asserted", names, (), (), "one", "story", narrated=True)


def kinds(one: str, other: str, kind: str) -> list[str]:
    """The kinds of the points of one sentence about two names."""
    a, b = (told(f"The ferry of the line ran aground near {name} at dawn", (name, kind)) for name in (one, other))
    return [point.kind.value for point in points(a, b)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Sandvik", "Ostrava", ["place"]),
        ("Estonia", "Finland", ["place"]),
        ("Texas", "Ohio", ["place"]),
        ("Estonia", "Sandvik", []),
        ("United States", "Ohio", []),
        ("Tarnowka", "Tarnovska", ["name"]),
        ("Tarnovka", "Tarnovko", []),
        ("the Sandvik Ski and Snowboard Centre", "the Ski Slope and Snowboard Centre", []),
    ],
    ids=[
        "towns",
        "states",
        "states of one",
        "a town of it",
        "a state of it",
        "a spelling",
        "another script",
        "one hall",
    ],
)
def test_places(one, other, expected):
    assert kinds(one, other, "GPE") == expected


def test_before_and_after_are_opposite_in_one_wording_alone():
    before = told("The yard of Sandvik closed before the line was sold", ("Sandvik", "GPE"))
    after = told("The yard of Sandvik closed after the line was sold", ("Sandvik", "GPE"))
    other = told("After the storm passed the yard of Sandvik closed", ("Sandvik", "GPE"))
    assert [(point.words_a, point.words_b) for point in points(before, after)] == [("before", "after")]
    assert points(before, other) == []


PARTS = (
    "the yard of Sandvik", "the yard of Ostrava", "closed", "opened", "did not close", "rose", "fell", "never", "two",
    "12 ferries", "20 ferries", "before", "after", "May 3", "May 5", "on Monday", "Tarnowka", "Tarnovska",
    "failed to close", "bread, milk and cheese", "bread, milk and butter", "caused by rain", "was caused by wind",
)  # fmt: skip
PLACES = [(name, "GPE") for name in ("Sandvik", "Ostrava", "Tarnowka", "Tarnovska")]
STATED = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map(" ".join)


def figured(statement: str) -> Proposition:
    """A statement with its places and figures, and a date where it has a day of May."""
    a = told(statement, *(place for place in PLACES if place[0] in statement))
    dates = tuple((f"2031-05-0{day}", f"May {day}") for day in (3, 5) if f"May {day}" in statement)
    return replace(a, figures=tuple(Figure.of(q._asdict()) for q in find_quantities(statement)), dates=dates)


def rows(*told: Proposition) -> pl.DataFrame:
    """Propositions as rows, as far as `ToldRows` reads them."""
    columns = {
        "statement": [a.statement for a in told],
        "names": [[{"entity": n.entity, "entity_type": n.kind, "surface": n.surface} for n in a.names] for a in told],
        "quantities": [[figure.surface for figure in a.figures] for a in told],
        "dates": [[iso for iso, _ in a.dates] for a in told],
    }
    texts = pl.List(pl.String)
    return pl.DataFrame(columns, schema={"statement": pl.String, "names": NAMES, "quantities": texts, "dates": texts})


@given(STATED, STATED)
def test_where_nothing_may_differ_there_is_no_point(one, other):
    a, b = figured(one), figured(other)
    found = bool(points(a, b)) or denies_the_other(a, b) or opposite_words(a, b) is not None
    first, second = np.array([0, 1]), np.array([1, 0])
    may_differ = ToldRows.of(rows(a, b)).may_differ(first, second)
    assert may_differ[0] >= found
    assert may_differ[0] == may_differ[1]


def test_what_only_leaves_out_a_word_is_not_read():
    told_once = figured("the yard of Sandvik sold 12 ferries on May 3")
    shorter = figured("the yard sold 12 ferries on May 3")
    for whole in (told_once, replace(told_once, figures=(), dates=())):
        part = replace(shorter, figures=whole.figures, dates=whole.dates)
        may_differ = ToldRows.of(rows(whole, part)).may_differ(np.array([0]), np.array([1]))
        assert may_differ.tolist() == [bool(whole.figures)]
