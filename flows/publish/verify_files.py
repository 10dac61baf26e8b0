"""Whether the files of a snapshot folder are what its manifest and its contract say, before a value is looked
at.

Works on any copy of a snapshot, ours or a consumer's. Nothing that the manifest names is opened before it is
known to be a plain file inside the folder.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows.errors import first_line
from flows.publish import parquet
from flows.runtime.fingerprints import file_sha256
from flows.snapshots.inputs import FILE as INPUTS
from flows.snapshots.manifest import FileFacts, Manifest, TableFacts
from schemas.contract import Contract, TableContract, type_name


@dataclass(frozen=True)
class FileViolation:
    """Something that is wrong: in which table or file, which rule, how often, up to three examples."""

    table: str
    rule: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verified:
    """What was found, and the tables that could be read with the contract's columns."""

    violations: list[FileViolation]
    tables: dict[str, pl.DataFrame]


def verify_files(folder: Path, manifest: Manifest, contract: Contract) -> Verified:
    """Check names, hashes, sizes, Arrow types and metadata of every file, and read those that are as they
    should be."""
    violations = _manifest_violations(manifest, contract)
    tables = {}
    for table in contract.tables:
        facts = manifest.tables.get(table.name)
        path = folder / f"{table.name}.parquet"
        if facts is None:
            continue
        found, frame = _file(folder, path, facts, table, contract)
        violations += found
        if frame is not None:
            tables[table.name] = frame
    violations += [violation for name, facts in manifest.files.items() for violation in _beside(folder, name, facts)]
    known = {f"{table.name}.parquet" for table in contract.tables}
    known |= {INPUTS} & manifest.files.keys()
    strangers = sorted(path.name for path in folder.glob("*.parquet") if path.name not in known)
    if strangers:
        violations.append(
            FileViolation("snapshot", "a file is no table of the contract", len(strangers), tuple(strangers[:3]))
        )
    return Verified(violations, tables)


def _manifest_violations(manifest: Manifest, contract: Contract) -> list[FileViolation]:
    violations = []
    missing = [name for name in contract.names if name not in manifest.tables]
    if missing:
        violations.append(FileViolation("manifest.json", "a table is missing", len(missing), tuple(missing[:3])))
    strange = [name for name in manifest.tables if name not in contract.names]
    if strange:
        violations.append(
            FileViolation("manifest.json", "a table is not in the contract", len(strange), tuple(strange[:3]))
        )
    if manifest.version.rpartition(".")[0] != manifest.contract_version:
        said = f"version {manifest.version}, contract_version {manifest.contract_version}"
        violations.append(FileViolation("manifest.json", "the version does not begin with the contract's", 1, (said,)))
    return violations


def _file(
    folder: Path, path: Path, facts: TableFacts, table: TableContract, contract: Contract
) -> tuple[list[FileViolation], pl.DataFrame | None]:
    name = table.name
    if not path.is_file() or path.resolve().parent != folder.resolve():
        return [FileViolation(name, "the file is missing or no plain file of this folder", 1, (path.name,))], None
    violations = [
        FileViolation(name, f"{what} is not the manifest's", 1, (f"file {found}, manifest {stated}",))
        for what, found, stated in (
            ("the size in bytes", path.stat().st_size, facts.bytes),
            ("the SHA-256 of the file", file_sha256(path), facts.sha256),
        )
        if found != stated
    ]
    try:
        said = parquet.describe(path)
        columns = _column_violations(said, table)
        violations += columns + _metadata_violations(said, facts, table, contract)
        frame = pl.read_parquet(path)
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        reason = first_line(error)[:120]
        return [*violations, FileViolation(name, "the file is no readable Parquet", 1, (reason,))], None
    if columns or dict(frame.schema) != dict(table.schema):
        return violations, None
    logical = parquet.logical_sha256(frame, table)
    if logical != facts.logical_sha256:
        example = f"rows {logical}, manifest {facts.logical_sha256}"
        violations.append(FileViolation(name, "the SHA-256 of the rows is not the manifest's", 1, (example,)))
    return violations, frame


def _beside(folder: Path, name: str, facts: FileFacts) -> list[FileViolation]:
    """A file beside the tables against the manifest."""
    path = folder / name
    if not path.is_file() or path.resolve().parent != folder.resolve():
        return [FileViolation(name, "the file is missing or no plain file of this folder", 1, (name,))]
    found = file_sha256(path)
    if (path.stat().st_size, found) == (facts.bytes, facts.sha256):
        return []
    return [FileViolation(name, "the file is not the manifest's", 1, (f"file {found}, manifest {facts.sha256}",))]


def _column_violations(said: dict[str, Any], table: TableContract) -> list[FileViolation]:
    """Arrow names, types, nullability and order in the file against the contract's."""
    found = {column: (kind, nullable) for column, kind, nullable in said["columns"]}
    expected = {column.name: (type_name(column.dtype), column.nullable) for column in table.columns}
    violations = []
    for column in expected:
        if column not in found:
            violations.append(FileViolation(table.name, f"column {column} is missing", 1))
        elif found[column][0] != expected[column][0]:
            example = f"file {found[column][0]}, contract {expected[column][0]}"
            violations.append(FileViolation(table.name, f"column {column} is of another type", 1, (example,)))
        elif found[column][1] and not expected[column][1]:
            example = "file nullable, contract required"
            violations.append(FileViolation(table.name, f"column {column} may be null", 1, (example,)))
    strange = [column for column in found if column not in expected]
    if strange:
        violations.append(
            FileViolation(table.name, "a column is not in the contract", len(strange), tuple(strange[:3]))
        )
    if not violations and list(found) != list(expected):
        violations.append(FileViolation(table.name, "columns are in another order", 1, (", ".join(found),)))
    return violations


def _metadata_violations(
    said: dict[str, Any], facts: TableFacts, table: TableContract, contract: Contract
) -> list[FileViolation]:
    violations = []
    for what, found, stated in (
        ("the number of rows is not the manifest's", said["rows"], facts.rows),
        ("the contract version in the file is another", said["contract_version"], contract.version),
        ("the table's name in the file is another", said["table"], table.name),
        ("the schema fingerprint is not the manifest's", said["fingerprint"], facts.schema_fingerprint),
    ):
        if found != stated:
            violations.append(FileViolation(table.name, what, 1, (f"found {found or 'nothing'}, expected {stated}",)))
    return violations
