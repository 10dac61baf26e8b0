"""A published snapshot, opened for reading: its tables as lazy Polars frames, its statements by speaker and story."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

import polars as pl

from flows.errors import SnapshotError
from flows.snapshots.manifest import FILE
from flows.snapshots.output_folder.versions import snapshot_folder
from flows.snapshots.statements import Wanted, find_statements
from schemas.vocabularies import CONTRACT_VERSION, TABLE_NAMES


class SnapshotTables(Mapping[str, pl.DataFrame]):
    """The tables that a snapshot has, by name: read when they are asked for, and then kept."""

    def __init__(self, folder: Path) -> None:
        self._paths = {name: path for name in TABLE_NAMES if (path := folder / f"{name}.parquet").is_file()}
        self._read: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table; KeyError where the snapshot has none of the name."""
        if name not in self._read:
            self._read[name] = pl.read_parquet(self._paths[name]).rechunk()  # lists in pieces are slow to compare
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the tables, in the contract's order."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(self._paths)


@dataclass(frozen=True)
class Snapshot:
    """A folder with one Parquet file per table, and the facts of the run that wrote it.

    Each table is a lazy Polars frame: `snapshot["claims"]`, or `snapshot.claims`. `snapshot.statements(…)` asks the
    flat table of statements. In a notebook a snapshot shows its tables and their rows.
    """

    folder: Path
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version by the manifest, or the folder's name before one is written."""
        return str(self.manifest.get("version") or self.folder.resolve().name)

    @cached_property
    def tables(self) -> SnapshotTables:
        """The tables by name, as whole frames. A snapshot of an earlier contract may lack some."""
        return SnapshotTables(self.folder)

    def scan(self, table: str) -> pl.LazyFrame:
        """Return a table, read only as far as a query needs it.

        Raises KeyError for a name that no table has, SnapshotError where its file is missing.
        """
        if table not in TABLE_NAMES:
            raise KeyError(f"there is no table {table!r}; tables: {', '.join(TABLE_NAMES)}")
        path = self.folder / f"{table}.parquet"
        contract = str(self.manifest.get("contract_version") or "")
        if not path.is_file() and table not in self.manifest.get("tables", {table}):
            raise SnapshotError(
                f"version {self.version} keeps contract {contract}, which has no {table}; build it anew"
            )
        if not path.is_file():
            raise SnapshotError(f"{path} is missing: the snapshot is damaged; build it again or choose another version")
        return pl.scan_parquet(path)

    def table(self, table: str) -> pl.DataFrame:
        """Return a whole table."""
        return self.scan(table).collect()

    __getitem__ = scan

    def __getattr__(self, name: str) -> pl.LazyFrame:
        """Return the table of this name as a lazy frame."""
        if name in TABLE_NAMES:
            return self.scan(name)
        raise AttributeError(f"a snapshot has no {name!r}; its tables: {', '.join(TABLE_NAMES)}")

    def __dir__(self) -> list[str]:
        """Name the tables, too, for completion in a notebook."""
        return [*super().__dir__(), *TABLE_NAMES]

    def statements(
        self,
        *,
        speaker: str | None = None,
        story: str | None = None,
        outlet: str | None = None,
        about: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
    ) -> pl.LazyFrame:
        """Return the rows of `statements` for which everything asked holds, newest first.

        speaker, outlet: words of a name or alias, whatever the case and accents. story: its id, or words of its title.
        about: words of what is said, its background left out, or of the name of an entity in it. since, until: `2019`,
        `2019-01`, `2019-01-31` or a date of publication, both included. Raises UnknownNameError, naming the nearest,
        where nobody is called so.
        """
        return find_statements(self.scan, Wanted(speaker, story, outlet, about, since, until))

    def _repr_html_(self) -> str:
        """Show the version, and each table with its rows and columns, in a notebook."""
        stated = [("made", self.manifest.get("created_at")), ("contract", self.manifest.get("contract_version"))]
        facts = ", ".join(f"{name} {escape(str(value))}" for name, value in stated if value)
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left'><code>{name}</code></th><td style='text-align:right'>"
            f"{int(self.scan(name).select(pl.len()).collect().item()):,}</td><td style='text-align:left'>"
            f"{escape(', '.join(self.scan(name).collect_schema().names()))}</td></tr>"
            for name in self.tables
        )
        return (
            f"<p><b>onrecord {escape(self.version)}</b> {facts}</p><table><thead><tr><th>table</th><th>rows</th>"
            f"<th>columns</th></tr></thead><tbody>{rows}</tbody></table>"
        )


def read_snapshot(folder: Path) -> Snapshot:
    """Return the snapshot in `folder`. Raises SnapshotError without a readable manifest, or of a later contract."""
    try:
        manifest = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{folder} is no snapshot: {FILE} cannot be read ({error})") from error
    contract = str(manifest.get("contract_version"))
    if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", contract) and _major(contract) > _major(CONTRACT_VERSION):
        raise SnapshotError(
            f"{folder} keeps contract {contract}, and this onrecord knows {CONTRACT_VERSION}. Upgrade onrecord"
        )
    return Snapshot(folder, manifest)


def _major(contract: str) -> int:
    return int(contract.partition(".")[0])


def open_snapshot(name: str | PathLike[str] = "latest", output: str | PathLike[str] = "output") -> Snapshot:
    """Return the snapshot that a person means.

    name: a version under `output`, `latest`, the folder of a snapshot, or an output folder, of which the latest is
    meant. Raises SnapshotError, naming the versions that are there, where that one is not.
    """
    return read_snapshot(snapshot_folder(Path(output), str(name)))
