"""Columns that follow from other tables: how often, in how many articles, by how many publishers, from when
to when.

Computed once more from the rows that are there, to check what resolution counted, and to count again after
validation removed rows.
"""

from collections.abc import Iterator, Mapping

import polars as pl

Tables = Mapping[str, pl.DataFrame]

ENTITY_COUNTS = ("mention_count", "article_count")
CLAIM_COUNTS = (
    "mention_count",
    "article_count",
    "independent_count",
    "publisher_count",
    "first_published_on",
    "last_published_on",
    "speaker_ids",
)


def entity_counts(tables: Tables) -> pl.DataFrame:
    """entity_id with ENTITY_COUNTS, one row an entity that is mentioned."""
    return tables["entity_mentions"].group_by("entity_id").agg(
        mention_count=pl.len().cast(pl.Int32), article_count=pl.col("article_id").n_unique().cast(pl.Int32)
    )  # fmt: skip


def claim_counts(tables: Tables) -> pl.DataFrame:
    """claim_id with CLAIM_COUNTS, one row a claim that is made."""
    articles = tables["articles"].select("article_id", "publisher", "published_on")
    made = tables["claim_mentions"].select("claim_id", "article_id", "speaker_id")
    known = made.join(articles, on="article_id", how="left").join(
        sources(tables["articles"]), on="article_id", how="left"
    )
    return known.group_by("claim_id").agg(
        mention_count=pl.len().cast(pl.Int32),
        article_count=pl.col("article_id").n_unique().cast(pl.Int32),
        independent_count=pl.col("source").n_unique().cast(pl.Int32),
        publisher_count=pl.col("publisher").drop_nulls().n_unique().cast(pl.Int32),
        first_published_on=pl.col("published_on").min(),
        last_published_on=pl.col("published_on").max(),
        speaker_ids=pl.col("speaker_id").drop_nulls().unique().sort(),
    )


def sources(articles: pl.DataFrame) -> pl.DataFrame:
    """article_id, source: articles that are near-copies or revisions of each other, however chained, share a
    source."""
    root: dict[str, str] = {}

    def find(article: str) -> str:
        while article in root:
            article = root[article]
        return article

    for article, copy, revision in articles.select("article_id", "duplicate_of", "revision_of").iter_rows():
        for earlier in (copy, revision):
            if earlier is not None and (one := find(article)) != (other := find(earlier)):
                root[max(one, other)] = min(one, other)
    return articles.select("article_id", source=pl.Series([find(a) for a in articles["article_id"]], dtype=pl.String))


def count_violations(tables: Tables) -> Iterator[tuple[str, str, str, tuple[int, ...]]]:
    """Rows of entities and claims whose counts are not those of their mentions: table, column, meaning,
    rows."""
    for name, key, columns, counted in (
        ("entities", "entity_id", ENTITY_COUNTS, entity_counts(tables)),
        ("claims", "claim_id", CLAIM_COUNTS, claim_counts(tables)),
    ):
        stated = tables[name].with_row_index("row").unique(key, keep="first", maintain_order=True)
        both = stated.join(counted, on=key, how="left", suffix="_counted", maintain_order="left")
        missing = both.filter(pl.col(f"{columns[0]}_counted").is_null())["row"]
        if len(missing):
            yield name, key, f"every row of {name} is mentioned at least once", tuple(missing)
        both = both.filter(pl.col(f"{columns[0]}_counted").is_not_null())
        for column in columns:
            other = both.filter(pl.col(column).ne_missing(pl.col(f"{column}_counted")))["row"]
            if len(other):
                yield name, column, f"{column} is what its mentions add up to", tuple(other)


def recounted(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with counts that fit the mentions left; entities and claims without a mention are gone."""
    again = dict(tables)
    for name, key, columns, counted in (
        ("entities", "entity_id", ENTITY_COUNTS, entity_counts(tables)),
        ("claims", "claim_id", CLAIM_COUNTS, claim_counts(tables)),
    ):
        order = tables[name].columns
        kept = tables[name].drop(columns).join(counted, on=key, how="inner", maintain_order="left")
        again[name] = kept.select(order)
    return again
