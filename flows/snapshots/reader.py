"""A published snapshot, opened for reading."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from flows.errors import SnapshotError, examples
from schemas.tables import TABLES


@dataclass(frozen=True)
class Snapshot:
    """A folder with one Parquet file a table, and the facts of the run that wrote it."""

    folder: Path
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version by the manifest, or the folder's name before one is written."""
        return str(self.manifest.get("version") or self.folder.resolve().name)

    def scan(self, table: str) -> pl.LazyFrame:
        """A table, read only as far as a query needs it. Raises SnapshotError where its file is missing."""
        path = self.folder / f"{TABLES[table].name}.parquet"
        if not path.is_file():
            raise SnapshotError(f"{path} is missing: the snapshot is damaged; build it again or choose another version")
        return pl.scan_parquet(path)

    def table(self, table: str) -> pl.DataFrame:
        """A whole table."""
        return self.scan(table).collect()


def read_tables(snapshot: Path | None) -> dict[str, pl.DataFrame] | None:
    """Return every table that a published snapshot has, by name; None where there is no snapshot."""
    if snapshot is None:
        return None
    paths = {name: snapshot / f"{name}.parquet" for name in TABLES}
    return {name: pl.read_parquet(path) for name, path in paths.items() if path.exists()}


def read_snapshot(folder: Path) -> Snapshot:
    """The snapshot in `folder`. Raises SnapshotError where there is no readable manifest."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{folder} is no snapshot: manifest.json cannot be read ({error})") from error
    return Snapshot(folder, manifest)


def open_snapshot(output: Path, version: str | None = None) -> Snapshot:
    """The snapshot `version` under an output folder, or the latest one where None is asked for.

    Raises SnapshotError, naming the versions that are there, where that one is not.
    """
    snapshots = output / "snapshots"
    there = sorted((p.name for p in snapshots.glob("*.*.*") if p.is_dir()), key=_by_number)
    if not there:
        raise SnapshotError(f"no snapshot in {output}: build one first with `onrecord build --output {output}`")
    wanted = version or _latest(output) or there[-1]
    if wanted not in there:
        raise SnapshotError(f"no version {wanted} in {output}: it has {examples(there[::-1])}")
    return read_snapshot(snapshots / wanted)


def _latest(output: Path) -> str | None:
    """The version that versions.json calls the latest; None where there is no such file."""
    try:
        latest = json.loads((output / "versions.json").read_text(encoding="utf-8")).get("latest")
    except (OSError, ValueError, AttributeError):
        return None
    return latest if isinstance(latest, str) else None


def _by_number(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else -1 for part in version.split("."))
