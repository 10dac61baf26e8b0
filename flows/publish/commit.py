"""Publishing a snapshot: written beside its place, checked there, then renamed; `latest` moves last.

with publishing(output) as store:
    staged = stage(store, tables)
    if unchanged(staged): discard(staged)
    ...                                 the quality gate reads staged.folder; docs and report go into it
    commit(staged, manifest)            or fail(staged, manifest): report kept, nothing moved
"""

import itertools
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.errors import ContractError, PlaceError, SnapshotError
from flows.publish import parquet
from flows.publish.limits import LIMITS
from flows.runtime.atomic_writes import sync
from flows.snapshots import manifest
from flows.snapshots.inputs import FILE as INPUTS
from flows.snapshots.manifest import Manifest, TableFacts
from flows.snapshots.output_folder import unfinished
from flows.snapshots.output_folder.history import recorded
from flows.snapshots.output_folder.store import STAGING, Store
from flows.snapshots.output_folder.versions import next_version
from schemas.contract import Contract, current

KEPT_OF_REFUSED = frozenset({"rejects.parquet", INPUTS})


@dataclass(frozen=True)
class Staged:
    """A snapshot that is written and not yet published."""

    store: Store
    folder: Path
    version: str
    parent: str | None
    tables: dict[str, TableFacts]


def stage(store: Store, tables: Mapping[str, pl.DataFrame], contract: Contract | None = None) -> Staged:
    """Write every table of the contract into a new folder beside the published ones.

    store: held with `publishing`. Raises ContractError where a table is missing or cannot be written as the
    contract says, PlaceError where the disk refuses; the folder is gone then.
    """
    contract = contract or current()
    missing = [name for name in contract.names if name not in tables]
    if missing:
        raise ContractError(f"contract {contract.version} has tables that were not built: {', '.join(missing)}")
    history = store.history()
    version = next_version(store, contract.version)
    folder = _new_folder(store, version)
    try:
        written = {
            table.name: parquet.write(tables[table.name], table, contract, folder / f"{table.name}.parquet")
            for table in contract.tables
        }
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise PlaceError(
            f"snapshot {version} could not be written to {store.root}: {error.strerror or error}; "
            "nothing was published, `latest` is as it was"
        ) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Staged(store, folder, version, history.latest, written)


def _new_folder(store: Store, version: str) -> Path:
    for attempt in itertools.count():
        folder = store.snapshots / f"{STAGING}{version}-{attempt}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError("unreachable: the count has no end")


def parent_manifest(staged: Staged) -> Manifest | None:
    """Return the manifest of the snapshot that `latest` leads to, or None before the first one."""
    return manifest.read(staged.store.folder(staged.parent)) if staged.parent else None


def unchanged(staged: Staged) -> bool:
    """Tell whether the published snapshot holds the same rows under the same contract, whoever wrote its files."""
    before = parent_manifest(staged)
    if before is None or before.contract_version != staged.version.rpartition(".")[0]:
        return False
    old = {name: (facts.logical_sha256, facts.schema_fingerprint) for name, facts in before.tables.items()}
    new = {name: (facts.logical_sha256, facts.schema_fingerprint) for name, facts in staged.tables.items()}
    return old == new


def discard(staged: Staged) -> None:
    """Remove what was staged: nothing changed, or the run is over."""
    shutil.rmtree(staged.folder, ignore_errors=True)


def _write_manifest(staged: Staged, new: Manifest) -> None:
    (staged.folder / manifest.FILE).write_text(new.to_json(), encoding="utf-8")


def _sync_files(staged: Staged, new: Manifest) -> None:  # noqa: ARG001
    for path in [*staged.folder.rglob("*"), staged.folder]:
        sync(path)


def _announce(staged: Staged, new: Manifest) -> None:
    unfinished.announce_snapshot(staged.store.root, new.version, staged.folder / manifest.FILE)


def _place(staged: Staged, new: Manifest) -> None:
    staged.folder.rename(staged.store.folder(new.version))
    sync(staged.store.snapshots)


def _record(staged: Staged, new: Manifest) -> None:
    staged.store.write_history(recorded(staged.store.history(), new))


def _point_latest(staged: Staged, new: Manifest) -> None:
    staged.store.point_latest(new.version)
    unfinished.done(staged.store.root)


STEPS: tuple[tuple[str, Callable[[Staged, Manifest], None]], ...] = (
    ("write_manifest", _write_manifest),
    ("sync_files", _sync_files),
    ("announce", _announce),
    ("place", _place),
    ("record", _record),
    ("point_latest", _point_latest),
)
"""The steps of publishing, in order. Killed before `place`, a run leaves nothing; after it, the next run goes
on."""


def commit(staged: Staged, new: Manifest, before_step: Callable[[str], None] = lambda _: None) -> Path:
    """Publish what was staged and return the snapshot's folder.

    before_step is told the name of each step before it is taken (tests end the process there). Raises
    PlaceError where `latest` moved since `stage`, or where the disk refuses; `latest` is as it was then.
    """
    if new.version != staged.version or new.parent != staged.parent:
        raise SnapshotError(f"the manifest is of {new.version} on {new.parent}, staged was {staged.version}")
    if staged.store.history().latest != staged.parent or staged.store.folder(new.version).exists():
        raise PlaceError(f"another run published to {staged.store.root} meanwhile; run again to build on its snapshot")
    for name, step in STEPS:
        before_step(name)
        try:
            step(staged, new)
        except OSError as error:
            discard(staged)
            raise PlaceError(
                f"snapshot {new.version} could not be published to {staged.store.root} ({name}): "
                f"{error.strerror or error}; `latest` is whole"
            ) from error
    return staged.store.folder(new.version)


def fail(staged: Staged, refused: Manifest) -> Path:
    """Keep the report of a refused run under failed/ and move nothing else; returns the report's folder.

    Kept are the manifest with what the gate found, everything under validation/, rejects and inputs; the other
    tables go, so that nobody reads by accident what was refused.
    """
    store = staged.store
    store.failed.mkdir(exist_ok=True)
    attempts = [path.name.rpartition("-")[2] for path in store.failed.glob(f"{staged.version}-*")]
    name = f"{staged.version}-{max((int(a) for a in attempts if a.isdecimal()), default=0) + 1}"
    for path in sorted(staged.folder.glob("*.parquet")):
        if path.name not in KEPT_OF_REFUSED:
            path.unlink()
    _write_manifest(staged, refused)
    report = store.failed / name
    staged.folder.rename(report)
    sync(store.failed)
    oldest_first = sorted(store.failed.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for path in oldest_first[: -LIMITS.kept_reports]:
        shutil.rmtree(path, ignore_errors=True)
    return report
