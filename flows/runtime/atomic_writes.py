"""Small files that are replaced in one step: a reader, also after a crash, has the old text or the new one, whole."""

import os
from pathlib import Path

TEMPORARY = ".new-"
"""Begins the name of what is being written beside its place; a run that was killed may leave one."""


def write_whole(path: Path, text: str) -> None:
    """Write a text file, in place of what is there. Raises OSError where the disk refuses; the file is as it was."""
    new = path.with_name(f"{TEMPORARY}{path.name}")
    new.write_text(text, encoding="utf-8")
    sync(new)
    new.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make the system write a file's contents, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
