"""Answers whose rows are sentences: each on a line of its own, what is to be known of it on the line below."""

from collections.abc import Callable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.report.display_text import one_line
from flows.report.limits import LIMITS

Row = dict[str, Any]


def said_by(row: Row) -> str:
    """Return who said it with which words, or that the outlet says it itself."""
    if row["attribution"] == "narrated":
        return "in the outlet's own voice"
    names = row["speakers"]
    who = names if isinstance(names, str) else " and ".join(names or [])
    who = who or row.get("speaker_surface") or "speaker not stated"
    cue = f' "{row["cue"]}"' if row["cue"] else ""
    denied = ", negated" if row["polarity"] == "negated" else ""
    return one_line(f"{who}{cue} ({row['attribution']}{denied})")


def where(row: Row) -> str:
    """Return the outlet and the day, as far as they are stated."""
    said = f"said {row['said_on']}" if row.get("said_on") and row["said_on"] != row["published_on"] else None
    stated = (row["published_on"], row["publisher"] or "outlet not stated", said)
    return one_line(", ".join(str(value) for value in stated if value))


def many(count: int, one: str, more: str | None = None) -> str:
    """Return a count with its noun."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _claim(row: Row) -> tuple[list[str], list[str], str]:
    outlets = ", ".join(row["outlets"][:4]) + (" …" if len(row["outlets"]) > 4 else "")
    speakers = " and ".join(row["speakers"][:3]) + (" …" if len(row["speakers"]) > 3 else "")
    independent = (
        f" ({row['independent_count']} independent)" if row["independent_count"] < row["article_count"] else ""
    )
    meta = [many(row["article_count"], "article") + independent, outlets, f"said by {speakers}" if speakers else ""]
    return [row["text"]], [part for part in meta if part], row["claim_id"]


def _quote(row: Row) -> tuple[list[str], list[str], str]:
    return [row["text"]], [where(row), said_by(row)], row["claim_mention_id"]


def _told(row: Row, side: str) -> str:
    """Who says one side of a conflict, and in which outlets."""
    who, outlets = row[f"speakers_{side}"], row[f"outlets_{side}"]
    named = " and ".join(who[:2]) + (" …" if len(who) > 2 else "")
    told = ", ".join(outlets[:3]) + (" …" if len(outlets) > 3 else "") or "outlet not stated"
    return f"{named}; {told}" if named else told


def _conflict(row: Row) -> tuple[list[str], list[str], str]:
    sides = [f"{row[f'text_{side}']} ({_told(row, side)})" for side in "ab"]
    issue = f"{row['words_a']} / {row['words_b']}"
    return (
        sides,
        [f"possible conflict, {row['conflict_type']}", issue, f"{row['confidence']:.0%} sure"],
        row["conflict_id"],
    )


CARDS: dict[str, Callable[[Row], tuple[list[str], list[str], str]]] = {
    "claims": _claim,
    "quotes": _quote,
    "conflicts": _conflict,
}
"""How a row of each answer is told: its sentences, what is to be known of it, its id."""


def cards(what: str, rows: Iterator[Row], width: int) -> Iterator[RenderableType]:
    """Return each row as its sentences, and a line below with what is known of it; ids where there is room."""
    for row in rows:
        sentences, known, row_id = CARDS[what](row)
        for sentence in sentences:
            yield Text(one_line(sentence))
        below = one_line(" · ".join([*known, row_id] if width >= LIMITS.columns_for_ids else known))
        yield Padding(Text(below, style="dim"), (0, 0, 0, 2), expand=False)
        yield Text()
