"""Why a row differs from the parent's: input, model, settings, judgement or code.

A row that stands on an article whose raw bytes are new, gone or different changed because of the input. A row
that a human decision now joins or parts changed because of the judgement. For any other row it is what else
differs
between the two builds, the nearer cause first: model, settings, judgement, code. Where nothing differs but
other
articles, it is the input again: a neighbour moved it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flows.snapshots.manifest import Manifest
from schemas.tables import TABLES
from schemas.vocabularies import Cause

Tables = Mapping[str, pl.DataFrame]

_MENTIONS = {
    "entity_mentions": ("mention_id", "entity_id"),
    "claim_mentions": ("claim_mention_id", "claim_id"),
}


_ON_ONE = {"coverage": "claim_id", "statements": "claim_mention_id"}
"""Derived tables, and the column that says what a row of them stands on."""


@dataclass(frozen=True)
class Side:
    """One of two snapshots that are compared: its tables and, where known, its manifest."""

    tables: Tables
    manifest: Manifest | None


def remaining_cause(old: Side, new: Side) -> Cause:
    """Return the cause of what no article and no judgement explains."""
    a, b = old.manifest, new.manifest
    if a is None or b is None:
        return Cause.INPUT
    differs = {
        Cause.MODEL: a.model != b.model,
        Cause.SETTINGS: a.settings != b.settings,
        Cause.JUDGEMENT: a.judgements_sha256 != b.judgements_sha256,
        Cause.CODE: a.code != b.code or a.lock_sha256 != b.lock_sha256,
    }
    return next((cause for cause, differ in differs.items() if differ), Cause.INPUT)


def causes(name: str, rows: pl.DataFrame, old: Side, new: Side) -> pl.Series:
    """Return the cause of each row that differs in table `name`, in their order; rows: `change` and the primary
    key."""
    if name == "rejects":
        other = rows.join(_other_inputs(old, new), on="source_uri", how="semi").select(TABLES[name].key).unique()
        marked = rows.join(other.with_columns(input=True), on=TABLES[name].key, how="left", maintain_order="left")
        return marked.select(_cause(pl.col("input"), pl.lit(False), remaining_cause(old, new)))["cause"]
    numbered = rows.with_row_index("row")
    stands_on = _stands_on(name, numbered, old, new).join(_marks(old, new), on="id", how="inner")
    marks = stands_on.group_by("row").agg(pl.col("input").any(), pl.col("judgement").any())
    marked = numbered.select("row").join(marks, on="row", how="left", maintain_order="left")
    return marked.select(_cause(pl.col("input"), pl.col("judgement"), remaining_cause(old, new)))["cause"]


def _cause(by_input: pl.Expr, by_judgement: pl.Expr, otherwise: Cause) -> pl.Expr:
    said = pl.when(by_judgement).then(pl.lit(Cause.JUDGEMENT.value)).when(by_input).then(pl.lit(Cause.INPUT.value))
    return said.otherwise(pl.lit(otherwise.value)).alias("cause")


def _stands_on(name: str, rows: pl.DataFrame, old: Side, new: Side) -> pl.DataFrame:
    """What each row stands on, as ids of articles, mentions, entities and claims: row, id."""
    if name in {"articles", "entities", "claims"}:
        return rows.select("row", id=TABLES[name].key[0])
    if name == "stories":
        told = _both(old, new, "articles", "story_id", id="article_id").drop_nulls()
        return rows.select("row", "story_id").join(told, on="story_id").select("row", "id")
    if name in _ON_ONE:
        return rows.select("row", id=_ON_ONE[name])
    if name == "redirects":
        return rows.select("row", id="retired_id")
    if name in _MENTIONS:
        member, owner = _MENTIONS[name]
        own = rows.select("row", id=member)
        # one that moved to another entity or claim did so for what that stands on
        moved = rows.filter(pl.col("change") == "changed").select("row", member)
        return pl.concat([own, moved.join(_both(old, new, name, member, owner), on=member).select("row", id=owner)])
    if name == "claim_conflicts":
        pairs = _both(old, new, name, "conflict_id", pl.concat_list("claim_id_a", "claim_id_b").alias("id"))
        return rows.select("row", "conflict_id").join(pairs, on="conflict_id").select("row", "id").explode("id")
    ends = rows.select("row", member=pl.concat_list("left_id", "right_id")).explode("member")
    return ends.join(_members(old, new), on="member").select("row", id="owner")


def _both(old: Side, new: Side, table: str, *columns: pl.Expr | str, **named: str) -> pl.DataFrame:
    """Columns of a table, rows of either side."""
    return pl.concat([side.tables[table].select(*columns, **named) for side in (old, new)]).unique()


def _members(old: Side, new: Side) -> pl.DataFrame:
    """Every mention of either side, with the entity or claim that it is of: member, owner, article."""
    return pl.concat(
        _both(old, new, table, pl.col(member).alias("member"), pl.col(owner).alias("owner"), article="article_id")
        for table, (member, owner) in _MENTIONS.items()
    )


def _marks(old: Side, new: Side) -> pl.DataFrame:
    """Ids of articles, mentions, entities and claims that the input or a judgement touched: id, input,
    judgement."""
    articles = _touched(old, new).select(id="article_id", input=True, judgement=False)
    members = _members(old, new).with_columns(
        input=pl.col("article").is_in(articles["id"].implode()),
        judgement=pl.col("member").is_in(_judged(old, new)["on_member"].implode()),
    )
    touched = members.filter(pl.col("input") | pl.col("judgement"))
    by_id = [touched.select("input", "judgement", id=column).select("id", "input", "judgement") for column in
             ("member", "owner")]  # fmt: skip
    return pl.concat([articles, *by_id]).group_by("id").agg(pl.col("input").any(), pl.col("judgement").any())


def _touched(old: Side, new: Side) -> pl.DataFrame:
    """Articles of either side whose raw bytes the other side did not read under the same name."""
    same = ["source_uri", "source_sha256"]
    read = [side.tables["articles"].select("article_id", *same) for side in (old, new)]
    seen = [pl.concat([articles.select(same), _inputs(side)]) for articles, side in zip(read, (old, new), strict=True)]
    return pl.concat([read[0].join(seen[1], on=same, how="anti"), read[1].join(seen[0], on=same, how="anti")]).select(
        pl.col("article_id").unique()
    )


def _inputs(side: Side) -> pl.DataFrame:
    inputs = side.manifest.inputs if side.manifest else ()
    return pl.DataFrame(
        {"source_uri": [i.source_uri for i in inputs], "source_sha256": [i.sha256 for i in inputs]},
        schema={"source_uri": pl.String, "source_sha256": pl.String},
    )


def _other_inputs(old: Side, new: Side) -> pl.DataFrame:
    """Names under which the two sides read different bytes, or that only one of them read."""
    a, b, both = _inputs(old), _inputs(new), ["source_uri", "source_sha256"]
    return pl.concat([a.join(b, on=both, how="anti"), b.join(a, on=both, how="anti")]).select("source_uri").unique()


def _judged(old: Side, new: Side) -> pl.DataFrame:
    """Mentions that a human decision of one side only names."""
    a, b = (
        side.tables["resolution_edges"]
        .filter(pl.col("reason") == "judgement")
        .select("left_id", "right_id", "judgement")
        for side in (old, new)
    )
    one_sided = pl.concat([a.join(b, on=a.columns, how="anti"), b.join(a, on=a.columns, how="anti")])
    return pl.concat([one_sided.select(on_member=end) for end in ("left_id", "right_id")]).unique()
