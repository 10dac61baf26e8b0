"""Killed at any moment, a run leaves `latest` whole, and the next run publishes on."""

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from flows.errors import PlaceError
from flows.publish.commit import STEPS, Staged, commit, stage
from flows.runtime.fingerprints import file_sha256
from flows.snapshots import manifest
from flows.snapshots.output_folder.store import REMOVING, STAGING, TEMPORARY, Store, publishing
from flows.snapshots.output_folder.versions import next_version, prune
from tests.builders import synthetic
from tests.builders.synthetic import documents

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

CHANGING = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree")
"""Audit events of everything that changes a disk; `open` for reading among them, which does no harm."""


def in_child(work: Callable[[], None]) -> int:
    """Run in a forked process, which ends by itself or is killed; how it ended."""
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            work()
            os._exit(0)
        os._exit(1)
    return os.waitpid(pid, 0)[1]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at_event(number: int, work: Callable[[], None]) -> bool:
    """Run in a child that is killed at its n-th change of the disk; whether it got so far."""

    def counted() -> None:
        left = number

        def hook(event: str, _: object) -> None:
            nonlocal left
            if event in CHANGING:
                left -= 1
                if left < 0:
                    die()

        sys.addaudithook(hook)
        work()

    return os.WIFSIGNALED(in_child(counted))


def assert_whole(root: Path, versions: set[str]) -> str:
    """What any reader may do at any moment: follow `latest`, list snapshots, read what is there."""
    store = Store(root)
    leads_to = (root / "latest").readlink().name
    said = manifest.read(root / "latest")
    assert said.version == leads_to
    for name, facts in said.tables.items():
        assert file_sha256(root / "latest" / f"{name}.parquet") == facts.sha256
    visible = {path.name for path in store.snapshots.iterdir() if not path.name.startswith(".")}
    assert visible <= versions
    for version in visible:
        assert manifest.read(store.folder(version)).version == version
    if store.history_file.exists():
        json.loads(store.history_file.read_text())
    return leads_to


def leftovers(root: Path) -> list[str]:
    return [
        path.name
        for path in [*root.iterdir(), *(root / "snapshots").iterdir()]
        if path.name.startswith((STAGING, REMOVING, TEMPORARY))
    ]


@dataclass(frozen=True)
class Written:
    """Folders of tables that wait to be published, and what their manifests say."""

    folders: list[tuple[Path, manifest.Manifest]]

    def staged(self, number: int, store: Store) -> tuple[Staged, manifest.Manifest]:
        """The n-th folder copied into an output folder, staged on top of what is published there."""
        folder, said = self.folders[number]
        version, parent = next_version(store), store.history().latest
        place = store.snapshots / f"{STAGING}{version}-{os.getpid()}"
        shutil.copytree(folder, place)
        described = said.model_copy(update={"version": version, "parent": parent})
        return Staged(store, place, version, parent, dict(said.tables)), described

    def publish(self, number: int, root: Path) -> None:
        """Publish the n-th folder."""
        with publishing(root) as store:
            commit(*self.staged(number, store))


@pytest.fixture
def no_fsync(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that the system has; waiting for the disk would only take time here."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Five snapshots, written once: threads of the data libraries do not survive the forks below."""
    folders = []
    for size in range(2, 7):
        with publishing(tmp_path_factory.mktemp("written")) as store:
            staged = stage(store, synthetic.build(documents(size)))
        folders.append((staged.folder, synthetic.described(staged, documents(size))))
    return Written(folders)


def outcome(root: Path, written: Written, died: str) -> str:
    """After a kill and the next start: nothing half, and a third snapshot follows on what counted."""
    assert_whole(root, {"2.2.0", "2.2.1"})
    with publishing(root) as store:
        latest = store.history().latest
        assert assert_whole(root, {"2.2.0", "2.2.1"}) == latest, died
        assert not leftovers(root), died
        assert {entry.version for entry in store.history().versions} == {p.name for p in store.published()}
    written.publish(2, root)
    now = assert_whole(root, {"2.2.0", "2.2.1", "2.2.2"})
    assert now == ("2.2.2" if latest == "2.2.1" else "2.2.1")
    return str(latest)


@pytest.mark.parametrize("step", [name for name, _ in STEPS])
def test_killed_before_each_step(step: str, tmp_path: Path, written: Written) -> None:
    written.publish(0, tmp_path)
    with publishing(tmp_path) as store:
        staged, described = written.staged(1, store)
        status = in_child(lambda: commit(staged, described, lambda name: die() if name == step else None))
        assert os.WIFSIGNALED(status)
    expected = "2.2.1" if [name for name, _ in STEPS].index(step) > 3 else "2.2.0"
    assert outcome(tmp_path, written, step) == expected


@pytest.mark.usefixtures("no_fsync")
def test_killed_at_every_change_of_the_disk(tmp_path: Path, written: Written) -> None:
    seen = set()
    for number in range(100):
        root = tmp_path / str(number)
        written.publish(0, root)
        with publishing(root) as store:
            staged, described = written.staged(1, store)
            died = killed_at_event(number, partial(commit, staged, described))
        seen.add(outcome(root, written, f"event {number}"))
        shutil.rmtree(root)
        if not died:
            break
    assert number > 8, "there are more moments than this to die at"
    assert seen == {"2.2.0", "2.2.1"}


@pytest.mark.usefixtures("no_fsync")
def test_killed_while_pruning(tmp_path: Path, written: Written) -> None:
    for number in range(100):
        root = tmp_path / str(number)
        written.publish(0, root)
        written.publish(1, root)
        died = killed_at_event(number, partial(prune, root, 1))
        with publishing(root) as store:
            assert assert_whole(root, {"2.2.0", "2.2.1"}) == "2.2.1"
            assert not leftovers(root)
            there = {path.name for path in store.published()}
            assert there == {entry.version for entry in store.history().versions if not entry.pruned}
        shutil.rmtree(root)
        if not died:
            break
    assert number > 5


def hold_lock(root: Path, ready: Path) -> None:
    with publishing(root):
        ready.touch()
        time.sleep(60)


def test_the_lock_of_a_dead_process_is_free(tmp_path: Path, written: Written) -> None:
    written.publish(0, tmp_path)
    pid = os.fork()
    if pid == 0:
        hold_lock(tmp_path, tmp_path / "ready")
        os._exit(0)
    while not (tmp_path / "ready").exists():
        time.sleep(0.01)
    told: list[str] = []
    with (
        pytest.raises(PlaceError, match=f"process {pid} of .* has been publishing"),
        publishing(tmp_path, wait_seconds=0.1, on_wait=told.append),
    ):
        pass
    assert [said.startswith(f"waiting for process {pid} of ") for said in told] == [True]
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    (tmp_path / "ready").unlink()
    assert (tmp_path / ".lock").exists()
    written.publish(1, tmp_path)
    assert_whole(tmp_path, {"2.2.0", "2.2.1"})


def test_runs_at_once_publish_in_turn(tmp_path: Path, written: Written) -> None:
    """Five processes, each with a snapshot of its own: five versions, each on top of the one before."""
    children = []
    for number in range(5):
        pid = os.fork()
        if pid == 0:
            try:
                written.publish(number, tmp_path)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 5
    history = Store(tmp_path).history()
    assert [entry.version for entry in history.versions] == [f"2.2.{n}" for n in range(5)]
    assert [entry.parent for entry in history.versions] == [None, *(f"2.2.{n}" for n in range(4))]
    assert {entry.rows["articles"] for entry in history.versions} == {2, 3, 4, 5, 6}
    assert assert_whole(tmp_path, {f"2.2.{n}" for n in range(5)}) == "2.2.4"
