"""The folder that a build works in: made, cleared of what killed builds left, removed. What lies in it is
`flows.workspace`'s, which knows tables; this file is there before they are imported.

The folder lies inside the output folder and is named after the process that owns it.
"""

import itertools
import os
import shutil
from pathlib import Path

FOLDER = ".work"


def create(output: Path) -> Path:
    """A new, empty folder of this process under `output`; clears those of processes that are no more."""
    root = output / FOLDER
    root.mkdir(parents=True, exist_ok=True)
    for left in root.iterdir():
        if not _alive(left.name.split("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    for number in itertools.count():
        path = root / f"{os.getpid()}-{number}"
        try:
            path.mkdir(parents=True)
        except FileExistsError:
            continue
        return path
    raise AssertionError("unreachable: the count has no end")


def remove(path: Path) -> None:
    """Deletes a folder that `create` made, with everything in it, and the one around it where that is empty then."""
    shutil.rmtree(path, ignore_errors=True)
    parent = path.parent
    if parent.name == FOLDER and parent.is_dir() and not any(parent.iterdir()):
        parent.rmdir()


def _alive(pid: str) -> bool:
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
