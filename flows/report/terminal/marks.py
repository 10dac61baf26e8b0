"""An article with its claims, speakers and cues marked: by colour on a terminal, by brackets anywhere else."""

import itertools
from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.report.display_text import first_sentence, one_line, seen
from flows.report.terminal.cards import said_by

STYLES = {"direct": "blue", "indirect": "cyan", "mixed": "magenta", "narrated": "yellow"}
BRACKETS = "Marks: [kind: the words of a claim], {speaker}, <cue>."


def article_view(console: Console, article: dict[str, Any], claims: list[dict[str, Any]]) -> RenderableType:
    """Return an article with its claims, speakers and cues marked, and the statements listed under it."""
    stated = [article[name] for name in ("publisher", "author", "published_on", "url") if article[name] is not None]
    coloured = console.is_terminal and not console.no_color
    legend = Text.assemble(*((f" {name} ", f"{style} underline") for name, style in STYLES.items()))
    listed = [
        Padding(Text.assemble(one_line(row["statement"]), ("\n  " + said_by(row), "dim")), (0, 0, 0, 2), expand=False)
        for row in claims
    ]
    return Group(
        Text(one_line(article["title"] or first_sentence(article["text"])), style="bold"),
        Text(one_line(" · ".join(map(str, stated)))),
        Padding(legend if coloured else Text(BRACKETS), (1, 0)),
        _coloured(article["text"], claims) if coloured else Text(bracketed(article["text"], claims)),
        Text(),
        Text(f"Claims ({len(claims)})", style="bold"),
        *listed,
    )


def _coloured(text: str, claims: list[dict[str, Any]]) -> Text:
    """The text with styles laid over it; `seen` keeps every offset."""
    marked = Text(seen(text))
    for row in sorted(claims, key=lambda row: row["start_char"] - row["end_char"]):
        for span in row["spans"]:
            marked.stylize(f"{STYLES.get(row['attribution'], '')} underline", span["start_char"], span["end_char"])
    for start, end, _, closes in _roles(claims):
        marked.stylize("bold" if closes == "}" else "italic", start, end)
    return marked


def bracketed(text: str, claims: list[dict[str, Any]]) -> str:
    """Return the text with brackets around claims, speakers and cues; a range is marked once, longer ones outside."""
    contents = (
        (span["start_char"], span["end_char"], f"[{row['attribution']}: ", "]")
        for row in claims
        for span in row["spans"]
    )
    at: dict[int, list[str]] = {}
    for start, end, opens, closes in sorted({*contents, *_roles(claims)}, key=lambda mark: (mark[0], -mark[1])):
        at.setdefault(start, []).append(opens)
        at.setdefault(end, []).insert(0, closes)
    edges = sorted({0, *at, len(text)})
    pieces = ("".join(at.get(start, [])) + text[start:end] for start, end in itertools.pairwise(edges))
    return seen("".join(pieces) + "".join(at.get(len(text), [])))


def _roles(claims: list[dict[str, Any]]) -> Iterator[tuple[int, int, str, str]]:
    """Ranges of speakers and cues, each with what opens and closes it."""
    for row in claims:
        for role, opens, closes in (("speaker", "{", "}"), ("cue", "<", ">")):
            if row[f"{role}_start_char"] is not None:
                yield row[f"{role}_start_char"], row[f"{role}_end_char"], opens, closes
