"""Why mentions are one entity: edges that span every entity, and the pairs that were refused."""

from collections.abc import Sequence

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.article_coreference import Link
from flows.resolve.entities.name_nodes import Names
from flows.resolve.entities.name_scoring import Edge
from schemas.lineage import ResolutionEdges
from schemas.vocabularies import Judgement

TABLE = "entity_mentions"


def edges_of(
    members: pl.DataFrame,
    names: Names,
    unit_of: Sequence[tuple[int, int]],
    assigned: dict[tuple[int, int], Link],
    edges: Sequence[Edge],
) -> DataFrame[ResolutionEdges]:
    """Positive edges that span every entity, and the pairs that were refused."""
    first_local: dict[tuple[int, int], str] = {}
    first: dict[tuple[int, tuple[int, int]], str] = {}
    rows: list[tuple[str, str, str, float, str]] = []

    def add(a: str, b: str, score: float, reason: str, positive: bool = True) -> None:
        judgement = Judgement.POSITIVE if positive else Judgement.NEGATIVE
        rows.append((min(a, b), max(a, b), judgement, score, reason))

    anchors: dict[int, str] = {}
    for mention, article, node, unit in zip(names.mention, names.article, names.node, unit_of, strict=True):
        if (article, node) in first_local:
            add(mention, first_local[article, node], 1.0, "same name in one article")
            continue
        first_local[article, node] = mention
        if (article, node) not in assigned:
            if (node, unit) in first:
                add(mention, first[node, unit], 1.0, "same name")
            else:
                first[node, unit] = mention
            anchors.setdefault(node, mention)
    for (article, node), link in sorted(assigned.items()):
        add(first_local[article, node], first_local[article, link.long], link.score, link.reason)
    everywhere = dict(anchors)
    for mention, node in zip(names.mention, names.node, strict=True):
        everywhere.setdefault(node, mention)
    for edge in edges:
        add(everywhere[edge.left], everywhere[edge.right], edge.score, edge.reason, edge.joined)
    for mention, antecedent in (
        members.filter(pl.col("antecedent_id").is_not_null()).select("mention_id", "antecedent_id").iter_rows()
    ):
        add(mention, antecedent, 0.9, "antecedent in the text")
    frame = pl.DataFrame(
        rows,
        schema={
            "left_id": pl.String,
            "right_id": pl.String,
            "judgement": pl.String,
            "score": pl.Float64,
            "reason": pl.String,
        },
        orient="row",
    ).select(pl.lit(TABLE).alias("table"), pl.all())
    unique = frame.unique(["left_id", "right_id"], keep="first", maintain_order=True)
    return DataFrame[ResolutionEdges](unique.sort("table", "left_id", "right_id"))
