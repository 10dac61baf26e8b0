"""Resolved mentions as the published frames: entities with their profiles and lasting ids, and their mentions."""

from dataclasses import dataclass

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.pairs.join_bodies import body_of
from flows.resolve.entities.tables.entity_edges import entity_edges
from flows.resolve.entities.tables.entity_profiles import aliases_of, make_profiles, stated_roles
from flows.resolve.entities.tables.resolved_names import ResolvedNames
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
class _Clusters:
    """What is published of entities, by columns.

    named       the named mentions in order, with the number of their `cluster`, `node`, `form` and `article`
    references  the reviewed entities, by cluster
    profiles    a row an entity: `cluster`, `name`, `entity_type`, and the code of its state

    A state's code is its own; a capital has that of the state that it stands for, a body that of the state whose body
    it is, where the name or the article says so, any other place that of what its article says it lies in.
    """

    named: pl.DataFrame
    references: dict[int, ReferenceEntity]
    profiles: pl.DataFrame


def make_tables(
    articles: pl.DataFrame, table: pl.DataFrame, names: ResolvedNames, parent: Parent | None, version: str
) -> EntityResolution:
    """Make the published frames, with ids carried from the parent.

    table: all mentions as `number_mentions` returns them. version: the snapshot that is being built.
    """
    clusters = _clusters(table, names)
    members = _members(table, clusters.named)
    carried = _carried(articles, members, clusters, parent)
    mentions = _mentions(members, clusters, carried)
    return EntityResolution(
        _entities(articles, mentions, clusters, carried, version),
        mentions,
        entity_edges(table["mention_id"], members, clusters.named, names),
        carried,
    )


def _members(table: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """All mentions with their cluster: names by what they resolved to, others by their antecedent; in no order."""
    names = named.select(*table.columns, "cluster", antecedent=pl.lit(None, table.schema["rank"]))
    at = ["article_id", "start_char", "end_char"]
    others = (
        table.filter(pl.col("mention_type") != MentionType.NAME)
        .join(
            names.select(*at, "cluster", antecedent="rank", antecedent_type="entity_type"),
            left_on=["article_id", "antecedent_start_char", "antecedent_end_char"],
            right_on=at,
            how="inner",
        )
        .select(names.columns)
    )
    return pl.concat([names, others])


def _clusters(table: pl.DataFrame, names: ResolvedNames) -> _Clusters:
    """The entities, each the reviewed one where one of its names is known."""
    named = table.filter(pl.col("mention_type") == MentionType.NAME).hstack(names.places)
    references: dict[int, ReferenceEntity] = {}
    countries: dict[int, str] = {}
    nodes = names.nodes
    bodies = nodes.of_group("NAMED").tolist()
    of_bodies = set(bodies)
    for number in bodies:
        root, node = int(names.roots[number]), nodes.made[number]
        if node.form.reference is not None:
            references.setdefault(root, node.form.reference)
        body = body_of(node) if root in of_bodies else None
        country = node.country if body is None else body.country
        if country:
            countries.setdefault(root, country)
    countries |= {root: of.country_code for root, of in references.items() if of.country_code}
    profiles = make_profiles(named, nodes.forms, references, names.former)
    codes = [countries.get(cluster) or None for cluster in profiles["cluster"]]
    return _Clusters(named, references, profiles.with_columns(country_code=pl.Series(codes, dtype=pl.String)))


def _carried(articles: pl.DataFrame, members: pl.DataFrame, clusters: _Clusters, parent: Parent | None) -> CarriedIds:
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
    keys = clusters.profiles.select("cluster", key=_name_keys(clusters.profiles))
    old_keys = parent.entities.select(id="entity_id", key=_name_keys(parent.entities))
    return carry_ids(
        own,
        old,
        ids.entity_id,
        keys=keys,
        parent_keys=old_keys,
        retired=parent.retired("entities"),
    )


def _name_keys(entities: pl.DataFrame) -> pl.Series:
    keys = [f"{class_of(kind)}:{folded(name)}" for kind, name in entities.select("entity_type", "name").iter_rows()]
    return pl.Series(keys, dtype=pl.String)


def _entities(
    articles: pl.DataFrame, mentions: pl.DataFrame, clusters: _Clusters, carried: CarriedIds, version: str
) -> DataFrame[Entities]:
    of_reference = {of.key: cluster for cluster, of in clusters.references.items()}
    schema = polars_schema(Entities)
    reviewed = pl.DataFrame(
        [(c, of.wikidata_id or None, of_reference.get(of.stands_for)) for c, of in clusters.references.items()],
        schema={"cluster": pl.Int64, "wikidata_id": schema["wikidata_id"], "actor": pl.Int64},
        orient="row",
    )
    columns = [pl.col(name).cast(schema[name]) for name in ("name", "entity_type", "country_code")]
    ids_of = carried.ids.select("cluster", entity_id="id", since_version=pl.col("since_version").fill_null(version))
    frame = (
        clusters.profiles.select("cluster", *columns)
        .join(reviewed, on="cluster", how="left")
        .join(ids_of, on="cluster")
        .join(entity_counts({"entity_mentions": mentions}), on="entity_id")
        .join(aliases_of(clusters.named), on="cluster")
        .join(_roles(articles, clusters), on="cluster", how="left")
        .join(ids_of.select(actor="cluster", stands_for="entity_id"), on="actor", how="left")
    )
    return DataFrame[Entities](frame.select(list(schema)).sort("entity_id"))


def _roles(articles: pl.DataFrame, clusters: _Clusters) -> pl.DataFrame:
    """A frame of clusters that have a role, with the role, the article that states it last, and its day."""
    days = articles.select("article_id", described_on="published_on")
    return (
        stated_roles(clusters.named, clusters.references)
        .join(days, on="article_id")
        .select("cluster", "description", "described_on", described_in="article_id")
    )


def _mentions(members: pl.DataFrame, clusters: _Clusters, carried: CarriedIds) -> DataFrame[EntityMentions]:
    kind = pl.col("entity_type").cast(polars_schema(EntityMentions)["entity_type"])
    entities = clusters.profiles.select("cluster", kind).join(
        carried.ids.select("cluster", entity_id="id"), on="cluster", how="left"
    )
    columns = list(polars_schema(EntityMentions))
    frame = members.drop("entity_type").join(entities, on="cluster", how="left").select(columns)
    return DataFrame[EntityMentions](frame.sort("article_id", "start_char", "end_char", "mention_id"))
