"""The same done for two reasons."""

from dataclasses import replace

import pytest

from flows.resolve.claims.matching.purposes import purposes_differ
from tests.resolve.claims.test_differences import said


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("the mill hired divers to inspect the piles", "the mill hired divers to look for the crane", True),
        ("the mill shut because of rising rents", "the mill shut because of floods", True),
        ("the mill hired divers to inspect the piles", "the mill hired divers to inspect the quay", False),
        ("the mill hired divers to inspect the piles", "the mill hired divers because of floods", False),
        ("the mill hired divers to inspect the piles", "the bank sold boats to look for money", False),
    ],
    ids=["purposes", "causes", "partly the same", "a purpose and a cause", "another deed"],
)
def test_what_is_done_for_two_reasons_is_two_claims(one, other, differ):
    a, b = replace(said(one), speakers=("x",)), replace(said(other), speakers=("y",))
    assert purposes_differ(a, b) is purposes_differ(b, a) is differ
    assert not purposes_differ(a, replace(b, speakers=("x",)))
