"""`onrecord contracts check` and `write`: the models against the released contracts, and the documents of
both."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

import schemas
from flows.errors import ContractError, SettingsError
from flows.lexicons.paths import CHECKOUT

if TYPE_CHECKING:  # the models are loaded by the commands that compare them, not by each start of the command line
    from schemas.compatibility import Change
    from schemas.contract import Contract

app = typer.Typer(no_args_is_help=True, help="Compare the models with the published contract, or write it.")

HOME = Path(schemas.__file__).parent


def broken_promises(new: "Contract", released: "dict[str, Contract]") -> "list[Change]":
    """Return changes that no version number announces, against the newest contract before `new` and against its
    own."""
    from schemas.compatibility import unannounced

    number = _number(new.version)
    earlier = [contract for version, contract in released.items() if _number(version) < number]
    same = [contract for version, contract in released.items() if _number(version) == number]
    found = (change for old in [*earlier[-1:], *same] for change in unannounced(old, new))
    return [*dict.fromkeys(found)]


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def documents(contract: "Contract") -> dict[Path, str]:
    """Return the generated files by path, relative to the `schemas` folder."""
    from schemas import odcs
    from schemas.data_dictionary import dictionary

    return {
        Path(odcs.FOLDER) / f"{contract.version}.yaml": odcs.to_yaml(contract),
        Path("README.md"): dictionary(contract),
    }


def stale(contract: "Contract", home: Path = HOME) -> list[Path]:
    """Return generated files that are missing or not what the models say now."""
    return [
        path
        for path, text in documents(contract).items()
        if not (home / path).is_file() or (home / path).read_text(encoding="utf-8") != text
    ]


@app.command(epilog="Example: onrecord contracts check")
def check() -> None:
    """Fail where the models break the released contract without a new version number, or its documents are
    stale."""
    from flows.report.terminal.table_style import plain_table
    from schemas import odcs
    from schemas.contract import current

    new, released = current(), odcs.released()
    console = Console()
    if found := broken_promises(new, released):
        table = plain_table("where", "rule", "was", "is", "needs")
        for change in found:
            table.add_row(change.place, change.rule, change.was, change.now, f"a new {change.demand}")
        console.print(f"contract {new.version}: {len(found)} changes", style="bold", highlight=False)
        console.print(table)
        raise ContractError(
            f"{len(found)} changes break contract {new.version}, e.g. {found[0]}. Undo them, or raise "
            "CONTRACT_VERSION in schemas/vocabularies.py and run `onrecord contracts write`."
        )
    if old := stale(new):
        raise ContractError(
            f"{', '.join(str(Path('schemas') / path) for path in old)} do not say what the models say; "
            "run `onrecord contracts write`"
        )
    console.print(f"contract {new.version} holds: {len(new.tables)} tables as released", highlight=False)


@app.command(epilog="Example: onrecord contracts write")
def write(
    force: Annotated[bool, typer.Option(help="Replace a released contract; only before anybody uses it.")] = False,
) -> None:
    """Write the contract document of the current version and the data dictionary."""
    from schemas import odcs
    from schemas.contract import current

    if CHECKOUT is None:
        raise SettingsError("contracts are written in a checkout, and this onrecord is installed from a wheel")
    new = current()
    found = broken_promises(new, odcs.released())
    if found and not force:
        raise ContractError(
            f"contract {new.version} is released and {len(found)} changes break it, e.g. {found[0]}. Raise "
            "CONTRACT_VERSION in schemas/vocabularies.py first."
        )
    for path, text in documents(new).items():
        (HOME / path).parent.mkdir(exist_ok=True)
        (HOME / path).write_text(text, encoding="utf-8")
        Console().print(f"wrote schemas/{path}", highlight=False)
