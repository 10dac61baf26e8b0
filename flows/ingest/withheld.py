"""What must not be told: documents that were taken down leave the run here, and names of what is out are withheld."""

import json
from collections.abc import Iterator

import polars as pl

from flows.ingest.documents import Reject, rejects_frame
from flows.snapshots.take_downs.forgotten import Forgotten, withheld
from schemas.vocabularies import NOTES, RejectReason

TAKEN_DOWN = "taken down with `onrecord forget`; nothing more is told of it"


def take_out(
    documents: pl.DataFrame, refused: pl.DataFrame, inputs: pl.DataFrame, forgotten: Forgotten
) -> tuple[pl.DataFrame, pl.DataFrame, frozenset[str]]:
    """Return documents and rejects without what was taken down, and the source_uris of what was.

    Each of those is one reject that says no more than that; notes on it go. `inputs` has the hash of every source.
    """
    if not forgotten:
        return documents, refused, frozenset()
    hashes = dict(inputs.select("source_uri", "sha256").iter_rows())
    out = {
        row["source_uri"]
        for row in documents.select("source_uri", "article_id", "source_sha256", "url").iter_rows(named=True)
        if forgotten.names(row["article_id"], row["source_sha256"], row["url"])
    }
    out |= set(_refused(refused, hashes, forgotten))
    told = rejects_frame(Reject(name, RejectReason.EXCLUDED, TAKEN_DOWN) for name in out)
    stays = ~pl.col("source_uri").is_in(out)
    return documents.filter(stays), pl.concat([refused.filter(stays), told]), frozenset(out)


def _refused(refused: pl.DataFrame, hashes: dict[str, str], forgotten: Forgotten) -> Iterator[str]:
    """The source_uri of what was refused before anything was known of its text."""
    for row in refused.filter(~pl.col("reason").is_in([*NOTES])).iter_rows(named=True):
        stated = json.loads(row["payload"]) if row["payload"] else {}
        said = stated if isinstance(stated, dict) else {}
        if forgotten.names(said.get("article_id"), hashes.get(row["source_uri"]), said.get("url")):
            yield row["source_uri"]


def without_names(frame: pl.DataFrame, out: frozenset[str]) -> pl.DataFrame:
    """Return a frame with the source_uri of what is out replaced: a file's name often is a title or an address."""
    names = {name: withheld(name) for name in out}
    return frame.with_columns(pl.col("source_uri").replace(names)) if names else frame
