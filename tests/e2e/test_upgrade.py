"""An output of an earlier contract goes on under this one with its ids; an older program stops at a newer one."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from flows.errors import SnapshotError
from flows.snapshots import open_snapshot
from flows.snapshots.output_folder.store import Store
from schemas.vocabularies import CONTRACT_VERSION
from tests.e2e.conftest import Build, hashes, write
from tests.golden.write_contract import HOME

BUILT = HOME / "built-1.0"
"""What the pipeline of contract 1.0 made of the first twelve articles of these tests."""
KEYS = {"articles": "article_id", "entities": "entity_id", "claims": "claim_id", "entity_mentions": "mention_id",
        "claim_mentions": "claim_mention_id"}  # fmt: skip


def ids(folder: Path, table: str) -> set[str]:
    return set(pl.read_parquet(folder / f"{table}.parquet")[KEYS[table]])


def test_an_output_of_contract_1_goes_on_with_its_ids(build: Build, tmp_path: Path) -> None:
    output, seeds = tmp_path / "output", tmp_path / "seeds"
    shutil.copytree(BUILT, output / "snapshots" / "1.0.0")
    write(seeds, range(12))
    before = output / "snapshots" / "1.0.0"
    published = hashes(before)
    result = build(seeds, output)
    after = Path(str(result["snapshot"]))
    assert result["version"] == f"{CONTRACT_VERSION}.0"
    assert json.loads((after / "manifest.json").read_text())["parent"] == before.name
    assert hashes(before) == published
    redirects = pl.read_parquet(after / "redirects.parquet")
    for table in KEYS:
        old, retired = ids(before, table), set(redirects.filter(pl.col("table") == table)["retired_id"])
        assert old <= ids(after, table) | retired, table
    for table in ("articles", "entities", "claims"):
        assert ids(before, table) <= ids(after, table), table


def test_an_older_program_says_so_and_stops(build: Build, tmp_path: Path) -> None:
    output, seeds = tmp_path / "output", tmp_path / "seeds"
    shutil.copytree(HOME / f"contract-{CONTRACT_VERSION}", output / "snapshots")
    (newest,) = sorted((output / "snapshots").iterdir())[-1:]
    later = newest.rename(output / "snapshots" / "99.0.0")
    said = json.loads((later / "manifest.json").read_text())
    (later / "manifest.json").write_text(json.dumps({**said, "version": "99.0.0", "contract_version": "99.0"}))
    with pytest.raises(SnapshotError, match=r"holds snapshots of contract 99\.0; .* Upgrade onrecord"):
        build(seeds, output)  # before it looks at the seeds, which are not there
    with pytest.raises(SnapshotError, match=r"keeps contract 99\.0, .* Upgrade onrecord"):
        open_snapshot("99.0.0", output)
    history = json.loads((output / "versions.json").read_text())
    history["versions"][-1]["of_a_later_time"] = 1
    (output / "versions.json").write_text(json.dumps(history))
    before = (output / "versions.json").read_bytes()
    with pytest.raises(SnapshotError, match="written by a later onrecord"):
        build(seeds, output)
    with pytest.raises(SnapshotError, match="written by a later onrecord"):
        Store(output).history()
    assert (output / "versions.json").read_bytes() == before
