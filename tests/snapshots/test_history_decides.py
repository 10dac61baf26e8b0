"""versions.json decides what is published: folders that go, come and are copied there change nothing, and are told."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from flows.errors import PlaceError, SnapshotError
from flows.snapshots.output_folder.integrity import demand_whole
from flows.snapshots.output_folder.store import Store, publishing
from flows.snapshots.output_folder.versions import prune, rollback
from tests.builders.synthetic import documents, publish


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    for size in (2, 3, 4):
        publish(folder, documents(size))
    return folder


@pytest.fixture
def output(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "output", symlinks=True)


def told(caplog: pytest.LogCaptureFixture) -> str:
    return " ".join(record.getMessage() for record in caplog.records)


def test_a_disk_that_is_away_for_one_run_costs_no_version(output: Path) -> None:
    before = (output / "versions.json").read_bytes()
    (output / "snapshots").rename(output / "elsewhere")
    with pytest.raises(PlaceError, match="names 3 versions"):
        publish(output, documents(5))
    assert not (output / "snapshots").exists(), "what comes back would be hidden"
    (output / "snapshots").mkdir()  # the place that it is mounted at is there and empty
    with publishing(output) as store, pytest.raises(PlaceError, match=r"latest snapshot 2\.2\.2 is away"):
        demand_whole(store, "2.2.2")
    assert (output / "versions.json").read_bytes() == before
    (output / "snapshots").rmdir()
    (output / "elsewhere").rename(output / "snapshots")
    assert publish(output, documents(5)) == output / "snapshots/2.2.3"
    assert [entry.pruned for entry in Store(output).history().versions] == [False] * 4


def test_one_folder_that_is_away_is_told_and_comes_back(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    (output / "snapshots/2.2.0").rename(output / "away")
    publish(output, documents(5))
    assert "lacks 2.2.0" in told(caplog)
    with pytest.raises(SnapshotError, match=r"2\.2\.0 is away"):
        rollback(output, "2.2.0")
    (output / "away").rename(output / "snapshots/2.2.0")
    rollback(output, "2.2.0")
    assert (output / "latest").resolve().name == "2.2.0"


@pytest.mark.parametrize("name", ["2.2.9", "1.0.0", "3.0.0"])
def test_a_copied_folder_is_told_and_left_alone(output: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(output / "snapshots/2.2.0", output / "snapshots" / name)
    caplog.set_level(logging.WARNING)
    with publishing(output) as store:
        assert store.history().latest == "2.2.2"
    assert f"holds {name}, which versions.json does not know" in told(caplog)
    assert (output / "latest").resolve().name == "2.2.2"
    assert (output / "snapshots" / name / "manifest.json").is_file()
    prune(output, 1)
    assert sorted(path.name for path in (output / "snapshots").iterdir()) == sorted(["2.2.2", name])


def test_a_pruned_version_that_is_restored_is_not_deleted(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.copytree(output / "snapshots/2.2.0", output / "backup")
    prune(output, 2)
    (output / "backup").rename(output / "snapshots/2.2.0")
    publish(output, documents(5))
    assert (output / "snapshots/2.2.0/manifest.json").is_file()
    assert "holds 2.2.0" in told(caplog)


@pytest.mark.parametrize("damage", ["flip", "cut", "gone", "beside"])
def test_a_damaged_snapshot_is_noticed(output: Path, damage: str) -> None:
    store = Store(output)
    demand_whole(store, "2.2.2")
    path = store.folder("2.2.2") / ("claims.parquet" if damage != "beside" else "README.md")
    if damage == "beside":
        manifest = json.loads((store.folder("2.2.2") / "manifest.json").read_text())
        manifest["files"] = {"README.md": {"bytes": 1, "sha256": "0" * 64}}
        (store.folder("2.2.2") / "manifest.json").write_text(json.dumps(manifest))
    elif damage == "gone":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data if damage == "flip" else data[:-9])
    with pytest.raises(PlaceError, match=f"2\\.2\\.2 is damaged in 1 files: .*{path.name}"):
        demand_whole(store, "2.2.2")


def test_a_disk_without_links_or_locks_is_refused_in_the_first_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import fcntl

    for number in (errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS):

        def refuse(*_: object, number: int = number) -> None:
            raise OSError(number, "refused")

        with monkeypatch.context() as patch:
            patch.setattr(fcntl, "flock", refuse)
            with pytest.raises(PlaceError, match="keeps locks"), publishing(tmp_path):
                pass

    def forbidden(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(self))

    monkeypatch.setattr(Path, "symlink_to", forbidden)
    with pytest.raises(PlaceError, match="symbolic links"), publishing(tmp_path):
        pass
