"""`onrecord show`: the tables of a snapshot, filtered and readable, or with every column for other programs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli.options import (
    OUTPUT,
    AllAsJson,
    Asked,
    Contains,
    MinArticles,
    Output,
    Publisher,
    Speaker,
    Version,
    console,
    lists_rows,
)
from schemas.vocabularies import Attribution, ConflictType, EntityType, RejectReason

app = typer.Typer(
    help="Show what a snapshot holds: claims, speakers, entities, stories, conflicts, articles, rejects.",
    epilog="Example: onrecord show claims --speaker minister --min-articles 2",
    no_args_is_help=True,
)


def _print(what: str, asked: Asked, **filters: Any) -> None:
    """Print one answer."""
    from flows.report import queries

    asked.show(what, getattr(queries, what)(asked.snapshot(), **filters))


@app.command(epilog="Example: onrecord show claims --contains budget --attribution direct --json")
@lists_rows
def claims(
    asked: Asked,
    *,
    speaker: Speaker = None,
    publisher: Publisher = None,
    contains: Contains = None,
    attribution: Annotated[Attribution | None, typer.Option(help="Only claims presented so.")] = None,
    min_articles: MinArticles = 1,
) -> None:
    """List claims, newest first."""
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
@lists_rows
def speakers(
    asked: Asked,
    *,
    contains: Contains = None,
    publisher: Publisher = None,
) -> None:
    """List who is on record, those with most statements first."""
    _print("speakers", asked, contains=contains, publisher=publisher)


@app.command(epilog="Example: onrecord show entities --type ORG --min-articles 3")
@lists_rows
def entities(
    asked: Asked,
    *,
    kind: Annotated[EntityType | None, typer.Option("--type", help="Only entities of this kind.")] = None,
    contains: Contains = None,
    min_articles: MinArticles = 1,
) -> None:
    """List entities with every way they are written, those in most articles first."""
    _print("entities", asked, kind=kind, contains=contains, min_articles=min_articles)


@app.command(epilog="Example: onrecord show conflicts --type quantity")
@lists_rows
def conflicts(
    asked: Asked,
    *,
    kind: Annotated[ConflictType | None, typer.Option("--type", help="Only conflicts on this.")] = None,
    contains: Contains = None,
    speaker: Speaker = None,
) -> None:
    """List pairs of claims that may not both hold, the surest first."""
    _print("conflicts", asked, kind=kind, contains=contains, speaker=speaker)


@app.command(epilog="Example: onrecord show stories --min-outlets 2")
@lists_rows
def stories(
    asked: Asked,
    *,
    contains: Contains = None,
    min_outlets: Annotated[int, typer.Option(min=0, help="Only what at least so many outlets tell.")] = 0,
) -> None:
    """List stories, those that most outlets tell first."""
    _print("stories", asked, contains=contains, min_publishers=min_outlets)


@app.command(epilog="Example: onrecord show articles --contains harbour")
@lists_rows
def articles(
    asked: Asked,
    *,
    contains: Contains = None,
    publisher: Publisher = None,
) -> None:
    """List articles, newest first."""
    _print("articles", asked, contains=contains, publisher=publisher)


@app.command(epilog="Example: onrecord show rejects --reason not_english")
@lists_rows
def rejects(
    asked: Asked,
    *,
    reason: Annotated[RejectReason | None, typer.Option(help="Only rows with this reason.")] = None,
    contains: Contains = None,
) -> None:
    """List what came in and is not in the tables, with its reason."""
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
    as_json: AllAsJson = False,
) -> None:
    """Show one article with its claims, speakers and cues marked in the text."""
    _single("article", wanted, version, output, as_json)


@app.command(epilog="Example: onrecord show claim clm_0123456789abcdef")
def claim(
    wanted: Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, also one of an earlier version.")],
    version: Version = None,
    output: Output = OUTPUT,
    as_json: AllAsJson = False,
) -> None:
    """Show one claim with each wording of it, who says it where, and what it may conflict with."""
    _single("claim", wanted, version, output, as_json)


@app.command(epilog="Example: onrecord show story str_0123456789abcdef")
def story(
    wanted: Annotated[str, typer.Argument(metavar="STORY", help="Its id, or words of its title.")],
    version: Version = None,
    output: Output = OUTPUT,
    as_json: AllAsJson = False,
) -> None:
    """Show one story: what each outlet carries, contradicts or leaves out, its conflicts and its articles."""
    _single("story", wanted, version, output, as_json)
