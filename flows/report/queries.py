"""Questions that people ask a snapshot, each answered by one frame.

Vocabulary for the page, the terminal and the summary: frames of the contract in, a frame for reading out. A
statement is a row of `claim_mentions` that somebody other than the publisher is the source of.
"""

import polars as pl

from flows.snapshots.reader import Snapshot
from flows.snapshots.statements import outlets_called, speakers_called
from schemas.statements import what_is_said
from schemas.vocabularies import CoverageStance

UNKNOWN_PUBLISHER = "(not stated)"


def _named(snapshot: Snapshot, key: str) -> pl.LazyFrame:
    """Entities as `key` and `name`, for joining a name to an id."""
    return snapshot.scan("entities").select(pl.col("entity_id").alias(key), "name")


def _published(snapshot: Snapshot) -> pl.LazyFrame:
    """Articles as id, publisher (never null) and date."""
    return snapshot.scan("articles").select(
        "article_id", pl.col("publisher").fill_null(UNKNOWN_PUBLISHER), "published_on", "title"
    )


def _contains(columns: list[str], words: str) -> pl.Expr:
    """Whether any of the columns contains `words`, whatever the case."""
    low = words.lower()
    return pl.any_horizontal(
        pl.col(column).fill_null("").str.to_lowercase().str.contains(low, literal=True) for column in columns
    )


def entities_called(snapshot: Snapshot, words: str) -> pl.LazyFrame:
    """Return ids of entities with `words` in their name or one of their aliases, whatever the case."""
    text = pl.concat_str("name", pl.col("aliases").list.join("\n"), separator="\n").alias("names")
    return snapshot.scan("entities").select("entity_id", text).filter(_contains(["names"], words)).select("entity_id")


def speakers(snapshot: Snapshot, publisher: str | None = None, contains: str | None = None) -> pl.DataFrame:
    """Return one row per entity that is a source of at least one statement, most statements first.

    Columns: those of `entities`, statements, direct, articles, outlets. Raises UnknownNameError for an unknown outlet.
    """
    said = snapshot.scan("claim_mentions").select("article_id", "attribution", speaker_id="speaker_ids")
    said = said.explode("speaker_id").filter(pl.col("speaker_id").is_not_null())
    said = said.join(_published(snapshot), on="article_id")
    if publisher:
        said = said.filter(pl.col("publisher").is_in(outlets_called(snapshot.scan, publisher)))
    counted = said.group_by("speaker_id").agg(
        statements=pl.len(),
        direct=(pl.col("attribution") == "direct").sum(),
        articles=pl.col("article_id").n_unique(),
        outlets=pl.col("publisher").filter(pl.col("publisher") != UNKNOWN_PUBLISHER).n_unique(),
    )
    who = snapshot.scan("entities")
    if contains:
        who = who.join(entities_called(snapshot, contains), on="entity_id", how="semi")
    return (
        who.join(counted, left_on="entity_id", right_on="speaker_id")
        .sort(["statements", "name", "entity_id"], descending=[True, False, False])
        .collect()
    )


def claims(
    snapshot: Snapshot,
    *,
    speaker: str | None = None,
    publisher: str | None = None,
    contains: str | None = None,
    min_articles: int = 1,
    attribution: str | None = None,
) -> pl.DataFrame:
    """Return one row per claim that has a mention for which every filter holds, newest first.

    Columns: those of `claims`, speakers (names), outlets. Raises UnknownNameError for an unknown speaker or outlet.
    """
    made = snapshot.scan("claim_mentions").join(_published(snapshot), on="article_id")
    if speaker:
        who = speakers_called(snapshot.scan, speaker)
        made = made.filter(pl.col("speaker_ids").list.eval(pl.element().is_in(who)).list.any())
    if publisher:
        made = made.filter(pl.col("publisher").is_in(outlets_called(snapshot.scan, publisher)))
    if attribution:
        made = made.filter(pl.col("attribution") == attribution)
    found = snapshot.scan("claims").filter(pl.col("article_count") >= min_articles)
    outlets = (
        snapshot.scan("claim_mentions")
        .select("claim_id", "article_id")
        .join(found, on="claim_id", how="semi")
        .join(_published(snapshot), on="article_id")
        .group_by("claim_id")
        .agg(outlets=pl.col("publisher").filter(pl.col("publisher") != UNKNOWN_PUBLISHER).unique().sort())
    )
    if contains:
        found = _saying(snapshot, found).filter(_contains(["said"], contains)).drop("said")
    found = found.join(made.select("claim_id").unique(), on="claim_id", how="semi").join(outlets, on="claim_id")
    return (
        _with_names(snapshot, found, "speaker_ids", "speakers")
        .sort(["last_published_on", "claim_id"], descending=[True, False], nulls_last=True)
        .collect()
    )  # fmt: skip


def _saying(snapshot: Snapshot, claims: pl.LazyFrame) -> pl.LazyFrame:
    """Adds what is said of claims as `said`: the text, which may be a statement, without what is told before it, be
    it in one of its articles only.
    """
    made = snapshot.scan("claim_mentions").join(claims, on="claim_id", how="semi")
    bare = made.select("claim_id", text="statement", said=what_is_said())
    bare = bare.group_by("claim_id", "text").agg(pl.col("said").sort_by(pl.col("said").str.len_chars()).first())
    return claims.join(bare, on=["claim_id", "text"], how="left").with_columns(said=pl.coalesce("said", "text"))


def _with_names(snapshot: Snapshot, frame: pl.LazyFrame, ids: str, names: str) -> pl.LazyFrame:
    """Adds the names of a list of entity ids, in the order of the ids; `frame` has a `claim_id` or `conflict_id`."""
    key = frame.collect_schema().names()[0]
    named = (
        frame.select(key, ids)
        .explode(ids)
        .join(_named(snapshot, ids), on=ids)
        .group_by(key)
        .agg(pl.col("name").sort().alias(names))
    )
    return frame.join(named, on=key, how="left").with_columns(pl.col(names).fill_null([]))


def entities(
    snapshot: Snapshot, kind: str | None = None, contains: str | None = None, min_articles: int = 1
) -> pl.DataFrame:
    """Return one row per entity, named in most articles first, with the columns of the table."""
    found = snapshot.scan("entities").filter(pl.col("article_count") >= min_articles)
    if kind:
        found = found.filter(pl.col("entity_type") == kind)
    if contains:
        found = found.join(entities_called(snapshot, contains), on="entity_id", how="semi")
    return found.sort(["article_count", "mention_count", "entity_id"], descending=[True, True, False]).collect()


def conflicts(
    snapshot: Snapshot, kind: str | None = None, contains: str | None = None, speaker: str | None = None
) -> pl.DataFrame:
    """Return one row per pair of claims in conflict, surest first.

    Columns: those of `claim_conflicts`, about (names), and for each side its claim in a wording that has the words at
    issue, the names of its speakers, and the outlets that make it (`text_a`, `speakers_a`, `outlets_a`, `text_b` …).
    Raises UnknownNameError for an unknown speaker.
    """
    found = snapshot.scan("claim_conflicts")
    if kind:
        found = found.filter(pl.col("conflict_type") == kind)
    found = _with_names(snapshot, found, "entity_ids", "about").collect().lazy()  # once, and not where it is named
    at_issue = pl.concat([found.select(claim_id=f"claim_id_{side}") for side in "ab"])
    told = snapshot.scan("claims").join(at_issue, on="claim_id", how="semi").select("claim_id", "text", "speaker_ids")
    sides = _saying(snapshot, told)
    sides = _with_names(snapshot, sides, "speaker_ids", "by").collect().lazy()
    for side in "ab":
        found = found.join(
            sides.select(
                pl.col("claim_id").alias(f"claim_id_{side}"),
                pl.col("text").alias(f"text_{side}"),
                pl.col("said").alias(f"said_{side}"),
                pl.col("by").alias(f"speakers_{side}"),
                pl.col("speaker_ids").alias(f"speaker_ids_{side}"),
            ),
            on=f"claim_id_{side}",
        )
        found = found.join(_worded(snapshot, found, side), on="conflict_id").with_columns(
            pl.coalesce(f"worded_{side}", f"text_{side}").alias(f"text_{side}"),
            pl.coalesce(f"saying_{side}", f"said_{side}").alias(f"said_{side}"),
        )
    found = found.drop("worded_a", "worded_b", "saying_a", "saying_b")
    if contains:
        found = found.filter(_contains(["said_a", "said_b", "explanation"], contains))
    if speaker:
        who = speakers_called(snapshot.scan, speaker)
        found = found.filter(
            pl.any_horizontal(pl.col(f"speaker_ids_{s}").list.eval(pl.element().is_in(who)).list.any() for s in "ab")
        )
    return (
        found.drop("speaker_ids_a", "speaker_ids_b", "said_a", "said_b")
        .sort(["confidence", "conflict_id"], descending=[True, False])
        .collect()
    )  # fmt: skip


def _worded(snapshot: Snapshot, found: pl.LazyFrame, side: str) -> pl.LazyFrame:
    """For each conflict the outlets of one side, and a wording with the words at issue where its claim lacks them,
    with what is said in it."""
    made = snapshot.scan("claim_mentions").join(found, left_on="claim_id", right_on=f"claim_id_{side}", how="semi")
    made = made.select("claim_id", "claim_mention_id", "statement", "article_id", saying=what_is_said())
    outlets = snapshot.scan("articles").select("article_id", "publisher")
    at_issue = pl.col(f"words_{side}").str.to_lowercase()
    own, other = (
        pl.col(name).str.to_lowercase().str.contains(at_issue, literal=True) for name in (f"said_{side}", "saying")
    )
    return (
        found.select("conflict_id", f"claim_id_{side}", f"words_{side}", f"said_{side}")
        .join(made.join(outlets, on="article_id"), left_on=f"claim_id_{side}", right_on="claim_id")
        .sort("conflict_id", "claim_mention_id")
        .group_by("conflict_id", maintain_order=True)
        .agg(
            pl.col("statement").filter(other & ~own).first().alias(f"worded_{side}"),
            pl.col("saying").filter(other & ~own).first().alias(f"saying_{side}"),
            pl.col("publisher").drop_nulls().unique().sort().alias(f"outlets_{side}"),
        )
    )


def stories(snapshot: Snapshot, contains: str | None = None, min_publishers: int = 0) -> pl.DataFrame:
    """Return one row per story, told by most outlets first.

    Columns: those of `stories`, about (names), claims (that two or more of its outlets carry), contradicted (of these,
    by one of its outlets).
    """
    found = snapshot.scan("stories").filter(pl.col("publisher_count") >= min_publishers)
    if contains:
        found = found.filter(_contains(["title"], contains))
    covered = snapshot.scan("coverage").group_by("story_id").agg(
        claims=pl.col("claim_id").n_unique(),
        contradicted=pl.col("claim_id").filter(pl.col("stance") == CoverageStance.CONTRADICTED.value).n_unique(),
    )  # fmt: skip
    found = _with_names(snapshot, found, "entity_ids", "about").join(covered, on="story_id", how="left")
    return (
        found.with_columns(pl.col("claims", "contradicted").fill_null(0))
        .sort(["publisher_count", "last_published_on", "story_id"], descending=[True, True, False], nulls_last=True)
        .collect()
    )  # fmt: skip


def rejects(snapshot: Snapshot, reason: str | None = None, contains: str | None = None) -> pl.DataFrame:
    """Return one row per thing refused or noted, in the order of the table."""
    found = snapshot.scan("rejects")
    if reason:
        found = found.filter(pl.col("reason") == reason)
    if contains:
        found = found.filter(_contains(["source_uri", "detail"], contains))
    return found.collect()


def articles(snapshot: Snapshot, publisher: str | None = None, contains: str | None = None) -> pl.DataFrame:
    """Return one row per article with the number of claims made in it, newest first.

    Columns: those of `articles`, called (the title, or the first words of an article without one), claims (how many).
    Raises UnknownNameError for an unknown outlet.
    """
    found = snapshot.scan("articles")
    if publisher:
        found = found.filter(pl.col("publisher").is_in(outlets_called(snapshot.scan, publisher)))
    if contains:
        found = found.filter(_contains(["title", "source_uri", "text"], contains))
    counted = snapshot.scan("claim_mentions").group_by("article_id").agg(claims=pl.len())
    opening = pl.col("text").str.extract(r"^([^\n]{1,90})", 1)
    return (
        found.join(counted, on="article_id", how="left")
        .with_columns(pl.col("claims").fill_null(0), called=pl.col("title").fill_null(opening))
        .sort(["published_on", "article_id"], descending=[True, False], nulls_last=True)
        .collect()
    )  # fmt: skip
