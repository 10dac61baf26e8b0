"""Rows as text that other programs read: CSV that no spreadsheet takes for formulas, JSON a row a line."""

import json
import re
from collections.abc import Iterator
from typing import Any

import polars as pl

_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
_ACTS = re.compile("[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]")


def to_csv(frame: pl.DataFrame, *, bom: bool = False) -> str:
    """Return a frame as CSV: lists joined with `; `, structs as JSON, an apostrophe before what begins like a formula.

    bom: begin with a byte order mark, by which Excel knows UTF-8; other readers skip it.
    """
    return "".join(csv_parts(frame, max(1, frame.height), bom=bom))


def csv_parts(frame: pl.DataFrame, rows: int, *, bom: bool = False) -> Iterator[str]:
    """Yield the same, so many rows at a time: no large table is held as one text."""
    yield ("\ufeff" if bom else "") + _plain(frame.clear()).write_csv()
    for part in frame.iter_slices(rows):
        yield _plain(part).write_csv(include_header=False)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    flat = frame.select(_flat(frame[name]) for name in frame.columns)
    return flat.with_columns(pl.col(pl.String).str.replace(f"({_FORMULA})", "'${1}"))


def to_json(value: Any, indent: int | None = None) -> str:
    """Return JSON in which characters that act on a terminal are written as their numbers, which loses nothing."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def to_jsonl(frame: pl.DataFrame) -> str:
    """Return one JSON object a row, each on a line."""
    return "".join(to_json(row) + "\n" for row in frame.iter_rows(named=True))


def _flat(column: pl.Series) -> pl.Series:
    """A column of plain values."""
    if column.dtype == pl.List(pl.String):
        return column.list.join("; ")
    if isinstance(column.dtype, pl.List | pl.Struct):
        written = [None if value is None else to_json(value) for value in column.to_list()]
        return pl.Series(column.name, written, dtype=pl.String)
    return column
