"""Why mentions are one entity: edges that span every entity, and the pairs that were refused.

They are the rows of `resolution_edges` on names; those on claims are made in `flows.resolve.claims.claim_edges`.
"""

from collections.abc import Iterator
from itertools import islice

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.name_nodes import Place
from flows.resolve.entities.resolved_names import ResolvedNames
from flows.resolve.entities.thresholds import THRESHOLDS
from schemas.lineage import ResolutionEdges
from schemas.vocabularies import Judgement

TABLE = "entity_mentions"
_COLUMNS = {"a": pl.String, "b": pl.String, "score": pl.Float64, "reason": pl.String, "joined": pl.Boolean}


def entity_edges(members: pl.DataFrame, names: ResolvedNames) -> DataFrame[ResolutionEdges]:
    """Return positive edges that span every entity, and the pairs that were refused.

    members: every mention with `mention_id`, and `antecedent_id` where it stands for another.
    """
    between = _between_names(names)
    frame = pl.DataFrame(schema=_COLUMNS)
    while rows := list(islice(between, THRESHOLDS.chunk)):  # rows of a frame take a tenth of what tuples take
        frame.vstack(pl.DataFrame(rows, _COLUMNS, orient="row"), in_place=True)
    antecedents = members.filter(pl.col("antecedent_id").is_not_null()).select(
        a="mention_id",
        b="antecedent_id",
        score=pl.lit(0.9),
        reason=pl.lit("antecedent in the text"),
        joined=pl.lit(value=True),
    )
    judgement = pl.when("joined").then(pl.lit(Judgement.POSITIVE.value)).otherwise(pl.lit(Judgement.NEGATIVE.value))
    edges = pl.concat([frame, antecedents]).select(
        pl.lit(TABLE).alias("table"),
        left_id=pl.min_horizontal("a", "b"),
        right_id=pl.max_horizontal("a", "b"),
        judgement=judgement,
        score="score",
        reason="reason",
    )
    unique = edges.unique(["left_id", "right_id"], keep="first", maintain_order=True)
    return DataFrame[ResolutionEdges](unique.sort("table", "left_id", "right_id"))


def _between_names(names: ResolvedNames) -> Iterator[tuple[str, str, float, str, bool]]:
    """Edges from each named mention to the first of its name, of short forms to long ones, and between nodes."""
    first_of_place: dict[Place, str] = {}
    first_of_node: dict[int, str] = {}
    for mention in names.mentions:
        if mention.place in first_of_place:
            yield mention.mention_id, first_of_place[mention.place], 1.0, "same name in one article", True
            continue
        first_of_place[mention.place] = mention.mention_id
        node = names.node_of[mention.place]
        if mention.place in names.links:
            continue
        if node in first_of_node:
            yield mention.mention_id, first_of_node[node], 1.0, "same name", True
        else:
            first_of_node[node] = mention.mention_id
    for (article, form), link in sorted(names.links.items()):
        yield first_of_place[article, form], first_of_place[article, link.long], link.score, link.reason, True
    for edge in names.edges:
        yield first_of_node[edge.left], first_of_node[edge.right], edge.score, edge.reason, edge.joined
