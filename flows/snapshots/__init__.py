"""Published snapshots on disk: opened for reading, their versions, their history.

    from flows.snapshots import open_snapshot

    snapshot = open_snapshot()                          # output/latest
    snapshot.claims                                     # a lazy Polars frame of the table
    snapshot.statements(speaker="Pelosi", since="2019-01").collect()

Names are imported when they are first asked for: who needs the history only does not wait for Polars.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.snapshots.reader import Snapshot, open_snapshot

__all__ = ["Snapshot", "open_snapshot"]


def __getattr__(name: str) -> Any:
    """Import a public name from the module that has it."""
    if name in __all__:
        from flows.snapshots import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
