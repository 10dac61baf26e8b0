"""Taking an article down: where it lies in an output folder, and what of that is removed at once.

Removed at once is what the next build would make again or never read: rows of the cache, and reports of refused runs.
Published versions are immutable while they are there: those that hold the article are named, and `drop` in
`flows.snapshots.output_folder.versions` deletes them whole.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.errors import UnknownNameError
from flows.snapshots import manifest
from flows.snapshots.inputs import read_inputs
from flows.snapshots.output_folder.store import Store
from flows.snapshots.take_downs.forgotten import Forgotten, all_hashed, hashed_url, withheld

KEY = "article_id"
COLUMNS = (KEY, "url", "source_uri", "source_sha256")


@dataclass(frozen=True)
class Removed:
    """What was removed at once: rows of the cache, and names of reports under failed/."""

    cached: int
    reports: tuple[str, ...]


def find(store: Store, asked: str) -> Forgotten:
    """Return what tells the article that a person means: its id, its url, or its source_uri, in any version.

    All its texts are meant, whichever version has them. Raises UnknownNameError where no version and no report of a
    refused run knows it.
    """
    found = Forgotten()
    for folder in _folders(store):
        found |= _articles(folder, asked) | _rejected(folder, asked)
    if not found:
        raise UnknownNameError("article", asked)
    return found | Forgotten(urls=all_hashed([asked] if "://" in asked else []))


def withheld_sources(store: Store, asked: str) -> frozenset[str]:
    """Return the hashes of the raw bytes of a file that versions still list, under what stands for its name."""
    listed = (read_inputs(folder, manifest.read(folder)) for folder in store.published())
    return frozenset(sha256 for rows in listed for sha256 in rows.filter(source_uri=withheld(asked))["sha256"])


def _folders(store: Store) -> list[Path]:
    failed = sorted(store.failed.iterdir()) if store.failed.is_dir() else []
    return [*store.published(), *(path for path in failed if path.is_dir())]


def _is(asked: str) -> pl.Expr:
    """Whether a row of `articles` is the one that is meant."""
    plain = asked.strip()
    same_url = (
        pl.col("url").map_elements(hashed_url, pl.String) == hashed_url(plain) if "://" in plain else pl.lit(False)
    )
    return ((pl.col(KEY) == plain) | (pl.col("source_uri") == plain) | same_url).fill_null(False)


def _articles(folder: Path, asked: str) -> Forgotten:
    path = folder / "articles.parquet"
    if not path.is_file():
        return Forgotten()
    rows = pl.read_parquet(path, columns=list(COLUMNS)).filter(_is(asked))
    return Forgotten(frozenset(rows[KEY]), frozenset(rows["source_sha256"]), all_hashed(rows["url"]))


def _rejected(folder: Path, asked: str) -> Forgotten:
    """What is told by rejects, whose payload has an address and the hash of the bytes where they were known."""
    found = Forgotten()
    for uri, said in _payloads(folder):
        url = said.get("url")
        if asked.strip() in (uri, said.get(KEY)) or (url and hashed_url(url) == hashed_url(asked)):
            ids, hashes = (frozenset(value for value in [said.get(name)] if value) for name in (KEY, "source_sha256"))
            found |= Forgotten(ids, hashes, all_hashed([url]))
    return found


def _payloads(folder: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    path = folder / "rejects.parquet"
    if not path.is_file():
        return
    for uri, payload in pl.read_parquet(path, columns=["source_uri", "payload"]).drop_nulls().iter_rows():
        said = json.loads(payload)
        if isinstance(said, dict):
            yield uri, said


def holds(folder: Path, what: Forgotten) -> bool:
    """Tell whether a snapshot, or the report of a refused run, has the article or says anything of it."""
    path = folder / "articles.parquet"
    if path.is_file():
        rows = pl.read_parquet(path, columns=[KEY, "source_sha256", "url"])
        if any(what.names(*row) for row in rows.iter_rows()):
            return True
    return any(what.names(said.get(KEY), said.get("source_sha256"), said.get("url")) for _, said in _payloads(folder))


def holding(store: Store, what: Forgotten) -> tuple[str, ...]:
    """Return the versions that still hold the article, oldest first."""
    return tuple(folder.name for folder in store.published() if holds(folder, what))


def remove(store: Store, what: Forgotten) -> Removed:
    """Remove the article from the cache, and every report of a refused run; call it while holding the lock.

    A report shows pages, examples and inputs of all articles of its run: it goes whole, whether or not it names this
    one, because only what is gone certainly says nothing.
    """
    reports = sorted(path for path in store.failed.iterdir() if path.is_dir()) if store.failed.is_dir() else []
    for path in reports:
        shutil.rmtree(path)
    shutil.rmtree(store.root / "cache" / "objects", ignore_errors=True)  # seeds as they were fetched
    return Removed(sum(_scrubbed(path, what) for path in _cached(store.root)), tuple(path.name for path in reports))


def _cached(output: Path) -> list[Path]:
    return sorted((output / "cache").rglob("*.parquet"))


def _scrubbed(path: Path, what: Forgotten) -> int:
    """Take an article's rows out of a file of the cache; return how many there were.

    A file with rows of it is deleted, not rewritten: its other articles are read anew. So the form of the cache, and
    the checksums in it, are nobody's business here.
    """
    try:
        if KEY not in pl.read_parquet_schema(path):
            path.unlink()  # of pairs of texts, or of files by their hash: it says not whose they are
            return 0
        rows = pl.scan_parquet(path).filter(pl.col(KEY).is_in(what.article_ids)).select(pl.len()).collect().item()
    except (OSError, pl.exceptions.PolarsError):
        rows = 1  # damaged: what it holds cannot be told
    if rows:
        path.unlink(missing_ok=True)
    return int(rows)
