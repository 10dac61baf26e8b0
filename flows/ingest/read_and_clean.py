"""The work of ingest that workers do: fetched files, or documents of a container, to articles, rejects and inputs."""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl
from pandera.typing.polars import DataFrame

from flows.ingest.clean_documents import CleanDocuments, clean_documents
from flows.ingest.cleaning.boilerplate import Boilerplate
from flows.ingest.documents import RawDocument, Reject, rejects_frame
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources.local_files import Source
from flows.settings import IngestSettings

INPUTS = {"source_uri": pl.String, "sha256": pl.String, "bytes": pl.Int64}
NOT_READ = ""
"""Hash of what was never opened: a pipe, a link out of the folder, a file that cannot be read."""


class Ingested(NamedTuple):
    """What became of some files or records: articles, rejects, and one row of INPUTS for each."""

    documents: DataFrame[CleanDocuments]
    refused: pl.DataFrame
    inputs: pl.DataFrame


def read_and_clean(fetched: Sequence[Source | Reject], settings: IngestSettings, lexicon: Boilerplate) -> Ingested:
    """Read and clean files of one document, which have been fetched or refused."""
    items = [
        item
        for source in fetched
        for item in ((source,) if isinstance(source, Reject) else read_source(source, settings))
    ]
    return clean_items(items, settings, lexicon)


def clean_items(items: Sequence[RawDocument | Reject], settings: IngestSettings, lexicon: Boilerplate) -> Ingested:
    """Clean what has been read."""
    articles, unusable = clean_documents([i for i in items if isinstance(i, RawDocument)], settings, lexicon)
    refused = rejects_frame([i for i in items if isinstance(i, Reject)])
    rows = [(i.source_uri, i.sha256 or NOT_READ, i.size or 0) for i in items]
    return Ingested(articles, pl.concat([refused, unusable]), pl.DataFrame(rows, schema=INPUTS, orient="row"))
