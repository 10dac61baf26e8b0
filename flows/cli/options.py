"""Options that several commands take, each once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.limits import LIMITS
from flows.errors import SettingsError
from flows.runtime.logs import LogFormat

if TYPE_CHECKING:  # help shows no rows, and loads nothing that does
    import polars as pl
    from rich.console import Console

    from flows.report.terminal.tables import Form
    from flows.snapshots.reader import Snapshot

OUTPUT = Path("output")

_ADDRESS = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]+):/+(?=[^/])")


def _folder(path: Path) -> Path:
    """Refuse an address at once: a build of hours must not end in a folder that is called so."""
    if found := _ADDRESS.match(str(path)):
        address = f"{found[1]}://{str(path)[found.end() :]}"
        raise SettingsError(
            f"--output {address} is an address, and snapshots are built in a folder, where a rename makes them whole: "
            f"build into a folder, then `onrecord publish {address} --to snapshots --output FOLDER` puts them there"
        )
    return path


Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", envvar="ONRECORD_OUTPUT", callback=_folder, help="Folder that snapshots are published in."
    ),
]
LogLines = Annotated[
    LogFormat,
    typer.Option("--log-format", envvar="ONRECORD_LOG_FORMAT", help="Log lines for people, or a JSON object a line."),
]
AllAsJson = Annotated[bool, typer.Option("--json", help="Print it with all that belongs to it as JSON instead.")]
Version = Annotated[str | None, typer.Option(help="Version to show, or a snapshot's folder; default: the latest.")]
Limit = Annotated[int, typer.Option(min=0, help="Rows to show at most; 0 shows all.")]
Json = Annotated[bool, typer.Option("--json", help="Print a JSON array with every column instead.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line, with every column.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV with every column; formulas are made plain text.")]
Contains = Annotated[str | None, typer.Option(help="Only rows with these words in them, whatever the case.")]
Publisher = Annotated[
    str | None, typer.Option("--publisher", "--outlet", help="Only what outlets of this name published.")
]
Speaker = Annotated[str | None, typer.Option(help="Only what speakers of this name or alias said.")]
MinArticles = Annotated[int, typer.Option(min=1, help="Only what at least so many articles have.")]


def form(as_json: bool, as_jsonl: bool, as_csv: bool) -> "Form":
    """Return the form that one of three flags asks for. Raises SettingsError where several do."""
    from flows.report.terminal.tables import Form

    asked = [form for form, on in ((Form.JSON, as_json), (Form.JSONL, as_jsonl), (Form.CSV, as_csv)) if on]
    if len(asked) > 1:
        raise SettingsError(f"--{asked[0]} and --{asked[1]} exclude each other")
    return asked[0] if asked else Form.PLAIN


def console() -> "Console":
    """Return where answers are printed: a terminal, or a file without a width of its own."""
    from rich.console import Console

    there = Console(highlight=False)
    return there if there.is_terminal else Console(highlight=False, width=LIMITS.piped_columns)


@dataclass(frozen=True)
class Asked:
    """What every list is asked: how many rows, of which snapshot, in which form."""

    limit: int
    version: str | None
    output: Path
    form: "Form"

    def snapshot(self) -> "Snapshot":
        """Open the snapshot. Raises SnapshotError where there is none."""
        from flows.snapshots.reader import open_snapshot

        return open_snapshot(self.version or "latest", self.output)

    def show(self, what: str, rows: "pl.DataFrame") -> None:
        """Print rows in the form that was asked for."""
        from flows.report.terminal.tables import show_rows

        show_rows(console(), what, rows, self.limit, self.form)


def _asked(
    *,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> Asked:
    return Asked(limit, version, output, form(as_json, as_jsonl, as_csv))


def lists_rows(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of every list, behind its own; it gets them as an `Asked`, its first argument.

    Typer takes options from a signature, so the signature is put together.
    """
    shared = signature(_asked).parameters

    @wraps(command)
    def run(**options: Any) -> None:
        asked = _asked(**{name: options.pop(name) for name in shared})
        command(asked, **options)

    own = list(signature(command).parameters.values())[1:]
    run.__signature__ = signature(command).replace(parameters=[*own, *shared.values()])  # type: ignore[attr-defined]
    run.__annotations__ = {option.name: option.annotation for option in (*own, *shared.values())}
    return run
