"""A published snapshot, opened for reading; each of its tables is read once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from flows.errors import SnapshotError
from flows.snapshots.manifest import FILE
from flows.snapshots.versions import snapshot_folder
from schemas.tables import TABLES


class SnapshotTables(Mapping[str, pl.DataFrame]):
    """The tables that a snapshot has, by name: read when they are asked for, and then kept."""

    def __init__(self, folder: Path) -> None:
        self._paths = {name: path for name in TABLES if (path := folder / f"{name}.parquet").is_file()}
        self._read: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table; KeyError where the snapshot has none of the name."""
        if name not in self._read:
            self._read[name] = pl.read_parquet(self._paths[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the tables, in the contract's order."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(self._paths)


@dataclass(frozen=True)
class Snapshot:
    """A folder with one Parquet file per table, and the facts of the run that wrote it."""

    folder: Path
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version by the manifest, or the folder's name before one is written."""
        return str(self.manifest.get("version") or self.folder.resolve().name)

    @cached_property
    def tables(self) -> SnapshotTables:
        """The tables by name. A snapshot of an earlier contract may lack some."""
        return SnapshotTables(self.folder)

    def scan(self, table: str) -> pl.LazyFrame:
        """Return a table, read only as far as a query needs it. Raises SnapshotError where its file is missing."""
        path = self.folder / f"{TABLES[table].name}.parquet"
        if not path.is_file():
            raise SnapshotError(f"{path} is missing: the snapshot is damaged; build it again or choose another version")
        return pl.scan_parquet(path)

    def table(self, table: str) -> pl.DataFrame:
        """Return a whole table."""
        return self.scan(table).collect()


def read_snapshot(folder: Path) -> Snapshot:
    """Return the snapshot in `folder`. Raises SnapshotError where there is no readable manifest."""
    try:
        manifest = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{folder} is no snapshot: {FILE} cannot be read ({error})") from error
    return Snapshot(folder, manifest)


def open_snapshot(output: Path, name: str | None = None) -> Snapshot:
    """Return the snapshot that a person means: a folder, a version under `output`, or `latest`, as where None is said.

    Raises SnapshotError, naming the versions that are there, where that one is not.
    """
    return read_snapshot(snapshot_folder(output, name or "latest"))
