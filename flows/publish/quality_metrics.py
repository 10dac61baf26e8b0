"""Figures of a snapshot for its manifest: how much was found, how much of it is resolved, how well ids
last."""

from collections.abc import Mapping

import polars as pl

from flows.publish.limits import LIMITS
from flows.snapshots.manifest import Dropped, Place
from schemas.vocabularies import NOTES

Tables = Mapping[str, pl.DataFrame]


def quality_figures(tables: Tables, parent: Tables | None, dropped: int) -> dict[str, float | None]:
    """Measure a snapshot: shares are 0..1, null where there is nothing to share.

    Names that end in `_kept` compare with the parent. dropped: claims that extraction found and left out, as too little
    of a sentence or too doubtful.
    """
    made = tables["claim_mentions"]
    attributed = made.filter(pl.col("attribution") != "narrated")
    claims = tables["claims"]
    articles = tables["articles"].height
    refused = tables["rejects"].filter(~pl.col("reason").is_in([*NOTES]))
    return {
        "claim_mentions_per_article": _ratio(made.height, articles),
        "entity_mentions_per_article": _ratio(tables["entity_mentions"].height, articles),
        "claim_mentions_dropped": float(dropped),
        "attributed_share": _ratio(attributed.height, made.height),
        "quoted_share": _ratio(made.filter(pl.col("attribution") == "direct").height, made.height),
        "speaker_resolved_share": _ratio(attributed["speaker_id"].count(), attributed.height),
        "claims_in_several_articles_share": _ratio(claims.filter(pl.col("article_count") > 1).height, claims.height),
        "claims_in_conflict_share": _ratio(_in_conflict(tables), claims.height),
        "rejected_inputs": float(refused.filter(pl.col("stage") == "ingest").height),
        "refused_rows": float(tables["rejects"].filter(pl.col("stage") == "validate").height),
        "entity_ids_kept": _kept(tables, parent, "entities", "entity_id"),
        "claim_ids_kept": _kept(tables, parent, "claims", "claim_id"),
        "entity_ids_redirected": _redirected(tables, parent, "entities", "entity_id"),
        "claim_ids_redirected": _redirected(tables, parent, "claims", "claim_id"),
    }


def drops_by_reason(dropped: pl.DataFrame) -> dict[str, Dropped]:
    """Count claims that were left out by the reason, each with where the first few stand.

    dropped: reason, article_id, start_char, end_char.
    """
    ordered = dropped.sort("reason", "article_id", "start_char", "end_char")
    return {
        str(reason): Dropped(
            count=rows.height,
            examples=tuple(Place(**row) for row in rows.drop("reason").head(LIMITS.dropped_examples).to_dicts()),
        )
        for (reason,), rows in ordered.group_by("reason", maintain_order=True)
    }


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def _in_conflict(tables: Tables) -> int:
    conflicts = tables["claim_conflicts"]
    return pl.concat([conflicts["claim_id_a"], conflicts["claim_id_b"]]).n_unique()


def _kept(tables: Tables, parent: Tables | None, table: str, key: str) -> float | None:
    """Share of the parent's ids that are still ids here."""
    if parent is None:
        return None
    return _ratio(parent[table].join(tables[table], on=key, how="semi").height, parent[table].height)


def _redirected(tables: Tables, parent: Tables | None, table: str, key: str) -> float | None:
    """Share of the parent's ids that lead to another id here."""
    if parent is None:
        return None
    followed = tables["redirects"].filter((pl.col("table") == table) & pl.col("current_id").is_not_null())
    ended = parent[table].join(followed, left_on=key, right_on="retired_id", how="semi")
    return _ratio(ended.height, parent[table].height)
