"""What files and records come to, each read and cleaned once: kept by content from build to build.

What comes of a file, or of a record of a large container, depends on its name, its bytes, the settings and the code
that reads. What an earlier build read is looked up. What a reader failed on is not kept: memory may have been short,
and the input not at fault. Nor are records that come to no document: so many in a row end a container.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from pandera.typing.polars import DataFrame

from flows.errors import PlaceError
from flows.ingest.clean_documents import SCHEMA as DOCUMENT
from flows.ingest.clean_documents import CleanDocuments
from flows.ingest.documents import REJECTS_SCHEMA, Record, Reject
from flows.ingest.read_and_clean import INPUTS, Ingested, unread_records
from flows.ingest.sources.local_files import Source
from flows.runtime.cache import Cache
from flows.runtime.fingerprints import reading_fingerprint
from flows.settings import Settings
from schemas.vocabularies import RejectReason

Item = Source | Record | Reject
KEY = ("digest",)
WANTED = {"digest": pl.String, "known": pl.Boolean}
"""An item by its hash, and whether it need not be read."""
_KINDS: Mapping[str, Mapping[str, pl.DataType | type[pl.DataType]]] = {
    "documents": DOCUMENT, "refused": REJECTS_SCHEMA, "inputs": INPUTS,
}  # fmt: skip
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "digest": pl.String,
    **{kind: pl.List(pl.Struct(dict(schema))) for kind, schema in _KINDS.items()},
}
"""An item by its hash, and the rows of `Ingested` that it comes to."""
_FAILED = (RejectReason.MALFORMED.value, RejectReason.UNREADABLE.value)


def document_cache(folder: Path, settings: Settings) -> Cache:
    """Return the cache of read documents in the folder `cache` of an output folder."""
    fingerprint = reading_fingerprint(settings.ingest)
    return Cache(folder / "documents", fingerprint, SCHEMA, KEY, settings.cache_max_bytes)


class KeptDocuments:
    """Tells which items have been read before, keeps what new ones come to, and has the rows of the others."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._known = frozenset(cache.known()["digest"])

    def divided(self, items: Sequence[Item]) -> tuple[list[Item], pl.DataFrame]:
        """Return the items that have to be read, and a frame of WANTED of all that have content, in their order."""
        digests = [_digest(item) for item in items]
        new = [item for item, digest in zip(items, digests, strict=True) if digest not in self._known]
        rows = [(digest, digest in self._known) for digest in digests if digest]
        return new, pl.DataFrame(rows, schema=WANTED, orient="row")

    def keep(self, items: Sequence[Item], found: Ingested) -> None:
        """Keep what came of items, but for those that a reader failed on. found: all that came of them."""
        unread = unread_records(found)
        digests = {
            uri: digest
            for item in items
            if (digest := _digest(item)) and ((uri := _uri(item)) not in unread or isinstance(item, Source))
        }
        rows = pl.DataFrame({"digest": list(digests.values())}, schema={"digest": pl.String})
        for kind, frame in found._asdict().items():
            gathered = frame.group_by(_origin(digests), maintain_order=True).agg(pl.struct(frame.columns).alias(kind))
            rows = rows.join(gathered, on="digest", how="left", maintain_order="left")
        rows = rows.with_columns(pl.col(kind).fill_null([]).cast(SCHEMA[kind]) for kind in _KINDS)
        reasons = pl.col("refused").list.eval(pl.element().struct.field("reason").is_in(_FAILED)).list.any()
        lasting = rows.filter(~reasons)
        if lasting.height:
            self._cache.store(lasting)

    def load(self, wanted: pl.DataFrame) -> Ingested:
        """Return what came of the known items of a frame of WANTED, and keep the cache within its bounds.

        Raises PlaceError where some are gone: a file of the cache could not be read.
        """
        known = wanted.filter("known")
        rows = self._cache.load(known)
        if rows.height < known.height:
            raise PlaceError(
                f"{known.height - rows.height} of {known.height} documents cannot be read back from "
                f"{self._cache.folder}; the files that hold them were deleted, run again to read their sources again"
            )
        self._cache.prune(wanted)
        documents, refused, inputs = (_unnested(rows, kind) for kind in Ingested._fields)
        return Ingested(DataFrame[CleanDocuments](documents), refused, inputs)


def _digest(item: Item) -> str:
    """The hash of all that what comes of an item depends on; empty where it has no content."""
    if isinstance(item, Reject) or (isinstance(item, Source) and item.data is None):
        return ""
    if isinstance(item, Record):
        name = f"{item.format} {len(item.source_uri)} {item.source_uri} {item.url}"
    else:
        name = f"{item.remote} {len(item.uri)} {item.uri}"
    named = hashlib.blake2b(name.encode(errors="surrogatepass"), digest_size=16)
    named.update(item.data or b"")
    return named.hexdigest()


def _uri(item: Item) -> str:
    return item.uri if isinstance(item, Source) else item.source_uri


def _origin(digests: Mapping[str, str]) -> pl.Expr:
    """The hash of the item that a row came of: of the record that it names, or of the file before the `#`."""
    uri = pl.col("source_uri")
    named = (name.replace_strict(digests, default=None, return_dtype=pl.String) for name in (uri, _file_of(uri)))
    return pl.coalesce(*named).alias("digest")


def _file_of(uri: pl.Expr) -> pl.Expr:
    return uri.str.split("#").list.first()


def _unnested(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    return rows.select(kind).filter(pl.col(kind).list.len() > 0).explode(kind).unnest(kind)
