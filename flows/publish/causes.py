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

from flows.publish.manifest import Manifest
from schemas.relations import TABLES
from schemas.vocab import Cause

Tables = Mapping[str, pl.DataFrame]

_MENTIONS = {
    "entity_mentions": ("mention_id", "entity_id"),
    "claim_mentions": ("claim_mention_id", "claim_id"),
}


@dataclass(frozen=True)
class Side:
    """One of two snapshots that are compared: its tables and, where known, its manifest."""

    tables: Tables
    manifest: Manifest | None


def elsewhere(old: Side, new: Side) -> Cause:
    """The cause of what no article and no judgement explains."""
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


def causes(name: str, keys: pl.DataFrame, old: Side, new: Side) -> pl.Series:
    """The cause of each row of `keys` (primary keys of table `name`), in their order."""
    key = list(TABLES[name].key)
    evidence = _evidence(name, keys.select(key), old, new)
    if name == "rejects":
        by_input = keys.join(_other_inputs(old, new), on="source_uri", how="semi").select(key).unique()
    else:
        touched = evidence.join(_touched(old, new), left_on="on_article", right_on="article_id", how="semi")
        by_input = touched.select(key).unique()
    by_judgement = evidence.join(_judged(old, new), on="on_member", how="semi").select(key).unique()
    marked = (
        keys.select(key)
        .join(by_input.with_columns(input=pl.lit(True)), on=key, how="left", maintain_order="left")
        .join(by_judgement.with_columns(judgement=pl.lit(True)), on=key, how="left", maintain_order="left")
    )
    return marked.select(
        cause=pl.when(pl.col("judgement"))
        .then(pl.lit(Cause.JUDGEMENT.value))
        .when(pl.col("input"))
        .then(pl.lit(Cause.INPUT.value))
        .otherwise(pl.lit(elsewhere(old, new).value))
    )["cause"]


def _both(old: Side, new: Side, table: str, *columns: pl.Expr | str) -> pl.DataFrame:
    """Columns of a table, rows of either side."""
    return pl.concat([old.tables[table].select(*columns), new.tables[table].select(*columns)]).unique()


def _evidence(name: str, keys: pl.DataFrame, old: Side, new: Side) -> pl.DataFrame:
    """What the rows stand on, in either snapshot: their key, on_article, on_member."""
    members = pl.concat(
        _both(
            old, new, table, pl.col(member).alias("on_member"), pl.col(owner).alias("owner"),
            pl.col("article_id").alias("on_article"),
        )
        for table, (member, owner) in _MENTIONS.items()
    )  # fmt: skip
    key = list(TABLES[name].key)
    columns = [*key, "on_article", "on_member"]
    if name in _MENTIONS:
        return keys.with_columns(on_member=key[0]).join(members, on="on_member").select(columns)
    if name in {"entities", "claims"}:
        return keys.with_columns(owner=key[0]).join(members, on="owner").select(columns)
    if name == "claim_conflicts":
        pairs = _both(
            old, new, name, "conflict_id", pl.concat_list("claim_id_a", "claim_id_b").alias("owner")
        )
        return keys.join(pairs.explode("owner"), on=key).join(members, on="owner").select(columns)
    if name == "resolution_edges":
        ends = keys.with_columns(on_member=pl.concat_list("left_id", "right_id")).explode("on_member")
        return ends.join(members, on="on_member").select(columns)
    ids = keys.with_columns(id="retired_id" if name == "redirects" else key[0])
    nobody = pl.lit(None, pl.String).alias("on_member")
    found = [ids.with_columns(nobody, on_article="id").select(columns)]
    if name == "redirects":
        of = members.rename({"owner": "id"})
        found.append(ids.join(of, on="id").select(columns))
        found.append(
            ids.join(members, left_on="id", right_on="on_member").with_columns(on_member="id").select(columns)
        )
    return pl.concat(found)


def _touched(old: Side, new: Side) -> pl.DataFrame:
    """Articles of either side whose raw bytes the other side did not read under the same name."""
    same = ["source_uri", "source_sha256"]
    read = [side.tables["articles"].select("article_id", *same) for side in (old, new)]
    seen = [
        pl.concat([articles.select(same), _inputs(side)])
        for articles, side in zip(read, (old, new), strict=True)
    ]
    return pl.concat(
        [read[0].join(seen[1], on=same, how="anti"), read[1].join(seen[0], on=same, how="anti")]
    ).select(pl.col("article_id").unique())


def _inputs(side: Side) -> pl.DataFrame:
    inputs = side.manifest.inputs if side.manifest else ()
    return pl.DataFrame(
        {"source_uri": [i.source_uri for i in inputs], "source_sha256": [i.sha256 for i in inputs]},
        schema={"source_uri": pl.String, "source_sha256": pl.String},
    )


def _other_inputs(old: Side, new: Side) -> pl.DataFrame:
    """Names under which the two sides read different bytes, or that only one of them read."""
    a, b, both = _inputs(old), _inputs(new), ["source_uri", "source_sha256"]
    return (
        pl.concat([a.join(b, on=both, how="anti"), b.join(a, on=both, how="anti")])
        .select("source_uri")
        .unique()
    )


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
