"""The folder in which one build keeps what its stages hand to each other.

Frames travel between stages as files here, not as arguments, so that memory grows with a shard. The folder lies inside
the output folder and is named after the process that owns it: what killed builds left is found and removed. Polars is
imported where a table is touched, because the folder is there before.
"""

import itertools
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

FOLDER = ".work"


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

    def put(self, name: str, frame: "pl.DataFrame") -> None:
        """Keep a frame for a later stage."""
        frame.write_parquet(self.path / f"{name}.parquet", compression="lz4", statistics=False)

    def get(self, name: str) -> "pl.DataFrame":
        """Return a frame that an earlier stage kept."""
        import polars as pl

        return pl.read_parquet(self.path / f"{name}.parquet")


@contextmanager
def temporary_workspace(output: Path) -> Iterator[Workspace]:
    """Make a workspace for the duration of the block."""
    path = create(output)
    try:
        yield Workspace(path)
    finally:
        remove(path)


def create(output: Path) -> Path:
    """Make a new, empty folder of this process under `output`; clear those of processes that are no more."""
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
    """Delete a folder that `create` made, with everything in it, and the one around it where that is empty then."""
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
