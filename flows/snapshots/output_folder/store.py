"""The output folder: where snapshots, history and `latest` are, who may write, and what a killed run left
behind.

    output/
      snapshots/1.0.0/     immutable once it has this name
      snapshots/.staging-… being written; nothing reads it, the next run removes it
      versions.json        history, oldest first, and `latest`
      latest               symlink into snapshots/
      failed/              reports of runs that were refused
      forgotten.json       what no later snapshot may hold (flows.snapshots.take_downs.forgotten)
      .lock                held by the one process that publishes
      .unfinished          what a run is about to publish or delete

A snapshot is published by renaming its finished folder. From then on it counts: a run that is killed later is
completed by the next one (`recover`), a run that is killed earlier leaves nothing.
"""

import contextlib
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.errors import PlaceError, SnapshotError
from flows.runtime.atomic_writes import TEMPORARY, sync, write_whole
from flows.runtime.file_locks import hold
from flows.snapshots import manifest
from flows.snapshots.output_folder import unfinished
from flows.snapshots.output_folder.history import FILE, History, entry_of, number, parsed
from flows.snapshots.output_folder.strays import tell_strays, version_folders
from schemas.vocabularies import VERSION

STAGING = ".staging-"
REMOVING = ".removing-"
LOCK = ".lock"
TAKEN_DOWN = "forgotten.json"


@dataclass(frozen=True)
class Store:
    """The paths of an output folder."""

    root: Path

    @property
    def snapshots(self) -> Path:
        """Folder of all versions."""
        return self.root / "snapshots"

    @property
    def history_file(self) -> Path:
        """versions.json."""
        return self.root / FILE

    @property
    def latest(self) -> Path:
        """Symlink to the newest version."""
        return self.root / "latest"

    @property
    def failed(self) -> Path:
        """Reports of refused runs."""
        return self.root / "failed"

    def folder(self, version: str) -> Path:
        """Return the folder of a version; SnapshotError where the text is no version (it becomes part of a path)."""
        if not re.fullmatch(VERSION, version):
            raise SnapshotError(f"{version!r} is no version; a version looks like 1.0.0")
        return self.snapshots / version

    def history(self) -> History:
        """Return the history as written; empty where nothing was published, rebuilt from manifests where it is
        damaged.

        Raises PlaceError where it cannot be read, SnapshotError where a later program wrote it.
        """
        try:
            history = parsed(self.history_file.read_bytes())
        except FileNotFoundError:
            history = None
        except OSError as error:
            raise PlaceError(f"{self.history_file} cannot be read: {error.strerror}; allow it, or mount it") from error
        return history or self._rebuilt()

    def _rebuilt(self) -> History:
        entries = [entry_of(manifest.read(folder)) for folder in self.published() if (folder / manifest.FILE).exists()]
        entries.sort(key=lambda entry: number(entry.version))
        leads_to = self.latest.readlink().name if self.latest.is_symlink() else None
        known = [entry.version for entry in entries]
        latest = leads_to if leads_to in known else (known[-1] if known else None)
        return History(latest, tuple(entries))

    def published(self) -> list[Path]:
        """Return the folders that bear the name of a version, oldest first."""
        return version_folders(self.snapshots)

    def write_history(self, history: History) -> None:
        """Replace versions.json in one step."""
        write_whole(self.history_file, history.to_json())

    def point_latest(self, version: str) -> None:
        """Move `latest` in one step; the link is relative, so that the output folder can be moved."""
        new = self.root / f"{TEMPORARY}{self.latest.name}"
        new.unlink(missing_ok=True)
        new.symlink_to(Path(self.snapshots.name) / version, target_is_directory=True)
        new.replace(self.latest)
        sync(self.root)

    def remove(self, folder: Path) -> None:
        """Delete a folder of snapshots/ so that no reader ever sees half of it under its name."""
        gone = self.snapshots / f"{REMOVING}{folder.name}"
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        sync(self.snapshots)
        shutil.rmtree(gone, ignore_errors=True)


@contextlib.contextmanager
def publishing(
    output: Path, *, wait_seconds: float = -1, on_wait: Callable[[str], None] | None = None
) -> Iterator[Store]:
    """Hold the output folder for this process alone, put in order if an earlier run was killed.

    Hold it from reading the parent to `commit`: two builds at once then publish one after the other, the
    second on top of the first. wait_seconds: how long to wait for another run (-1: until it is done).
    on_wait: told once whom we wait for. The lock belongs to the process, so the system frees it when the
    process dies, however it dies.

    Raises PlaceError when the wait is over, or when the folder cannot be written or locked.
    """
    store = Store(output)
    _demand_mounted(store)
    try:
        store.snapshots.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlaceError(f"output folder {output} cannot be written: {error.strerror}") from error
    holder = output / ".lock-holder"
    lock = hold(output / LOCK)
    if lock is None:
        who = _said(holder) or "another process"
        if on_wait:
            on_wait(f"waiting for {who}, which is publishing to {output}")
        lock = hold(output / LOCK, wait_seconds=wait_seconds)
    if lock is None:
        raise PlaceError(
            f"{who} has been publishing to {output} for more than {wait_seconds:g} seconds; "
            "wait for it or stop it, then run again"
        )
    try:
        holder.write_text(f"process {os.getpid()} of {socket.gethostname()}\n", encoding="utf-8")
        _put_in_order(store)
        yield store
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _put_in_order(store: Store) -> None:
    """Recover, and see whether a link can be made. Raises PlaceError where the disk refuses."""
    try:
        recover(store)
        if not store.latest.is_symlink():
            probe = store.root / f"{TEMPORARY}link"
            probe.symlink_to(store.snapshots.name, target_is_directory=True)
            probe.unlink()
    except OSError as error:
        raise PlaceError(
            f"{store.root} cannot be put in order: {error.strerror or error} ({error.filename or store.root}). "
            "Snapshots need a disk that may be written and has symbolic links; publish to another one"
        ) from error


def _demand_mounted(store: Store) -> None:
    """Raise PlaceError where there is a history and the folder of its snapshots is away, as a disk that is not there.

    A folder made in its place would hide what comes back, and number anew.
    """
    if store.history_file.exists() and not store.snapshots.is_dir():
        left = store.history().left
        if left:
            raise PlaceError(
                f"{store.snapshots} is not there, and versions.json names {len(left)} versions in it; is a disk not "
                f"mounted? Put it back, or remove {store.history_file} to begin anew"
            )


def _said(path: Path) -> str:
    """What a file says; nothing where it is gone by now."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def recover(store: Store) -> None:
    """Put the folder in order after a run that was killed; call it only while holding the lock.

    Half-written folders go. What a run had announced (`unfinished`) is done: a snapshot that got its name but not its
    line in the history gets it and becomes `latest`, versions that were to be deleted are. `latest` leads where the
    history says. The history decides: folders that it does not know, and versions whose folder is away, are told and
    left alone.
    """
    for path in [*store.snapshots.glob(f"{STAGING}*"), *store.snapshots.glob(f"{REMOVING}*")]:
        shutil.rmtree(path, ignore_errors=True)
    for path in store.root.glob(f"{TEMPORARY}*"):
        path.unlink(missing_ok=True)
    before = store.history()
    history = unfinished.completed(store.root, store.snapshots, before)
    for version in unfinished.to_delete(store.root):
        if history.is_pruned(version) and store.folder(version).is_dir():
            store.remove(store.folder(version))
    if history != before or (history.versions and not store.history_file.exists()):
        store.write_history(history)
    tell_strays(store.snapshots, history)
    if store.latest.exists() and not store.latest.is_symlink():
        raise PlaceError(f"{store.latest} is no link, so it cannot be moved to a new version; rename it or remove it")
    if history.latest is None:
        store.latest.unlink(missing_ok=True)
    elif not store.latest.is_symlink() or store.latest.readlink().name != history.latest:
        store.point_latest(history.latest)
    unfinished.done(store.root)
