"""What a build makes of `seeds/articles`, beside what was approved: a change of behaviour is seen before it lands."""

import difflib

import pytest

from tests.conftest import Shipped
from tests.golden.approved import APPROVED, TABLES, lines_of


@pytest.mark.parametrize("table", TABLES)
def test_the_table_is_as_approved(shipped: Shipped, table: str) -> None:
    approved = (APPROVED / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    built = lines_of(shipped.output / "latest", table)
    change = list(difflib.unified_diff(approved, built, "approved", "built", lineterm="", n=0))
    assert not change, "\n".join(
        [
            f"{table} of seeds/articles changed; if it is meant, approve it: python -m tests.golden.approved",
            *change[:40],
        ]
    )
