"""What a person reads when a build had nothing to do. Imports no table: it is said within a second."""

from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from flows.report import REPORT


def unchanged(folder: Path) -> RenderableType:
    """Say that the snapshot in `folder` stays the latest, and where its files are."""
    stays = Text.assemble("Nothing has changed: ", (f"version {folder.name}", "bold"), " stays the latest.")
    return Group(stays, *places(folder))


def places(folder: Path) -> list[RenderableType]:
    """Return where the files of a snapshot are, as paths that can be copied: never cut, never broken over lines."""
    latest = folder.parent.parent / "latest"
    named = [("Tables  ", folder)]
    if (folder / REPORT).is_file():
        named.append(("Report  ", folder / REPORT))
    if latest.is_symlink() and latest.resolve() == folder.resolve():
        named.append(("Latest  ", latest))
    lines = [Text.assemble((name, "bold"), str(path), no_wrap=True, overflow="ignore") for name, path in named]
    return [Text(), *lines]
