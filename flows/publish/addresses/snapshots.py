"""A published snapshot at an address: its files under a prefix of its version, then `versions.json`, on a condition.

An object store has no rename and no link. What takes their place:

- `snapshots/VERSION/manifest.json` is made first, only where there is none: it says whose bytes this prefix is for. The
  same snapshot goes on from where it was stopped, another one of the same number is refused.
- nothing reads a version before `versions.json` names it, which happens last, when every file is there in its size.
- `versions.json` is replaced only as it was read. Of two publishers at once both get in, one after the other.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from flows.errors import PlaceError, SnapshotError, examples
from flows.publish.addresses.object_store import ObjectStore, Read, open_store
from flows.publish.limits import LIMITS
from flows.snapshots import manifest
from flows.snapshots.manifest import Manifest
from flows.snapshots.output_folder.history import FILE as HISTORY
from flows.snapshots.output_folder.history import History, parsed, recorded


def publish(
    snapshot: Path, address: str, options: Mapping[str, str] | None = None, *, forget_others: bool = False
) -> str | None:
    """Make a snapshot the latest at an address, be it newer or older than what is there; return the latest before.

    Raises SnapshotError where another snapshot has this version's number there, PlaceError where the store fails: what
    was the latest there still is.
    """
    store, said = open_store(address, options or {}), manifest.read(snapshot)
    folder = f"snapshots/{said.version}"
    _claim(store, folder, (snapshot / manifest.FILE).read_bytes(), said.version)
    files = {path.relative_to(snapshot).as_posix(): path for path in sorted(snapshot.rglob("*")) if path.is_file()}
    there = store.sizes(folder)
    for name, path in files.items():
        if there.get(f"{folder}/{name}") != path.stat().st_size:
            store.upload(path, f"{folder}/{name}")
    there = store.sizes(folder)
    wrong = [name for name, path in files.items() if there.get(f"{folder}/{name}") != path.stat().st_size]
    if wrong:
        raise PlaceError(f"{address} does not hold what was sent: {examples(wrong)}; the latest there is as it was")
    return _name_latest(store, said, forget_others=forget_others)


def _claim(store: ObjectStore, folder: str, wanted: bytes, version: str) -> None:
    """Make the manifest, the first file of a version. Raises SnapshotError where another snapshot has the number."""
    if store.write(f"{folder}/{manifest.FILE}", wanted, None):
        return
    raise SnapshotError(
        f"{store.address} has another snapshot {version}, of another output folder or of a publisher that was stopped; "
        f"publish to another prefix, or delete {store.address.rstrip('/')}/{folder} if {HISTORY} there names it not"
    )


def _name_latest(store: ObjectStore, said: Manifest, *, forget_others: bool) -> str | None:
    """Write the history that names a version as latest, on top of what others may write at the same time."""
    for _ in range(LIMITS.history_attempts):
        before = store.read(HISTORY)
        history = _history(before, store.address)
        known = any(entry.version == said.version for entry in history.left)
        after = replace(history, latest=said.version) if known else recorded(history, said)
        gone = [entry.version for entry in after.left if forget_others and entry.version != said.version]
        if store.write(HISTORY, after.without(gone).to_json().encode(), before):
            for version in gone:
                store.delete(store.sizes(f"snapshots/{version}"))
            return history.latest
    raise PlaceError(f"{store.address}/{HISTORY} is written by others all the time; run again when they are done")


def _history(read: Read | None, address: str) -> History:
    if read is None:
        return History()
    history = parsed(read.data)
    if history is None:
        raise SnapshotError(f"{address}/{HISTORY} makes no sense; put it back from a copy")
    return history


def current(address: str, options: Mapping[str, str] | None = None) -> str | None:
    """Return the version that is the latest at an address; None before the first."""
    store = open_store(address, options or {})
    return _history(store.read(HISTORY), address).latest


def holding(address: str, article_ids: Iterable[str], options: Mapping[str, str] | None = None) -> list[str]:
    """Return the versions at an address that have one of these articles, named in the history or not."""
    store, wanted = open_store(address, options or {}), [*article_ids]
    found = []
    for name in store.sizes("snapshots"):
        folder, _, file = name.rpartition("/")
        if file == "articles.parquet" and (read := store.read(name)):
            ids = pl.read_parquet(io.BytesIO(read.data), columns=["article_id"])["article_id"]
            if ids.is_in(wanted).any():
                found.append(folder.rpartition("/")[2])
    return found
