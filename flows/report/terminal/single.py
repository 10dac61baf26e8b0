"""One claim and one story on a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.report.display_text import one_line
from flows.report.terminal.cards import cards, many, said_by, where
from flows.report.terminal.table_style import plain_table
from schemas.vocabularies import CoverageStance

Row = dict[str, Any]

STANCES = {
    CoverageStance.CARRIED: "carries it",
    CoverageStance.CONTRADICTED: "contradicts it",
    CoverageStance.ABSENT: "leaves it out",
}


def claim_view(claim: Row, width: int) -> RenderableType:
    """Return a claim with every wording of it, newest first, and what it may conflict with."""
    joined = "" if claim["mention_count"] == 1 else f" · weakest link {claim['cohesion']:.2f}"
    head = f"{many(claim['article_count'], 'article')}, {many(claim['independent_count'], 'independent source')}"
    return Group(
        Text(one_line(claim["text"]), style="bold"),
        Text(one_line(f"{head} · {claim['polarity']}, {claim['modality']}{joined} · {claim['claim_id']}"), style="dim"),
        *_section("Its wordings", [_wording(row) for row in claim["mentions"]]),
        *_section("Possible conflicts", list(cards("conflicts", iter(claim["conflicts"]), width))),
    )


def _wording(row: Row) -> RenderableType:
    known = one_line(f"{where(row)} · {said_by(row)}")
    return Group(Text(one_line(row["text"])), Padding(Text(known, style="dim"), (0, 0, 0, 2), expand=False), Text())


def story_view(story: Row, width: int) -> RenderableType:
    """Return a story: what each outlet does with the claims that two or more carry, its conflicts, its articles."""
    dates = " to ".join(
        dict.fromkeys(str(story[name]) for name in ("first_published_on", "last_published_on") if story[name])
    )
    head = f"{many(story['article_count'], 'article')} of {many(story['publisher_count'], 'outlet')}"
    articles = [
        Text(
            one_line(f"{row['published_on'] or 'no date'}, {row['publisher'] or 'outlet not stated'}: {row['called']}")
        )
        for row in story["articles"]
    ]
    return Group(
        Text(one_line(story["title"] or "Untitled story"), style="bold"),
        Text(one_line(" · ".join(part for part in (head, dates, story["story_id"]) if part)), style="dim"),
        *_section("Who carries what", [*_left_out(story["coverage"]), *_coverage(story["coverage"])]),
        *_section("Possible conflicts", list(cards("conflicts", iter(story["conflicts"]), width))),
        *_section("Its articles, newest first", articles),
    )


def _left_out(rows: list[Row]) -> Iterator[RenderableType]:
    """How many of the claims that two outlets or more carry each outlet leaves out, the most first."""
    shared = len({row["claim_id"] for row in rows})
    missing = Counter(row["publisher"] for row in rows if row["stance"] == CoverageStance.ABSENT)
    if shared:
        said = [
            f"{outlet} {count} of {shared}" for outlet, count in sorted(missing.items(), key=lambda m: (-m[1], m[0]))
        ]
        yield Text(one_line(f"Left out: {', '.join(said) or 'nothing by any outlet'}"))
        yield Text()


def _coverage(rows: list[Row]) -> Iterator[RenderableType]:
    """A claim on its own line, and under it what each outlet does with it."""
    claims: dict[str, list[Row]] = {}
    for row in rows:
        claims.setdefault(row["claim_id"], []).append(row)
    carried = {key: sum(row["stance"] == CoverageStance.CARRIED for row in of) for key, of in claims.items()}
    for key in sorted(claims, key=lambda key: (-carried[key], key)):
        yield Text(one_line(claims[key][0]["text"]))
        table = plain_table()
        for _ in range(2):
            table.add_column()
        for row in claims[key]:
            table.add_row(Text(one_line(row["publisher"]), style="dim"), Text(STANCES[row["stance"]], style="dim"))
        table.show_header = False
        yield Padding(table, (0, 0, 0, 2), expand=False)
        yield Text()


def _section(title: str, parts: Sequence[RenderableType]) -> list[RenderableType]:
    return [Text(), Text(title if parts else f"{title}: none", style="bold"), *parts]
