"""Redirects: every id that an earlier snapshot published and this one does not, and where it is now."""

from collections.abc import Mapping, Sequence

import polars as pl

from flows.resolve.identity.carry_ids import Parent
from schemas.lineage import ID_TABLES
from schemas.tables import TABLES

_ID_COLUMNS = {name: TABLES[name].key[0] for name in ID_TABLES}


def redirects_table(
    parent: Parent | None,
    version: str,
    tables: Mapping[str, pl.DataFrame],
    carried: Mapping[str, pl.DataFrame],
    withdrawn: Sequence[Mapping[str, pl.DataFrame]] = (),
) -> pl.DataFrame:
    """Return every id that an earlier snapshot published and this one does not, chained to where it is now.

    version: the snapshot that is being built. tables: its tables by name. carried: `CarriedIds.redirects` of
    `entities`, `claims` and `stories`. An article that was edited redirects to its revision, a conflict to the one
    between the claims that its claims became; other rows that are gone redirect to nothing. withdrawn: tables of
    versions that a rollback left behind; their ids are accounted for by their mentions. Returns the frame of
    `schemas.lineage.Redirects`.
    """
    columns = TABLES["redirects"].columns
    if parent is None:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    heirs = {**carried, "articles": _revisions(tables["articles"])}
    ended = [_gone(name, parent, tables, heirs) for name in _ID_COLUMNS]
    ended += [_left_behind(name, published, tables) for published in withdrawn for name in _ID_COLUMNS]
    new = pl.concat(ended).unique(["table", "retired_id"], keep="first", maintain_order=True)
    new = new.with_columns(since_version=pl.lit(version))
    earlier = parent.redirects.select(columns).join(new, on=["table", "retired_id"], how="anti")
    return _chained(pl.concat([earlier, new.select(columns)]), tables).sort("table", "retired_id")


def _gone(
    name: str, parent: Parent, tables: Mapping[str, pl.DataFrame], heirs: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    key = _ID_COLUMNS[name]
    before: pl.DataFrame = getattr(parent, name)
    gone = before.select(retired_id=key).join(tables[name], left_on="retired_id", right_on=key, how="anti")
    renamed = _conflict_heirs(before, heirs.get("claims"), tables[name]) if name == "claim_conflicts" else None
    to = heirs.get(name) if renamed is None else renamed
    with_heir = (
        gone.with_columns(current_id=pl.lit(None, pl.String))
        if to is None
        else gone.join(to.select("retired_id", "current_id"), on="retired_id", how="left")
    )
    return with_heir.select(pl.lit(name).alias("table"), "retired_id", "current_id")


_MEMBERS = {"entities": ("entity_mentions", "mention_id"), "claims": ("claim_mentions", "claim_mention_id")}


def _left_behind(name: str, published: Mapping[str, pl.DataFrame], tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Ids of a version that was rolled back, each with the row here that has most of its mentions, or with nothing."""
    key = _ID_COLUMNS[name]
    if name not in published:
        return pl.DataFrame(schema=dict.fromkeys(("table", "retired_id", "current_id"), pl.String))
    gone = published[name].select(retired_id=key).join(tables[name], left_on="retired_id", right_on=key, how="anti")
    heirs = pl.DataFrame(schema={"retired_id": pl.String, "current_id": pl.String})
    if name in _MEMBERS:
        mentions, member = _MEMBERS[name]
        then = published[mentions].select(member, retired_id=key)
        heirs = (
            then.join(tables[mentions].select(member, current_id=key), on=member)
            .group_by("retired_id", "current_id")
            .len()
            .sort("retired_id", -pl.col("len").cast(pl.Int64), "current_id")
            .unique("retired_id", keep="first", maintain_order=True)
            .select("retired_id", "current_id")
        )
    rows = gone.join(heirs, on="retired_id", how="left")
    return rows.select(pl.lit(name).alias("table"), "retired_id", "current_id")


def _revisions(articles: pl.DataFrame) -> pl.DataFrame:
    """Edited texts: the article that was revised, and the one that revises it (of several, the least)."""
    revised = articles.filter(pl.col("revision_of").is_not_null())
    return revised.group_by(retired_id="revision_of").agg(current_id=pl.col("article_id").min())


def _conflict_heirs(before: pl.DataFrame, claims: pl.DataFrame | None, now: pl.DataFrame) -> pl.DataFrame:
    """Conflicts of redirected claims: the old conflict, and the one between the claims that they became."""
    renamed = before.select("conflict_id", "conflict_type", a="claim_id_a", b="claim_id_b")
    if claims is not None:
        heir = dict(claims.filter(pl.col("current_id").is_not_null()).select("retired_id", "current_id").iter_rows())
        renamed = renamed.with_columns(pl.col("a", "b").replace(heir))
    return (
        renamed.with_columns(claim_id_a=pl.min_horizontal("a", "b"), claim_id_b=pl.max_horizontal("a", "b"))
        .join(now, on=["claim_id_a", "claim_id_b", "conflict_type"], how="inner")
        .select(retired_id="conflict_id", current_id="conflict_id_right")
    )


def _chained(redirects: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Redirects without ids that are back, each to the end of its chain; null where that is gone."""
    rows = list(redirects.iter_rows(named=True))
    next_of = {(row["table"], row["retired_id"]): row["current_id"] for row in rows}
    live = {name: set(tables[name][key]) for name, key in _ID_COLUMNS.items()}
    kept = []
    for row in rows:
        name, current = row["table"], row["current_id"]
        if row["retired_id"] in live[name]:
            continue
        seen = {row["retired_id"]}
        while current is not None and current not in live[name] and current not in seen:
            seen.add(current)
            current = next_of.get((name, current))
        kept.append({**row, "current_id": current if current in live[name] else None})
    return pl.DataFrame(kept, schema=redirects.schema)
