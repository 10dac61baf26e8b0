"""Snapshots as Delta tables: one Delta table per table, one Delta version per snapshot. The only door to delta-rs.

The snapshot's version is in the commit's metadata, so that `table_as_of` finds what a consumer read then. A
run that was stopped half-way is continued by the next: tables that have the version are left alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.errors import SnapshotError
from flows.publish import parquet
from flows.runtime.extras import from_extra
from flows.snapshots import manifest
from flows.snapshots.history import number

with from_extra("delta", "publishing to Delta tables"):
    from deltalake import CommitProperties, DeltaTable, write_deltalake
    from deltalake.exceptions import DeltaError, TableNotFoundError

SNAPSHOT = "onrecord.version"
CONTRACT = "onrecord.contract_version"


@dataclass(frozen=True)
class Published:
    """A table's Delta version that holds the snapshot, and whether it was there before."""

    table: str
    delta_version: int
    was_there: bool


def publish(snapshot: Path, to: str, storage: Mapping[str, str] | None = None) -> list[Published]:
    """Write every table of a snapshot as the next version of the Delta table of its name under `to`.

    snapshot: folder of one version. to: a folder, or an URL that delta-rs knows (s3://, gs://, az://,
    abfss://, hdfs://), with `storage` as its options (keys, region, endpoint). Consumers that stay on an
    older Delta version keep reading it; nothing is vacuumed.

    Raises SnapshotError where a table holds a newer snapshot than this one, or cannot be written.
    """
    said = manifest.read(snapshot)
    return [
        _publish(snapshot / f"{name}.parquet", f"{to.rstrip('/')}/{name}", name, said, storage) for name in said.tables
    ]


def _publish(file: Path, uri: str, name: str, said: manifest.Manifest, storage: Mapping[str, str] | None) -> Published:
    options = dict(storage or {})
    try:
        there = versions(uri, options)
        if said.version in there:
            return Published(name, there[said.version], True)
        newer = [version for version in there if number(version) > number(said.version)]
        if newer:
            raise SnapshotError(
                f"{uri} holds snapshot {newer[0]}, newer than {said.version}; Delta versions only go up"
            )
        write_deltalake(
            uri,
            parquet.read_arrow(file),
            mode="overwrite",
            schema_mode="overwrite",
            name=name,
            storage_options=options,
            commit_properties=CommitProperties(
                custom_metadata={SNAPSHOT: said.version, CONTRACT: said.contract_version}
            ),
        )
        return Published(name, versions(uri, options)[said.version], False)
    except (DeltaError, OSError) as error:
        raise SnapshotError(f"{uri} cannot be written as a Delta table: {error}") from error


def versions(uri: str, storage: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return Delta versions of a table by snapshot version, oldest first; empty where there is no table."""
    try:
        table = DeltaTable(uri, storage_options=dict(storage or {}))
    except TableNotFoundError:
        return {}
    commits = sorted(table.history(), key=lambda commit: int(commit["version"]))
    return {str(commit[SNAPSHOT]): int(commit["version"]) for commit in commits if SNAPSHOT in commit}


def table_as_of(uri: str, version: str, storage: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Return a table as the snapshot `version` published it. Raises SnapshotError where it did not."""
    known = versions(uri, storage)
    if version not in known:
        raise SnapshotError(f"{uri} holds no snapshot {version}; it holds {', '.join(known) or 'none'}")
    options = dict(storage or {})
    return pl.DataFrame(DeltaTable(uri, version=known[version], storage_options=options).to_pyarrow_table())
