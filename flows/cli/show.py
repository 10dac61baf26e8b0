"""`onrecord show`: the tables of a snapshot, filtered and readable, or with every column for other programs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.limits import LIMITS
from flows.cli.options import (
    OUTPUT,
    Contains,
    Csv,
    Json,
    Jsonl,
    Limit,
    MinArticles,
    Output,
    Publisher,
    Speaker,
    Version,
    console,
    form,
)
from schemas.vocabularies import Attribution, ConflictType, EntityType, RejectReason

if TYPE_CHECKING:
    from flows.report.terminal.tables import Form

app = typer.Typer(
    help="Show what a snapshot holds: claims, speakers, entities, stories, conflicts, articles, rejects.",
    epilog="Example: onrecord show claims --speaker minister --min-articles 2",
    no_args_is_help=True,
)

LIMIT = LIMITS.rows


@dataclass(frozen=True)
class Asked:
    """What every command is asked: how many rows, of which snapshot, in which form."""

    limit: int
    version: str | None
    output: Path
    form: "Form"


def _print(what: str, asked: Asked, **filters: Any) -> None:
    """Print one answer."""
    from flows.report import queries
    from flows.report.terminal.tables import show_rows
    from flows.snapshots.reader import open_snapshot

    found = getattr(queries, what)(open_snapshot(asked.version or "latest", asked.output), **filters)
    show_rows(console(), what, found, asked.limit, asked.form)


@app.command(epilog="Example: onrecord show claims --contains budget --attribution direct --json")
def claims(
    *,
    speaker: Speaker = None,
    publisher: Publisher = None,
    contains: Contains = None,
    attribution: Annotated[Attribution | None, typer.Option(help="Only claims presented so.")] = None,
    min_articles: MinArticles = 1,
    limit: Limit = LIMIT,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> None:
    """List claims, newest first."""
    asked = Asked(limit, version, output, form(as_json, as_jsonl, as_csv))
    _print(
        "claims",
        asked,
        speaker=speaker,
        publisher=publisher,
        contains=contains,
        attribution=attribution,
        min_articles=min_articles,
    )


@app.command(epilog="Example: onrecord show speakers --publisher courier --limit 5")
def speakers(
    *,
    contains: Contains = None,
    publisher: Publisher = None,
    limit: Limit = LIMIT,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> None:
    """List who is on record, those with most statements first."""
    asked = Asked(limit, version, output, form(as_json, as_jsonl, as_csv))
    _print("speakers", asked, contains=contains, publisher=publisher)


@app.command(epilog="Example: onrecord show entities --type ORG --min-articles 3")
def entities(
    *,
    kind: Annotated[EntityType | None, typer.Option("--type", help="Only entities of this kind.")] = None,
    contains: Contains = None,
    min_articles: MinArticles = 1,
    limit: Limit = LIMIT,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> None:
    """List entities with every way they are written, those in most articles first."""
    asked = Asked(limit, version, output, form(as_json, as_jsonl, as_csv))
    _print("entities", asked, kind=kind, contains=contains, min_articles=min_articles)


@app.command(epilog="Example: onrecord show conflicts --type quantity")
def conflicts(
    *,
    kind: Annotated[ConflictType | None, typer.Option("--type", help="Only conflicts on this.")] = None,
    contains: Contains = None,
    speaker: Speaker = None,
    limit: Limit = LIMIT,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> None:
    """List pairs of claims that may not both hold, the surest first."""
    asked = Asked(limit, version, output, form(as_json, as_jsonl, as_csv))
    _print("conflicts", asked, kind=kind, contains=contains, speaker=speaker)


@app.command(epilog="Example: onrecord show stories --min-outlets 2")
def stories(
    *,
    contains: Contains = None,
    min_outlets: Annotated[int, typer.Option(min=0, help="Only what at least so many outlets tell.")] = 0,
    limit: Limit = LIMIT,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> None:
    """List stories, those that most outlets tell first."""
    asked = Asked(limit, version, output, form(as_json, as_jsonl, as_csv))
    _print("stories", asked, contains=contains, min_publishers=min_outlets)


@app.command(epilog="Example: onrecord show articles --contains harbour")
def articles(
    *,
    contains: Contains = None,
    publisher: Publisher = None,
    limit: Limit = LIMIT,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> None:
    """List articles, newest first."""
    asked = Asked(limit, version, output, form(as_json, as_jsonl, as_csv))
    _print("articles", asked, contains=contains, publisher=publisher)


@app.command(epilog="Example: onrecord show rejects --reason not_english")
def rejects(
    *,
    reason: Annotated[RejectReason | None, typer.Option(help="Only rows with this reason.")] = None,
    contains: Contains = None,
    limit: Limit = LIMIT,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
    as_jsonl: Jsonl = False,
    as_csv: Csv = False,
) -> None:
    """List what came in and is not in the tables, with its reason."""
    asked = Asked(limit, version, output, form(as_json, as_jsonl, as_csv))
    _print("rejects", asked, reason=reason, contains=contains)


def _single(what: str, wanted: str, version: str | None, output: Path, as_json: bool) -> None:
    """Print one article, claim or story."""
    from flows.report import lookup
    from flows.report.terminal.marks import article_view
    from flows.report.terminal.single import claim_view, story_view
    from flows.report.terminal.tables import print_json
    from flows.snapshots.reader import open_snapshot

    snapshot, printed = open_snapshot(version or "latest", output), console()
    found = getattr(lookup, f"find_{what}")(snapshot, wanted)
    if what == "article":
        found = {**found, "claims": lookup.article_claims(snapshot, found["article_id"])}
    if as_json:
        print_json(printed, found)
    elif what == "article":
        printed.print(article_view(printed, found, found["claims"]))
    else:
        view = claim_view if what == "claim" else story_view
        printed.print(view(found, printed.width))


@app.command(epilog="Example: onrecord show article art_0123456789abcdef")
def article(
    wanted: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, source_uri or url, or words of its title.")],
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the article and its claims as JSON instead.")] = False,
) -> None:
    """Show one article with its claims, speakers and cues marked in the text."""
    _single("article", wanted, version, output, as_json)


@app.command(epilog="Example: onrecord show claim clm_0123456789abcdef")
def claim(
    wanted: Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, also one of an earlier version.")],
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the claim and its wordings as JSON instead.")] = False,
) -> None:
    """Show one claim with each wording of it, who says it where, and what it may conflict with."""
    _single("claim", wanted, version, output, as_json)


@app.command(epilog="Example: onrecord show story str_0123456789abcdef")
def story(
    wanted: Annotated[str, typer.Argument(metavar="STORY", help="Its id, or words of its title.")],
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the story and all of it as JSON instead.")] = False,
) -> None:
    """Show one story: what each outlet carries, contradicts or leaves out, its conflicts and its articles."""
    _single("story", wanted, version, output, as_json)
