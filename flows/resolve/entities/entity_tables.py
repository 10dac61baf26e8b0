"""Resolved mentions as the published frames: entities with their profiles and lasting ids, and their mentions."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.article_coreference import Link
from flows.resolve.entities.entity_edges import edges_of
from flows.resolve.entities.entity_profiles import Profile, Seen, profile
from flows.resolve.entities.name_nodes import Names
from flows.resolve.entities.name_scoring import Edge, Node
from flows.resolve.identity.carry_ids import CarriedIds, Parent, carry_ids
from flows.resolve.identity.follow_members import with_moved, with_revised
from flows.resolve.names.name_forms import class_of
from flows.resolve.names.parse_name import folded
from flows.resolve.names.reference_entities import Entry
from schemas import ids
from schemas.entities import Entities, EntityMentions
from schemas.lineage import ResolutionEdges
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


def tables(
    articles: pl.DataFrame,
    table: pl.DataFrame,
    names: Names,
    nodes: Sequence[Node],
    unit_of: Sequence[tuple[int, int]],
    assigned: dict[tuple[int, int], Link],
    edges: Sequence[Edge],
    parent: Parent | None,
    version: str,
) -> EntityResolution:
    """The published frames of named mentions, each in the entity `unit_of` it, with ids carried from the parent."""
    number = {unit: i for i, unit in enumerate(sorted(set(unit_of)))}
    members = _members(table, dict(zip(names.mention, (number[u] for u in unit_of), strict=True)))
    reviewed = _reviewed(names, nodes, unit_of, number)
    profiles = _profiles(names, unit_of, number, reviewed)
    carried = _carried(articles, members, profiles, parent)
    entity_of = dict(carried.ids.select("cluster", "id").iter_rows())
    since = dict(carried.ids.select("cluster", "since_version").iter_rows())
    entities = _entities(members, reviewed, profiles, entity_of, since, version)
    return EntityResolution(
        entities,
        _mentions(members, profiles, entity_of),
        edges_of(members, names, unit_of, assigned, edges),
        carried,
    )


def _members(table: pl.DataFrame, cluster_of: dict[str, int]) -> pl.DataFrame:
    """All mentions with their cluster: names by what they resolved to, others by their antecedent."""
    names = table.filter(pl.col("mention_type") == MentionType.NAME).with_columns(
        cluster=pl.col("mention_id").replace_strict(cluster_of, return_dtype=pl.Int64),
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


def _profiles(
    names: Names,
    unit_of: Sequence[tuple[int, int]],
    number: dict[tuple[int, int], int],
    reviewed: Sequence[Entry | None],
) -> list[Profile]:
    seen: list[list[Seen]] = [[] for _ in number]
    for order, unit in enumerate(unit_of):
        cluster = number[unit]
        seen[cluster].append(
            Seen(names.surface[order], names.kind[order], names.article[order], order, names.role[order])
        )
    return [profile(s, e) for s, e in zip(seen, reviewed, strict=True)]


def _reviewed(
    names: Names, nodes: Sequence[Node], unit_of: Sequence[tuple[int, int]], number: dict[tuple[int, int], int]
) -> list[Entry | None]:
    """The reviewed entity that a cluster is, where one of its names is known."""
    found: list[Entry | None] = [None] * len(number)
    for node, unit in zip(names.node, unit_of, strict=True):
        for known in (nodes[unit[0]].form.entry, nodes[node].form.entry):
            if known is not None and found[number[unit]] is None:
                found[number[unit]] = known
    return found


def _carried(
    articles: pl.DataFrame, members: pl.DataFrame, profiles: Sequence[Profile], parent: Parent | None
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
    keys = pl.DataFrame({"cluster": range(len(profiles)), "key": [_carry_key(p.entity_type, p.name) for p in profiles]})
    old_keys = parent.entities.select(
        pl.col("entity_id").alias("id"),
        pl.struct("entity_type", "name")
        .map_elements(lambda e: _carry_key(e["entity_type"], e["name"]), return_dtype=pl.String)
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


def _carry_key(entity_type: str, name: str) -> str:
    return f"{class_of(entity_type)}:{folded(name)}"


def _entities(
    members: pl.DataFrame,
    reviewed: Sequence[Entry | None],
    profiles: Sequence[Profile],
    entity_of: dict[int, str],
    since: dict[int, str | None],
    version: str,
) -> DataFrame[Entities]:
    cluster_of_key = {entry.key: cluster for cluster, entry in enumerate(reviewed) if entry is not None}
    counts = {
        cluster: (mentions, articles)
        for cluster, mentions, articles in members.group_by("cluster")
        .agg(pl.len(), pl.col("article_id").n_unique().alias("articles"))
        .iter_rows()
    }
    order = range(len(profiles))
    stands = [cluster_of_key.get(entry.stands_for) if entry is not None else None for entry in reviewed]
    columns = {
        "entity_id": [entity_of[cluster] for cluster in order],
        "name": [about.name for about in profiles],
        "entity_type": [about.entity_type for about in profiles],
        "country_code": [(entry.country_code or None) if entry is not None else None for entry in reviewed],
        "wikidata_id": [(entry.wikidata_id or None) if entry is not None else None for entry in reviewed],
        "description": [about.description for about in profiles],
        "stands_for": [entity_of[state] if state is not None else None for state in stands],
        "mention_count": [counts[cluster][0] for cluster in order],
        "article_count": [counts[cluster][1] for cluster in order],
        "since_version": [since[cluster] or version for cluster in order],
    }
    schema = {name: column.dtype.type for name, column in Entities.to_schema().columns.items()}
    flat = pl.DataFrame(columns, schema={name: kind for name, kind in schema.items() if name != "aliases"})
    aliases = _lists(flat["entity_id"].to_list(), [about.aliases for about in profiles])
    return DataFrame[Entities](flat.join(aliases, on="entity_id").select(list(schema)).sort("entity_id"))


def _lists(keys: Sequence[object], values: Sequence[Sequence[str]]) -> pl.DataFrame:
    """A frame of entity_id and its aliases, built flat: polars makes a series of each list otherwise."""
    flat = pl.DataFrame(
        {
            "entity_id": [key for key, found in zip(keys, values, strict=True) for _ in found],
            "aliases": [alias for found in values for alias in found],
        },
        schema={"entity_id": pl.String, "aliases": pl.String},
    )
    return flat.group_by("entity_id", maintain_order=True).agg("aliases")


def _mentions(
    members: pl.DataFrame, profiles: Sequence[Profile], entity_of: dict[int, str]
) -> DataFrame[EntityMentions]:
    kinds = {cluster: about.entity_type for cluster, about in enumerate(profiles)}
    frame = members.select(
        "mention_id",
        "article_id",
        "start_char",
        "end_char",
        "surface",
        "mention_type",
        entity_type=pl.col("cluster").replace_strict(kinds, return_dtype=pl.String),
        entity_id=pl.col("cluster").replace_strict(entity_of, return_dtype=pl.String),
    )
    return DataFrame[EntityMentions](frame.sort("article_id", "start_char", "end_char", "mention_id"))
