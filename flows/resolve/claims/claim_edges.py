"""Why two claim mentions are one claim, or nearly were: the rows of `resolution_edges` on claim mentions."""

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from flows.resolve.claims.claim_features import Propositions
from flows.resolve.claims.pair_features import features, reasons
from flows.resolve.claims.scored_pairs import NEARLY, Pairs, Scorer
from schemas.vocabularies import Judgement

_SCHEMA = {
    "table": pl.String,
    "left_id": pl.String,
    "right_id": pl.String,
    "judgement": pl.String,
    "score": pl.Float64,
    "reason": pl.String,
}


def claim_edges(p: Propositions, pairs: Pairs, cluster: np.ndarray, scorer: Scorer) -> pl.DataFrame:
    """Positive edges that span every cluster of wordings, and negative ones for what was nearly one claim."""
    same = cluster[pairs.left] == cluster[pairs.right]
    spanning = _spanning(len(p), pairs.take(same))
    loose = _loose(len(p), spanning, cluster)
    extra = Pairs(*loose, features(p, *loose), scorer(*loose))
    negative = pairs.take(~same & ((pairs.scores >= NEARLY) | pairs.judged))
    parts = [
        _rows(p, spanning, Judgement.POSITIVE),
        _rows(p, extra, Judgement.POSITIVE),
        _rows(p, negative, Judgement.NEGATIVE),
    ]
    return pl.concat(parts)


def wording_edges(ids: np.ndarray, first: np.ndarray) -> pl.DataFrame:
    """Positive edges from each mention to the first of its wording."""
    twins = np.flatnonzero(first != np.arange(len(first)))
    return pl.DataFrame(
        {
            "table": ["claim_mentions"] * len(twins),
            "left_id": ids[first[twins]].astype(str).tolist(),
            "right_id": ids[twins].astype(str).tolist(),
            "judgement": [Judgement.POSITIVE.value] * len(twins),
            "score": np.ones(len(twins)),
            "reason": ["same wording"] * len(twins),
        },
        schema=_SCHEMA,
    )


def _spanning(count: int, pairs: Pairs) -> Pairs:
    """The maximum spanning forest of the pairs."""
    # weights of a sparse graph must not be zero; judged scores lie outside 0..1
    cost = 3.0 - np.clip(pairs.scores, 0, 2)
    graph = coo_matrix((cost, (pairs.left, pairs.right)), shape=(count, count)).tocsr()
    tree = minimum_spanning_tree(graph).tocoo()
    return pairs.take(np.isin(pairs.left * count + pairs.right, tree.row.astype(np.int64) * count + tree.col))


def _loose(count: int, spanning: Pairs, cluster: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Links to the least row of a cluster from the least row of each part that the pairs leave apart."""
    graph = coo_matrix((np.ones(len(spanning.left)), (spanning.left, spanning.right)), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    _, first_of_part = np.unique(part, return_index=True)
    _, first_of_cluster, number = np.unique(cluster, return_index=True, return_inverse=True)
    root = first_of_cluster[number[first_of_part]]
    apart = root != first_of_part
    return root[apart], first_of_part[apart]


def _rows(p: Propositions, pairs: Pairs, judgement: Judgement) -> pl.DataFrame:
    why = [
        "judgement" if judged else reason
        for judged, reason in zip(pairs.judged.tolist(), reasons(pairs.features), strict=True)
    ]
    return pl.DataFrame(
        {
            "table": ["claim_mentions"] * len(pairs.left),
            "left_id": p.ids[pairs.left].astype(str).tolist(),
            "right_id": p.ids[pairs.right].astype(str).tolist(),
            "judgement": [judgement.value] * len(pairs.left),
            "score": np.clip(np.round(pairs.scores, 4), 0, 1),
            "reason": why,
        },
        schema=_SCHEMA,
    )
