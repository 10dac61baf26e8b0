"""Every command, flag, setting and exit code is documented, and nothing is documented that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from pydantic import BaseModel

from flows.cli.main import app
from flows.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
OPERATORS = (DOCS / "operators.md").read_text(encoding="utf-8")
EVERYWHERE = {"--help", "-h", "-o"}
"""Flags that are explained once, for all commands."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by the words that call it."""

    def walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        subcommands = getattr(command, "commands", None)
        if subcommands is None:
            yield path, command
            return
        for name, child in sorted(subcommands.items()):
            yield from walk(f"{path} {name}", child)

    yield from walk("onrecord", typer.main.get_command(app))


COMMANDS = dict(commands())


def section(path: str) -> str:
    """What the page says under a command's heading."""
    found = re.search(rf"^### `{re.escape(path)}`\n(.*?)(?=^##|\Z)", OPERATORS, re.M | re.S)
    assert found, f"docs/operators.md has no heading ### `{path}`"
    return found[1]


@pytest.mark.parametrize("path", COMMANDS)
def test_every_flag_of_a_command_is_under_its_heading(path: str) -> None:
    said = section(path)
    flags = {
        name
        for parameter in COMMANDS[path].params
        if parameter.param_type_name == "option"
        for name in (*parameter.opts, *parameter.secondary_opts)
    } - EVERYWHERE
    missing = sorted(flag for flag in flags if not re.search(rf"`{re.escape(flag)}[` ]", said))
    assert not missing, f"{path}: {missing} are not documented"


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help_and_an_example(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    assert f"Example: {path}" in (command.epilog or "")


def test_no_command_and_no_flag_is_documented_that_is_not_there() -> None:
    headings = set(re.findall(r"^### `(onrecord [a-z ]+)`", OPERATORS, re.M))
    assert headings == set(COMMANDS)
    known = {name for c in COMMANDS.values() for p in c.params for name in (*p.opts, *p.secondary_opts)} | EVERYWHERE
    known |= {"--version", "--install-completion", "--show-completion"}
    pages = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
    for page in pages:
        for line in page.read_text(encoding="utf-8").splitlines():
            if "onrecord " in line and not re.search("prefect|docker", line):  # flags of others
                unknown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)) - known
                assert not unknown, f"{page.name}: {unknown} in {line!r}"


def test_every_setting_is_documented_and_no_other() -> None:
    def names(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
        for name, field in model.model_fields.items():
            inner = field.annotation
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from names(inner, f"{name}.")
            else:
                yield prefix + name

    listed = re.search(r"^## Settings\n(.*?)^## ", OPERATORS, re.M | re.S)
    assert listed
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", listed[1], re.M)) == set(names(Settings))


@pytest.mark.parametrize("page", [*sorted(DOCS.rglob("*.md")), ROOT / "README.md"], ids=lambda page: page.name)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


@pytest.mark.parametrize(
    "page", ["docs/contributors.md", "docs/data-flow.md", "docs/architecture.md", "seeds/README.md"]
)
def test_a_map_names_only_what_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:flows|schemas|seeds|tests)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), f"{page} names {path}, which is not there"
