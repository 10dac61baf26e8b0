"""One proposition, one claim: claim mentions of all articles grouped, counted and compared.

The table of contents of claim resolution: ids and speakers (`contents`), the same wording (`wordings`),
what is compared (`propositions`), which pairs (`candidates`), how alike (`compare`, `pairs`), which groups
(`clusters`), ids that last (`carry`), who stands behind a claim (`support`), and which claims cannot both
hold (`conflicts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.claims.claim_clusters import clusters
from flows.resolve.claims.claim_edges import claim_edges, wording_edges
from flows.resolve.claims.claim_features import propositions
from flows.resolve.claims.claim_mentions import actors, entities_inside, identified, with_speakers
from flows.resolve.claims.duplicate_wordings import first_of_wording
from flows.resolve.claims.scored_pairs import Scorer, compare
from flows.resolve.conflicts.find_conflicts import find_conflicts
from flows.resolve.identity.carry_ids import CarriedIds, Parent, carry_ids
from flows.resolve.identity.follow_members import with_moved, with_revised
from flows.resolve.judgements.claim_pairs import judged_pairs
from flows.resolve.judgements.read_judgements import Decision, of_table
from flows.settings import ResolveSettings
from schemas import ids
from schemas.claims import ClaimConflicts, ClaimMentions, Claims
from schemas.derived import claim_counts
from schemas.lineage import ResolutionEdges


class Resolved(Protocol):
    """What this step needs of the entities: their table, and every mention with its entity."""

    @property
    def entities(self) -> pl.DataFrame:
        """`schemas.entities.Entities`."""

    @property
    def mentions(self) -> pl.DataFrame:
        """`schemas.entities.EntityMentions`."""


@dataclass(frozen=True)
class ClaimResolution:
    """The published tables of claims, and where the parent's claim ids went."""

    claims: DataFrame[Claims]
    mentions: DataFrame[ClaimMentions]
    conflicts: DataFrame[ClaimConflicts]
    edges: DataFrame[ResolutionEdges]
    redirects: pl.DataFrame


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

    articles: `schemas.articles.Articles`; found: `schemas.stages.FoundClaims`, in any order. Ids are
    carried from `parent`; judgements decide before any score. The result depends on the rows alone, not on
    their order.
    """
    mentions = with_speakers(identified(found), entities.mentions, entities.entities)
    inside = entities_inside(mentions, entities.mentions)
    places = inside.join(actors(entities.entities), on="entity_id", how="left", maintain_order="left").select(
        "row", "surface", "at", entity="actor"
    )
    judged = judged_pairs(of_table(judgements, "claim_mentions"), mentions, parent)
    first = first_of_wording(mentions, places, frozenset(row for pair in judged for row in pair))
    wordings, of_row = np.unique(first, return_inverse=True)
    p = propositions(mentions[wordings], _renumbered(places, wordings), articles)
    number = {int(row): at for at, row in enumerate(wordings)}
    decided = {(number[a], number[b]): value for (a, b), value in judged.items()}
    pairs, scorer = compare(p, decided), Scorer(len(p), decided, p)
    cluster = clusters(pairs.left, pairs.right, pairs.scores, len(p), settings.claim_threshold, scorer)
    carried = _carried(mentions, articles, cluster[of_row], parent)
    with_ids = _with_claim_ids(mentions, cluster[of_row], carried, inside)
    apart = pairs.take(cluster[pairs.left] != cluster[pairs.right])
    conflicts = find_conflicts(p, apart, with_ids[wordings], articles, _renumbered(places, wordings))
    edges = pl.concat(
        [claim_edges(p, pairs, cluster, scorer), wording_edges(mentions["claim_mention_id"].to_numpy(), first)]
    )
    return ClaimResolution(
        claims=DataFrame[Claims](_claims(with_ids, articles, carried, version)),
        mentions=DataFrame[ClaimMentions](_published_mentions(with_ids)),
        conflicts=DataFrame[ClaimConflicts](conflicts),
        edges=DataFrame[ResolutionEdges](edges.sort("table", "left_id", "right_id")),
        redirects=carried.redirects,
    )


def _renumbered(places: pl.DataFrame, wordings: np.ndarray) -> pl.DataFrame:
    """The places inside the rows `wordings`, with the rows numbered as these."""
    number = pl.DataFrame({"row": wordings.astype(np.uint32), "to": np.arange(len(wordings), dtype=np.uint32)})
    return places.join(number, on="row", how="inner", maintain_order="left").select("surface", "at", "entity", row="to")


def _carried(mentions: pl.DataFrame, articles: pl.DataFrame, cluster: np.ndarray, parent: Parent | None) -> CarriedIds:
    """An id for each cluster: the parent's where it continues one, else of its first evidence."""
    members = (
        mentions.select("claim_mention_id", "article_id", "start_char")
        .with_columns(pl.Series("cluster", cluster.astype(np.int64)))
        .join(articles.select("article_id", "published_on"), on="article_id", how="left", maintain_order="left")
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
    said = [pl.col("claim_mention_id").alias("member_id"), "article_id", "start_char", pl.col("text").alias("words")]
    old = with_revised(old, parent.claim_mentions.select(said), mentions.select(said), articles)
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


def _claims(mentions: pl.DataFrame, articles: pl.DataFrame, carried: CarriedIds, version: str) -> pl.DataFrame:
    """One row per claim; its text is the longest statement of its mentions, of equals the one with the least id."""
    longest = mentions.sort(
        pl.col("statement").str.len_chars(), "claim_mention_id", descending=[True, False], maintain_order=True
    ).unique("claim_id", keep="first", maintain_order=True)
    held = mentions.group_by("claim_id").agg(
        entity_ids=pl.col("entity_ids").explode(empty_as_null=False).drop_nulls().unique().sort()
    )
    births = carried.ids.select(claim_id="id", since_version=pl.col("since_version").fill_null(version))
    return (
        longest.select("claim_id", "polarity", "modality", text="statement", cohesion=pl.lit(1.0))
        .join(held, on="claim_id", how="left")
        .join(claim_counts({"claim_mentions": mentions, "articles": articles}), on="claim_id", how="left")
        .join(births, on="claim_id", how="left")
        .select(list(Claims.to_schema().columns))
        .sort("claim_id")
    )
