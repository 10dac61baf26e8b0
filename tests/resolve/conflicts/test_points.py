"""Places and spellings on which two statements of one matter may disagree."""

import pytest

from flows.resolve.claims.matching.proposition import Name, Proposition
from flows.resolve.conflicts.points import points


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
    ],
    ids=["towns", "states", "states of one", "a town of it", "a state of it", "a spelling", "another script"],
)
def test_places(one, other, expected):
    assert kinds(one, other, "GPE") == expected


def test_before_and_after_are_opposite_in_one_wording_alone():
    before = told("The yard of Sandvik closed before the line was sold", ("Sandvik", "GPE"))
    after = told("The yard of Sandvik closed after the line was sold", ("Sandvik", "GPE"))
    other = told("After the storm passed the yard of Sandvik closed", ("Sandvik", "GPE"))
    assert [(point.words_a, point.words_b) for point in points(before, after)] == [("before", "after")]
    assert points(before, other) == []
