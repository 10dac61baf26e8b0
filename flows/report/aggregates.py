"""The counts that the report's pictures draw: frames of the contract in, a small frame a picture out."""

import polars as pl

from flows.report.limits import LIMITS
from flows.report.queries import UNKNOWN_PUBLISHER
from flows.snapshots.reader import Snapshot
from schemas.vocabularies import Attribution, EntityType

PERIODS = (
    (62, ("day", "1d")),
    (550, ("week", "1w")),
    (4400, ("month", "1mo")),
    (float("inf"), ("year", "1y")),
)
"""From how many days on the timeline counts by the next longer period, and how Polars calls it."""


def _said(snapshot: Snapshot) -> pl.LazyFrame:
    """Claim mentions with publisher, date and the speaker's name (null where narrated or unresolved)."""
    articles = snapshot.scan("articles").select(
        "article_id", pl.col("publisher").fill_null(UNKNOWN_PUBLISHER), "published_on"
    )
    names = snapshot.scan("entities").select(pl.col("entity_id").alias("speaker_id"), pl.col("name").alias("speaker"))
    return (
        snapshot.scan("claim_mentions")
        .select("article_id", "speaker_id", "attribution", "entity_ids")
        .join(articles, on="article_id")
        .join(names, on="speaker_id", how="left")
    )


def _most(frame: pl.DataFrame, column: str, many: int) -> list[str]:
    """The `many` values with most rows (ties by value) of a column."""
    return (
        frame.group_by(column)
        .agg(pl.col("claims").sum())
        .sort(["claims", column], descending=[True, False])
        .head(many)[column]
        .to_list()
    )


def speaker_by_outlet(snapshot: Snapshot) -> pl.DataFrame:
    """Return one row per speaker and outlet that carries them: speaker, publisher, claims.

    The most quoted, the largest.
    """
    cells = (
        _said(snapshot)
        .filter(pl.col("speaker").is_not_null())
        .group_by("speaker", "publisher")
        .agg(claims=pl.len())
        .collect()
    )
    kept = cells.filter(
        pl.col("speaker").is_in(_most(cells, "speaker", LIMITS.charted_speakers)),
        pl.col("publisher").is_in(_most(cells, "publisher", LIMITS.charted_outlets)),
    )
    return kept.sort("claims", "speaker", "publisher", descending=[True, False, False])


def attribution_mix(snapshot: Snapshot) -> pl.DataFrame:
    """Return one row per outlet and kind of attribution: publisher, attribution, claims, share (of the outlet's
    claims).
    """
    cells = _said(snapshot).group_by("publisher", "attribution").agg(claims=pl.len()).collect()
    kept = cells.filter(pl.col("publisher").is_in(_most(cells, "publisher", LIMITS.charted_outlets)))
    order = pl.col("attribution").replace_strict([*Attribution], range(len(Attribution)))
    total = pl.col("claims").sum().over("publisher")
    return kept.with_columns(share=pl.col("claims") / total, total=total).sort(
        ["total", "publisher", order], descending=[True, False, False]
    )


def timeline(snapshot: Snapshot) -> tuple[pl.DataFrame, str]:
    """One row a period and a kind of attribution: period (its first day), attribution, claims; and the period's length.

    Days up to two months, weeks up to a year and a half, months up to twelve years, years beyond.
    """
    dated = _said(snapshot).filter(pl.col("published_on").is_not_null()).select("published_on", "attribution").collect()
    first, last = dated["published_on"].min(), dated["published_on"].max()
    days = (last - first).days if first is not None and last is not None else 0  # type: ignore[operator,union-attr]
    length, every = next(pair for most, pair in PERIODS if days <= most)
    counted = dated.group_by(pl.col("published_on").dt.truncate(every).alias("period"), "attribution")
    return counted.agg(claims=pl.len()).sort("period", "attribution"), length


def rejected(snapshot: Snapshot) -> pl.DataFrame:
    """Return one row per reason: reason, stage, rows. Most frequent first."""
    counted = snapshot.scan("rejects").group_by("reason", "stage").agg(rows=pl.len())
    return counted.sort(["rows", "reason", "stage"], descending=[True, False, False]).collect()


def who_about_whom(snapshot: Snapshot) -> pl.DataFrame:
    """Return one row per person or body and whom of them their claims name: speaker, about, claims.

    The strongest links. Both ends are among those with most of them, so that the picture is one network and not dust.
    """
    links = _said(snapshot).filter(pl.col("speaker").is_not_null()).select("speaker_id", "speaker", "entity_ids")
    acting = snapshot.scan("entities").filter(pl.col("entity_type").is_in([EntityType.PERSON, EntityType.ORG]))
    names = acting.select(pl.col("entity_id").alias("entity_ids"), pl.col("name").alias("about"))
    pairs = (
        links.join(acting, left_on="speaker_id", right_on="entity_id", how="semi")
        .explode("entity_ids")
        .filter(pl.col("entity_ids").is_not_null() & (pl.col("entity_ids") != pl.col("speaker_id")))
        .join(names, on="entity_ids")
        .group_by("speaker", "about")
        .agg(claims=pl.len())
        .collect()
    )
    ends = pl.concat(
        [
            pairs.select(pl.col("speaker").alias("name"), "claims"),
            pairs.select(pl.col("about").alias("name"), "claims"),
        ]
    )
    kept = _most(ends, "name", LIMITS.network_nodes)
    return (
        pairs.filter(pl.col("speaker").is_in(kept), pl.col("about").is_in(kept), pl.col("speaker") != pl.col("about"))
        .sort("claims", "speaker", "about", descending=[True, False, False])
        .head(LIMITS.network_links)
    )


def addresses(snapshot: Snapshot, links: pl.DataFrame) -> dict[str, str]:
    """Return where a name of `who_about_whom` leads to: who speaks to what they said, others to the name itself."""
    speaks = set(links["speaker"])
    acting = snapshot.scan("entities").filter(pl.col("entity_type").is_in([EntityType.PERSON, EntityType.ORG]))
    named = acting.filter(pl.col("name").is_in([*speaks, *links["about"]])).sort("mention_count", "entity_id").collect()
    return {
        name: f"#/{'speakers' if name in speaks else 'entities'}/{entity_id[4:]}"
        for entity_id, name in named.select("entity_id", "name").iter_rows()
    }
