"""The folder in which one build keeps what its stages hand to each other.

Frames travel between stages as files here, not as arguments, so that memory grows with a shard and that a worker
process of a cluster needs only the folder's path (`flows.scratch` makes and removes it).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from schemas.tables import TABLES


def read_tables(snapshot: Path | None) -> dict[str, pl.DataFrame] | None:
    """Return every table that a published snapshot has, by name; None where there is no snapshot."""
    if snapshot is None:
        return None
    paths = {name: snapshot / f"{name}.parquet" for name in TABLES}
    return {name: pl.read_parquet(path) for name, path in paths.items() if path.exists()}


@dataclass(frozen=True)
class Workspace:
    """Files of one build: numbered shards, and frames by name."""

    path: Path

    def shard(self, kind: str, number: int, part: int = 0) -> Path:
        """Where a part of shard `number` of a kind of rows is kept; shards sort by number and part."""
        return self.path / f"{kind}-{number:06d}-{part:06d}.parquet"

    def gathered(self, kind: str, schema: Mapping[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
        """The rows of every shard of a kind, in order; an empty frame of `schema` where there is none."""
        paths = sorted(self.path.glob(f"{kind}-[0-9]*.parquet"))
        return pl.concat([pl.DataFrame(schema=schema), *(pl.read_parquet(path) for path in paths)])

    def put(self, name: str, frame: pl.DataFrame) -> None:
        """Keeps a frame for a later stage."""
        frame.write_parquet(self.path / f"{name}.parquet", compression="lz4", statistics=False)

    def get(self, name: str) -> pl.DataFrame:
        """A frame that an earlier stage kept."""
        return pl.read_parquet(self.path / f"{name}.parquet")
