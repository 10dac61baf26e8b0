"""`onrecord publish --to delta PATH`: a published snapshot to where lakes are."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.options import OUTPUT, Output
from flows.errors import SettingsError


class Target(StrEnum):
    """Kinds of store that a snapshot can be published to."""

    DELTA = "delta"


def publish(
    path: Annotated[str, typer.Argument(help="Folder or URL (s3://, gs://, az://) that holds the tables.")],
    to: Annotated[Target, typer.Option(help="Kind of store.")] = Target.DELTA,
    snapshot: Annotated[str, typer.Option(help="Version, folder, or `latest`.")] = "latest",
    output: Output = OUTPUT,
    storage: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE for the object store, e.g. aws_region=eu-north-1; repeatable."),
    ] = None,
    forget_others: Annotated[
        bool,
        typer.Option("--forget-others", help="Delete every other Delta version, also for those who still read it."),
    ] = False,
) -> None:
    """Make a snapshot the current version of Delta tables, be it newer or older than what is there.

    The table current_snapshot names the Delta version of every table; it changes last, in one commit.
    """
    from flows.publish import delta  # loads a large library
    from flows.snapshots.targets import Target as Place
    from flows.snapshots.targets import remember
    from flows.snapshots.versions import snapshot_folder

    options = dict(storage_option(text) for text in storage or [])
    folder = snapshot_folder(output, snapshot)
    before = delta.current(path, options)
    published = delta.publish(folder, path, options, forget_others=forget_others)
    if folder.resolve().is_relative_to(output.resolve()):
        remember(output, Place(path, to.value))
    console = Console(highlight=False)
    for table in published:
        note = " (was there)" if table.was_there else ""
        console.print(f"{to.value} {table.table}: version {table.delta_version}{note}")
    if before is not None and before.version != folder.resolve().name:
        console.print(f"current: {before.version} → {folder.resolve().name}")


def storage_option(text: str) -> tuple[str, str]:
    """Return NAME=VALUE as a pair. Raises SettingsError."""
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise SettingsError(f"storage option {text!r} is not NAME=VALUE")
    return name, value
