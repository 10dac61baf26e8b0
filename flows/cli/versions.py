"""`onrecord versions`, `rollback` and `prune`: the history of an output folder."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from flows.cli.limits import LIMITS
from flows.cli.options import OUTPUT, Output, console
from flows.errors import SettingsError
from flows.plain_text import seen


def versions(
    output: Output = OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the history as JSON.")] = False,
) -> None:
    """List every version that was published, oldest first."""
    from flows.report.terminal.table_style import plain_table
    from flows.snapshots.output_folder.versions import existing

    history = existing(output).history()
    if as_json:
        from flows.snapshots.flat_files import to_json

        listed = [asdict(entry) for entry in history.versions]
        typer.echo(to_json({"latest": history.latest, "versions": listed}, indent=2))
        return
    printed = console()
    wide = printed.width >= LIMITS.columns_for_counts
    counted = ("articles", "entities", "claims") if wide else ("articles", "claims")
    table = plain_table("version", *(["parent"] if wide else []), "published at", *counted, "", right=counted)
    for entry in history.versions:
        rows = [f"{entry.rows.get(name, 0):,}" for name in counted]
        note = "latest" if entry.version == history.latest else ("pruned" if entry.pruned else "")
        named = [entry.version, entry.parent or ""] if wide else [entry.version]
        table.add_row(*(Text(seen(cell)) for cell in (*named, _minute(entry.created_at), *rows, note)))
    printed.print(table)


def _minute(created_at: str) -> str:
    """A time as people write it, with its zone; what is no time as it is."""
    try:
        return f"{datetime.fromisoformat(created_at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError):
        return created_at


def rollback(
    version: Annotated[str, typer.Argument(help="Version that `latest` shall lead to.")],
    output: Output = OUTPUT,
) -> None:
    """Make `latest` lead to another version; nothing is deleted."""
    from flows.snapshots.output_folder.versions import rollback as move_latest

    before = move_latest(output, version)
    Console().print(f"latest: {before} → {version}", highlight=False)


def prune(
    keep: Annotated[int | None, typer.Option(min=1, help="How many of the newest versions to keep.")] = None,
    drop: Annotated[list[str] | None, typer.Option(help="Delete this version instead; repeatable.")] = None,
    output: Output = OUTPUT,
    dry_run: Annotated[bool, typer.Option(help="Say what would go, delete nothing.")] = False,
) -> None:
    """Delete old or named versions, never the one that `latest` leads to; their numbers are not used again."""
    from flows.snapshots.output_folder.versions import drop as drop_versions
    from flows.snapshots.output_folder.versions import prune as prune_versions

    if (keep is None) == (not drop):
        raise SettingsError("give either --keep, how many of the newest stay, or --drop, which version goes")
    if keep is not None:
        gone = prune_versions(output, keep, dry_run=dry_run)
    else:
        gone = drop_versions(output, tuple(drop or ()), dry_run=dry_run)
    console = Console(highlight=False)
    for version, parent in gone.orphaned:
        console.print(f"{version} names {parent} as its parent, which goes: `onrecord diff` can no longer compare them")
    would = "would delete" if dry_run else "deleted"
    console.print(f"{would} {', '.join(gone.versions)}" if gone.versions else "nothing to delete")
