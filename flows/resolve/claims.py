"""One proposition, one claim: claim mentions of all articles grouped, counted and compared.

The table of contents of claim resolution: ids and speakers (`contents`), what is compared (`propositions`), which
pairs (`candidates`), how alike (`compare`), which groups (`clusters`), ids that last (`carry`), who stands behind a
claim (`support`), and which claims cannot both hold (`conflicts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from flows.resolve.candidates import candidates
from flows.resolve.carry import CarriedIds, Parent, carry_ids, with_moved
from flows.resolve.clusters import clusters
from flows.resolve.compare import features, reasons, score
from flows.resolve.conflicts import find_conflicts
from flows.resolve.contents import actors, entities_inside, identified, with_speakers
from flows.resolve.judged import judged_pairs
from flows.resolve.judgements import Decision, of_table
from flows.resolve.propositions import Propositions, propositions
from flows.resolve.support import support
from flows.settings import ResolveSettings
from schemas import ids
from schemas.claims import ClaimConflicts, ClaimMentions, Claims
from schemas.rejects import ResolutionEdges
from schemas.vocab import Judgement

NEARLY = 0.3
"""Pairs that scored this much and were still found to be two claims are published as negative edges."""


class Resolved(Protocol):
    """What this step needs of the entities: their table, and every mention with its entity."""

    entities: pl.DataFrame
    mentions: pl.DataFrame


@dataclass(frozen=True)
class ClaimResolution:
    """The published tables of claims, and where the parent's claim ids went."""

    claims: DataFrame[Claims]
    mentions: DataFrame[ClaimMentions]
    conflicts: DataFrame[ClaimConflicts]
    edges: DataFrame[ResolutionEdges]
    redirects: pl.DataFrame


@dataclass(frozen=True)
class _Compared:
    """Pairs that were compared: rows of the propositions, features, and scores with judgements applied."""

    left: np.ndarray
    right: np.ndarray
    features: np.ndarray
    scores: np.ndarray

    def take(self, chosen: np.ndarray) -> "_Compared":
        """The chosen pairs."""
        return _Compared(self.left[chosen], self.right[chosen], self.features[chosen], self.scores[chosen])


def resolve_claims(
    articles: pl.DataFrame,
    found: pl.DataFrame,
    entities: Resolved,
    parent: Parent | None,
    judgements: Sequence[Decision],
    settings: ResolveSettings,
    version: str,
) -> ClaimResolution:
    """Claims of all articles, with the places where they are made and the pairs that cannot both hold.

    articles: `schemas.articles.Articles`; found: `schemas.stages.FoundClaims`, in any order. Ids are carried from
    `parent`; judgements decide before any score. The result depends on the rows alone, not on their order.
    """
    mentions = with_speakers(identified(found), entities.mentions, entities.entities)
    inside = entities_inside(mentions, entities.mentions)
    compared_on = inside.join(actors(entities.entities), on="entity_id", how="left")
    p = propositions(mentions, compared_on.select("row", pl.col("actor").alias("entity"), "surface", "at"))
    pairs = _compared(p, judged_pairs(of_table(judgements, "claim_mentions"), mentions, parent))
    cluster = clusters(
        len(p), pairs.left, pairs.right, pairs.scores, settings.claim_threshold, _scorer(p, pairs)
    )
    carried = _carried(mentions, articles, cluster, parent)
    with_ids = _with_claim_ids(mentions, cluster, carried, inside)
    claims = _claims(with_ids, articles, carried, version)
    claim_of = with_ids["claim_id"].to_numpy()
    apart = pairs.take(cluster[pairs.left] != cluster[pairs.right])
    conflicts = find_conflicts(
        p, with_ids, claim_of, apart.left, apart.right, apart.features, articles, compared_on
    )
    return ClaimResolution(
        claims=DataFrame[Claims](claims),
        mentions=DataFrame[ClaimMentions](_published_mentions(with_ids)),
        conflicts=DataFrame[ClaimConflicts](conflicts),
        edges=DataFrame[ResolutionEdges](_edges(p, pairs, cluster, _scorer(p, pairs))),
        redirects=carried.redirects,
    )


def _compared(p: Propositions, judged: dict[tuple[int, int], float]) -> _Compared:
    """Candidate and judged pairs with their features and scores."""
    left, right = candidates(p) if len(p) > 1 else (np.zeros(0, np.int64), np.zeros(0, np.int64))
    if judged:
        extra = np.array(sorted(judged), np.int64)
        both = np.unique(np.concatenate([left * len(p) + right, extra[:, 0] * len(p) + extra[:, 1]]))
        left, right = both // len(p), both % len(p)
    found = features(p, left, right)
    scores = score(found)
    if judged:
        decided = np.array([judged.get((int(a), int(b)), np.nan) for a, b in zip(left, right, strict=True)])
        scores = np.where(np.isnan(decided), scores, decided)
    return _Compared(left, right, found, scores)


def _scorer(p: Propositions, pairs: _Compared):
    """Scores of any pairs, judged ones as judged."""
    certain = (pairs.scores > 1) | (pairs.scores < 0)
    count = len(p)
    keys, values = (pairs.left * count + pairs.right)[certain], pairs.scores[certain]

    def scorer(left: np.ndarray, right: np.ndarray) -> np.ndarray:
        found = score(features(p, left, right))
        if len(keys):
            wanted = np.minimum(left, right) * count + np.maximum(left, right)
            at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            found = np.where(keys[at] == wanted, values[at], found)
        return found

    return scorer


def _carried(
    mentions: pl.DataFrame, articles: pl.DataFrame, cluster: np.ndarray, parent: Parent | None
) -> CarriedIds:
    """An id for each cluster: the parent's where it continues one, else of its first evidence."""
    members = (
        mentions.select("claim_mention_id", "article_id", "start_char")
        .with_columns(pl.Series("cluster", cluster.astype(np.int64)))
        .join(
            articles.select("article_id", "published_on"), on="article_id", how="left", maintain_order="left"
        )
        .sort("published_on", "article_id", "start_char", "claim_mention_id", nulls_last=True)
        .with_row_index("rank")
        .select("cluster", "rank", "article_id", member_id="claim_mention_id")
    )
    if parent is None:
        return carry_ids(members.drop("article_id"), None, ids.claim_id)
    place = ["article_id", "start_char", "end_char"]
    old = with_moved(
        parent.claim_members(),
        parent.claim_mentions.select(pl.col("claim_mention_id").alias("member_id"), *place),
        mentions.select(pl.col("claim_mention_id").alias("member_id"), *place),
    )
    return carry_ids(members.drop("article_id"), old, ids.claim_id, retired=parent.retired("claims"))


def _with_claim_ids(
    mentions: pl.DataFrame, cluster: np.ndarray, carried: CarriedIds, inside: pl.DataFrame
) -> pl.DataFrame:
    """Mentions with claim_id and entity_ids, in the order given."""
    held = inside.group_by("row").agg(entity_ids=pl.col("entity_id").unique().sort())
    return (
        mentions.with_row_index("row")
        .with_columns(pl.Series("cluster", cluster.astype(np.int64)))
        .join(carried.ids.select("cluster", claim_id="id"), on="cluster", how="left", maintain_order="left")
        .join(held, on="row", how="left", maintain_order="left")
        .with_columns(pl.col("entity_ids").fill_null(pl.lit([], pl.List(pl.String))))
    )


def _published_mentions(mentions: pl.DataFrame) -> pl.DataFrame:
    columns = list(ClaimMentions.to_schema().columns)
    return mentions.select(columns).sort("article_id", "start_char", "end_char", "claim_mention_id")


def _claims(
    mentions: pl.DataFrame, articles: pl.DataFrame, carried: CarriedIds, version: str
) -> pl.DataFrame:
    """One row a claim; its wording is that of its longest mention, of equals the one with the least id."""
    longest = mentions.sort(
        pl.col("text").str.len_chars(), "claim_mention_id", descending=[True, False], maintain_order=True
    ).unique("claim_id", keep="first", maintain_order=True)
    held = mentions.group_by("claim_id").agg(
        entity_ids=pl.col("entity_ids").explode(empty_as_null=False).drop_nulls().unique().sort()
    )
    births = carried.ids.select(claim_id="id", since_version=pl.col("since_version").fill_null(version))
    return (
        longest.select("claim_id", "text", "polarity", "modality")
        .join(held, on="claim_id", how="left")
        .join(support(mentions, articles), on="claim_id", how="left")
        .join(births, on="claim_id", how="left")
        .select(list(Claims.to_schema().columns))
        .sort("claim_id")
    )


def _edges(p: Propositions, pairs: _Compared, cluster: np.ndarray, scorer) -> pl.DataFrame:
    """Positive edges that span every claim, and negative ones for what was nearly one claim."""
    same = cluster[pairs.left] == cluster[pairs.right]
    spanning = _spanning(len(p), pairs.take(same))
    loose = _loose(len(p), spanning, cluster)
    judged = (pairs.scores > 1) | (pairs.scores < 0)
    negative = pairs.take(~same & ((pairs.scores >= NEARLY) | judged))
    extra = _Compared(*loose, features(p, *loose), scorer(*loose))
    parts = [
        _edge_rows(p, spanning, Judgement.POSITIVE),
        _edge_rows(p, extra, Judgement.POSITIVE),
        _edge_rows(p, negative, Judgement.NEGATIVE),
    ]
    return pl.concat(parts).sort("table", "left_id", "right_id")


def _spanning(count: int, pairs: _Compared) -> _Compared:
    """The maximum spanning forest of the pairs."""
    # weights of a sparse graph must not be zero; judged scores lie outside 0..1
    cost = 3.0 - np.clip(pairs.scores, 0, 2)
    order = np.lexsort((pairs.right, pairs.left))
    graph = coo_matrix((cost[order], (pairs.left[order], pairs.right[order])), shape=(count, count)).tocsr()
    tree = minimum_spanning_tree(graph).tocoo()
    kept = np.isin(pairs.left * count + pairs.right, tree.row.astype(np.int64) * count + tree.col)
    return pairs.take(kept)


def _loose(count: int, spanning: _Compared, cluster: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Links from the least row of each part of a claim that the edges leave apart to the least row of the claim."""
    graph = coo_matrix((np.ones(len(spanning.left)), (spanning.left, spanning.right)), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    _, first_of_part = np.unique(part, return_index=True)
    _, first_of_cluster, of = np.unique(cluster, return_index=True, return_inverse=True)
    root = first_of_cluster[of[first_of_part]]
    apart = root != first_of_part
    return root[apart], first_of_part[apart]


def _edge_rows(p: Propositions, pairs: _Compared, judgement: Judgement) -> pl.DataFrame:
    judged = (pairs.scores > 1) | (pairs.scores < 0)
    why = np.where(judged, "judgement", np.array(reasons(pairs.features), object)) if len(judged) else []
    return pl.DataFrame(
        {
            "table": ["claim_mentions"] * len(pairs.left),
            "left_id": p.ids[pairs.left].astype(str).tolist(),
            "right_id": p.ids[pairs.right].astype(str).tolist(),
            "judgement": [judgement.value] * len(pairs.left),
            "score": np.clip(np.round(pairs.scores, 4), 0, 1),
            "reason": list(why),
        },
        schema={
            "table": pl.String, "left_id": pl.String, "right_id": pl.String,
            "judgement": pl.String, "score": pl.Float64, "reason": pl.String,
        },
    )  # fmt: skip
