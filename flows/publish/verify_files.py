"""Whether the files of a snapshot folder are what its manifest and its contract say, before a value is looked
at.

Works on any copy of a snapshot, ours or a consumer's. Nothing that the manifest names is opened before it is
known to be a plain file inside the folder.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows.publish import parquet
from flows.runtime.fingerprints import file_sha256
from flows.snapshots.manifest import Manifest, TableFacts
from schemas.contract import Contract, TableContract, type_name


@dataclass(frozen=True)
class Fault:
    """Something that is wrong: in which table or file, which rule, how often, up to three examples."""

    table: str
    rule: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verified:
    """What was found, and the tables that could be read with the contract's columns."""

    faults: list[Fault]
    tables: dict[str, pl.DataFrame]


def verify_files(folder: Path, manifest: Manifest, contract: Contract) -> Verified:
    """Check names, hashes, sizes, Arrow types and metadata of every file, and read those that are as they
    should be."""
    faults = _manifest_faults(manifest, contract)
    tables = {}
    for table in contract.tables:
        facts = manifest.tables.get(table.name)
        path = folder / f"{table.name}.parquet"
        if facts is None:
            continue
        found, frame = _file(folder, path, facts, table, contract)
        faults += found
        if frame is not None:
            tables[table.name] = frame
    known = {f"{table.name}.parquet" for table in contract.tables}
    strangers = sorted(path.name for path in folder.glob("*.parquet") if path.name not in known)
    if strangers:
        faults.append(Fault("snapshot", "a file is no table of the contract", len(strangers), tuple(strangers[:3])))
    return Verified(faults, tables)


def _manifest_faults(manifest: Manifest, contract: Contract) -> list[Fault]:
    faults = []
    missing = [name for name in contract.names if name not in manifest.tables]
    if missing:
        faults.append(Fault("manifest.json", "a table is missing", len(missing), tuple(missing[:3])))
    strange = [name for name in manifest.tables if name not in contract.names]
    if strange:
        faults.append(Fault("manifest.json", "a table is not in the contract", len(strange), tuple(strange[:3])))
    if manifest.version.rpartition(".")[0] != manifest.contract_version:
        said = f"version {manifest.version}, contract_version {manifest.contract_version}"
        faults.append(Fault("manifest.json", "the version does not begin with the contract's", 1, (said,)))
    return faults


def _file(
    folder: Path, path: Path, facts: TableFacts, table: TableContract, contract: Contract
) -> tuple[list[Fault], pl.DataFrame | None]:
    name = table.name
    if not path.is_file() or path.resolve().parent != folder.resolve():
        return [Fault(name, "the file is missing or no plain file of this folder", 1, (path.name,))], None
    faults = [
        Fault(name, f"{what} is not the manifest's", 1, (f"file {found}, manifest {stated}",))
        for what, found, stated in (
            ("the size in bytes", path.stat().st_size, facts.bytes),
            ("the SHA-256 of the file", file_sha256(path), facts.sha256),
        )
        if found != stated
    ]
    try:
        said = parquet.describe(path)
        columns = _column_faults(said, table)
        faults += columns + _metadata_faults(said, facts, table, contract)
        frame = pl.read_parquet(path)
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        reason = str(error).splitlines()[0][:120]
        return [*faults, Fault(name, "the file is no readable Parquet", 1, (reason,))], None
    if columns or dict(frame.schema) != dict(table.schema):
        return faults, None
    logical = parquet.logical_sha256(frame, table)
    if logical != facts.logical_sha256:
        example = f"rows {logical}, manifest {facts.logical_sha256}"
        faults.append(Fault(name, "the SHA-256 of the rows is not the manifest's", 1, (example,)))
    return faults, frame


def _column_faults(said: dict[str, Any], table: TableContract) -> list[Fault]:
    """Arrow names, types, nullability and order in the file against the contract's."""
    found = {column: (kind, nullable) for column, kind, nullable in said["columns"]}
    expected = {column.name: (type_name(column.dtype), column.nullable) for column in table.columns}
    faults = []
    for column in expected:
        if column not in found:
            faults.append(Fault(table.name, f"column {column} is missing", 1))
        elif found[column][0] != expected[column][0]:
            example = f"file {found[column][0]}, contract {expected[column][0]}"
            faults.append(Fault(table.name, f"column {column} is of another type", 1, (example,)))
        elif found[column][1] and not expected[column][1]:
            example = "file nullable, contract required"
            faults.append(Fault(table.name, f"column {column} may be null", 1, (example,)))
    strange = [column for column in found if column not in expected]
    if strange:
        faults.append(Fault(table.name, "a column is not in the contract", len(strange), tuple(strange[:3])))
    if not faults and list(found) != list(expected):
        faults.append(Fault(table.name, "columns are in another order", 1, (", ".join(found),)))
    return faults


def _metadata_faults(said: dict[str, Any], facts: TableFacts, table: TableContract, contract: Contract) -> list[Fault]:
    faults = []
    for what, found, stated in (
        ("the number of rows is not the manifest's", said["rows"], facts.rows),
        ("the contract version in the file is another", said["contract_version"], contract.version),
        ("the table's name in the file is another", said["table"], table.name),
        ("the schema fingerprint is not the manifest's", said["fingerprint"], facts.schema_fingerprint),
    ):
        if found != stated:
            faults.append(Fault(table.name, what, 1, (f"found {found or 'nothing'}, expected {stated}",)))
    return faults
