"""Why mentions are one entity: edges that span every entity, and the pairs that were refused.

They are the rows of `resolution_edges` on names; those on claims are made in `flows.resolve.claims.claim_edges`.
"""

from collections.abc import Mapping

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.coreference.forms_in_article import Link
from flows.resolve.entities.mentions import Place
from flows.resolve.entities.resolved_names import ResolvedNames
from schemas.lineage import ResolutionEdges
from schemas.vocabularies import Judgement

TABLE = "entity_mentions"
_PLACE = ["article", "form"]


def entity_edges(members: pl.DataFrame, named: pl.DataFrame, names: ResolvedNames) -> DataFrame[ResolutionEdges]:
    """Return positive edges that span every entity, and the pairs that were refused.

    members: every mention with `mention_id`, and `antecedent_id` where it stands for another. named: the named mentions
    in order, with the numbers of their `article`, `form` and `node`.
    """
    between = [_of_one_name(named, names.links), _of_links(named, names.links), _of_nodes(named, names)]
    antecedents = members.filter(pl.col("antecedent_id").is_not_null()).select(
        a="mention_id",
        b="antecedent_id",
        score=pl.lit(0.9),
        reason=pl.lit("antecedent in the text"),
        joined=pl.lit(value=True),
    )
    judgement = pl.when("joined").then(pl.lit(Judgement.POSITIVE.value)).otherwise(pl.lit(Judgement.NEGATIVE.value))
    edges = pl.concat([*between, antecedents]).select(
        pl.lit(TABLE).alias("table"),
        left_id=pl.min_horizontal("a", "b"),
        right_id=pl.max_horizontal("a", "b"),
        judgement=judgement,
        score="score",
        reason="reason",
    )
    unique = edges.unique(["left_id", "right_id"], keep="first", maintain_order=True)
    return DataFrame[ResolutionEdges](unique.sort("table", "left_id", "right_id"))


def _of_one_name(named: pl.DataFrame, links: Mapping[Place, Link]) -> pl.DataFrame:
    """Edges from each named mention to the first of its name: in its article, or in all, unless the form is linked."""
    linked = pl.DataFrame(list(links), {"article": pl.Int64, "form": pl.Int64}, orient="row")
    first = named.unique(_PLACE, keep="first", maintain_order=True)
    open_ = first.join(linked, on=_PLACE, how="anti", maintain_order="left")
    here = named.with_columns(b=pl.col("mention_id").first().over(_PLACE), reason=pl.lit("same name in one article"))
    across = open_.with_columns(b=pl.col("mention_id").first().over("node"), reason=pl.lit("same name"))
    return (
        pl.concat([here, across])
        .filter(pl.col("mention_id") != pl.col("b"))
        .select(a="mention_id", b="b", score=pl.lit(1.0), reason="reason", joined=pl.lit(value=True))
    )


def _of_links(named: pl.DataFrame, links: Mapping[Place, Link]) -> pl.DataFrame:
    """Edges of short forms to the long ones of their article."""
    rows = [(article, form, link.long, link.score, link.reason) for (article, form), link in sorted(links.items())]
    schema = {"article": pl.Int64, "form": pl.Int64, "long": pl.Int64, "score": pl.Float64, "reason": pl.String}
    first = named.unique(_PLACE, keep="first", maintain_order=True)
    return (
        pl.DataFrame(rows, schema, orient="row")
        .join(first.select(*_PLACE, a="mention_id"), on=_PLACE, maintain_order="left")
        .join(first.select("article", long="form", b="mention_id"), on=["article", "long"], maintain_order="left")
        .select("a", "b", "score", "reason", joined=pl.lit(value=True))
    )


def _of_nodes(named: pl.DataFrame, names: ResolvedNames) -> pl.DataFrame:
    """Edges between nodes, of their first mentions that are not linked."""
    linked = pl.DataFrame(list(names.links), {"article": pl.Int64, "form": pl.Int64}, orient="row")
    own = named.join(linked, on=_PLACE, how="anti", maintain_order="left")
    first = own.unique("node", keep="first", maintain_order=True).select("node", "mention_id")
    return (
        names.edges.join(first.select(left="node", a="mention_id"), on="left", maintain_order="left")
        .join(first.select(right="node", b="mention_id"), on="right", maintain_order="left")
        .select("a", "b", "score", "reason", "joined")
    )
