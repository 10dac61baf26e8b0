"""`onrecord export --to FORM`: a snapshot as a database, as CSV or JSON Lines, or as linked data."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import OUTPUT, Output, Version
from flows.errors import unwritable

if TYPE_CHECKING:  # what writes is loaded by the command that does
    from flows.snapshots.reader import Snapshot


class Target(StrEnum):
    """What a snapshot is exported to."""

    DUCKDB = "duckdb"
    SQLITE = "sqlite"
    CSV = "csv"
    JSONL = "jsonl"
    JSONLD = "jsonld"


def export(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[PATH]", help="File or folder to write; default: onrecord-VERSION beside you."),
    ] = None,
    to: Annotated[
        Target, typer.Option(help="A database of one file, a folder of tables, a file a story.")
    ] = Target.CSV,
    version: Version = None,
    output: Output = OUTPUT,
) -> None:
    """Write a snapshot as a DuckDB or SQLite database with views, as CSV, JSON Lines, or schema.org JSON-LD."""
    from flows.snapshots.reader import open_snapshot

    snapshot = open_snapshot(version or "latest", output)
    ending = f".{to.value}" if to in (Target.DUCKDB, Target.SQLITE) else f"-{to.value}"
    target = path or Path(f"onrecord-{snapshot.version}{ending}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        written = _write(to, snapshot, target)
    except OSError as error:
        raise unwritable(target, error) from error
    files = f" ({len(written):,} files)" if len(written) != 1 else ""
    typer.echo(f"{target}{files}")


def _write(to: Target, snapshot: "Snapshot", target: Path) -> list[Path]:
    if to is Target.DUCKDB:
        from flows.publish.exports.duck import export_duckdb as write
    elif to is Target.SQLITE:
        from flows.publish.exports.sqlite import export_sqlite as write
    elif to is Target.CSV:
        from flows.publish.exports.flat import export_csv as write
    elif to is Target.JSONL:
        from flows.publish.exports.flat import export_jsonl as write
    else:
        from flows.publish.exports.linked_data import export_jsonld as write
    return write(snapshot, target)
