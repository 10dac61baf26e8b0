"""Answers to `onrecord show`, for a person at a terminal or as text for other programs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.report.display_text import one_line, seen
from flows.report.limits import LIMITS
from flows.report.terminal.cards import CARDS, cards
from flows.report.terminal.table_style import plain_table
from flows.snapshots.flat_files import to_csv, to_json, to_jsonl


class Form(StrEnum):
    """How an answer is printed: for a person, or with every column for another program."""

    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True)
class Column:
    """A column of a terminal table: its heading, how a row is read, and how it is set."""

    head: str
    cell: Callable[[dict[str, Any]], str]
    right: bool = False
    whole: bool = False  # never broken over lines: ids, figures, dates
    from_width: int = 0  # left out on a terminal with fewer columns


def _field(
    name: str, head: str | None = None, *, right: bool = False, whole: bool = False, from_width: int = 0
) -> Column:
    return Column(head or name.replace("_", " "), lambda row: _plain(row[name]), right, whole or right, from_width)


def _id(name: str) -> Column:
    return _field(name, whole=True, from_width=LIMITS.columns_for_ids)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return one_line(", ".join(map(str, value)))
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if isinstance(value, float) else one_line(str(value))


LAYOUTS: dict[str, Sequence[Column]] = {
    "entities": (
        _field("name"),
        _field("entity_type", "kind", whole=True),
        _field("aliases", "also written", from_width=LIMITS.columns_for_details),
        _field("country_code", "country", whole=True, from_width=LIMITS.columns_for_details),
        _field("mention_count", "mentions", right=True, from_width=LIMITS.columns_for_details),
        _field("article_count", "articles", right=True),
        _id("entity_id"),
    ),
    "speakers": (
        _field("name"),
        _field("description", from_width=LIMITS.columns_for_details),
        Column("stated on", lambda row: _plain(row.get("described_on")), whole=True, from_width=LIMITS.columns_for_ids),
        _field("statements", right=True),
        _field("direct", "quoted", right=True, from_width=LIMITS.columns_for_details),
        _field("articles", right=True),
        _field("outlets", right=True),
        _id("entity_id"),
    ),
    "stories": (
        _field("title", "story"),
        _field("publisher_count", "outlets", right=True),
        _field("article_count", "articles", right=True),
        _field("claims", "shared claims", right=True, from_width=LIMITS.columns_for_details),
        _field("contradicted", right=True, from_width=LIMITS.columns_for_details),
        _field("first_published_on", "since", whole=True),
        _id("story_id"),
    ),
    "articles": (
        _field("called", "title"),
        _field("publisher", "outlet"),
        _field("published_on", "published", whole=True),
        _field("claims", right=True, from_width=LIMITS.columns_for_details),
        _field("source_uri", "read from", from_width=LIMITS.columns_for_ids),
        _id("article_id"),
    ),
    "rejects": (
        _field("reason", whole=True),
        _field("source_uri", "read from"),
        _field("detail", from_width=LIMITS.columns_for_details),
    ),
}


def show_rows(console: Console, what: str, found: pl.DataFrame, limit: int, form: Form) -> None:
    """Print the first `limit` rows (0: all) of an answer; with every column where it is for another program."""
    shown = found if limit == 0 else found.head(limit)
    if form is not Form.PLAIN:
        print_rows(console, shown, form)
        return
    if found.is_empty():
        console.print(Text(f"No {what} fit these filters."))
        return
    if what in CARDS:
        for part in cards(what, shown.iter_rows(named=True), console.width):
            console.print(part)
    else:
        console.print(_table([c for c in LAYOUTS[what] if console.width >= c.from_width], shown))
    if shown.height < found.height:
        console.print(Text(f"{shown.height:,} of {found.height:,} {what}; --limit 0 shows all.", style="dim"))


def _table(columns: Sequence[Column], rows: pl.DataFrame) -> Table:
    table = plain_table()
    for column in columns:
        table.add_column(column.head, justify="right" if column.right else "left", no_wrap=column.whole)
    for row in rows.iter_rows(named=True):
        table.add_row(*(Text(column.cell(row)) for column in columns))
    return table


def print_rows(console: Console, rows: pl.DataFrame, form: Form) -> None:
    """Print rows for another program: no colour, no line cut, nothing that acts on a terminal."""
    if form is Form.CSV:
        text = to_csv(rows)
        console.file.write(seen(text) if console.is_terminal else text)
    elif form is Form.JSONL:
        console.file.write(to_jsonl(rows))
    else:
        print_json(console, rows.to_dicts())


def print_json(console: Console, value: Any) -> None:
    """Print JSON as it is, for other programs: no colour, no line cut."""
    console.file.write(to_json(value, indent=2) + "\n")
