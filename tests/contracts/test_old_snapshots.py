"""Snapshots of every released contract, kept as files: still read, validated, compared and built upon."""

from pathlib import Path

import polars as pl
import pytest

from flows.cli.validate import violations_of
from flows.publish import diff as differences
from flows.publish.diff import apply, diff
from flows.resolve.identity.carry_ids import Parent
from flows.snapshots import manifest
from flows.snapshots.reader import read_snapshot
from schemas.contract import current
from schemas.odcs import released
from tests.builders import synthetic
from tests.builders.synthetic import documents
from tests.golden.write_contract import HOME, corpora

FOLDERS = sorted(HOME.glob("contract-*"))


def test_every_released_contract_has_its_snapshots() -> None:
    assert [folder.name.removeprefix("contract-") for folder in FOLDERS] == list(released())


@pytest.mark.parametrize("home", FOLDERS, ids=lambda path: path.name)
def test_old_snapshots_keep_their_contract(home: Path) -> None:
    for folder in sorted(home.iterdir()):
        contract, found = violations_of(folder)
        assert contract.version == home.name.removeprefix("contract-")
        assert found == []


@pytest.mark.parametrize("home", FOLDERS, ids=lambda path: path.name)
def test_old_snapshots_are_compared(home: Path) -> None:
    old, new = (differences.side_of(read_snapshot(folder)) for folder in sorted(home.iterdir()))
    found = diff(old, new, "old", "new")
    assert not found.is_empty()
    built = apply(old.tables, found)
    assert all(built[name].equals(new.tables[name]) for name in built)
    assert found.changes()["articles"].causes == {"input": 5}


@pytest.mark.parametrize("home", FOLDERS, ids=lambda path: path.name)
def test_ids_of_old_snapshots_are_carried_on(home: Path) -> None:
    folder = sorted(home.iterdir())[-1]
    tables = dict(differences.side_of(read_snapshot(folder)).tables)
    parent = Parent.of(manifest.read(folder).version, tables)
    new = synthetic.build([*corpora()[1], *documents(2, first=20)], parent, "9.0.0")
    for table, key in (("entities", "entity_id"), ("claims", "claim_id")):
        assert set(tables[table][key]) <= set(new[table][key])
    added = new["redirects"].join(tables["redirects"], on=new["redirects"].columns, how="anti", nulls_equal=True)
    assert new["redirects"].height == tables["redirects"].height + added.height
    assert set(added["table"]) <= {"stories"}  # two more articles may join stories that were apart
    assert set(added["current_id"]) <= set(new["stories"]["story_id"])
    first = pl.col("since_version") == sorted(home.iterdir())[0].name
    assert set(new["entities"].filter(first)["entity_id"]) == set(tables["entities"].filter(first)["entity_id"])


def test_these_files_are_of_the_current_contract_only_while_it_is_the_last_released() -> None:
    assert list(released())[-1] == current().version
