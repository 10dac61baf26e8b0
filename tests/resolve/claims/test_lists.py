"""Lists of which each has what the other lacks."""

import pytest

from flows.resolve.claims.matching.lists import differing_lists


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (
            "only Aspen, Birch and Cedar have signed",
            "only Birch, Aspen and Dogwood have signed",
            [("Aspen, Birch and Cedar", "Birch, Aspen and Dogwood")],
        ),
        (
            "the chief dismissed the ministers of health, transport and energy on Monday",
            "the chief dismissed the ministers of mines, health and transport on Monday",
            [("health, transport and energy", "mines, health and transport")],
        ),
        ("only Aspen, Birch and Cedar have signed", "only Cedar, Birch and Aspen have signed", []),
        ("only Aspen, Birch and Cedar have signed", "Aspen and Birch have signed", []),
        ("bread, milk and cheese were sold", "rain, wind and snow fell", []),
    ],
)
def test_lists_of_one_length_that_have_most_in_common(one, other, found):
    assert list(differing_lists(one, other)) == found
