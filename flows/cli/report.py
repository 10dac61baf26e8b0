"""`onrecord report`: where a snapshot's report is, made anew on request, opened in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import OUTPUT, Output
from flows.errors import SnapshotError, unwritable


def report(
    version: Annotated[str | None, typer.Argument(help="Version whose report is meant; default: the latest.")] = None,
    output: Output = OUTPUT,
    to: Annotated[Path | None, typer.Option(help="Make the report anew from the tables and write it here.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Print where the report of a snapshot is, and open it with --open."""
    from flows.snapshots.reader import open_snapshot

    snapshot = open_snapshot(version or "latest", output)
    path = snapshot.folder / "report.html"
    if to is not None:
        from flows.report.page.render import render

        parent = snapshot.manifest.get("parent")
        before = _manifest(output, str(parent)) if parent else None
        path = to
        try:
            path.write_text(render(snapshot, before), encoding="utf-8", newline="\n")
        except OSError as error:
            raise unwritable(f"the report {to}", error) from error
    elif not path.is_file():
        raise SnapshotError(f"version {snapshot.version} has no report.html; `onrecord report --to FILE` makes one")
    typer.echo(path)
    if open_ and typer.launch(path.resolve().as_uri()):
        raise SnapshotError(f"no browser could be started; open {path} yourself")


def _manifest(output: Path, version: str) -> dict[str, object] | None:
    """The facts of an earlier snapshot; None where it was pruned."""
    from flows.snapshots.reader import open_snapshot

    try:
        return dict(open_snapshot(version, output).manifest)
    except SnapshotError:
        return None
