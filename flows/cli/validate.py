"""`onrecord validate SNAPSHOT`: any snapshot folder against the contract that it names."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from flows.cli.options import OUTPUT, Output
from flows.errors import SettingsError, SnapshotError

if TYPE_CHECKING:  # models and tables are loaded by the command that checks them, not by each start
    from rich.console import RenderableType

    from flows.publish.verify_files import FileViolation
    from schemas.contract import Contract


def violations_of(folder: Path) -> "tuple[Contract, list[FileViolation]]":
    """Return everything that is wrong with a snapshot folder, and the contract that it was held against.

    Raises SnapshotError where the folder is no snapshot or names a contract that this version does not know.
    """
    from flows.publish.verify_files import FileViolation, verify_files
    from flows.snapshots import manifest
    from flows.validate.violations import row_violations, violations

    said = manifest.read(folder)
    contract = named_contract(said.contract_version)
    verified = verify_files(folder, said, contract)
    found = list(verified.violations)
    if len(verified.tables) == len(contract.tables):
        broken = violations(verified.tables, contract)
    else:  # references and offsets need every table; what can be read is still looked at row by row
        broken = [v for name, frame in verified.tables.items() for v in row_violations(frame, contract.table(name))]
    for violation in broken:
        table = contract.table(violation.table)
        shown = violation.examples(verified.tables[violation.table], table.key)
        found.append(FileViolation(violation.table, violation.meaning, len(violation.rows), tuple(shown)))
    return contract, found


def named_contract(version: str) -> "Contract":
    """Return the contract of a version: of the models where it is theirs, else the released document."""
    from schemas import odcs
    from schemas.contract import current

    if version == current().version:
        return current()
    released = odcs.released()
    if version not in released:
        known = ", ".join({**released, current().version: None})
        raise SnapshotError(
            f"contract {version} is unknown to this onrecord, which knows {known}; use the one that wrote it"
        )
    return released[version]


def _another_contract(named: str, relied_on: str) -> "list[FileViolation]":
    """What is wrong where a snapshot names a contract that does not promise all that `relied_on` does."""
    from flows.publish.verify_files import FileViolation

    if not re.fullmatch(r"[0-9]+\.[0-9]+", relied_on):
        raise SettingsError(f"--contract {relied_on!r} is no contract; a contract looks like 1.0")
    has, wants = (tuple(map(int, version.split("."))) for version in (named, relied_on))
    if has[0] == wants[0] and has[1] >= wants[1]:
        return []
    return [FileViolation("manifest.json", f"the contract does not promise all that {relied_on} does", 1, (named,))]


def validate(
    snapshot: Annotated[str, typer.Argument(help="Folder of a snapshot, a version, or `latest`.")] = "latest",
    output: Output = OUTPUT,
    relied_on: Annotated[
        str | None,
        typer.Option("--contract", help="Contract that you rely on, e.g. 1.0; a later MINOR of it will do."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what is wrong as JSON.")] = False,
) -> None:
    """Check a snapshot against its contract: types in the files, values, keys, references, offsets, hashes."""
    from flows.plain_text import seen
    from flows.snapshots.flat_files import to_json
    from flows.snapshots.output_folder.versions import snapshot_folder

    folder = snapshot_folder(output, snapshot)
    contract, found = violations_of(folder)
    if relied_on is not None:
        found = [*_another_contract(contract.version, relied_on), *found]
    console = Console()
    if as_json:
        report = {"snapshot": str(folder), "contract": contract.version, "violations": [asdict(v) for v in found]}
        typer.echo(to_json(report, indent=2))
    elif not found:
        said = seen(f"{folder} keeps contract {contract.version}: {len(contract.tables)} tables")
        console.print(said, highlight=False, markup=False)
    else:
        console.print(_report(folder, contract, found))
    raise typer.Exit(1 if found else 0)


def _report(folder: Path, contract: "Contract", found: "list[FileViolation]") -> "RenderableType":
    from rich.console import Group

    from flows.report.display_text import seen
    from flows.report.terminal.table_style import plain_table

    table = plain_table("table", "what does not hold", "how many", "examples", right=("how many",))
    for broken in found:
        examples = Text(seen("\n".join(broken.examples)))
        table.add_row(broken.table, Text(seen(broken.rule)), f"{broken.count:,}", examples)
    return Group(Text(f"{folder} breaks contract {contract.version} in {len(found)} ways", style="bold"), table)
