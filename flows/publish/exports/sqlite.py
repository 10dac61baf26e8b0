"""A snapshot as an SQLite database: every table, dates as ISO text, lists and structs as JSON, with views."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from flows.publish.exports.views import VIEWS
from flows.snapshots.flat_files import to_json
from flows.snapshots.reader import Snapshot


def export_sqlite(snapshot: Snapshot, target: Path) -> list[Path]:
    """Write the database, in place of what is at `target`. Raises OSError where the disk refuses."""
    target.unlink(missing_ok=True)
    try:
        _fill(snapshot, target)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
    return [target]


def _fill(snapshot: Snapshot, target: Path) -> None:
    with closing(sqlite3.connect(target)) as database, database:
        for name, frame in snapshot.tables.items():
            columns = ", ".join(f'"{column}" {_type(kind)}' for column, kind in frame.schema.items())
            database.execute(f'CREATE TABLE "{name}" ({columns})')
            places = ", ".join("?" * frame.width)
            database.executemany(f'INSERT INTO "{name}" VALUES ({places})', _rows(frame))  # noqa: S608 - our own names
        for name, query in VIEWS.items():
            database.execute(f'CREATE VIEW "{name}" AS {query}')


def _type(kind: pl.DataType) -> str:
    if kind.is_integer() or kind == pl.Boolean:
        return "INTEGER"
    return "REAL" if kind.is_float() else "TEXT"


def _rows(frame: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    for row in frame.iter_rows():
        yield tuple(_plain(value) for value in row)


def _plain(value: Any) -> Any:
    if isinstance(value, list | dict):
        return to_json(value)
    return value.isoformat() if isinstance(value, date) else value
