"""Ids that last: entity and claim ids carried from the parent snapshot, and the redirects of those that end.

An id is minted once, from the first evidence of its cluster, and then follows its members:

- **continued**: a cluster that holds members of one old id keeps it, however it has grown;
- **merged**: a cluster that several old ids lead to keeps the oldest (then the one with most members here, then the
  least); the others are redirected to it;
- **split**: an old id stays on whom it named: the part with the member that it was minted from, then the part that
  has the name, then the larger one; the other parts are minted anew, and a part that an id was minted from which was
  merged away gets that id back;
- **moved**: mention ids follow from content, so an edited text or a range drawn otherwise renames them. Members
  are followed to where they are now (`with_moved`, `with_revised`); where none of an id is left, it follows a key
  that its caller gives (a name and a type), if exactly one such id and exactly one new cluster have that key.

How old an id is, is published: `since_version` of `entities` and `claims`. Nothing here depends on the order
of rows, on a clock or on chance.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from flows.snapshots.reader import Snapshot
from schemas.tables import TABLES

_CARRYING: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id", "story_id"),
    "entities": ("entity_id", "entity_type", "name", "since_version"),
    "entity_mentions": ("mention_id", "entity_id", "article_id", "start_char", "end_char", "surface"),
    "claims": ("claim_id", "since_version"),
    "claim_mentions": ("claim_mention_id", "claim_id", "article_id", "start_char", "end_char", "text"),
    "claim_conflicts": ("conflict_id", "conflict_type", "claim_id_a", "claim_id_b"),
    "redirects": TABLES["redirects"].columns,
    "stories": ("story_id", "since_version"),
}
"""Columns that ids are carried by."""


@dataclass(frozen=True)
class Parent:
    """The tables of the snapshot that a build carries its ids from."""

    version: str
    articles: pl.DataFrame
    entities: pl.DataFrame
    entity_mentions: pl.DataFrame
    claims: pl.DataFrame
    claim_mentions: pl.DataFrame
    claim_conflicts: pl.DataFrame
    redirects: pl.DataFrame
    stories: pl.DataFrame

    @classmethod
    def read(cls, previous: Snapshot) -> "Parent":
        """Return the parent of a snapshot's files, of which only what carries ids is read: texts are most of them."""
        return cls.of(
            previous.version,
            {
                name: frame.select([column for column in columns if column in frame.collect_schema()]).collect()
                for name, columns in _CARRYING.items()
                if name in previous.tables
                for frame in (previous.scan(name),)
            },
        )

    @classmethod
    def of(cls, version: str, tables: Mapping[str, pl.DataFrame]) -> "Parent":
        """Return the parent of its tables by name; tables that carry no ids are left out.

        A snapshot of contract 1.0 has no stories.
        """
        none = pl.DataFrame(schema={"story_id": pl.String, "since_version": pl.String})
        held = {"stories": none, **tables}
        return cls(version, **{name: held[name] for name in cls.__dataclass_fields__ if name != "version"})

    def entity_members(self) -> pl.DataFrame:
        """Return which mention belonged to which entity: member_id, id, since_version."""
        return _members(self.entity_mentions, "mention_id", self.entities, "entity_id")

    def claim_members(self) -> pl.DataFrame:
        """Return which claim mention belonged to which claim: member_id, id, since_version."""
        return _members(self.claim_mentions, "claim_mention_id", self.claims, "claim_id")

    def story_members(self) -> pl.DataFrame:
        """Return which article was of which story: member_id, id, since_version."""
        if "story_id" not in self.articles.columns:
            return _empty_members()
        return _members(self.articles.drop_nulls("story_id"), "article_id", self.stories, "story_id")

    def retired(self, table: str) -> frozenset[str]:
        """Ids of a table that were merged into others: never minted again."""
        rows = self.redirects.filter((pl.col("table") == table) & pl.col("current_id").is_not_null())
        return frozenset(rows["retired_id"])


@dataclass(frozen=True)
class CarriedIds:
    """Ids of this build's clusters, and where the parent's ids went that no cluster keeps.

    ids: cluster, id, since_version (null: minted in this build).
    redirects: retired_id, current_id (null: nothing of it is left), one row an id of the parent that ended.
    """

    ids: pl.DataFrame
    redirects: pl.DataFrame


def _members(mentions: pl.DataFrame, key: str, owners: pl.DataFrame, owner_key: str) -> pl.DataFrame:
    return mentions.select(pl.col(key).alias("member_id"), pl.col(owner_key).alias("id")).join(
        owners.select(pl.col(owner_key).alias("id"), "since_version"),
        on="id",
        how="left",
        maintain_order="left",
    )


def carry_ids(
    members: pl.DataFrame,
    parent_members: pl.DataFrame | None,
    mint: Callable[[str], str],
    *,
    keys: pl.DataFrame | None = None,
    parent_keys: pl.DataFrame | None = None,
    retired: frozenset[str] = frozenset(),
) -> CarriedIds:
    """Give every cluster the id of what it continues, or a new one minted from its first evidence.

    members: cluster (i64), member_id (str), rank (any ordered type: least is the first evidence); a member is
        in one cluster.
    parent_members: member_id, id, since_version of the parent snapshot (`Parent.entity_members`), or None.
    mint: from a member id to a new id (`schemas.ids.entity_id`).
    keys, parent_keys: cluster, key and id, key: followed where no member of an id is left.
    retired: ids that ended in a merge earlier (`Parent.retired`): not minted for something else again.

    Minting from a member once more gives the same id again where it is free: an article that comes back
    brings its ids back. Raises ValueError where a member is in two clusters.
    """
    twice = members.filter(pl.col("member_id").is_duplicated())
    if twice.height:
        raise ValueError(f"{twice.height} members are in two clusters, e.g. {twice['member_id'][0]!r}")
    old = _empty_members() if parent_members is None else _complete(parent_members)
    parts = _parts(members, old, mint, keys, parent_keys)
    kept = _followed(parts)
    if keys is not None and parent_keys is not None:
        kept = pl.concat([kept, _moved(members, old, keys, parent_keys, kept)])
    fresh = _minted(members, kept, old, mint, retired)
    ids = pl.concat([kept, fresh]).sort("cluster")
    return CarriedIds(ids, _ended(parts, old, ids))


def _complete(parent_members: pl.DataFrame) -> pl.DataFrame:
    with_version = (
        parent_members
        if "since_version" in parent_members.columns
        else parent_members.with_columns(since_version=pl.lit(None, pl.String))
    )
    return with_version.select("member_id", "id", "since_version").unique()


def _empty_members() -> pl.DataFrame:
    return pl.DataFrame(schema={"member_id": pl.String, "id": pl.String, "since_version": pl.String})


def _age(version: str) -> list[pl.Expr]:
    """Sort keys of a version column, oldest first: 1.0.9 is before 1.0.10."""
    parts = pl.col(version).str.split(".")
    return [parts.list.get(i, null_on_oob=True).cast(pl.Int64) for i in range(3)]


def _parts(
    members: pl.DataFrame,
    old: pl.DataFrame,
    mint: Callable[[str], str],
    keys: pl.DataFrame | None,
    parent_keys: pl.DataFrame | None,
) -> pl.DataFrame:
    """What each cluster holds of an old id, the part first that it named: cluster, id, since_version, size, first."""
    parts = (
        members.join(old, on="member_id", how="inner")
        .group_by("cluster", "id", "since_version")
        .agg(size=pl.len(), first=pl.col("rank").min(), held="member_id")
        .with_columns(several=pl.len().over("id") > 1)
    )
    founded = [
        several and any(mint(member) == id_ for member in held)
        for several, id_, held in parts.select("several", "id", "held").iter_rows()
    ]
    parts = parts.with_columns(founded=pl.Series(founded, dtype=pl.Boolean), named=pl.lit(value=False))
    if keys is not None and parent_keys is not None:
        same = keys.join(parent_keys, on="key", how="inner").select("cluster", "id", same=pl.lit(value=True)).unique()
        parts = parts.join(same, on=["cluster", "id"], how="left").with_columns(
            named=pl.col("same").fill_null(value=False)
        )
    order = ["id", "founded", "named", "size", "first", "cluster"]
    return parts.sort(order, descending=[False, True, True, True, False, False]).select(
        "cluster", "id", "since_version", "size", "first"
    )


def _followed(parts: pl.DataFrame) -> pl.DataFrame:
    """Clusters that keep an id: each id names the cluster of its main part, each cluster takes the oldest."""
    main_parts = parts.unique("id", keep="first", maintain_order=True)
    oldest_first = ["cluster", *_age("since_version"), -pl.col("size").cast(pl.Int64), pl.col("id")]
    return (
        main_parts.sort(oldest_first)
        .unique("cluster", keep="first", maintain_order=True)
        .select("cluster", "id", "since_version")
    )


def _moved(
    members: pl.DataFrame,
    old: pl.DataFrame,
    keys: pl.DataFrame,
    parent_keys: pl.DataFrame,
    kept: pl.DataFrame,
) -> pl.DataFrame:
    """Clusters of new members only that have the key of exactly one id without any member left."""
    shared = members.join(old, on="member_id", how="inner")
    births = old.select("id", "since_version").unique("id")
    gone = births.join(shared, on="id", how="anti").join(parent_keys.select("id", "key").unique(), on="id", how="inner")
    new = (
        keys.select("cluster", "key")
        .unique()
        .join(members.select("cluster").unique(), on="cluster", how="semi")
        .join(pl.concat([kept.select("cluster"), shared.select("cluster")]), on="cluster", how="anti")
    )
    pairs = new.filter(pl.col("key").is_unique()).join(gone.filter(pl.col("key").is_unique()), on="key", how="inner")
    certain = pairs.filter(pl.col("cluster").is_unique() & pl.col("id").is_unique())
    return certain.select("cluster", "id", "since_version").sort("cluster")


def _minted(
    members: pl.DataFrame,
    kept: pl.DataFrame,
    old: pl.DataFrame,
    mint: Callable[[str], str],
    retired: frozenset[str],
) -> pl.DataFrame:
    """New ids for clusters without one, none of them an id that something else has or had.

    An id that was merged away comes back to the cluster that holds the member it was minted from.
    """
    taken = set(old["id"])
    held_by = pl.col("member_id") if retired else pl.col("member_id").head(1)  # most builds have no use for the others
    fresh = (
        members.join(kept, on="cluster", how="anti")
        .sort("rank", "member_id")
        .group_by("cluster", maintain_order=True)
        .agg(held_by)
    )
    clusters, ids = [], []
    for cluster, held in fresh.iter_rows():
        own = [mint(member) for member in held] if retired else []
        new = next((id_ for id_ in own if id_ in retired and id_ not in taken), "") or mint(held[0])
        attempt = 1
        while new in taken or (
            new in retired and new not in own
        ):  # a part that split off before its first evidence did
            attempt += 1
            new = mint(f"{held[0]}#{attempt}")
        taken.add(new)
        clusters.append(cluster)
        ids.append(new)
    return pl.DataFrame(
        {"cluster": clusters, "id": ids, "since_version": [None] * len(ids)},
        schema={"cluster": members.schema["cluster"], "id": pl.String, "since_version": pl.String},
    )


def _ended(parts: pl.DataFrame, old: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Where the ids went that no cluster keeps: to the id of the cluster with their main part, or nowhere."""
    ended = old.select(retired_id="id").unique().join(ids, left_on="retired_id", right_on="id", how="anti")
    main_parts = parts.unique("id", keep="first", maintain_order=True)
    heirs = main_parts.select("cluster", retired_id="id").join(ids, on="cluster", how="inner")
    return ended.join(heirs, on="retired_id", how="left").select("retired_id", current_id="id").sort("retired_id")
