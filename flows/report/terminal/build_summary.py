"""What a person reads when a build is done."""

from pathlib import Path

import polars as pl
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.report import queries
from flows.report.display_text import one_line, thousands
from flows.report.limits import LIMITS
from flows.report.terminal.cards import many
from flows.report.terminal.table_style import plain_table
from flows.report.terminal.up_to_date import places
from flows.snapshots.reader import Snapshot, read_snapshot
from schemas.tables import TABLES


def summary(folder: Path) -> RenderableType:
    """Return the closing summary of a build that published. Raises SnapshotError where the folder is no snapshot."""
    snapshot = read_snapshot(folder)
    return Group(_head(snapshot), _rows(snapshot), *_found(snapshot), *places(folder))


def _head(snapshot: Snapshot) -> Text:
    parent = snapshot.manifest.get("parent")
    checks = (snapshot.manifest.get("validation") or {}).get("checks") or ()
    held = f" {many(len(checks), 'file check')} passed (form, not truth)." if checks else ""
    follows = f", after {parent}" if parent else ", the first version"
    return Text.assemble("Published ", (f"version {snapshot.version}", "bold green"), f"{follows}.{held}")


def _rows(snapshot: Snapshot) -> RenderableType:
    changes = snapshot.manifest.get("changes") or {}
    counted = ("rows", "added", "removed", "changed") if changes else ("rows",)
    table = plain_table("table", *counted, right=counted)
    for name in TABLES:
        count = int(snapshot.scan(name).select(pl.len()).collect().item())
        change = changes.get(name) or {}
        against = [_quiet_zero(change.get(kind, 0)) for kind in ("added", "removed", "changed")] if changes else []
        table.add_row(name, f"{count:,}", *against)
    return Padding(table, (1, 0, 0, 2))


def _quiet_zero(count: int) -> Text:
    return Text(thousands(count), style="dim" if count == 0 else "")


def _found(snapshot: Snapshot) -> list[RenderableType]:
    speakers = queries.speakers(snapshot)
    repeated = queries.claims(snapshot, min_articles=2)
    conflicts = queries.conflicts(snapshot)
    return [
        *_list(
            "Most on record",
            speakers.height,
            [
                f"{one_line(row['name'], 60)}: {many(row['statements'], 'statement')}, "
                f"{many(row['articles'], 'article')}"
                for row in speakers.head(LIMITS.summary_rows).to_dicts()
            ],
        ),
        *_list(
            "Claims that several articles make, newest first",
            repeated.height,
            [
                f"{one_line(row['text'], 110)} ({many(row['article_count'], 'article')})"
                for row in repeated.head(LIMITS.summary_rows).to_dicts()
            ],
        ),
        *_list(
            "Possible conflicts, surest first",
            conflicts.height,
            [
                f"{one_line(row['text_a'], 70)} / {one_line(row['text_b'], 70)} ({row['conflict_type']})"
                for row in conflicts.head(LIMITS.summary_rows).to_dicts()
            ],
        ),
    ]


def _list(title: str, total: int, lines: list[str]) -> list[RenderableType]:
    """A heading and indented lines; how many there are where not all are shown."""
    more = f" ({len(lines)} of {total:,})" if total > len(lines) else ""
    if not lines:
        return [Text(), Text.assemble((title, "bold"), ": none")]
    return [
        Text(),
        Text.assemble((title, "bold"), more),
        *(Padding(Text(line), (0, 0, 0, 2)) for line in lines),
    ]
