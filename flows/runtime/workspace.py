"""The folder in which one build keeps what its stages hand to each other.

Frames travel between stages as files here, not as arguments, so that memory grows with a shard. The folder lies inside
the output folder, and a lock beside it is held as long as its build lives: what killed builds left is found, removed.
Polars is imported where a table is touched, because the folder is there before.
"""

import contextlib
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import PlaceError
from flows.runtime.file_locks import hold
from flows.runtime.limits import LIMITS

if TYPE_CHECKING:
    import polars as pl

FOLDER = ".work"
LOCK = ".lock"
_held: dict[Path, Any] = {}
"""Locks of the folders of this process."""


@dataclass(frozen=True)
class Workspace:
    """Files of one build: numbered shards, and frames by name."""

    path: Path

    def shard(self, kind: str, number: int, part: int = 0) -> Path:
        """Return where a part of shard `number` of a kind of rows is kept; shards sort by number and part."""
        return self.path / f"{kind}-{number:06d}-{part:06d}.parquet"

    def gathered(self, kind: str, schema: "Mapping[str, pl.DataType | type[pl.DataType]]") -> "pl.DataFrame":
        """Return the rows of every shard of a kind, in order; an empty frame of `schema` where there is none."""
        import polars as pl

        paths = sorted(self.path.glob(f"{kind}-[0-9]*.parquet"))
        return pl.concat([pl.DataFrame(schema=schema), *(pl.read_parquet(path) for path in paths)])

    def give_up(self) -> None:
        """Let every task of this build know that it will fail."""
        (self.path / "given-up").touch()

    def is_given_up(self) -> bool:
        """Tell whether a task has found that this build will fail."""
        return (self.path / "given-up").exists()

    def put(self, name: str, frame: "pl.DataFrame") -> None:
        """Keep a frame for a later stage: as it lies in memory, for it is read soon and once or twice.

        Whole or not at all: the one that it replaces may still be read from its file by who has it.
        """
        partial = self.path / f"{name}.partial"
        frame.write_ipc(partial, compression="uncompressed")
        partial.replace(self.path / f"{name}.arrow")

    def get(self, name: str) -> "pl.DataFrame":
        """Return a frame that an earlier stage kept, in one piece: lists in several take long to put in order."""
        import polars as pl

        return pl.read_ipc(self.path / f"{name}.arrow").rechunk()


@contextmanager
def temporary_workspace(output: Path) -> Iterator[Workspace]:
    """Make a workspace for the duration of the block."""
    path = create(output)
    try:
        yield Workspace(path)
    finally:
        remove(path)


def create(output: Path) -> Path:
    """Make a new, empty folder under `output` that is this process's while it lives; clear those that are nobody's.

    A lock beside each folder, there before it and longer than it, says whose it is: to other hosts and containers, too.
    Raises OSError where nothing can be written, PlaceError where nothing can be locked.
    """
    root = output / FOLDER
    for attempts_left in reversed(range(LIMITS.attempts)):
        path = root / secrets.token_hex(6)
        root.mkdir(parents=True, exist_ok=True)
        _clear(root)
        try:
            lock = hold(_lock_file(path))
            path.mkdir()
        except FileNotFoundError:  # another build has tidied the folder around it away
            if not attempts_left:
                raise
            continue
        _held[path] = lock
        break
    return path


def remove(path: Path) -> None:
    """Delete a folder that `create` made, with everything in it, and the one around it where that is empty then."""
    shutil.rmtree(path, ignore_errors=True)
    _lock_file(path).unlink(missing_ok=True)
    lock = _held.pop(path, None)
    if lock is not None:
        lock.release()
    with contextlib.suppress(OSError):
        path.parent.rmdir()


def _lock_file(path: Path) -> Path:
    return path.with_name(f"{path.name}{LOCK}")


def _clear(root: Path) -> None:
    """Remove every folder, and every lock without a folder, that no process holds."""
    for name in sorted({entry.name.removesuffix(LOCK) for entry in root.iterdir()}):
        path = root / name
        if path in _held:
            continue
        with contextlib.suppress(OSError, PlaceError):  # another user's, or another build removes it, too
            lock = hold(_lock_file(path))
            if lock is not None:
                shutil.rmtree(path, ignore_errors=True)
                _lock_file(path).unlink(missing_ok=True)
                lock.release()
