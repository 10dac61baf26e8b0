"""Files that cannot be read: no property of theirs but a fault of the place, so a build does not go on without them.

A folder that denies access, a store that answers 403, a connection that breaks: the articles are there as before.
Published as rejects they would be gone, and with them the ids of all that rests on them.
"""

from collections.abc import Iterable, Iterator

import polars as pl

from flows.errors import PlaceError
from flows.ingest.documents import Reject
from flows.ingest.formats.dispatch import fetch
from flows.ingest.sources.local_files import Source
from flows.runtime.workspace import Workspace
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason


class Patience:
    """How many more files of a task may be unreadable until the whole build gives up."""

    def __init__(self, workspace: Workspace, left: int) -> None:
        self._workspace = workspace
        self._left = left

    def hopeful(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Yield sources until some task of the build has given up."""
        for source in sources:
            if self._workspace.is_given_up():
                return
            yield source

    def fetched(self, source: Source, settings: IngestSettings) -> Source | Reject:
        """Return a file of one document with its bytes, or why they cannot be had."""
        found = source if source.problem else fetch(source, settings)
        if isinstance(found, Reject) and found.reason == RejectReason.UNREADABLE:
            self._left -= 1
            if self._left < 0:
                self._workspace.give_up()
        return found


def unread_of(refused: pl.DataFrame) -> pl.DataFrame:
    """Return the rejects whose file could not be opened, or not to its end."""
    return refused.filter(pl.col("reason") == RejectReason.UNREADABLE.value)


def demand_readable(seeds: str, refused: pl.DataFrame, listed: int, spared: int) -> None:
    """Raise PlaceError where more files could not be read than `spared`, of `listed` under `seeds`."""
    unread = unread_of(refused).unique("source_uri").sort("source_uri")
    if unread.height <= spared:
        return
    some = "; ".join(f"{uri}: {detail}" for uri, detail in unread.head(3).select("source_uri", "detail").iter_rows())
    more = f"; and {unread.height - 3} more" if unread.height > 3 else ""
    raise PlaceError(
        f"at least {unread.height} of {listed} files in {seeds} cannot be read ({some}{more}). Nothing was published, "
        "`latest` is as it was. Make them readable and run again, or set ingest.max_unread_share to go on without some"
    )
