"""Extraction results by content: Parquet shards under `cache/`, safe to delete at any time.

One row an article: its key (article_id and date of publication, on which relative dates depend), its mentions and its
claims as nested lists, and how many claims were left out. Shards lie in a folder named after the extractor's
fingerprint, so a result of other code, another model or other settings cannot be found. Bounded: older fingerprints go
first, then small shards are merged, and rows of articles that the current build does not have are left out when the
size limit is passed. A shard's name ends with its checksum: one that was damaged is deleted, and its articles are read
anew.
"""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandera.polars as pa
import polars as pl

from flows.extract.limits import LIMITS
from flows.runtime.fingerprints import file_sha256
from schemas.intermediate import FoundClaims, FoundMentions
from schemas.tables import polars_schema

KEY = ["article_id", "published_on"]


def _schema(model: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    return {name: dtype for name, dtype in polars_schema(model).items() if name != "article_id"}


MENTIONS = pl.List(pl.Struct(_schema(FoundMentions)))
CLAIMS = pl.List(pl.Struct(_schema(FoundClaims)))
DROPPED = pl.List(pl.Struct({"reason": pl.String, "start_char": pl.Int64, "end_char": pl.Int64}))


def nest_rows(
    articles: pl.DataFrame, mentions: pl.DataFrame, claims: pl.DataFrame, dropped: Sequence[Sequence[Mapping[str, Any]]]
) -> pl.DataFrame:
    """Return one row an article of `articles` (its key), with its mentions and claims as lists.

    dropped: for each article, where claims stand that were left out, and the reason.
    """

    def gathered(frame: pl.DataFrame, name: str) -> pl.DataFrame:
        rest = [column for column in frame.columns if column != "article_id"]
        return frame.group_by("article_id", maintain_order=True).agg(pl.struct(rest).alias(name))

    return (
        articles.select(*KEY, pl.Series("dropped", dropped, DROPPED))
        .join(gathered(mentions, "mentions"), on="article_id", how="left", maintain_order="left")
        .join(gathered(claims, "claims"), on="article_id", how="left", maintain_order="left")
        .select(
            *KEY,
            pl.col("mentions").fill_null([]).cast(MENTIONS),
            pl.col("claims").fill_null([]).cast(CLAIMS),
            "dropped",
        )
    )


def unnest_rows(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return the mentions or the claims of nested rows, one row each, in order of article and text."""
    return (
        rows.select("article_id", name)
        .filter(pl.col(name).list.len() > 0)
        .explode(name)
        .unnest(name)
        .sort("article_id", "start_char", "end_char", maintain_order=True)
    )


def _checksum(path: Path) -> str:
    """The end of a shard's name: a flipped bit can make another number of what is still readable."""
    return file_sha256(path)[:16]


@dataclass(frozen=True)
class Cache:
    """The results of one extractor."""

    root: Path
    fingerprint: str
    max_bytes: int

    @property
    def folder(self) -> Path:
        """Return the folder of this extractor's shards."""
        return self.root / self.fingerprint[:16]

    def shards(self) -> list[Path]:
        """Return every readable shard, in order of name."""
        return sorted(self.folder.glob("*.parquet"))

    def known(self) -> pl.DataFrame:
        """Return the keys of every article whose result is here; a shard that is not as it was written is deleted."""
        frames = [pl.DataFrame(schema={"article_id": pl.String, "published_on": pl.Date})]
        for path in self.shards():
            try:
                if not path.stem.endswith(_checksum(path)):
                    raise OSError("altered since it was written")
                frames.append(pl.read_parquet(path, columns=KEY))
            except (pl.exceptions.PolarsError, OSError):
                path.unlink(missing_ok=True)
        return pl.concat(frames).unique(maintain_order=True)

    def store(self, rows: pl.DataFrame) -> Path:
        """Keep nested rows as one more shard, named after its keys and bytes; complete or not there at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        keys = hashlib.sha256(rows.select(KEY).write_csv().encode()).hexdigest()[:24]
        partial = self.folder / f"{keys}.{id(rows):x}.partial"
        rows.write_parquet(partial, compression="zstd")
        path = self.folder / f"{keys}-{_checksum(partial)}.parquet"
        partial.replace(path)
        return path

    def load(self, articles: pl.DataFrame) -> pl.DataFrame:
        """Return nested rows of the given articles (by key), in order of article_id; all of them must be known."""
        wanted = articles.select(KEY)
        found = [pl.read_parquet(path).join(wanted, on=KEY, how="semi", nulls_equal=True) for path in self.shards()]
        empty = pl.DataFrame(
            schema={
                "article_id": pl.String,
                "published_on": pl.Date,
                "mentions": MENTIONS,
                "claims": CLAIMS,
                "dropped": DROPPED,
            }
        )
        return pl.concat([empty, *found]).unique(subset=KEY, keep="first", maintain_order=True).sort("article_id")

    def prune(self, articles: pl.DataFrame) -> None:
        """Keep the cache within its bounds after a build whose articles these are; a build of none has no cache yet."""
        self.root.mkdir(parents=True, exist_ok=True)
        for partial in self.folder.glob("*.partial"):
            partial.unlink(missing_ok=True)
        others = sorted(
            (p for p in self.root.iterdir() if p.is_dir() and p != self.folder), key=lambda p: p.stat().st_mtime
        )
        for old in others[: max(0, len(others) - (LIMITS.cached_versions - 1))]:
            shutil.rmtree(old, ignore_errors=True)
        shards = self.shards()
        too_large = sum(path.stat().st_size for path in shards) > self.max_bytes
        if len(shards) <= LIMITS.cache_files and not too_large:
            return
        rows = self.load(articles) if too_large else pl.concat([pl.read_parquet(path) for path in shards])
        kept = {self.store(part) for part in rows.unique(subset=KEY, maintain_order=True).iter_slices(4096)}
        for path in shards:
            if path not in kept:
                path.unlink(missing_ok=True)
