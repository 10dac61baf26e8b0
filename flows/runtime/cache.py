"""Results by content: Parquet shards under `cache/`, safe to delete at any time.

A cache holds rows of one kind (what one article says, how like two texts are), each under the key that decides about
it. Shards lie in a folder named after the fingerprint of what makes the rows, so a result of other code, another model
or other settings cannot be found. Bounded: older fingerprints go first, then small shards are merged, and rows that
the current build does not want are left out when the size limit is passed. A shard's name ends with its checksum: one
that was damaged is deleted, and its rows are made anew. Rows stay columns from file to use.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from flows.runtime.fingerprints import file_sha256
from flows.runtime.limits import LIMITS


def _checksum(path: Path) -> str:
    """The end of a shard's name: a flipped bit can make another number of what is still readable."""
    return file_sha256(path)[:16]


HALVES = ("high", "low")
"""Columns of a key that is a hash, in two halves."""


def hashed(contents: Iterable[bytes]) -> np.ndarray:
    """Return the hash of each content, as its HALVES: uint64 [n, 2]."""
    digests = b"".join(hashlib.blake2b(content, digest_size=16).digest() for content in contents)
    return np.frombuffer(digests, np.uint64).reshape(-1, len(HALVES))


def hashed_keys(contents: Iterable[bytes]) -> pl.DataFrame:
    """Return the same as a frame of HALVES."""
    return pl.DataFrame(dict(zip(HALVES, hashed(contents).T, strict=True)), schema=dict.fromkeys(HALVES, pl.UInt64))


@dataclass(frozen=True)
class Cache:
    """The rows of one kind that one version of the program makes.

    root: folder of the kind; key: the columns of `schema` that a row is found by, nulls being values as any other.
    """

    root: Path
    fingerprint: str
    schema: Mapping[str, pl.DataType | type[pl.DataType]]
    key: tuple[str, ...]
    max_bytes: int

    @property
    def folder(self) -> Path:
        """Return the folder of this fingerprint's shards."""
        return self.root / self.fingerprint[:16]

    def shards(self) -> list[Path]:
        """Return the files of this fingerprint's rows, in order of name."""
        return sorted(self.folder.glob("*.parquet"))

    def known(self) -> pl.DataFrame:
        """Return the keys of every row that is here."""
        empty = pl.DataFrame(schema={name: self.schema[name] for name in self.key})
        return pl.concat([empty, *(self._read(path, list(self.key)) for path in self.shards())]).unique(
            maintain_order=True
        )

    def _read(self, path: Path, columns: list[str] | None = None) -> pl.DataFrame:
        """The rows of a shard; none where it is not as it was written."""
        try:
            if not path.stem.endswith(_checksum(path)):
                raise OSError("altered since it was written")
            return pl.read_parquet(path, columns=columns)
        except (pl.exceptions.PolarsError, OSError):
            path.unlink(missing_ok=True)
            names = columns or list(self.schema)
            return pl.DataFrame(schema={name: self.schema[name] for name in names})

    def store(self, rows: pl.DataFrame) -> Path:
        """Keep rows as one more shard, named after its keys and bytes; complete or not there at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        keys = hashlib.sha256(rows.select(self.key).write_csv().encode()).hexdigest()[:24]
        partial = self.folder / f"{keys}.{id(rows):x}.partial"
        rows.write_parquet(partial, compression="zstd")
        path = self.folder / f"{keys}-{_checksum(partial)}.parquet"
        partial.replace(path)
        return path

    def load(self, wanted: pl.DataFrame) -> pl.DataFrame:
        """Return the rows that are here of the keys of `wanted`, each once, in order of the key; others are missing."""
        return pl.concat([pl.DataFrame(schema=self.schema), *self.load_parts(wanted)]).sort(self.key)

    def load_parts(self, wanted: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Yield the same file by file, in no order: rows that hold long lists take several times their size to sort."""
        keys = wanted.select(self.key).unique()
        for path in self.shards() if keys.height else []:
            rows = self._wanted_of(path, keys).unique(subset=self.key, keep="first", maintain_order=True)
            keys = keys.join(rows, on=self.key, how="anti", nulls_equal=True)
            yield rows

    def _wanted_of(self, path: Path, keys: pl.DataFrame) -> pl.DataFrame:
        return self._read(path).join(keys, on=self.key, how="semi", nulls_equal=True, maintain_order="left")

    def prune(self, wanted: pl.DataFrame) -> None:
        """Keep the cache within its bounds after a build that wanted these keys; a first build has no cache yet."""
        self.root.mkdir(parents=True, exist_ok=True)
        for partial in self.folder.glob("*.partial"):
            partial.unlink(missing_ok=True)
        others = sorted(
            (p for p in self.root.iterdir() if p.is_dir() and p != self.folder), key=lambda p: p.stat().st_mtime
        )
        for old in others[: max(0, len(others) - (LIMITS.cached_versions - 1))]:
            shutil.rmtree(old, ignore_errors=True)
        if self._bytes(self.root) > self.max_bytes:
            for old in others:
                shutil.rmtree(old, ignore_errors=True)
            if self._bytes(self.folder) > self.max_bytes:
                self._drop_unwanted(wanted)
        self._merge()

    def _bytes(self, folder: Path) -> int:
        return sum(path.stat().st_size for path in folder.rglob("*.parquet"))

    def _drop_unwanted(self, wanted: pl.DataFrame) -> None:
        """Keep what is wanted alone, file by file; where that is too much, too, whole files go until the rest fits."""
        keys = wanted.select(self.key).unique()
        for path in self.shards():
            rows, kept = self._read(path), self._wanted_of(path, keys)
            if kept.height < rows.height:
                path.unlink(missing_ok=True)
                if kept.height:
                    self.store(kept)
        total = self._bytes(self.folder)
        for path in reversed(self.shards()):
            if total <= self.max_bytes:
                return
            total -= path.stat().st_size
            path.unlink()

    def _merge(self) -> None:
        """Write small files together where they are many, as many at a time as make a large one."""
        small = [path for path in self.shards() if path.stat().st_size < LIMITS.cache_shard_bytes]
        if len(small) <= LIMITS.cache_files:
            return
        group: list[Path] = []
        total = 0
        for path in small:
            group.append(path)
            total += path.stat().st_size
            if total >= LIMITS.cache_shard_bytes or path is small[-1]:
                rows = pl.concat([self._read(one) for one in group])
                kept = self.store(rows.unique(subset=self.key, keep="first", maintain_order=True))
                for one in group:
                    if one != kept:
                        one.unlink(missing_ok=True)
                group, total = [], 0
