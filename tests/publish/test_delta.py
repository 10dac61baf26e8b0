"""Delta tables: a version a snapshot, time travel by snapshot version, safe to repeat."""

from pathlib import Path

import polars as pl
import pytest

from flows.errors import SnapshotError
from flows.publish import delta
from schemas.contract import current
from tests.builders.synthetic import documents, publish

NAMES = current().names


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("delta")
    return [folder for size in (2, 3, 4) if (folder := publish(root, documents(size)))]


def test_one_delta_version_a_snapshot_and_time_travel(snapshots: list[Path], tmp_path: Path) -> None:
    for number, folder in enumerate(snapshots):
        published = delta.publish(folder, str(tmp_path))
        assert [(table.table, table.delta_version, table.was_there) for table in published] == [
            (name, number, False) for name in NAMES
        ]
    for name in NAMES:
        uri = str(tmp_path / name)
        assert delta.versions(uri) == {"2.0.0": 0, "2.0.1": 1, "2.0.2": 2}
        for folder in snapshots:
            assert delta.table_as_of(uri, folder.name).equals(pl.read_parquet(folder / f"{name}.parquet"))
    assert pl.read_delta(str(tmp_path / "articles")).height == 4
    assert pl.read_delta(str(tmp_path / "articles"), version=0).height == 2


def test_publishing_once_more_changes_nothing_and_a_stopped_run_goes_on(
    snapshots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = delta.write_deltalake

    def stops_at_claims(uri: str, *arguments: object, **options: object) -> None:
        if uri.endswith("/claims"):
            raise OSError("the network is gone")
        real(uri, *arguments, **options)

    monkeypatch.setattr(delta, "write_deltalake", stops_at_claims)
    with pytest.raises(SnapshotError, match="the network is gone"):
        delta.publish(snapshots[0], str(tmp_path))
    monkeypatch.undo()
    published = delta.publish(snapshots[0], str(tmp_path))
    assert [table.was_there for table in published].count(True) == NAMES.index("claims")
    assert {table.delta_version for table in delta.publish(snapshots[0], str(tmp_path))} == {0}


def test_an_older_snapshot_is_refused(snapshots: list[Path], tmp_path: Path) -> None:
    delta.publish(snapshots[1], str(tmp_path))
    with pytest.raises(SnapshotError, match=r"holds snapshot 2\.0\.1, newer than 2\.0\.0"):
        delta.publish(snapshots[0], str(tmp_path))
    with pytest.raises(SnapshotError, match=r"holds no snapshot 2\.0\.2; it holds 2\.0\.1"):
        delta.table_as_of(str(tmp_path / "claims"), "2.0.2")
