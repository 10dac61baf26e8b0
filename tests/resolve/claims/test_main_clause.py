"""What a statement says first."""

import numpy as np
import pytest

from flows.resolve.claims.matching.decisions import with_main_clauses
from flows.resolve.claims.matching.main_clause import main_clause


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        ("Vell shipyard cut 120 jobs on Monday, a step that unions had feared", "Vell shipyard cut 120 jobs on Monday"),
        ("Norby police arrested the ferry captain after a long chase", "Norby police arrested the ferry captain"),
        ("Norby police arrested the ferry captain – who had fled", "Norby police arrested the ferry captain"),
        (
            "The harbour master, who had fled, was arrested in Norby",
            "The harbour master, who had fled, was arrested in Norby",
        ),
        ("He left after the vote", "He left after the vote"),
        ("Ada Brandt resigned", "Ada Brandt resigned"),
        ("", ""),
    ],
)
def test_a_statement_is_read_up_to_what_is_added(statement, first):
    assert main_clause(statement) == first


def test_main_clauses_are_read_only_where_they_are_shorter_and_the_pair_is_open():
    whole, cut = LONG
    asked = []

    class Model:
        def judge(self, pairs):
            asked.extend(pairs)
            return np.tile(np.float32([0.9, 0, 0, 0, 0.1]), (len(pairs), 1))

    known = np.float32([[0.2, 0, 0, 0, 0.8]] * 3)
    found = with_main_clauses([(whole, cut), (cut, cut), (whole, cut)], known, np.array([True, True, False]), Model())
    assert asked == [(main_clause(LONG[0]), LONG[1])]
    assert found[:, 0].tolist() == [np.float32(0.9), *known[1:, 0]]


LONG = ("Norby police arrested the ferry captain after a long chase", "the ferry captain was held by Norby police")
