"""One proposition, one claim: claim mentions of all articles grouped, counted and compared.

The table of contents of claim resolution: ids and speakers (`claim_mentions`), equal wordings (`duplicate_wordings`),
which pairs (`claim_vectors`, `claim_blocking`), what each is (`proposition`, `differences`, `decisions`, `pair_model`),
which groups (`claim_clusters`), and ids that last (`identity.carry_ids`). Which claims cannot both hold is found in the
pairs that stay open (`flows.resolve.conflicts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.claims.claim_clusters import clusters, cohesion
from flows.resolve.claims.claim_edges import claim_edges, wording_edges
from flows.resolve.claims.claim_mentions import (
    actors_inside,
    entities_inside,
    identified,
    speaking_as,
    with_speakers,
    without_background,
)
from flows.resolve.claims.claim_tables import claims_table, mentions_table
from flows.resolve.claims.comparison import Comparison, OpenPairs
from flows.resolve.claims.duplicate_wordings import first_of_wording
from flows.resolve.claims.list_columns import by_row, rows_of
from flows.resolve.claims.matching.decisions import Judge
from flows.resolve.identity.carry_ids import CarriedIds, Parent, carry_ids
from flows.resolve.identity.follow_members import with_moved, with_revised
from flows.resolve.judgements.claim_pairs import judged_pairs
from flows.resolve.judgements.read_judgements import Decision, of_table
from flows.runtime.cache import Cache
from flows.settings import ResolveSettings
from schemas import ids
from schemas.claims import ClaimMentions, Claims
from schemas.intermediate import MEANING_SIZE
from schemas.lineage import ResolutionEdges

COMPARED = (
    "claim_mention_id", "article_id", "start_char", "statement", "polarity", "modality", "quantities", "dates",
    "speaker_ids", "attribution", "said_on", "found_at",
)  # fmt: skip
"""What of a mention is compared, and where its meaning is."""


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
    """The published tables of claims, where the parent's claim ids went, and the pairs that may be in conflict."""

    claims: DataFrame[Claims]
    mentions: DataFrame[ClaimMentions]
    edges: DataFrame[ResolutionEdges]
    redirects: pl.DataFrame
    open_pairs: OpenPairs


def resolve_claims(
    articles: pl.DataFrame,
    found: pl.DataFrame,
    entities: Resolved,
    parent: Parent | None,
    judgements: Sequence[Decision],
    settings: ResolveSettings,
    version: str,
    model: Judge,
    decisions: Cache | None = None,
) -> ClaimResolution:
    """Resolve the claims of all articles: the claims and the places where they are made.

    articles: `schemas.articles.Articles` with their stories; found: `schemas.intermediate.FoundClaims`, in any order.
    Ids are carried from `parent`; judgements decide before anything else; decisions: the cache of those made before.
    The result depends on the rows alone, not on their order.
    """
    meaning = found["meaning"].list.to_array(MEANING_SIZE)  # larger than all else, and only wordings need theirs
    mentions = with_speakers(identified(found.drop("meaning").with_row_index("found_at")), entities.mentions)
    del found  # where the caller has none, either, it is gone before pairs are compared
    bare = without_background(mentions)
    places = actors_inside(bare, entities.mentions, entities.entities)
    judged = judged_pairs(of_table(judgements, "claim_mentions"), mentions, parent)
    first = first_of_wording(bare, places, articles, frozenset(row for pair in judged for row in pair))
    wordings, of_row = np.unique(first, return_inverse=True)
    spoken = speaking_as(rows_of(bare.select(COMPARED), pl.Series(wordings)), entities.entities)
    spoken = spoken.with_columns(meaning=meaning.gather(spoken["found_at"]))
    compared = Comparison(spoken, _renumbered(places, wordings), articles, model, decisions)
    del spoken, places, meaning, bare
    number = {int(row): at for at, row in enumerate(wordings)}
    decided = compared.decided(
        {(number[a], number[b]): same for (a, b), same in judged.items()}, settings.claim_threshold
    )
    cluster = clusters(decided, len(wordings), settings.claim_threshold)
    carried = _carried(mentions, articles, cluster[of_row], parent)
    with_ids = _with_claim_ids(mentions, cluster[of_row], carried, entities_inside(mentions, entities.mentions))
    edges = pl.concat(
        [
            claim_edges(compared.vectors.ids, decided, cluster),
            wording_edges(mentions["claim_mention_id"].to_numpy(), first),
        ]
    )
    held = carried.ids.join(cohesion(decided, cluster), on="cluster", how="left").select("id", "cohesion")
    return ClaimResolution(
        claims=DataFrame[Claims](claims_table(with_ids, articles, carried, held, version)),
        mentions=DataFrame[ClaimMentions](mentions_table(with_ids)),
        edges=DataFrame[ResolutionEdges](edges.sort("table", "left_id", "right_id")),
        redirects=carried.redirects,
        open_pairs=compared.open_pairs(decided, with_ids["claim_id"].to_numpy()[wordings]),
    )


def _renumbered(places: pl.DataFrame, wordings: np.ndarray) -> pl.DataFrame:
    """The places inside the rows `wordings`, with the rows numbered as these."""
    number = pl.DataFrame({"row": wordings.astype(np.uint32), "to": np.arange(len(wordings), dtype=np.uint32)})
    joined = places.join(number, on="row", how="inner", maintain_order="left")
    return joined.select("entity", "entity_type", "surface", "at", row="to")


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
    numbers = pl.DataFrame({"cluster": cluster.astype(np.int64)})
    named = numbers.join(carried.ids.select("cluster", "id"), on="cluster", how="left", maintain_order="left")
    return mentions.with_columns(claim_id=named["id"], entity_ids=by_row(held, "entity_ids", mentions.height))
