"""Corrections and judgements among seeds behind an address: fetched once a build, then read as from a folder."""

from collections.abc import Iterable
from pathlib import Path

from flows.errors import PlaceError
from flows.ingest.documents import Unusable
from flows.ingest.sources.bounded_streams import read_whole
from flows.ingest.sources.limits import LIMITS
from flows.ingest.sources.local_files import Source, is_address
from flows.ingest.sources.open_source import open_source

FOLDER = "about"


def about_folder(seeds: str, workspace: Path) -> str:
    """Return the folder that corrections and judgements of some seeds lie in, or beside; it is the seeds' own."""
    return str(workspace / FOLDER) if is_address(seeds) else seeds


def fetch_about(seeds: str, about: Iterable[Source], workspace: Path) -> None:
    """Fetch what says something about the articles behind an address. about: those files, as they were listed.

    Raises PlaceError where one cannot be fetched: without it, what it excludes would be published.
    """
    if not is_address(seeds):
        return
    folder = workspace / FOLDER
    folder.mkdir(exist_ok=True)
    for source in about:
        try:
            with open_source(source) as (stream, _):
                data = read_whole(stream, LIMITS.about_bytes)  # type: ignore[arg-type]
        except Unusable as unusable:
            raise PlaceError(
                f"{source.uri} at {seeds} {unusable.detail}; nothing was published, `latest` is as it was"
            ) from unusable
        (folder / source.uri).write_bytes(data)
