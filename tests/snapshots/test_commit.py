"""Publishing: what becomes a version, what stays as it is, going back, forgetting, refusing."""

import errno
import json
from pathlib import Path

import pytest

from flows.errors import ContractError, PlaceError, SnapshotError
from flows.publish import commit as commit_module
from flows.publish import parquet
from flows.publish.commit import commit, fail, stage
from flows.publish.limits import LIMITS
from flows.snapshots import manifest
from flows.snapshots.output_folder.store import Store, publishing
from flows.snapshots.output_folder.versions import next_version, prune, rollback, snapshot_folder
from tests.builders import synthetic
from tests.builders.synthetic import documents, publish


def state(root: Path) -> dict[str, bytes | str]:
    """Every file of an output folder with its bytes, and where `latest` leads."""
    files: dict[str, bytes | str] = {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink() and "latest" not in path.parts
    }
    return files | {"latest": str((root / "latest").readlink())}


def test_the_first_snapshot_and_the_next_ones(tmp_path: Path) -> None:
    assert publish(tmp_path, documents(3)) == tmp_path / "snapshots/2.2.0"
    before = state(tmp_path)
    assert publish(tmp_path, documents(3)) is None
    assert state(tmp_path) == before
    assert publish(tmp_path, documents(4)) == tmp_path / "snapshots/2.2.1"
    history = json.loads((tmp_path / "versions.json").read_text())
    assert history["latest"] == "2.2.1"
    assert [(entry["version"], entry["parent"]) for entry in history["versions"]] == [
        ("2.2.0", None),
        ("2.2.1", "2.2.0"),
    ]
    assert (tmp_path / "latest").readlink() == Path("snapshots/2.2.1")
    assert manifest.read(tmp_path / "latest").tables["articles"].rows == 4
    assert {k: v for k, v in state(tmp_path).items() if k.startswith("snapshots/2.2.0")}.items() <= before.items()


def test_another_writer_of_the_same_rows_makes_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, documents(3))
    real = parquet.file_sha256
    monkeypatch.setattr(parquet, "file_sha256", lambda path: real(path)[::-1])
    assert publish(tmp_path, documents(3)) is None


def test_rollback_moves_latest_only_and_numbers_go_on(tmp_path: Path) -> None:
    for size in (3, 4, 5):
        publish(tmp_path, documents(size))
    before = {name: data for name, data in state(tmp_path).items() if name.startswith("snapshots")}
    assert rollback(tmp_path, "2.2.0") == "2.2.2"
    assert (tmp_path / "latest").resolve().name == "2.2.0"
    assert {name: data for name, data in state(tmp_path).items() if name.startswith("snapshots")} == before
    assert publish(tmp_path, documents(6)) == tmp_path / "snapshots/2.2.3"
    assert manifest.read(tmp_path / "latest").parent == "2.2.0"


def test_prune_spares_latest_and_names_who_loses_a_parent(tmp_path: Path) -> None:
    for size in (3, 4, 5, 6):
        publish(tmp_path, documents(size))
    rollback(tmp_path, "2.2.1")
    assert prune(tmp_path, 1, dry_run=True).versions == ("2.2.0", "2.2.2")
    assert Store(tmp_path).folder("2.2.2").is_dir()
    gone = prune(tmp_path, 1)
    assert gone.versions == ("2.2.0", "2.2.2")
    assert gone.orphaned == (("2.2.1", "2.2.0"), ("2.2.3", "2.2.2"))
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == ["2.2.1", "2.2.3"]
    assert (tmp_path / "latest").resolve().name == "2.2.1"
    with publishing(tmp_path) as store:
        assert next_version(store) == "2.2.4"
    with pytest.raises(SnapshotError, match=r"2\.2\.0 was pruned"):
        rollback(tmp_path, "2.2.0")


def test_a_refused_run_keeps_its_report_and_moves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, documents(3))
    before = state(tmp_path)
    for attempt in range(1, LIMITS.kept_reports + 3):
        with publishing(tmp_path) as store:
            staged = stage(store, synthetic.build(documents(4)))
            (staged.folder / "validation").mkdir()
            (staged.folder / "validation/index.html").write_text("what was found")
            refused = synthetic.described(staged, documents(4), validation={"success": False})
            report = fail(staged, refused)
        assert report.name == f"2.2.1-{attempt}"
    assert sorted(path.name for path in report.iterdir()) == [
        "manifest.json",
        "rejects.parquet",
        "validation",
    ]
    kept = [name for name in state(tmp_path) if name.startswith("failed")]
    assert len({name.split("/")[1] for name in kept}) == LIMITS.kept_reports
    assert {name: data for name, data in state(tmp_path).items() if not name.startswith("failed")} == before


def test_a_full_disk_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, documents(3))
    before = state(tmp_path)
    written = []

    def full(frame, table, contract, path):
        path.write_bytes(b"half")
        written.append(path)
        if len(written) == 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(frame, table, contract, path)

    real = parquet.write
    monkeypatch.setattr(parquet, "write", full)
    with pytest.raises(PlaceError, match="No space left on device; nothing was published"):
        publish(tmp_path, documents(4))
    assert state(tmp_path) == before


@pytest.mark.parametrize("step", [name for name, _ in commit_module.STEPS])
def test_a_disk_that_refuses_at_any_step_leaves_latest_whole(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, documents(3))

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    steps = tuple((name, refuse if name == step else call) for name, call in commit_module.STEPS)
    monkeypatch.setattr(commit_module, "STEPS", steps)
    with pytest.raises(PlaceError, match=step):
        publish(tmp_path, documents(4))
    assert manifest.read(tmp_path / "latest").version == "2.2.0"
    monkeypatch.undo()
    publish(tmp_path, documents(4))
    assert manifest.read(tmp_path / "latest").tables["articles"].rows == 4


def test_a_run_that_was_overtaken_does_not_publish(tmp_path: Path) -> None:
    publish(tmp_path, documents(3))
    store = Store(tmp_path)
    staged = stage(store, synthetic.build(documents(5)))
    store.write_history(store.history())
    with pytest.raises(SnapshotError, match="the manifest is of"):
        commit(staged, synthetic.described(staged, documents(5), version="2.2.7"))
    rival = stage(store, synthetic.build(documents(4)))
    commit(rival, synthetic.described(rival, documents(4)))
    with pytest.raises(PlaceError, match="another run published"):
        commit(staged, synthetic.described(staged, documents(5)))


def test_a_missing_table_is_a_fault_of_the_code(tmp_path: Path) -> None:
    tables = synthetic.build(documents(2))
    del tables["redirects"]
    with publishing(tmp_path) as store, pytest.raises(ContractError, match="redirects"):
        stage(store, tables)
    assert not list((tmp_path / "snapshots").iterdir())


def test_an_older_onrecord_does_not_publish_over_a_newer_contract(tmp_path: Path) -> None:
    publish(tmp_path, documents(2))
    with publishing(tmp_path) as store:
        assert next_version(store, "2.3") == "2.3.0"
        with pytest.raises(SnapshotError, match=r"holds snapshots of contract 2\.2"):
            next_version(store, "1.9")


DAMAGED = [
    "",
    "{",
    '{"latest": 3}',
    '{"latest": "2.2.9", "versions": []}',
    '{"latest": "../..", "versions": [{"version": "../..", "parent": null, "contract_version": "", "created_at": ""}]}',
]


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_history_is_rebuilt_from_the_manifests(damage: str, tmp_path: Path) -> None:
    for size in (2, 3):
        publish(tmp_path, documents(size))
    before = Store(tmp_path).history()
    (tmp_path / "versions.json").write_text(damage)
    assert Store(tmp_path).history() == before
    assert publish(tmp_path, documents(4)) == tmp_path / "snapshots/2.2.2"
    history = json.loads((tmp_path / "versions.json").read_text())
    assert [entry["version"] for entry in history["versions"]] == ["2.2.0", "2.2.1", "2.2.2"]


def test_a_folder_in_the_place_of_latest_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path, documents(2))
    (tmp_path / "latest").unlink()
    (tmp_path / "latest").mkdir()
    with pytest.raises(PlaceError, match="is no link"):
        publish(tmp_path, documents(3))


@pytest.mark.parametrize("name", ["../../etc", "1.0", "2.2.0/..", "01.0.0", "2.2.0\n"])
def test_a_version_is_never_a_path(name: str, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="is no version"):
        Store(tmp_path).folder(name)


def test_a_name_leads_to_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="nothing was published"):
        snapshot_folder(tmp_path, "latest")
    publish(tmp_path, documents(2))
    assert snapshot_folder(tmp_path, "latest") == snapshot_folder(tmp_path, "2.2.0") == tmp_path / "snapshots/2.2.0"
    with pytest.raises(SnapshotError, match=r"no version 2\.2\.9; there are: 2\.2\.0"):
        snapshot_folder(tmp_path, "2.2.9")
