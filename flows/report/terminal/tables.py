"""Answers to `onrecord show`, as tables of a terminal or as JSON."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.errors import SnapshotError, examples
from flows.report.display_text import first_sentence, one_line, seen
from flows.snapshots.reader import Snapshot

STYLES = {"direct": "blue", "indirect": "cyan", "mixed": "magenta", "narrated": "yellow"}


@dataclass(frozen=True)
class Column:
    """A column of a terminal table: its heading, how a row is read, and how it is set."""

    head: str
    cell: Callable[[dict[str, Any]], str]
    right: bool = False
    whole: bool = False  # never broken over lines: ids, figures, dates


def _field(name: str, head: str | None = None, *, right: bool = False, whole: bool = False) -> Column:
    return Column(head or name.replace("_", " "), lambda row: _plain(row[name]), right, whole or right)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return one_line(", ".join(map(str, value)))
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if isinstance(value, float) else one_line(str(value))


def _statement(name: str, head: str) -> Column:
    return Column(head, lambda row: one_line(row[name]))


LAYOUTS: dict[str, Sequence[Column]] = {
    "claims": (
        _statement("text", "claim"),
        _field("speakers"),
        _field("outlets"),
        _field("article_count", "articles", right=True),
        _field("claim_id", whole=True),
    ),
    "entities": (
        _field("name"),
        _field("entity_type", "type", whole=True),
        _field("aliases"),
        _field("country_code", "country", whole=True),
        _field("mention_count", "mentions", right=True),
        _field("article_count", "articles", right=True),
        _field("entity_id", whole=True),
    ),
    "speakers": (
        _field("name"),
        _field("description"),
        _field("statements", right=True),
        _field("direct", right=True),
        _field("articles", right=True),
        _field("outlets", right=True),
        _field("entity_id", whole=True),
    ),
    "conflicts": (
        _field("conflict_type", "on", whole=True),
        _statement("text_a", "one claim"),
        _field("speakers_a", "by"),
        _statement("text_b", "other claim"),
        _field("speakers_b", "by"),
        _field("words_a", "at issue"),
        _field("words_b", "against"),
    ),
    "stories": (
        _field("title", "story"),
        _field("publisher_count", "outlets", right=True),
        _field("article_count", "articles", right=True),
        _field("claims", right=True),
        _field("contradicted", right=True),
        _field("first_published_on", "since", whole=True),
        _field("story_id", whole=True),
    ),
    "articles": (
        _field("called", "title"),
        _field("publisher"),
        _field("published_on", "published", whole=True),
        _field("claims", right=True),
        _field("source_uri", "read from"),
        _field("article_id", whole=True),
    ),
    "rejects": (_field("reason", whole=True), _field("source_uri", "read from"), _field("detail")),
}


def show_rows(console: Console, what: str, found: pl.DataFrame, limit: int, as_json: bool) -> None:
    """Print the first `limit` rows (0: all) of an answer; as JSON, an array with every column."""
    shown = found if limit == 0 else found.head(limit)
    if as_json:
        print_json(console, shown.to_dicts())
        return
    if found.is_empty():
        console.print(Text(f"No {what} fit these filters."))
        return
    table = Table(header_style="bold", pad_edge=False, box=None, padding=(0, 2, 0, 0), row_styles=("", "dim"))
    for column in LAYOUTS[what]:
        table.add_column(column.head, justify="right" if column.right else "left", no_wrap=column.whole)
    for row in shown.iter_rows(named=True):
        table.add_row(*(Text(column.cell(row)) for column in LAYOUTS[what]))
    console.print(table)
    if shown.height < found.height:
        console.print(Text(f"{shown.height:,} of {found.height:,} {what}; --limit 0 shows all.", style="dim"))


def print_json(console: Console, value: Any) -> None:
    """Print JSON as it is, for other programs: no colour, no line cut."""
    console.file.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def find_article(snapshot: Snapshot, wanted: str) -> dict[str, Any]:
    """Return the article with this id, source_uri or url, or the only one with these words in its title.

    Raises SnapshotError where none or several fit, naming some.
    """
    table = snapshot.scan("articles")
    exact = (
        (pl.col("article_id") == wanted) | (pl.col("source_uri") == wanted) | (pl.col("url") == wanted).fill_null(False)
    )
    titled = pl.col("title").fill_null("").str.to_lowercase().str.contains(wanted.lower(), literal=True)
    for fits in (exact, titled):
        found = table.filter(fits).sort("article_id").collect()
        if found.height == 1:
            return found.row(0, named=True)
        if found.height > 1:
            titles = examples(found["source_uri"].to_list())
            raise SnapshotError(f"{found.height} articles fit {wanted!r}: {titles}; give one's id or source_uri")
    raise SnapshotError(f"no article {wanted!r} in version {snapshot.version}; `onrecord show articles` lists them")


def article_claims(snapshot: Snapshot, article_id: str) -> list[dict[str, Any]]:
    """Return the claim mentions of an article in the order of its text, each with its speakers' names."""
    names = snapshot.scan("entities").select(speaker_ids="entity_id", speakers="name")
    made = snapshot.scan("claim_mentions").filter(pl.col("article_id") == article_id)
    place = pl.int_range(pl.len()).over("claim_mention_id")
    speaking = made.select("claim_mention_id", "speaker_ids").explode("speaker_ids").with_columns(place=place)
    together = (
        speaking.join(names, on="speaker_ids")
        .sort("claim_mention_id", "place")
        .group_by("claim_mention_id", maintain_order=True)
        .agg("speakers")
    )
    return (
        made.join(together, on="claim_mention_id", how="left")
        .with_columns(pl.col("speakers").fill_null([]))
        .sort("start_char", "end_char", "claim_mention_id")
        .collect()
        .to_dicts()
    )


def article_view(article: dict[str, Any], claims: list[dict[str, Any]]) -> RenderableType:
    """Return an article with its claims, speakers and cues marked, and the statements listed under it."""
    stated = [article[name] for name in ("publisher", "author", "published_on", "url") if article[name] is not None]
    legend = Text.assemble(*((f" {name} ", f"{style} underline") for name, style in STYLES.items()))
    listed = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    for head in ("speaker", "cue", "attribution", "statement"):
        listed.add_column(head)
    for row in claims:
        speaker = " and ".join(row["speakers"]) or row["speaker_surface"] or ""
        style = STYLES[row["attribution"]]
        listed.add_row(Text(one_line(speaker)), Text(one_line(row["cue"] or "")), Text(row["attribution"], style=style),
                       Text(one_line(row["statement"])))  # fmt: skip
    return Group(
        Text(one_line(article["title"] or first_sentence(article["text"])), style="bold"),
        Text(one_line(" · ".join(map(str, stated)))),
        Padding(legend, (1, 0)),
        _marked(article["text"], claims),
        Padding(listed, (1, 0, 0, 0)),
    )


def _marked(text: str, claims: list[dict[str, Any]]) -> Text:
    """The text with styles laid over it; `seen` keeps every offset."""
    marked = Text(seen(text))
    for row in sorted(claims, key=lambda row: row["start_char"] - row["end_char"]):
        for span in row["spans"]:
            marked.stylize(f"{STYLES[row['attribution']]} underline", span["start_char"], span["end_char"])
    for row in claims:
        for role, style in (("speaker", "bold"), ("cue", "italic")):
            if row[f"{role}_start_char"] is not None:
                marked.stylize(style, row[f"{role}_start_char"], row[f"{role}_end_char"])
    return marked
