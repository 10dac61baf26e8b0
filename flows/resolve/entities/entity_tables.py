"""Resolved mentions as the published frames: entities with their profiles and lasting ids, and their mentions."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.entity_edges import entity_edges
from flows.resolve.entities.entity_profiles import Profile, make_profile
from flows.resolve.entities.join_bodies import body_of
from flows.resolve.entities.name_nodes import NamedMention
from flows.resolve.entities.resolved_names import ResolvedNames
from flows.resolve.identity.carry_ids import CarriedIds, Parent, carry_ids
from flows.resolve.identity.follow_members import with_moved, with_revised
from flows.resolve.names.name_forms import class_of
from flows.resolve.names.parse_name import folded
from flows.resolve.names.reference_entities import ReferenceEntity
from schemas import ids
from schemas.derived import entity_counts
from schemas.entities import Entities, EntityMentions
from schemas.lineage import ResolutionEdges
from schemas.tables import polars_schema
from schemas.vocabularies import MentionType


@dataclass(frozen=True)
class EntityResolution:
    """Entities, their mentions, why they are one, and how the parent's ids go on.

    carried: `ids` by cluster and `redirects` of retired entity ids (retired_id, current_id).
    """

    entities: DataFrame[Entities]
    mentions: DataFrame[EntityMentions]
    edges: DataFrame[ResolutionEdges]
    carried: CarriedIds


@dataclass(frozen=True)
class _Cluster:
    """What is published of one entity: its number, the reviewed entity that it is, its profile, and its state's code.

    A state's code is its own; a capital has that of the state that it stands for, a body that of the state whose body
    it is, where the name or the article says so.
    """

    number: int
    reference: ReferenceEntity | None
    profile: Profile
    country: str | None


def make_tables(
    articles: pl.DataFrame, table: pl.DataFrame, names: ResolvedNames, parent: Parent | None, version: str
) -> EntityResolution:
    """Make the published frames, with ids carried from the parent.

    table: all mentions as `number_mentions` returns them. version: the snapshot that is being built.
    """
    grouped: dict[int, list[NamedMention]] = {}
    for mention in names.mentions:
        grouped.setdefault(names.root(mention), []).append(mention)
    members = _members(table, {mention.mention_id: root for root, found in grouped.items() for mention in found})
    clusters = [_cluster(root, grouped[root], names) for root in sorted(grouped)]
    carried = _carried(articles, members, clusters, parent)
    mentions = _mentions(members, clusters, carried)
    return EntityResolution(
        _entities(articles, mentions, clusters, carried, version),
        mentions,
        entity_edges(members, names),
        carried,
    )


def _members(table: pl.DataFrame, cluster_of: dict[str, int]) -> pl.DataFrame:
    """All mentions with their cluster: names by what they resolved to, others by their antecedent."""
    named = table.filter(pl.col("mention_type") == MentionType.NAME)
    names = named.with_columns(
        cluster=pl.Series([cluster_of[m] for m in named["mention_id"]], dtype=pl.Int64),
        antecedent_id=pl.lit(None, pl.String),
    )
    at = ["article_id", "start_char", "end_char"]
    others = (
        table.filter(pl.col("mention_type") != MentionType.NAME)
        .join(
            names.select(*at, "cluster", antecedent_id="mention_id", antecedent_type="entity_type"),
            left_on=["article_id", "antecedent_start_char", "antecedent_end_char"],
            right_on=at,
            how="inner",
        )
        .select(names.columns)
    )
    return pl.concat([names, others]).sort("rank")


def _cluster(root: int, mentions: Sequence[NamedMention], names: ResolvedNames) -> _Cluster:
    """One entity: the reviewed one where one of its names is known."""
    nodes = [names.nodes[number] for number in sorted(names.sets.members(root))]
    reference = next((node.form.reference for node in nodes if node.form.reference is not None), None)
    country = reference.country_code if reference is not None else ""
    if not country and nodes[0].form.group == "NAMED":
        country = next((body.country for node in nodes if (body := body_of(node)) is not None), "")
    return _Cluster(root, reference, make_profile(mentions, names.forms, reference, names.former), country or None)


def _carried(
    articles: pl.DataFrame, members: pl.DataFrame, clusters: Sequence[_Cluster], parent: Parent | None
) -> CarriedIds:
    own = members.select("cluster", pl.col("mention_id").alias("member_id"), "rank")
    if parent is None:
        return carry_ids(own, None, ids.entity_id)
    place = [
        pl.col("mention_id").alias("member_id"),
        "article_id",
        "start_char",
        "end_char",
        pl.col("surface").alias("words"),
    ]
    before, now = parent.entity_mentions.select(place), members.select(place)
    old = with_revised(with_moved(parent.entity_members(), before, now), before, now, articles)
    keys = pl.DataFrame(
        {
            "cluster": [cluster.number for cluster in clusters],
            "key": [_name_key(cluster.profile.entity_type, cluster.profile.name) for cluster in clusters],
        },
        schema={"cluster": pl.Int64, "key": pl.String},
    )
    old_keys = parent.entities.select(
        pl.col("entity_id").alias("id"),
        pl.struct("entity_type", "name")
        .map_elements(lambda e: _name_key(e["entity_type"], e["name"]), return_dtype=pl.String)
        .alias("key"),
    )
    return carry_ids(
        own,
        old,
        ids.entity_id,
        keys=keys,
        parent_keys=old_keys,
        retired=parent.retired("entities"),
    )


def _name_key(entity_type: str, name: str) -> str:
    return f"{class_of(entity_type)}:{folded(name)}"


def _entities(
    articles: pl.DataFrame, mentions: pl.DataFrame, clusters: Sequence[_Cluster], carried: CarriedIds, version: str
) -> DataFrame[Entities]:
    of_reference = {c.reference.key: c.number for c in clusters if c.reference is not None}
    rows = [
        (
            cluster.number,
            cluster.profile.name,
            cluster.profile.entity_type,
            cluster.country,
            (cluster.reference.wikidata_id or None) if cluster.reference else None,
            of_reference.get(cluster.reference.stands_for) if cluster.reference else None,
        )
        for cluster in clusters
    ]
    schema = polars_schema(Entities)
    columns = ("name", "entity_type", "country_code", "wikidata_id")
    described = pl.DataFrame(
        rows,
        schema={"cluster": pl.Int64, **{name: schema[name] for name in columns}, "actor": pl.Int64},
        orient="row",
    )
    ids_of = carried.ids.select("cluster", entity_id="id", since_version=pl.col("since_version").fill_null(version))
    frame = (
        described.join(ids_of, on="cluster")
        .join(entity_counts({"entity_mentions": mentions}), on="entity_id")
        .join(_aliases(clusters), on="cluster")
        .join(_roles(articles, mentions, clusters), on="cluster", how="left")
        .join(ids_of.select(actor="cluster", stands_for="entity_id"), on="actor", how="left")
    )
    return DataFrame[Entities](frame.select(list(schema)).sort("entity_id"))


def _roles(articles: pl.DataFrame, mentions: pl.DataFrame, clusters: Sequence[_Cluster]) -> pl.DataFrame:
    """A frame of clusters that have a role, with the role, the article that states it last, and its day."""
    stated = [(c.number, by.mention_id, by.role) for c in clusters if (by := c.profile.described_by) is not None]
    schema = {"cluster": pl.Int64, "mention_id": pl.String, "description": pl.String}
    days = articles.select("article_id", described_on="published_on")
    return (
        pl.DataFrame(stated, schema=schema, orient="row")
        .join(mentions.select("mention_id", "article_id"), on="mention_id")
        .join(days, on="article_id")
        .select("cluster", "description", "described_on", described_in="article_id")
    )


def _aliases(clusters: Sequence[_Cluster]) -> pl.DataFrame:
    """A frame of clusters and their aliases, built flat: polars makes a series of each list otherwise."""
    flat = pl.DataFrame(
        [(cluster.number, alias) for cluster in clusters for alias in cluster.profile.aliases],
        schema={"cluster": pl.Int64, "aliases": pl.String},
        orient="row",
    )
    return flat.group_by("cluster", maintain_order=True).agg("aliases")


def _mentions(members: pl.DataFrame, clusters: Sequence[_Cluster], carried: CarriedIds) -> DataFrame[EntityMentions]:
    kinds = {cluster.number: cluster.profile.entity_type for cluster in clusters}
    owners = carried.ids.select("cluster", entity_id="id")
    frame = members.join(owners, on="cluster", how="left", maintain_order="left").select(
        "mention_id",
        "article_id",
        "start_char",
        "end_char",
        "surface",
        "mention_type",
        entity_type=pl.Series([kinds[cluster] for cluster in members["cluster"]], dtype=pl.String),
        entity_id="entity_id",
    )
    return DataFrame[EntityMentions](frame.sort("article_id", "start_char", "end_char", "mention_id"))
