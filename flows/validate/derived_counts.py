"""Columns and tables that follow from others (`schemas.derived`), computed once more from the rows that are there.

They check what resolution counted, and count again after validation removed rows. What the columns and tables mean
stands in `schemas.derived` alone.
"""

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from schemas.derived import (
    CLAIM_COUNTS,
    ENTITY_COUNTS,
    STORY_COUNTS,
    claim_counts,
    coverage,
    entity_counts,
    statements,
    story_counts,
)

Tables = Mapping[str, pl.DataFrame]
Miscount = tuple[str, str, str, tuple[int, ...]]
"""Table, column, meaning, rows."""

COUNTED: tuple[tuple[str, str, tuple[str, ...], Callable[[Tables], pl.DataFrame]], ...] = (
    ("entities", "entity_id", ENTITY_COUNTS, entity_counts),
    ("claims", "claim_id", CLAIM_COUNTS, claim_counts),
    ("stories", "story_id", STORY_COUNTS, story_counts),
)
"""Tables with columns that count rows of others: name, key, those columns, and what they must be."""

DERIVED: tuple[tuple[str, Callable[[Tables], pl.DataFrame]], ...] = (("coverage", coverage), ("statements", statements))
"""Tables that follow from others as a whole, and what makes them."""

DERIVED_TABLES = frozenset(name for name, _ in DERIVED)


def count_violations(tables: Tables) -> Iterator[Miscount]:
    """Yield rows whose counts are not those of the rows that they count, and rows of derived tables that do not follow.

    Tables that a contract version does not have are passed over.
    """
    yield from miscounts(tables)
    for name, derive in DERIVED:
        if name in tables:
            yield from _underived(name, tables[name], derive(tables))


def miscounts(tables: Tables) -> Iterator[Miscount]:
    """Yield the first of these alone, where derived tables have just been made."""
    for name, key, columns, count in COUNTED:
        if name in tables:
            yield from _miscounted(name, key, columns, tables[name], count(tables))


def _underived(name: str, stated: pl.DataFrame, derived: pl.DataFrame) -> Iterator[Miscount]:
    numbered = stated.with_row_index("row")
    wrong = numbered.join(derived, on=stated.columns, how="anti", nulls_equal=True)["row"]
    if len(wrong) or stated.height != derived.height:
        yield name, stated.columns[0], f"{name} is what the tables that it follows from give", tuple(wrong)


def _miscounted(
    name: str, key: str, columns: tuple[str, ...], stated: pl.DataFrame, counted: pl.DataFrame
) -> Iterator[Miscount]:
    once = stated.with_row_index("row").unique(key, keep="first", maintain_order=True)
    both = once.join(counted, on=key, how="left", suffix="_counted", maintain_order="left")
    missing = both.filter(pl.col(f"{columns[0]}_counted").is_null())["row"]
    if len(missing):
        yield name, key, f"every row of {name} is mentioned at least once", tuple(missing)
    both = both.filter(pl.col(f"{columns[0]}_counted").is_not_null())
    for column in columns:
        other = both.filter(pl.col(column).ne_missing(pl.col(f"{column}_counted")))["row"]
        if len(other):
            yield name, column, f"{column} is what its mentions add up to", tuple(other)


def recounted(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the tables with counts that fit the rows left; rows that nothing mentions any more are gone."""
    again = dict(tables)
    for name, key, columns, count in COUNTED:
        if name in again:
            order = again[name].columns
            kept = again[name].drop(columns).join(count(tables), on=key, how="inner", maintain_order="left")
            again[name] = kept.select(order)
    if "described_in" in again["entities"].columns:
        again["entities"] = _without_lost_articles(again["entities"], again["articles"])
    if "stories" in again:
        again["stories"] = _without_lost_entities(again["stories"], again["entities"])
    return with_derived(again)


def with_derived(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the tables with those that follow from them made anew."""
    return {**tables, **{name: derive(tables) for name, derive in DERIVED}}


def _without_lost_articles(entities: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Entities without a role that an article states which is gone: they outlive it while others name them."""
    stated = pl.col("described_in").is_in(articles["article_id"].implode())
    return entities.with_columns(
        pl.when(stated).then(name).alias(name) for name in ("description", "described_in", "described_on")
    )


def _without_lost_entities(stories: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Stories that name only entities which are there: a story outlives an entity that was refused.

    By a join: an expression on the elements of each list would hold the ids of all entities once a story.
    """
    numbered = stories.with_row_index("row")
    named = numbered.select("row", "entity_ids").explode("entity_ids", empty_as_null=False)
    alive = named.join(entities.select(entity_ids="entity_id"), on="entity_ids", how="semi", maintain_order="left")
    lists = alive.group_by("row", maintain_order=True).agg("entity_ids")
    kept = numbered.drop("entity_ids").join(lists, on="row", how="left", maintain_order="left")
    return kept.with_columns(pl.col("entity_ids").fill_null([])).select(stories.columns)
