"""Publishing as Prefect flows: staged and compared, described, then committed; a refused run keeps its report only."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import polars as pl
from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.lexicons.paths import CHECKOUT
from flows.publish import diff as differences
from flows.publish.commit import Staged, commit, discard, fail, stage, unchanged
from flows.publish.companions import write_companions
from flows.publish.croissant import write_croissant
from flows.publish.quality_metrics import drops_by_reason, quality_figures
from flows.runtime.progress import reporter
from flows.runtime.workspace import Workspace
from flows.snapshots.inputs import write_inputs
from flows.snapshots.manifest import FILE as MANIFEST
from flows.snapshots.manifest import Code, Decided, Manifest, ReaderModel, TableChanges, Validation, read
from flows.snapshots.output_folder.store import Store
from flows.snapshots.reader import Snapshot
from schemas.contract import current
from schemas.tables import TABLES
from schemas.vocabularies import CONTRACT_VERSION, NOTES

STEPS = len(("tables", "checks", "description", "page"))
"""Of publishing, as a person at a terminal sees them."""


@dataclass(frozen=True)
class RunFacts:
    """What only the run itself knows: when, with what, on what, and how long each stage took."""

    created_at: str
    decided: Decided
    settings: Mapping[str, Any]
    model: ReaderModel
    lock_sha256: str | None
    judgements_sha256: str | None
    seconds: Mapping[str, float]


@flow(name="stage", flow_run_name="stage", validate_parameters=False, persist_result=False)
def stage_tables(store: Store, workspace: Workspace) -> Staged | None:
    """Write all tables beside the published ones; return None (and nothing left) where no row has changed."""
    report = reporter()
    report.start("publish", STEPS, "steps")
    staged = stage(store, {name: workspace.get(f"table-{name}") for name in TABLES})
    if unchanged(staged):
        discard(staged)
        report.finish("publish", f"unchanged, {staged.parent} stays the latest")
        return None
    report.advance("publish", 1, "tables are written; checking the files")
    return staged


def describe(
    staged: Staged, workspace: Workspace, parent: Snapshot | None, facts: RunFacts, validation: Validation
) -> Manifest:
    """Return the manifest of a staged snapshot, and keep it in the workspace for `publish`."""
    tables = {name: workspace.get(f"table-{name}") for name in TABLES}
    dropped = workspace.get("dropped_claims")
    inputs = _inputs(workspace.get("inputs"), tables)
    listed, beside = write_inputs(staged.folder, inputs)
    described = Manifest(
        version=staged.version,
        parent=staged.parent,
        contract_version=CONTRACT_VERSION,
        created_at=facts.created_at,
        code=Code(package_version=metadata.version("onrecord"), git_commit=_git_commit()),
        decided=facts.decided,
        settings=dict(facts.settings),
        inputs=listed,
        tables=staged.tables,
        files={listed.file: beside},
        model=facts.model,
        lock_sha256=facts.lock_sha256,
        judgements_sha256=facts.judgements_sha256,
        quality=quality_figures(tables, parent.tables if parent else None, dropped.height),
        dropped_claims=drops_by_reason(dropped),
        validation=validation,
        seconds=dict(facts.seconds),
    )
    if parent is not None:
        described = described.model_copy(
            update={"changes": _changes(parent, differences.Side(tables, described, inputs), staged.version)}
        )
    (workspace.path / MANIFEST).write_text(described.to_json(), encoding="utf-8")
    return described


def accompany(staged: Staged, workspace: Workspace, described: Manifest) -> Manifest:
    """Write what lies beside the tables of a staged snapshot; return the manifest that names it, kept for `publish`."""
    reporter().advance("publish", 1, "files are checked; describing them")
    contract = current()
    write_croissant(staged.folder, described, contract)
    named = write_companions(staged.folder, described, contract)
    (workspace.path / MANIFEST).write_text(named.to_json(), encoding="utf-8")
    reporter().advance("publish", 1, "drawing the page")
    return named


def _changes(parent: Snapshot, new: differences.Side, version: str) -> dict[str, TableChanges]:
    return differences.diff(differences.side_of(parent), new, parent.version, version).changes()


def _inputs(read: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every input with the article that it became or the reason why it became none, by source_uri."""
    articles = tables["articles"].select("source_uri", "article_id")
    refused = tables["rejects"].filter(~pl.col("reason").is_in([*NOTES]))
    reasons = refused.group_by("source_uri").agg(pl.col("reason").first())
    return (
        read.join(articles, on="source_uri", how="left")
        .join(reasons, on="source_uri", how="left")
        .with_columns(reason=pl.when(pl.col("article_id").is_null()).then(pl.col("reason")))
        .sort("source_uri")
    )


def _git_commit() -> str | None:
    """The commit of the checkout that this code runs from; None where it is installed."""
    if CHECKOUT is None or not (CHECKOUT / ".git").exists():
        return None
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            ["git", "-C", str(CHECKOUT), "rev-parse", "HEAD"],  # noqa: S607 - whichever git the user has
            capture_output=True, text=True, timeout=10, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


@flow(name="publish", flow_run_name="publish", validate_parameters=False, persist_result=False)
def publish(staged: Staged, workspace: Workspace) -> Path:
    """Publish what the gate passed and return its folder; keep the report of what it refused.

    The manifest comes from the workspace: it names every input, and a flow's arguments are sent to Prefect's server,
    which refuses more than half a megabyte of them.
    """
    described = read(workspace.path)
    if described.validation is not None and not described.validation.success:
        return fail(staged, described)
    folder = commit(staged, described)
    create_markdown_artifact(_summary(described), key="snapshot", description=f"Snapshot {described.version}")
    rows = sum(facts.rows for facts in described.tables.values())
    reporter().finish("publish", f"{described.version}, {rows:,} rows")
    return folder


def _summary(described: Manifest) -> str:
    """Tables with their rows and changes, for the pages of a Prefect server."""
    lines = [
        f"**{described.version}** on {described.parent or 'nothing'}",
        "",
        f"Report: `snapshots/{described.version}/report.html`",
        "",
        "| table | rows | added | removed | changed |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, facts in described.tables.items():
        change = described.changes.get(name, TableChanges(added=facts.rows, removed=0, changed=0))
        lines.append(f"| {name} | {facts.rows} | {change.added} | {change.removed} | {change.changed} |")
    return "\n".join(lines)
