"""Why mentions are one entity: edges that span every entity, and the pairs that were refused.

They are the rows of `resolution_edges` on names; those on claims are made in `flows.resolve.claims.claim_edges`.
"""

from collections.abc import Iterator, Mapping

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.coreference.forms_in_article import Link
from flows.resolve.entities.mentions import Place
from flows.resolve.entities.tables.resolved_names import ResolvedNames
from schemas.lineage import ResolutionEdges
from schemas.vocabularies import Judgement

TABLE = "entity_mentions"
_PLACE = ["article", "form"]
_PAIR = ["low", "high"]


def entity_edges(
    ids: pl.Series, members: pl.DataFrame, named: pl.DataFrame, names: ResolvedNames
) -> DataFrame[ResolutionEdges]:
    """Return positive edges that span every entity, and the pairs that were refused.

    ids: of all mentions by `rank`, which stands for them until the pairs are known. members: every mention with its
    `rank`, and that of its `antecedent` where it stands for another. named: the named mentions in order, with `rank`
    and the numbers of their `article`, `form` and `node`.
    """
    first = named.select("rank", *_PLACE, "node").unique(_PLACE, keep="first", maintain_order=True)
    linked = pl.DataFrame(list(names.links), {"article": pl.Int64, "form": pl.Int64}, orient="row")
    own = first.join(linked, on=_PLACE, how="anti", maintain_order="left")
    between = [*_of_one_name(named, own), _of_links(first, names.links), _of_nodes(own, names.edges)]
    antecedents = members.drop_nulls("antecedent").select(
        a="rank", b="antecedent", score=pl.lit(0.9), reason=pl.lit("antecedent in the text"), joined=pl.lit(value=True)
    )
    pairs = pl.concat([*between, antecedents]).with_columns(
        low=pl.min_horizontal("a", "b"), high=pl.max_horizontal("a", "b")
    )
    unique = pairs.unique(_PAIR, keep="first", maintain_order=True)
    judgement = pl.when("joined").then(pl.lit(Judgement.POSITIVE.value)).otherwise(pl.lit(Judgement.NEGATIVE.value))
    edges = unique.with_columns(a=ids.gather(unique["low"]), b=ids.gather(unique["high"])).select(
        pl.lit(TABLE).alias("table"),
        left_id=pl.min_horizontal("a", "b"),
        right_id=pl.max_horizontal("a", "b"),
        judgement=judgement,
        score="score",
        reason="reason",
    )
    return DataFrame[ResolutionEdges](edges.sort("left_id", "right_id"))


def _of_one_name(named: pl.DataFrame, own: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Edges from each named mention to the first of its name: in its article, or in all, unless the form is linked.

    own: the first mention of each place whose form is not linked.
    """
    for mentions, name, reason in ((named, _PLACE, "same name in one article"), (own, ["node"], "same name")):
        begun = mentions.select(a="rank", b=pl.col("rank").first().over(name))
        yield begun.filter(pl.col("a") != pl.col("b")).with_columns(
            score=pl.lit(1.0), reason=pl.lit(reason), joined=pl.lit(value=True)
        )


def _of_links(first: pl.DataFrame, links: Mapping[Place, Link]) -> pl.DataFrame:
    """Edges of short forms to the long ones of their article; first: the first mention of each place."""
    rows = [(article, form, link.long, link.score, link.reason) for (article, form), link in sorted(links.items())]
    schema = {"article": pl.Int64, "form": pl.Int64, "long": pl.Int64, "score": pl.Float64, "reason": pl.String}
    return (
        pl.DataFrame(rows, schema, orient="row")
        .join(first.select(*_PLACE, a="rank"), on=_PLACE, maintain_order="left")
        .join(first.select("article", long="form", b="rank"), on=["article", "long"], maintain_order="left")
        .select("a", "b", "score", "reason", joined=pl.lit(value=True))
    )


def _of_nodes(own: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Edges between nodes, of their first mentions that are not linked (`own`)."""
    first = own.unique("node", keep="first", maintain_order=True)
    return (
        edges.join(first.select(left="node", a="rank"), on="left", maintain_order="left")
        .join(first.select(right="node", b="rank"), on="right", maintain_order="left")
        .select("a", "b", "score", "reason", "joined")
    )
