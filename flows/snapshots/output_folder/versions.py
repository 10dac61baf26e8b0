"""Versions: which number comes next, going back, and forgetting.

MAJOR.MINOR is the contract's, PATCH counts the data's revisions under it. A number is used once, also when
its snapshot was pruned or another one was rolled back to.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from flows.errors import SnapshotError
from flows.snapshots import manifest
from flows.snapshots.output_folder import unfinished
from flows.snapshots.output_folder.history import History, number
from flows.snapshots.output_folder.store import Store, publishing
from schemas.vocabularies import CONTRACT_VERSION


def next_version(store: Store, contract_version: str = CONTRACT_VERSION) -> str:
    """Return the version that the next snapshot gets.

    Raises SnapshotError where the folder holds snapshots of a newer contract than this code writes.
    """
    used = [entry.version for entry in store.history().versions] + [path.name for path in store.published()]
    newest = max((number(version)[:2] for version in used), default=(0, 0))
    major, minor = map(int, contract_version.split("."))
    if newest > (major, minor):
        raise SnapshotError(
            f"{store.root} holds snapshots of contract {newest[0]}.{newest[1]}; this onrecord writes "
            f"{contract_version}. Upgrade onrecord, or publish to another folder."
        )
    patches = [number(version)[2] for version in used if number(version)[:2] == (major, minor)]
    return f"{contract_version}.{max(patches, default=-1) + 1}"


def rollback(output: Path, version: str) -> str:
    """Make `latest` lead to an earlier (or later) version and return the one that it led to; nothing is
    deleted.

    The next build takes this version as its parent and the next free number as its own.
    """
    existing(output)
    with publishing(output, wait_seconds=60) as store:
        history = store.history()
        entry = history.entry(version)
        if entry.pruned or not store.folder(version).is_dir():
            what = "was pruned" if entry.pruned else f"is away: {store.folder(version)} is not there"
            raise SnapshotError(f"version {version} {what}; `onrecord versions` shows those that are left")
        before = history.latest or ""
        store.write_history(replace(history, latest=version))
        store.point_latest(version)
        return before


def withdrawn(snapshot: Path) -> tuple[Path, ...]:
    """Return the folders of versions that a rollback left behind: published and kept, and no ancestor of `snapshot`.

    What they published is still out there: the next build accounts for their ids, too.
    """
    store = Store(snapshot.resolve().parent.parent)
    history = store.history()
    parents = {entry.version: entry.parent for entry in history.versions}
    line: set[str] = set()
    version: str | None = snapshot.resolve().name
    while version is not None and version not in line:
        line.add(version)
        version = parents.get(version)
    left = (store.folder(entry.version) for entry in history.left if entry.version not in line)
    return tuple(folder for folder in left if folder.is_dir())


@dataclass(frozen=True)
class Pruned:
    """What `prune` deleted, and which kept versions name one of them as their parent."""

    versions: tuple[str, ...]
    orphaned: tuple[tuple[str, str], ...]


def prune(output: Path, keep: int, *, dry_run: bool = False) -> Pruned:
    """Delete all but the `keep` newest snapshots; never the one that `latest` leads to.

    A kept snapshot whose parent goes is reported (version, parent): it stays whole and readable, but what
    changed in it can no longer be recomputed from files. dry_run: report, delete nothing.
    """
    if keep < 1:
        raise SnapshotError("prune must keep at least one version: give --keep 1 or more")
    existing(output)
    with publishing(output, wait_seconds=60) as store:
        history = store.history()
        newest = {entry.version for entry in history.left[-keep:]} | {history.latest}
        gone = tuple(entry.version for entry in history.left if entry.version not in newest)
        return _pruned(store, history, gone, dry_run=dry_run)


def drop(output: Path, versions: tuple[str, ...], *, dry_run: bool = False) -> Pruned:
    """Delete these versions, as `prune` deletes old ones; never the one that `latest` leads to.

    Raises SnapshotError where one is the latest or is not there.
    """
    existing(output)
    with publishing(output, wait_seconds=60) as store:
        history = store.history()
        if history.latest in versions:
            fix = "build without what must go, or roll back to another version, and drop it then"
            raise SnapshotError(f"version {history.latest} is what `latest` leads to; {fix}")
        gone = tuple(version for version in versions if not history.entry(version).pruned)
        return _pruned(store, history, gone, dry_run=dry_run)


def _pruned(store: Store, history: History, gone: tuple[str, ...], *, dry_run: bool) -> Pruned:
    after = history.without(gone)
    orphaned = tuple((entry.version, entry.parent) for entry in after.left if entry.parent and entry.parent in gone)
    if not dry_run:
        _forget(store, after, gone)
    return Pruned(gone, orphaned)


def _forget(store: Store, after: History, gone: tuple[str, ...]) -> None:
    """Announced, then history, then folders: a run that is killed in between is completed by `recover`."""
    unfinished.announce_deletion(store.root, gone)
    store.write_history(after)
    for version in gone:
        if store.folder(version).is_dir():
            store.remove(store.folder(version))
    unfinished.done(store.root)


def existing(output: Path) -> Store:
    """Return the store of a folder that something was published to; SnapshotError where nothing was."""
    store = Store(output)
    if not store.history().versions:
        raise SnapshotError(f"nothing was published to {output} yet; `onrecord build --output {output}` does")
    return store


def snapshot_folder(output: Path, name: str) -> Path:
    """Return the snapshot folder that a person means: a path, a version, or `latest`.

    A path is that of a snapshot, or that of an output folder, of which the latest snapshot is meant.
    """
    path = Path(name)
    if (path / manifest.FILE).exists():
        return path
    if Store(path).history_file.is_file():
        output, name = path, "latest"
    elif len(path.parts) > 1:
        return path
    store = Store(output)
    if name == "latest":
        latest = existing(output).history().latest
        return store.folder(str(latest))
    entry = existing(output).history().entry(name)
    if entry.pruned:
        raise SnapshotError(f"version {name} was pruned; `onrecord versions` shows those that are left")
    return store.folder(name)
