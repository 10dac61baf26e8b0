"""A snapshot as a DuckDB database: every table with its types, with views. The only door to DuckDB."""

from pathlib import Path

from flows.errors import first_line
from flows.publish.exports.views import VIEWS
from flows.runtime.extras import from_extra
from flows.snapshots.reader import Snapshot

with from_extra("duckdb", "a DuckDB database"):
    import duckdb


def export_duckdb(snapshot: Snapshot, target: Path) -> list[Path]:
    """Write the database, in place of what is at `target`. Raises OSError where the disk refuses."""
    target.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(target)) as database:
            for name in snapshot.tables:
                source = str(snapshot.folder / f"{name}.parquet")
                database.read_parquet(source).create(name)
            for name, query in VIEWS.items():
                database.execute(f'CREATE VIEW "{name}" AS {query}')
    except (duckdb.IOException, duckdb.TransactionException) as error:
        raise OSError(first_line(error)) from error
    return [target]
