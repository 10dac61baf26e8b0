"""`onrecord show`: the tables of a snapshot, filtered and readable, or as JSON."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from flows.cli.limits import LIMITS
from schemas.vocabularies import Attribution, ConflictType, EntityType, RejectReason

app = typer.Typer(
    help="Show what a snapshot holds: claims, speakers, entities, stories, conflicts, articles, rejects.",
    epilog="Example: onrecord show claims --speaker minister --min-articles 2",
    no_args_is_help=True,
)

Output = Annotated[Path, typer.Option(help="Folder that snapshots are published in.")]
Version = Annotated[str | None, typer.Option(help="Version to show; default: the latest.")]
Limit = Annotated[int, typer.Option(min=0, help="Rows to show at most; 0 shows all.")]
Json = Annotated[bool, typer.Option("--json", help="Print a JSON array with every column instead.")]
Contains = Annotated[str | None, typer.Option(help="Only rows with these words in them, whatever the case.")]
Publisher = Annotated[str | None, typer.Option(help="Only what outlets of this name published.")]
Speaker = Annotated[str | None, typer.Option(help="Only what speakers of this name or alias said.")]
MinArticles = Annotated[int, typer.Option(min=1, help="Only what at least so many articles have.")]

OUTPUT = Path("output")


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=LIMITS.piped_columns)


def _print(what: str, output: Path, version: str | None, limit: int, as_json: bool, **filters: Any) -> None:
    from flows.report import queries
    from flows.report.terminal.tables import show_rows
    from flows.snapshots.reader import open_snapshot

    found = getattr(queries, what)(open_snapshot(version or "latest", output), **filters)
    show_rows(_console(), what, found, limit, as_json)


@app.command(epilog="Example: onrecord show claims --contains budget --attribution direct --json")
def claims(
    *,
    speaker: Speaker = None,
    publisher: Publisher = None,
    contains: Contains = None,
    attribution: Annotated[Attribution | None, typer.Option(help="Only claims presented so.")] = None,
    min_articles: MinArticles = 1,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Claims, those that most articles make first."""
    _print(
        "claims", output, version, limit, as_json, speaker=speaker, publisher=publisher, contains=contains,
        attribution=attribution, min_articles=min_articles,
    )  # fmt: skip


@app.command(epilog="Example: onrecord show speakers --publisher courier --limit 5")
def speakers(
    *,
    contains: Contains = None,
    publisher: Publisher = None,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Who is on record, those with most statements first."""
    _print("speakers", output, version, limit, as_json, contains=contains, publisher=publisher)


@app.command(epilog="Example: onrecord show entities --type ORG --min-articles 3")
def entities(
    *,
    kind: Annotated[EntityType | None, typer.Option("--type", help="Only entities of this kind.")] = None,
    contains: Contains = None,
    min_articles: MinArticles = 1,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Entities with every way they are written, those in most articles first."""
    _print("entities", output, version, limit, as_json, kind=kind, contains=contains, min_articles=min_articles)


@app.command(epilog="Example: onrecord show conflicts --type quantity")
def conflicts(
    *,
    kind: Annotated[ConflictType | None, typer.Option("--type", help="Only conflicts on this.")] = None,
    contains: Contains = None,
    speaker: Speaker = None,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Pairs of claims that cannot both hold, the surest first."""
    _print("conflicts", output, version, limit, as_json, kind=kind, contains=contains, speaker=speaker)


@app.command(epilog="Example: onrecord show stories --min-outlets 2")
def stories(
    *,
    contains: Contains = None,
    min_outlets: Annotated[int, typer.Option(min=0, help="Only what at least so many outlets tell.")] = 0,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Stories, those that most outlets tell first."""
    _print("stories", output, version, limit, as_json, contains=contains, min_publishers=min_outlets)


@app.command(epilog="Example: onrecord show articles --contains harbour")
def articles(
    *,
    contains: Contains = None,
    publisher: Publisher = None,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Articles, the newest first."""
    _print("articles", output, version, limit, as_json, contains=contains, publisher=publisher)


@app.command(epilog="Example: onrecord show article art_0123456789abcdef")
def article(
    wanted: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, source_uri or url, or words of its title.")],
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Annotated[bool, typer.Option("--json", help="Print the article and its claims as JSON instead.")] = False,
) -> None:
    """One article with its claims, speakers and cues marked in the text."""
    from flows.report.terminal.tables import article_claims, article_view, find_article, print_json
    from flows.snapshots.reader import open_snapshot

    snapshot = open_snapshot(version or "latest", output)
    row = find_article(snapshot, wanted)
    made = article_claims(snapshot, row["article_id"])
    if as_json:
        print_json(Console(), {**row, "claims": made})
    else:
        _console().print(article_view(row, made))


@app.command(epilog="Example: onrecord show rejects --reason not_english")
def rejects(
    *,
    reason: Annotated[RejectReason | None, typer.Option(help="Only rows with this reason.")] = None,
    contains: Contains = None,
    limit: Limit = LIMITS.rows,
    version: Version = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """What came in and is not in the tables, with its reason."""
    _print("rejects", output, version, limit, as_json, reason=reason, contains=contains)
