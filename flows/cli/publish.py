"""`onrecord publish PLACE`: a published snapshot as Delta tables, or as it is, to where lakes and object stores are."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.options import OUTPUT, Output
from flows.credentials import has_credentials
from flows.errors import SettingsError


class Target(StrEnum):
    """Kinds of store that a snapshot can be published to."""

    DELTA = "delta"
    SNAPSHOTS = "snapshots"


def publish(
    path: Annotated[
        str, typer.Argument(help="Folder or URL (s3://, gs://, az://) of Delta tables, or s3:// of snapshots.")
    ],
    to: Annotated[Target, typer.Option(help="As Delta tables, or as the snapshot's own files.")] = Target.DELTA,
    snapshot: Annotated[str, typer.Option(help="Version, folder, or `latest`.")] = "latest",
    output: Output = OUTPUT,
    storage: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE for the object store, e.g. aws_region=eu-north-1; repeatable."),
    ] = None,
    forget_others: Annotated[
        bool,
        typer.Option("--forget-others", help="Delete every other version there, also for those who still read it."),
    ] = False,
) -> None:
    """Make a snapshot the current one of Delta tables, or of an object store, be it newer or older than what is there.

    What says which one is current changes last, in one step: the table current_snapshot, or versions.json.
    """
    from flows.snapshots.output_folder.versions import snapshot_folder
    from flows.snapshots.take_downs.targets import Target as Place
    from flows.snapshots.take_downs.targets import remember

    if has_credentials(path):  # it is kept in published.json as it is
        raise SettingsError(f"{path} has credentials; give them with --storage, or in the environment of the store")
    options = dict(storage_option(text) for text in storage or [])
    folder = snapshot_folder(output, snapshot).resolve()
    place = _to_delta if to is Target.DELTA else _to_store
    before = place(folder, path, options, forget_others)
    if folder.is_relative_to(output.resolve()):
        remember(output, Place(path, to.value))
    if before not in (None, folder.name):
        Console(highlight=False).print(f"current: {before} → {folder.name}")


def _to_delta(folder: Path, path: str, options: dict[str, str], forget_others: bool) -> str | None:
    """Publish, say what was written, return the version that was current before."""
    from flows.publish import delta  # loads a large library

    before = delta.current(path, options)
    for table in delta.publish(folder, path, options, forget_others=forget_others):
        note = " (was there)" if table.was_there else ""
        typer.echo(f"delta {table.table}: version {table.delta_version}{note}")
    return before.version if before else None


def _to_store(folder: Path, path: str, options: dict[str, str], forget_others: bool) -> str | None:
    from flows.publish.addresses import snapshots

    before = snapshots.publish(folder, path, options, forget_others=forget_others)
    typer.echo(f"{path.rstrip('/')}/snapshots/{folder.name} is the latest of {path.rstrip('/')}/{snapshots.HISTORY}")
    return before


def storage_option(text: str) -> tuple[str, str]:
    """Return NAME=VALUE as a pair. Raises SettingsError."""
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise SettingsError(f"storage option {text!r} is not NAME=VALUE")
    return name, value
