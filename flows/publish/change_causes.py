"""Why a row differs from the parent's: input, model, settings, judgement, code, or several of them.

A row that stands on an article whose raw bytes are new, gone or different changed because of the input. A row
that a human decision now joins or parts changed because of the judgement. Any other row changed for what else
differs between the two builds, and so may have a row of either kind that was there before and is there still: every
cause that cannot be ruled out is named. Code is what the hashes of code, lexicons and libraries say, with and without
git. Where nothing differs but other articles, it is the input again: a neighbour moved it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from flows.snapshots.inputs import SCHEMA, listed
from flows.snapshots.manifest import Decided, Manifest
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
    """One of two snapshots that are compared: its tables and, where known, its manifest and its inputs.

    inputs: as `read_inputs` gives them; None takes what the manifest lists itself.
    """

    tables: Tables
    manifest: Manifest | None
    inputs: pl.DataFrame | None = None


@dataclass(frozen=True)
class Compared:
    """Two snapshots that are compared, and what is found out once for all of their tables."""

    old: Side
    new: Side

    @cached_property
    def members(self) -> pl.DataFrame:
        """Every mention of either side, with the entity or claim that it is of: member, owner, article; one that both
        sides have stands twice."""
        return pl.concat(
            _both(self, table, pl.col(member).alias("member"), pl.col(owner).alias("owner"), article="article_id")
            for table, (member, owner) in _MENTIONS.items()
        )

    @cached_property
    def marks(self) -> pl.DataFrame:
        """Ids of articles, mentions, entities and claims that the input or a judgement touched: id, input,
        judgement."""
        articles = _touched(self.old, self.new).select(id="article_id", input=True, judgement=False)
        members = self.members.with_columns(
            input=pl.col("article").is_in(articles["id"].implode()),
            judgement=pl.col("member").is_in(_judged(self.old, self.new)["on_member"].implode()),
        )
        touched = members.filter(pl.col("input") | pl.col("judgement"))
        by_id = [touched.select("input", "judgement", id=column).select("id", "input", "judgement") for column in
                 ("member", "owner")]  # fmt: skip
        return pl.concat([articles, *by_id]).group_by("id").agg(pl.col("input").any(), pl.col("judgement").any())


SEPARATOR = ", "
"""Between the causes of a row that may have several."""


def differences(old: Side, new: Side) -> dict[Cause, list[str]]:
    """Return what differs between two builds besides articles: causes, each with what of it, as a person names it."""
    a, b = old.manifest, new.manifest
    if a is None or b is None:
        return {}
    found: dict[Cause, list[str]] = {
        Cause.INPUT: [],
        Cause.MODEL: ["reader"] if a.model != b.model else [],
        Cause.SETTINGS: _settings(a.settings, b.settings),
        Cause.JUDGEMENT: ["judgements"] if a.judgements_sha256 != b.judgements_sha256 else [],
        Cause.CODE: [],
    }
    if a.decided is None or b.decided is None:  # published before manifests had hashes
        found[Cause.CODE] = ["code"] if a.code != b.code or a.lock_sha256 != b.lock_sha256 else []
    else:
        found[Cause.INPUT] = ["corrections"] if a.decided.corrections != b.decided.corrections else []
        found[Cause.MODEL] += ["fitted weights"] if a.decided.models != b.decided.models else []
        found[Cause.CODE] = _code(a.decided, b.decided)
    return {cause: what for cause, what in found.items() if what}


def _settings(a: Mapping[str, Any], b: Mapping[str, Any], above: str = "") -> list[str]:
    """Settings that differ, with both values."""
    found = []
    for name in sorted({*a, *b}):
        one, other = a.get(name), b.get(name)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            found += _settings(one, other, f"{above}{name}.")
        elif one != other:
            found.append(f"{above}{name} {one} → {other}")
    return found


def _code(a: Decided, b: Decided) -> list[str]:
    hashes = ((name, getattr(a, name), getattr(b, name)) for name in ("code", "lexicons"))
    named = [f"{name} {one[:12]} → {other[:12]}" for name, one, other in hashes if one != other]
    both = sorted({*a.libraries, *b.libraries})
    versions = ((name, a.libraries.get(name), b.libraries.get(name)) for name in both)
    return named + [f"{name} {one} → {other}" for name, one, other in versions if one != other]


def causes(name: str, rows: pl.DataFrame, sides: Compared) -> pl.Series:
    """Return the cause of each row that differs in table `name`, in their order; rows: `change` and the primary
    key."""
    old, new = sides.old, sides.new
    if name == "rejects":
        other = rows.join(_other_inputs(old, new), on="source_uri", how="semi").select(TABLES[name].key).unique()
        marked = rows.join(other.with_columns(input=True), on=TABLES[name].key, how="left", maintain_order="left")
        return _named(marked.with_columns(judgement=False, change=rows["change"]), old, new)
    numbered = rows.with_row_index("row")
    stands_on = _stands_on(name, numbered, sides).join(sides.marks, on="id", how="inner")
    marks = stands_on.group_by("row").agg(pl.col("input").any(), pl.col("judgement").any())
    marked = numbered.select("row", "change").join(marks, on="row", how="left", maintain_order="left")
    return _named(marked, old, new)


def _named(marked: pl.DataFrame, old: Side, new: Side) -> pl.Series:
    """The causes of rows as text: those that mark it (input, judgement), and all others unless they are ruled out.

    A row that came or went with what marks it needs no other reason; one that changed may have several.
    """
    differ = differences(old, new)
    marks = {cause: pl.col(cause.value).fill_null(False) for cause in (Cause.JUDGEMENT, Cause.INPUT)}
    explained = pl.any_horizontal(marks.values()) & (pl.col("change") != "changed")
    parts = []
    for cause in Cause:
        other = ~explained if cause in differ else pl.lit(False)
        parts.append(pl.when(marks.get(cause, pl.lit(False)) | other).then(pl.lit(cause.value)))
    said = pl.concat_list(parts).list.drop_nulls()
    alone = pl.lit([Cause.INPUT.value], pl.List(pl.String))
    return marked.select(cause=pl.when(said.list.len() == 0).then(alone).otherwise(said).list.join(SEPARATOR))["cause"]


def _stands_on(name: str, rows: pl.DataFrame, sides: Compared) -> pl.DataFrame:
    """What each row stands on, as ids of articles, mentions, entities and claims: row, id."""
    if name in {"articles", "entities", "claims"}:
        return rows.select("row", id=TABLES[name].key[0])
    if name == "stories":
        told = _both(sides, "articles", "story_id", id="article_id").drop_nulls()
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
        return pl.concat([own, moved.join(_both(sides, name, member, owner), on=member).select("row", id=owner)])
    if name == "claim_conflicts":
        pairs = _both(sides, name, "conflict_id", pl.concat_list("claim_id_a", "claim_id_b").alias("id"))
        return rows.select("row", "conflict_id").join(pairs, on="conflict_id").select("row", "id").explode("id")
    ends = rows.select("row", member=pl.concat_list("left_id", "right_id")).explode("member")
    return ends.join(sides.members, on="member").select("row", id="owner")


def _both(sides: Compared, table: str, *columns: pl.Expr | str, **named: str) -> pl.DataFrame:
    """Columns of a table, rows of either side; a row that both have stands twice."""
    return pl.concat([side.tables[table].select(*columns, **named) for side in (sides.old, sides.new)])


def _touched(old: Side, new: Side) -> pl.DataFrame:
    """Articles of either side whose raw bytes the other side did not read under the same name."""
    same = ["source_uri", "source_sha256"]
    read = [side.tables["articles"].select("article_id", *same) for side in (old, new)]
    seen = [pl.concat([articles.select(same), _inputs(side)]) for articles, side in zip(read, (old, new), strict=True)]
    return pl.concat([read[0].join(seen[1], on=same, how="anti"), read[1].join(seen[0], on=same, how="anti")]).select(
        pl.col("article_id").unique()
    )


def _inputs(side: Side) -> pl.DataFrame:
    inputs = side.inputs
    if inputs is None:
        inputs = listed(side.manifest) if side.manifest else pl.DataFrame(schema=SCHEMA)
    return inputs.select("source_uri", source_sha256="sha256")


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
