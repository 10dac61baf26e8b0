"""`onrecord diff A B`: what changed between two snapshots, by key, with the columns and the cause."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from flows.cli.limits import LIMITS
from flows.cli.options import OUTPUT, Output

if TYPE_CHECKING:  # tables are loaded by the command that compares them, not by each start of the command line
    import polars as pl
    from rich.table import Table

    from flows.publish.diff import SnapshotDiff


def diff(
    old: Annotated[str, typer.Argument(help="Earlier snapshot: a version, a folder, or `latest`.")],
    new: Annotated[str, typer.Argument(help="Later snapshot: a version, a folder, or `latest`.")],
    output: Output = OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="Print every changed row as JSON.")] = False,
    parquet: Annotated[Path | None, typer.Option(help="Write a Parquet file per changed table to this folder.")] = None,
) -> None:
    """Show the rows added, removed and changed between two snapshots, and why."""
    from flows.publish import diff as differences
    from flows.snapshots.flat_files import to_json
    from flows.snapshots.reader import open_snapshot

    before, after = (differences.side_of(open_snapshot(name, output)) for name in (old, new))
    versions = [side.manifest.version if side.manifest else "" for side in (before, after)]
    found = differences.diff(before, after, versions[0], versions[1])
    if parquet is not None:
        differences.write(found, parquet)
    if as_json:
        typer.echo(to_json(differences.as_json(found), indent=2))
    elif found.is_empty():
        Console().print(f"{versions[0]} and {versions[1]} hold the same rows", highlight=False)
    else:
        console = Console(highlight=False)
        console.print(f"{versions[0]} → {versions[1]}", style="bold")
        for cause, what in found.builds.items():
            console.print(f"{cause}: {', '.join(what)}", markup=False, soft_wrap=True)
        console.print(_summary(found))
        for line in _examples(found):
            console.print(line, markup=False, soft_wrap=True)


def _summary(found: "SnapshotDiff") -> "Table":
    from flows.publish.diff import CHANGES
    from flows.report.terminal.table_style import plain_table

    table = plain_table("table", *CHANGES, "causes", "columns that changed", right=CHANGES)
    for name, changes in found.changes().items():
        if found.tables[name].height:
            causes = ", ".join(f"{cause} {count}" for cause, count in changes.causes.items())
            counts = [str(getattr(changes, kind)) for kind in CHANGES]
            table.add_row(name, *counts, causes, _columns(found.tables[name]))
    return table


def _columns(frame: "pl.DataFrame") -> str:
    changed = frame["changed_columns"].explode(empty_as_null=False).value_counts()
    by_count = changed.sort(["count", "changed_columns"], descending=[True, False])
    return ", ".join(f"{column} {count}" for column, count in by_count.iter_rows())


def _examples(found: "SnapshotDiff") -> Iterator[str]:
    """The first rows of each kind of change of each table, a line each."""
    import polars as pl

    from flows.publish.diff import CHANGES
    from flows.report.display_text import seen
    from schemas.tables import TABLES

    for name, frame in found.tables.items():
        for kind, sign in zip(CHANGES, "+-~", strict=True):
            rows = frame.filter(pl.col("change") == kind)
            for row in rows.head(LIMITS.examples).iter_rows(named=True):
                key = " ".join(str(row[column]) for column in TABLES[name].key)
                columns = f" {', '.join(row['changed_columns'])}" if row["changed_columns"] else ""
                yield seen(f"{sign} {name} {key}{columns} ({row['cause']})")
            if rows.height > LIMITS.examples:
                yield f"{sign} {name}: {rows.height - LIMITS.examples} more"
