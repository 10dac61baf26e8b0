"""Why two claim mentions are one claim, or nearly were: the rows of `resolution_edges` on claim mentions.

Those on names are made in `flows.resolve.entities.tables.entity_edges`.
"""

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import likeness
from flows.resolve.claims.claim_clusters import spanning_links
from flows.resolve.claims.matching.decisions import JUDGED, SAME_WORDING, SOFT
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.lineage import ResolutionEdges
from schemas.tables import polars_schema
from schemas.vocabularies import Judgement


def claim_edges(ids: np.ndarray, decided: pl.DataFrame, cluster: np.ndarray) -> pl.DataFrame:
    """Return positive edges that span every cluster of wordings, and negative ones for what was nearly one claim.

    ids: claim mention ids of the rows; decided: a frame of `decisions.DECIDED`.
    """
    apart = decided.filter(pl.Series(cluster[decided["left"].to_numpy()] != cluster[decided["right"].to_numpy()]))
    hard = ~pl.col("reason").is_in(SOFT)
    nearly = (
        (pl.col("score") >= THRESHOLDS.published_score)
        | (pl.col("reason") == JUDGED)
        | (hard & (likeness() >= THRESHOLDS.published_dice))
    )
    return pl.concat(
        [
            _edges(ids, spanning_links(decided, cluster), Judgement.POSITIVE),
            _edges(ids, apart.filter(nearly), Judgement.NEGATIVE),
        ]
    )


def wording_edges(ids: np.ndarray, first: np.ndarray) -> pl.DataFrame:
    """Return positive edges from each mention to the first of its wording; first: row of it for each row."""
    later = np.flatnonzero(first != np.arange(len(first)))
    same = pl.DataFrame({"left": first[later], "right": later}).with_columns(score=1.0, reason=pl.lit(SAME_WORDING))
    return _edges(ids, same, Judgement.POSITIVE)


def _edges(ids: np.ndarray, pairs: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "table": pl.Series(["claim_mentions"] * pairs.height, dtype=pl.String),
            "left_id": pl.Series(ids[pairs["left"].to_numpy()].tolist(), dtype=pl.String),
            "right_id": pl.Series(ids[pairs["right"].to_numpy()].tolist(), dtype=pl.String),
            "judgement": pl.Series([judgement.value] * pairs.height, dtype=pl.String),
            "score": pairs["score"],
            "reason": pairs["reason"],
        },
        schema=polars_schema(ResolutionEdges),
    )
