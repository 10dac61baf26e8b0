"""Claim mentions grouped into claims over decided pairs, without chaining.

Where links join a few wordings, all pairs of them are decided before they are grouped, and two groups become one while
the mean probability between their members reaches the threshold (`flows.resolve.average_linkage`). A pair with a hard
difference never ends in one group, nor one that a person judged to be two; what a person judged to be one always does.
A contradiction that the model reads counts as nothing in the mean and forbids nothing: of the pairs of one claim in six
outlets it reads one wrongly.
"""

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from flows.resolve.average_linkage import average_linkage
from flows.resolve.claims.matching.decisions import CONTRADICTION, JUDGED, SOFT
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.whole_numbers import distinct


def clusters(decided: pl.DataFrame, count: int, threshold: float) -> np.ndarray:
    """Return the cluster number of each of `count` rows; numbers follow the least row of each cluster.

    decided: a frame of `decisions.DECIDED`.
    """
    judged = decided.filter(pl.col("reason") == JUDGED)
    joined = judged.filter(pl.col("score") == 1)
    together = components(count, joined)
    apart = decided.filter(pl.col("score") == 0, ~pl.col("reason").is_in([*SOFT, CONTRADICTION]))
    forbidden = [
        (left, right)
        for left, right, reason in apart.select("left", "right", "reason").iter_rows()
        if reason == JUDGED or together[left] != together[right]
    ]
    links = decided.filter(pl.col("score") > 0).with_columns(
        score=pl.when(pl.col("reason") == JUDGED).then(THRESHOLDS.judged_score).otherwise("score")
    )
    left, right, scores = (links[name].to_numpy() for name in ("left", "right", "score"))
    return average_linkage(count, left, right, scores, threshold, forbidden)


def components(count: int, links: pl.DataFrame) -> np.ndarray:
    """Return the number of the connected component of each row; links: left, right."""
    ends = (links["left"].to_numpy(), links["right"].to_numpy())
    return connected_components(coo_matrix((np.ones(links.height), ends), shape=(count, count)), directed=False)[1]


def undecided(decided: pl.DataFrame, count: int, threshold: float) -> pl.DataFrame:
    """Return the pairs inside groups of linked rows that nothing has decided yet: left, right, ascending."""
    links = decided.filter(pl.col("score") >= threshold)
    component = components(count, links)
    rows = distinct(np.concatenate([links["left"].to_numpy(), links["right"].to_numpy()]))
    order = rows[np.argsort(component[rows], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(component[order])) + 1) if len(order) else []
    small = [group for group in groups if 2 < len(group) <= THRESHOLDS.closed_group]
    pairs = [np.stack(np.triu_indices(len(group), 1)) for group in small]
    ends = [np.sort(group[pair], axis=0) for group, pair in zip(small, pairs, strict=True)]
    left, right = np.concatenate(ends, axis=1) if ends else np.zeros((2, 0), np.int64)
    inside = pl.DataFrame({"left": left, "right": right}, schema={"left": pl.Int64, "right": pl.Int64})
    return inside.join(decided, on=["left", "right"], how="anti").sort("left", "right")


def spanning_links(decided: pl.DataFrame, cluster: np.ndarray) -> pl.DataFrame:
    """Return the strongest links that hold every cluster together, one fewer than it has rows."""
    inside = decided.filter(pl.Series(cluster[decided["left"].to_numpy()] == cluster[decided["right"].to_numpy()]))
    inside = inside.filter(pl.col("score") > 0)
    # weights of a sparse graph must not be zero
    cost, count = 2.0 - inside["score"].to_numpy(), len(cluster)
    graph = coo_matrix((cost, (inside["left"].to_numpy(), inside["right"].to_numpy())), shape=(count, count))
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    kept = pl.DataFrame({"left": tree.row.astype(np.int64), "right": tree.col.astype(np.int64)})
    return inside.join(kept, on=["left", "right"], how="semi").sort("left", "right")


def cohesion(decided: pl.DataFrame, cluster: np.ndarray) -> pl.DataFrame:
    """Return for each cluster of several rows the score of its weakest link: cluster, cohesion."""
    links = spanning_links(decided, cluster)
    return (
        links.select("score", cluster=pl.Series(cluster[links["left"].to_numpy()].astype(np.int64)))
        .group_by("cluster")
        .agg(cohesion=pl.col("score").min())
    )
