"""Results of extraction from build to build: which cache they are in, and all of them back."""

from pathlib import Path

import polars as pl

from flows.errors import PlaceError
from flows.extract.nested_rows import KEY, SCHEMA
from flows.runtime.cache import Cache
from flows.runtime.fingerprints import extraction_fingerprint
from flows.settings import Settings


def result_cache(output: Path, settings: Settings) -> Cache:
    """Return the cache of extraction in an output folder, of the reader and the settings that a build has."""
    return Cache(
        output / "cache/extraction", extraction_fingerprint(settings.extract), SCHEMA, KEY, settings.cache_max_bytes
    )


def load_results(cache: Cache, articles: pl.DataFrame) -> pl.DataFrame:
    """Return the nested rows of articles, all of which have been extracted, in order of article_id.

    Raises PlaceError where some are gone: a file of the cache could not be read.
    """
    rows = cache.load(articles)
    if rows.height < articles.height:
        raise PlaceError(
            f"{articles.height - rows.height} of {articles.height} extraction results cannot be read back from "
            f"{cache.folder}; the files that hold them were deleted, run again to read these articles again"
        )
    return rows
