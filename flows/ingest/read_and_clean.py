"""The work of ingest that workers do: fetched files, or records of a container, to articles, rejects and inputs."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import polars as pl
from pandera.typing.polars import DataFrame

from flows.ingest.clean_documents import CleanDocuments, clean_documents
from flows.ingest.cleaning.boilerplate import Boilerplate
from flows.ingest.documents import RawDocument, Record, Reject, rejects_frame
from flows.ingest.formats.dispatch import read_record, read_source
from flows.ingest.sources.local_files import Source
from flows.settings import IngestSettings
from schemas.vocabularies import NOTES

INPUTS = {"source_uri": pl.String, "sha256": pl.String, "bytes": pl.Int64}
NOT_READ = ""
"""Hash of what was never opened: a pipe, a link out of the folder, a file that cannot be read."""


class Ingested(NamedTuple):
    """What became of some files or records: articles, rejects, and one row of INPUTS for each."""

    documents: DataFrame[CleanDocuments]
    refused: pl.DataFrame
    inputs: pl.DataFrame


def read_and_clean(
    items: Sequence[Source | Record | Reject], settings: IngestSettings, lexicon: Boilerplate
) -> Ingested:
    """Read and clean files that have been fetched and records that have been taken out, or refused."""
    return clean_items([read for item in items for read in _read(item, settings)], settings, lexicon)


def _read(item: Source | Record | Reject, settings: IngestSettings) -> Iterable[RawDocument | Reject]:
    if isinstance(item, Source):
        return read_source(item, settings)
    return (read_record(item, settings) if isinstance(item, Record) else item,)


def unread_records(found: Ingested) -> set[str]:
    """Return the names of records that came to no document, as against one that is no article."""
    unread = pl.col("payload").is_null() & ~pl.col("reason").is_in([*NOTES])
    return set(found.refused.filter(unread)["source_uri"])


def only_of(items: Sequence[Source | Record | Reject], found: Ingested) -> Ingested:
    """Return what came of some of the records whose rows are given."""
    named = pl.col("source_uri").is_in([item.uri if isinstance(item, Source) else item.source_uri for item in items])
    documents, refused, inputs = (frame.filter(named) for frame in found)
    return Ingested(DataFrame[CleanDocuments](documents), refused, inputs)


def clean_items(items: Sequence[RawDocument | Reject], settings: IngestSettings, lexicon: Boilerplate) -> Ingested:
    """Clean what has been read."""
    articles, unusable = clean_documents([i for i in items if isinstance(i, RawDocument)], settings, lexicon)
    refused = rejects_frame([i for i in items if isinstance(i, Reject)])
    rows = [(i.source_uri, i.sha256 or NOT_READ, i.size or 0) for i in items]
    return Ingested(articles, pl.concat([refused, unusable]), pl.DataFrame(rows, schema=INPUTS, orient="row"))
