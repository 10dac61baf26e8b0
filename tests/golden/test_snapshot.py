"""What a build makes of `seeds/articles`, beside what was approved: a change of behaviour is seen before it lands."""

import difflib
from pathlib import Path

import pytest

from tests.golden.approved import APPROVED, TABLES, build, lines_of


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize("table", TABLES)
def test_the_table_is_as_approved(snapshot: Path, table: str) -> None:
    approved = (APPROVED / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    change = list(difflib.unified_diff(approved, lines_of(snapshot, table), "approved", "built", lineterm="", n=0))
    assert not change, "\n".join(
        [
            f"{table} of seeds/articles changed; if it is meant, approve it: python -m tests.golden.approved",
            *change[:40],
        ]
    )
