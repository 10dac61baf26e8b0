"""Folders that bear the name of a version, and those among them that the history does not know."""

import logging
import re
from pathlib import Path

from flows.snapshots.output_folder.history import History, number
from schemas.vocabularies import VERSION

log = logging.getLogger("onrecord")


def version_folders(snapshots: Path) -> list[Path]:
    """Return the folders that bear the name of a version, oldest first."""
    if not snapshots.is_dir():
        return []
    folders = [path for path in snapshots.iterdir() if re.fullmatch(VERSION, path.name) and path.is_dir()]
    return sorted(folders, key=lambda path: number(path.name))


def tell_strays(snapshots: Path, history: History) -> None:
    """Warn of folders that the history does not know, and of versions whose folder is away. Nothing is done to them."""
    there = {folder.name for folder in version_folders(snapshots)}
    left = {entry.version for entry in history.left}
    for versions, said in (
        (there - left, "holds %s, which versions.json does not know: left alone and not read; move it elsewhere"),
        (left - there, "lacks %s, which versions.json knows: put it back, or let `onrecord prune` forget it"),
    ):
        if versions:
            log.warning(f"%s {said}", snapshots, ", ".join(sorted(versions, key=number)))
