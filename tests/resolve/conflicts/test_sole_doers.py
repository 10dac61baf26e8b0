"""Who or what did what only one can have done."""

import pytest

from flows.resolve.conflicts.sole_doers import differing_doers
from tests.resolve.claims.test_differences import said


@pytest.mark.parametrize(
    ("one", "other", "doers"),
    [
        ("the fire in Norby was caused by a heater", "faulty wires caused the fire in Norby",
         ("a heater", "faulty wires")),
        ("the derailment was due to a cracked rail", "the driver was to blame for the derailment",
         ("a cracked rail", "the driver")),
        ("the poet Ada Brandt won the song contest", "the song contest was won by the poet Bo Lind",
         ("the poet Ada Brandt", "the poet Bo Lind")),
        ("Ada Brandt won the song contest", "the song contest was won by Ada Brandt", None),
        ("Ada Brandt won the song contest", "Bo Lind won the toll vote", None),
        ("Ada Brandt won the song contest", "Bo Lind wrote the song", None),
        ("the fire in Norby was caused by a heater", "faulty wires caused delays to trains", None),
    ],
)  # fmt: skip
def test_two_who_are_said_to_have_done_what_one_can_have(one, other, doers):
    assert differing_doers(said(one), said(other)) == doers
    assert differing_doers(said(other), said(one)) == (doers and doers[::-1])
