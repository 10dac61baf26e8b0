"""Snapshots as Delta tables: one Delta table per table, and one that says which snapshot is current. The only door to
delta-rs.

Delta knows no commit over several tables. So the table `current_snapshot` is the marker: a row a table, with the Delta
version that holds the snapshot, replaced in one commit when all tables have it. Who opens the tables at the versions
that it names sees one snapshot or another, never parts of two. A run that was stopped half-way leaves the marker alone,
and the next goes on. The snapshot's version is in each commit's metadata, too, where `table_as_of` finds it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.errors import PlaceError, SettingsError, SnapshotError, first_line
from flows.publish import parquet
from flows.runtime.extras import from_extra
from flows.snapshots import manifest
from flows.snapshots.manifest import Manifest, TableFacts

with from_extra("delta", "publishing to Delta tables"):
    from deltalake import CommitProperties, DeltaTable, write_deltalake
    from deltalake.exceptions import DeltaError, TableNotFoundError

SNAPSHOT = "onrecord.version"
CONTRACT = "onrecord.contract_version"
ROWS = "onrecord.logical_sha256"
MARKER = "current_snapshot"
_AT_ONCE = {
    "delta.logRetentionDuration": "interval 0 seconds",
    "delta.deletedFileRetentionDuration": "interval 0 seconds",
}
_AS_USUAL = {"delta.logRetentionDuration": "interval 30 days", "delta.deletedFileRetentionDuration": "interval 7 days"}


@dataclass(frozen=True)
class Published:
    """A table's Delta version that holds the snapshot, and whether it was there before."""

    table: str
    delta_version: int
    was_there: bool


@dataclass(frozen=True)
class Current:
    """What the marker says: a snapshot's version, and the Delta version of each of its tables."""

    version: str
    tables: Mapping[str, int]


def publish(
    snapshot: Path, to: str, storage: Mapping[str, str] | None = None, *, forget_others: bool = False
) -> list[Published]:
    """Make a snapshot the current version of the Delta tables under `to`, be it newer or older than what is there.

    snapshot: folder of one version. to: a folder, or an URL that delta-rs knows (s3://, gs://, az://,
    abfss://, hdfs://), with `storage` as its options (keys, region, endpoint). Consumers that stay on an
    older Delta version keep reading it, unless `forget_others` deletes all versions but this one.

    Raises SnapshotError where a table holds other rows under this version's number, SettingsError where delta-rs knows
    no such address, PlaceError where the store cannot be read or written.
    """
    said, base = manifest.read(snapshot), to.rstrip("/")
    options = dict(storage or {})
    published = []
    for name, facts in said.tables.items():
        uri = f"{base}/{name}"
        with _explained(uri, f"written as a Delta table; {MARKER} is as it was, run it again to go on"):
            published.append(_publish(snapshot / f"{name}.parquet", uri, name, said, options))
            if forget_others:
                _forget_others(uri, _properties(said, facts), options)
                published[-1] = Published(name, versions(uri, options)[said.version], published[-1].was_there)
    _mark(f"{base}/{MARKER}", said, published, options, forget_others=forget_others)
    return published


@contextmanager
def _explained(uri: str, what: str) -> Iterator[None]:
    """Tell in one line what a store refused: a fault of the place, or an address that is none."""
    try:
        yield
    except TableNotFoundError as error:
        raise SettingsError(f"{uri} is no address that Delta tables have: {first_line(error)}") from error
    except (DeltaError, OSError, ValueError) as error:  # a ValueError is a file that is no Parquet
        raise PlaceError(f"{uri} cannot be {what}: {first_line(error)}") from error


def _publish(file: Path, uri: str, name: str, said: Manifest, options: dict[str, str]) -> Published:
    facts = said.tables[name]
    there = _commits(uri, options)
    same = [commit for commit in there if commit.snapshot == said.version]
    strange = next((commit for commit in same if commit.rows not in (facts.logical_sha256, None)), None)
    if strange:
        raise SnapshotError(
            f"{uri} holds another snapshot {said.version}, of other rows (Delta version {strange.delta_version}); "
            "it was published from another output folder. Publish to another place"
        )
    if same and there[-1] is same[-1]:
        return Published(name, same[-1].delta_version, True)
    properties = _properties(said, facts)
    if not same or not _restored(uri, same[-1].delta_version, properties, options):
        table = parquet.read_arrow(file)
        write_deltalake(
            uri, table, mode="overwrite", schema_mode="overwrite", name=name, storage_options=options,
            commit_properties=properties,
        )  # fmt: skip
    return Published(name, versions(uri, options)[said.version], False)


def _properties(said: Manifest, facts: TableFacts) -> CommitProperties:
    known = {SNAPSHOT: said.version, CONTRACT: said.contract_version, ROWS: facts.logical_sha256}
    return CommitProperties(custom_metadata=known)


def _restored(uri: str, version: int, properties: CommitProperties, options: dict[str, str]) -> bool:
    """Make an earlier Delta version current again; False where its files are gone."""
    try:
        DeltaTable(uri, storage_options=options).restore(version, commit_properties=properties)
    except DeltaError:
        return False
    return True


def _forget_others(uri: str, properties: CommitProperties, options: dict[str, str]) -> None:
    """Delete the files of every other version, and the log that has their first and last values."""
    table = DeltaTable(uri, storage_options=options)
    table.alter.set_table_properties(_AT_ONCE, commit_properties=properties)
    table.vacuum(0, dry_run=False, enforce_retention_duration=False, commit_properties=properties, full=True)
    table = DeltaTable(uri, storage_options=options)
    table.create_checkpoint()
    table.cleanup_metadata()
    table.alter.set_table_properties(_AS_USUAL, commit_properties=properties)


def _mark(
    uri: str, said: Manifest, published: Iterable[Published], options: dict[str, str], *, forget_others: bool
) -> None:
    """Say in one commit that all tables have the snapshot, unless the marker says so already."""
    tables = {table.table: table.delta_version for table in published}
    with _explained(uri, "written; run it again to go on"):
        if current(uri.rpartition("/")[0], options) != Current(said.version, tables):
            rows = pl.DataFrame({"table": [*tables], "delta_version": [*tables.values()]})
            write_deltalake(
                uri, rows.with_columns(version=pl.lit(said.version)).to_arrow(), mode="overwrite", name=MARKER,
                storage_options=options, commit_properties=CommitProperties(custom_metadata={SNAPSHOT: said.version}),
            )  # fmt: skip
        if forget_others:
            _forget_others(uri, CommitProperties(custom_metadata={SNAPSHOT: said.version}), options)


def current(to: str, storage: Mapping[str, str] | None = None) -> Current | None:
    """Return the snapshot that is current under `to`, with the Delta version of each table; None before the first.

    Raises PlaceError where the store cannot be asked.
    """
    uri = f"{to.rstrip('/')}/{MARKER}"
    with _explained(uri, "read"):
        try:
            table = DeltaTable(uri, storage_options=dict(storage or {}))
        except TableNotFoundError:
            return None
        rows = pl.DataFrame(table.to_pyarrow_table())
    return Current(rows["version"][0], dict(rows.select("table", "delta_version").iter_rows()))


@dataclass(frozen=True)
class _Commit:
    """A Delta version that a snapshot was published as; rows is None where an earlier onrecord wrote it."""

    delta_version: int
    snapshot: str
    rows: str | None


def _commits(uri: str, options: Mapping[str, str]) -> list[_Commit]:
    """Every commit with a snapshot's version, oldest first; none where there is no table."""
    try:
        table = DeltaTable(uri, storage_options=dict(options))
    except TableNotFoundError:
        return []
    said = [_Commit(int(c["version"]), str(c[SNAPSHOT]), c.get(ROWS)) for c in table.history() if SNAPSHOT in c]
    return sorted(said, key=lambda commit: commit.delta_version)


def versions(uri: str, storage: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return the newest Delta version of a table by snapshot version; empty where there is no table."""
    return {commit.snapshot: commit.delta_version for commit in _commits(uri, storage or {})}


def table_as_of(uri: str, version: str, storage: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Return a table as the snapshot `version` published it. Raises SnapshotError where it did not."""
    known = versions(uri, storage)
    if version not in known:
        raise SnapshotError(f"{uri} holds no snapshot {version}; it holds {', '.join(known) or 'none'}")
    return _rows(uri, known[version], dict(storage or {}))


def _rows(uri: str, delta_version: int, options: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(DeltaTable(uri, version=delta_version, storage_options=options).to_pyarrow_table())


def holding(to: str, article_ids: Iterable[str], storage: Mapping[str, str] | None = None) -> list[int]:
    """Return the Delta versions of the table `articles` under `to` that have one of these articles.

    Raises PlaceError where the store cannot be asked: what it turns away may well hold them.
    """
    uri, options, wanted = f"{to.rstrip('/')}/articles", dict(storage or {}), [*article_ids]
    held = []
    with _explained(uri, "read"):
        for commit in _commits(uri, options):
            try:
                ids = _rows(uri, commit.delta_version, options)["article_id"]
            except FileNotFoundError:
                continue  # its files were deleted
            if ids.is_in(wanted).any():
                held.append(commit.delta_version)
    return held
