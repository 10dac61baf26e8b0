"""Results of extraction from build to build: which cache they are in, and all of them back."""

from pathlib import Path

import polars as pl

from flows.errors import PlaceError
from flows.extract.nested_rows import KEY, NESTED, SCHEMA, in_order, unnest_rows, unnested
from flows.runtime.cache import Cache
from flows.runtime.fingerprints import extraction_fingerprint
from flows.settings import Settings


def result_cache(output: Path, settings: Settings) -> Cache:
    """Return the cache of extraction in an output folder, of the reader and the settings that a build has."""
    return Cache(
        output / "cache/extraction", extraction_fingerprint(settings.extract), SCHEMA, KEY, settings.cache_max_bytes
    )


def load_results(cache: Cache, articles: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return what was found in articles, all of which have been extracted: `mentions`, `claims` and `dropped`.

    Raises PlaceError where some are gone: a file of the cache could not be read.
    """
    parts: dict[str, list[pl.DataFrame]] = {name: [] for name in NESTED}
    read = 0
    for rows in cache.load_parts(articles):
        read += rows.height
        for name, found in parts.items():
            found.append(unnest_rows(rows, name))
    if read < articles.height:
        raise PlaceError(
            f"{articles.height - read} of {articles.height} extraction results cannot be read back from "
            f"{cache.folder}; the files that hold them were deleted, run again to read these articles again"
        )
    return {name: in_order(pl.concat(found) if found else unnested(name)) for name, found in parts.items()}
