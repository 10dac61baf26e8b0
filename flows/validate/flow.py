"""Validation as Prefect flows: every row against its model and its references, and the quality gate on the files."""

from pathlib import Path

import polars as pl
from prefect import flow

from flows.runtime.fingerprints import code_sha256
from flows.runtime.progress import reporter
from flows.runtime.workers.executors import run_in_worker
from flows.runtime.workspace import Workspace
from flows.settings import Settings
from flows.snapshots import manifest
from flows.snapshots.reader import Snapshot
from flows.validate.derived_counts import DERIVED_TABLES
from flows.validate.gate import run_quality_gate
from flows.validate.gate.result import GateResult
from flows.validate.reject_rows import validate_rows
from schemas.tables import TABLES
from schemas.vocabularies import CONTRACT_VERSION


@flow(name="validate", flow_run_name="validate", validate_parameters=False, persist_result=False)
def validate(workspace: Workspace, previous: Snapshot | None, version: str) -> int:
    """Move rows that break their contract from the tables in the workspace to `rejects`; return how many.

    Leaves all tables in their published order. Raises ContractError where a whole table is not as declared.
    """
    report = reporter()
    report.start("validate", None, "tables")
    tables = {name: workspace.get(f"table-{name}") for name in TABLES if name not in {"rejects", *DERIVED_TABLES}}
    tables["rejects"] = workspace.get("ingest_rejects")
    parent = previous.tables if previous else None
    held = parent if previous and _checked_alike(previous.folder) else None
    valid = validate_rows(tables, parent, version, held=held)
    refused = valid["rejects"].height - tables["rejects"].height
    for name, frame in valid.items():
        if refused or name not in tables or name == "rejects" or not _as_it_lies(name, frame, tables[name]):
            workspace.put(f"table-{name}", frame)
    rows = sum(frame.height for frame in valid.values())
    report.finish("validate", f"{rows:,} rows hold" + (f", {refused} were refused" if refused else ""))
    return refused


def _as_it_lies(name: str, valid: pl.DataFrame, table: pl.DataFrame) -> bool:
    """Whether a table of which no row was refused, so that nothing is counted anew, was in its published order."""
    key = list(TABLES[name].key)
    return valid.columns == table.columns and valid.select(key).equals(table.select(key))


def _checked_alike(parent: Path) -> bool:
    """Whether the same code has checked the parent's rows, by the same contract."""
    said = manifest.read(parent)
    return said.decided is not None and (said.decided.code, said.contract_version) == (code_sha256(), CONTRACT_VERSION)


@flow(name="gate", flow_run_name="gate", validate_parameters=False, persist_result=False)
def gate(staged: Path, parent: Path | None, settings: Settings) -> GateResult:
    """Run the quality gate on written files."""
    return run_in_worker(run_quality_gate, staged, parent, settings.validation.max_shrink, settings.ingest.min_words)
