"""One article, claim or story by what a person calls it, with all that belongs to it."""

from typing import Any

import polars as pl

from flows.errors import SnapshotError, UnknownNameError, examples
from flows.report import queries
from flows.snapshots.reader import Snapshot
from flows.snapshots.statements import nearest, stories_called

Row = dict[str, Any]


def find_article(snapshot: Snapshot, wanted: str) -> Row:
    """Return the article with this id, source_uri or url, or the only one with these words in its title.

    Raises SnapshotError where several fit, naming some, UnknownNameError where none does.
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
            some = examples(found["source_uri"].to_list())
            raise SnapshotError(f"{found.height} articles fit {wanted!r}: {some}; give one's id or source_uri")
    titles = table.select(pl.col("title").drop_nulls()).collect()["title"].to_list()
    raise UnknownNameError("article", wanted, nearest(wanted, {title: title for title in titles}))


def article_claims(snapshot: Snapshot, article_id: str) -> list[Row]:
    """Return the claim mentions of an article in the order of its text, each with its speakers' names."""
    return _mentions(snapshot, pl.col("article_id") == article_id)


def find_claim(snapshot: Snapshot, wanted: str) -> Row:
    """Return a claim with its mentions and conflicts, newest mention first; a retired id leads to the one it became.

    Raises UnknownNameError where there is no such id, and none was.
    """
    claim_id = current_id(snapshot, "claims", wanted)
    found = queries.claims(snapshot).filter(pl.col("claim_id") == claim_id)
    if found.is_empty():
        raise UnknownNameError("claim", wanted)
    mentions = _mentions(snapshot, pl.col("claim_id") == claim_id)
    dated = sorted(mentions, key=lambda row: str(row["published_on"] or ""), reverse=True)
    conflicts = queries.conflicts(snapshot)
    of_claim = conflicts.filter((pl.col("claim_id_a") == claim_id) | (pl.col("claim_id_b") == claim_id))
    return {**found.row(0, named=True), "mentions": dated, "conflicts": of_claim.to_dicts()}


def find_story(snapshot: Snapshot, wanted: str) -> Row:
    """Return a story by its id or words of its title, with its articles, coverage and conflicts.

    Raises SnapshotError where several fit, UnknownNameError where none does.
    """
    ids = stories_called(snapshot.scan, current_id(snapshot, "stories", wanted))
    if len(ids) > 1:
        raise SnapshotError(f"{len(ids)} stories fit {wanted!r}: {examples(ids)}; give one's id")
    here = pl.col("story_id") == ids[0]
    articles = queries.articles(snapshot).filter(here)
    conflicts = queries.conflicts(snapshot).filter(here)
    claims = snapshot.scan("claims").select("claim_id", "text")
    coverage = snapshot.scan("coverage").filter(here).join(claims, on="claim_id").collect()
    return {
        **queries.stories(snapshot).filter(here).row(0, named=True),
        "articles": articles.drop("text").to_dicts(),
        "coverage": coverage.sort("claim_id", "publisher").to_dicts(),
        "conflicts": conflicts.to_dicts(),
    }


def current_id(snapshot: Snapshot, table: str, wanted: str) -> str:
    """Return what an id of an earlier version has become; anything else as it is."""
    led = snapshot.scan("redirects").filter((pl.col("table") == table) & (pl.col("retired_id") == wanted)).collect()
    return str(led["current_id"][0]) if led.height and led["current_id"][0] else wanted


def _mentions(snapshot: Snapshot, fits: pl.Expr) -> list[Row]:
    """Claim mentions in the order of their texts, each with its speakers' names, its outlet and its date."""
    names = snapshot.scan("entities").select(speaker_ids="entity_id", speakers="name")
    articles = snapshot.scan("articles").select("article_id", "publisher", "published_on", "title", "url")
    made = snapshot.scan("claim_mentions").filter(fits)
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
        .join(articles, on="article_id")
        .with_columns(pl.col("speakers").fill_null([]))
        .sort("article_id", "start_char", "end_char", "claim_mention_id")
        .collect()
        .to_dicts()
    )
