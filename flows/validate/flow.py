"""Validation as Prefect flows: every row against its model and its references, and the last gate on the files."""

from pathlib import Path

import polars as pl
from prefect import flow

from flows.progress import reporter
from flows.settings import Settings
from flows.validate.gate import GateResult, run_gate
from flows.validate.tables import validate_rows
from flows.workspace import Workspace
from schemas.relations import TABLES


@flow(name="validate", validate_parameters=False, persist_result=False)
def validate(workspace: Workspace) -> int:
    """Checks every table in the workspace; rows that break their contract move to `rejects`. How many moved.

    Leaves all nine tables in their published order. Raises ContractError where a whole table is not as declared.
    """
    report = reporter()
    report.start("validate", len(TABLES), "tables")
    tables = {name: workspace.get(f"table-{name}") for name in TABLES if name != "rejects"}
    tables["rejects"] = workspace.get("ingest_rejects")
    valid, refused = validate_rows(tables)
    valid["rejects"] = pl.concat([tables["rejects"], refused])
    for name, table in TABLES.items():
        workspace.put(f"table-{name}", valid[name].select(table.columns).sort(table.order))
    rows = sum(frame.height for frame in valid.values())
    report.finish(
        "validate", f"{rows:,} rows hold" + (f", {refused.height} were refused" if refused.height else "")
    )
    return refused.height


@flow(name="gate", validate_parameters=False, persist_result=False)
def gate(staged: Path, parent: Path | None, settings: Settings) -> GateResult:
    """Runs the last gate on written files."""
    return run_gate(staged, parent, max_shrink=settings.validation.max_shrink)
