"""The folder in which one build keeps what its stages hand to each other.

Frames travel between stages as files here, not as arguments, so that memory grows with a shard and that a worker
process of a cluster needs only the folder's path. The folder lies inside the output folder, is named after the
process that owns it, and is removed when the build ends; one left by a killed process is removed by the next.
"""

import itertools
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from polars._typing import SchemaDict  # the type that pl.DataFrame itself declares

from schemas.relations import TABLES

FOLDER = ".work"
LAST_BUILD = "cache/last-build.json"
"""What the latest snapshot came of (flows.rerun), relative to the output folder."""


def read_tables(snapshot: Path | None) -> dict[str, pl.DataFrame] | None:
    """Every table of a published snapshot by name; None where there is no snapshot."""
    if snapshot is None:
        return None
    return {name: pl.read_parquet(snapshot / f"{name}.parquet") for name in TABLES}


@dataclass(frozen=True)
class Workspace:
    """Files of one build: numbered shards, and frames by name."""

    path: Path

    def shard(self, kind: str, number: int, part: int = 0) -> Path:
        """Where a part of shard `number` of a kind of rows is kept; shards sort by number and part."""
        return self.path / f"{kind}-{number:06d}-{part:06d}.parquet"

    def gathered(self, kind: str, schema: SchemaDict) -> pl.DataFrame:
        """The rows of every shard of a kind, in order; an empty frame of `schema` where there is none."""
        paths = sorted(self.path.glob(f"{kind}-[0-9]*.parquet"))
        return pl.concat([pl.DataFrame(schema=schema), *(pl.read_parquet(path) for path in paths)])

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Keeps a frame for a later stage."""
        frame.write_parquet(self.path / f"{name}.parquet", compression="lz4", statistics=False)

    def get(self, name: str) -> pl.DataFrame:
        """A frame that an earlier stage kept."""
        return pl.read_parquet(self.path / f"{name}.parquet")

    def remove(self) -> None:
        """Deletes the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        parent = self.path.parent
        if parent.name == FOLDER and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()


def create(output: Path) -> Workspace:
    """A new, empty workspace of this process under `output`; clears those of processes that are no more."""
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
        return Workspace(path)
    raise AssertionError("unreachable: the count has no end")


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
