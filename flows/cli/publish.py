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
) -> None:
    """Publish a snapshot as Delta tables: one Delta version per snapshot, its version in the commit's
    metadata."""
    from flows.publish import delta  # loads a large library
    from flows.snapshots.versions import snapshot_folder

    options = dict(_option(text) for text in storage or [])
    published = delta.publish(snapshot_folder(output, snapshot), path, options)
    console = Console(highlight=False)
    for table in published:
        note = " (was there)" if table.was_there else ""
        console.print(f"{to.value} {table.table}: version {table.delta_version}{note}")


def _option(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise SettingsError(f"storage option {text!r} is not NAME=VALUE")
    return name, value
