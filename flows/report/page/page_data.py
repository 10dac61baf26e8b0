"""Everything on the page that comes of the tables alone: lists, pictures, packed rows. Most of the page's time, and
all of its drawing libraries; what a run says of itself is added in `flows.report.page.render`.
"""

from dataclasses import asdict
from typing import Any

import polars as pl

from flows.report import queries
from flows.report.limits import LIMITS
from flows.report.page.figures import pictures
from flows.report.page.payload import blocks
from flows.snapshots.measured_quality import IN_SHORT, MEASURED, WEAK
from flows.snapshots.reader import Snapshot
from flows.snapshots.scope import scope
from schemas.tables import TABLES


def contents(snapshot: Snapshot, most_articles: int) -> dict[str, Any]:
    """Return values of the page's template by name, and `rows`, how many there are of what. Plain types."""
    return {
        "rows": _rows(snapshot),
        "scope": scope(snapshot.scan("articles")).sentence(),
        "accuracy": IN_SHORT,
        "measured": [*MEASURED, *WEAK],
        "stories": queries.stories(snapshot).head(LIMITS.overview_rows).to_dicts(),
        "speakers": queries.speakers(snapshot).head(LIMITS.overview_rows).to_dicts(),
        "repeated": queries.claims(snapshot, min_articles=2)
        .filter(pl.col("publisher_count") > 1)
        .head(LIMITS.overview_rows)
        .to_dicts(),
        "conflicts": queries.conflicts(snapshot).head(LIMITS.overview_rows).to_dicts(),
        "pictures": [asdict(picture) for picture in pictures(snapshot)],
        "blocks": blocks(snapshot, most_articles),
    }


def _rows(snapshot: Snapshot) -> dict[str, int]:
    rows = {name: int(snapshot.scan(name).select(pl.len()).collect().item()) for name in TABLES}
    shared = snapshot.scan("claims").select((pl.col("article_count") > 1).sum()).collect().item()
    speakers = snapshot.scan("claim_mentions").select(pl.col("speaker_id").drop_nulls().n_unique()).collect().item()
    return {**rows, "shared_claims": int(shared), "speakers": int(speakers)}
