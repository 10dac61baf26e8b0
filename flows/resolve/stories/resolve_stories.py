"""Stories: which articles tell of one event, with ids that last."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.average_linkage import average_linkage
from flows.resolve.identity.carry_ids import CarriedIds, Parent, carry_ids
from flows.resolve.stories.article_pairs import article_pairs
from flows.resolve.stories.article_vectors import article_vectors
from flows.resolve.stories.thresholds import THRESHOLDS
from schemas import ids
from schemas.derived import sources, story_counts
from schemas.stories import Stories


@dataclass(frozen=True)
class StoryResolution:
    """The stories, the articles with their story_id, and where the parent's story ids went."""

    stories: DataFrame[Stories]
    articles: pl.DataFrame
    redirects: pl.DataFrame


def resolve_stories(
    articles: pl.DataFrame, entity_mentions: pl.DataFrame, parent: Parent | None, version: str
) -> StoryResolution:
    """Group articles into stories; every article has one, if alone.

    articles: `schemas.articles.Articles`, story_id not yet filled; entity_mentions: `schemas.entities.EntityMentions`.
    Near-copies and revisions of each other are of one story; their earliest article is compared for all of them. The
    result depends on the rows alone, not on their order.
    """
    groups = _told_together(articles, entity_mentions)
    carried = _carried(articles, groups, parent)
    told = groups.join(carried.ids.select("cluster", story_id="id"), on="cluster", how="left")
    placed = (
        articles.drop("story_id")
        .join(told.select("article_id", "story_id"), on="article_id", how="left", maintain_order="left")
        .select(articles.columns)
    )
    births = carried.ids.select(story_id="id", since_version=pl.col("since_version").fill_null(version))
    stories = (
        story_counts({"articles": placed})
        .join(_titles(placed), on="story_id", how="left")
        .join(_about(placed, entity_mentions), on="story_id", how="left")
        .join(births, on="story_id", how="left")
        .with_columns(pl.col("entity_ids").fill_null(pl.lit([], pl.List(pl.String))))
        .select(list(Stories.to_schema().columns))
        .sort("story_id")
    )
    return StoryResolution(DataFrame[Stories](stories), placed, carried.redirects)


def _told_together(articles: pl.DataFrame, entity_mentions: pl.DataFrame) -> pl.DataFrame:
    """Which articles tell of one event: article_id, cluster."""
    ordered = (
        articles.join(sources(articles), on="article_id", how="left")
        .sort("published_on", "article_id", nulls_last=True)
        .with_columns(first=pl.col("article_id").first().over("source"))
    )
    compared = ordered.filter(pl.col("first") == pl.col("article_id"))
    pairs = article_pairs(article_vectors(compared, entity_mentions))
    cluster = average_linkage(compared.height, pairs.left, pairs.right, pairs.scores, THRESHOLDS.same_story)
    of_first = compared.select(first="article_id", cluster=pl.Series(cluster.astype(np.int64)))
    return ordered.join(of_first, on="first", how="left").select("article_id", "cluster")


def _carried(articles: pl.DataFrame, groups: pl.DataFrame, parent: Parent | None) -> CarriedIds:
    members = (
        articles.select("article_id", "published_on")
        .join(groups, on="article_id", how="left")
        .sort("published_on", "article_id", nulls_last=True)
        .with_row_index("rank")
        .select("cluster", "rank", member_id="article_id")
    )
    if parent is None:
        return carry_ids(members, None, ids.story_id)
    return carry_ids(members, parent.story_members(), ids.story_id, retired=parent.retired("stories"))


def _titles(articles: pl.DataFrame) -> pl.DataFrame:
    """The headline of each story's first article that has one: story_id, title."""
    return (
        articles.drop_nulls(["story_id", "title"])
        .sort("published_on", "article_id", nulls_last=True)
        .unique("story_id", keep="first", maintain_order=True)
        .select("story_id", "title")
    )


def _about(articles: pl.DataFrame, entity_mentions: pl.DataFrame) -> pl.DataFrame:
    """The entities that most articles of a story name: story_id, entity_ids."""
    told = articles.select("article_id", "story_id").with_columns(count=pl.len().over("story_id"))
    named = entity_mentions.select("article_id", "entity_id").unique().join(told, on="article_id")
    often = (
        named.group_by("story_id", "entity_id")
        .agg(share=pl.len() / pl.col("count").first())
        .filter(pl.col("share") > THRESHOLDS.named_by_most)
    )
    return often.group_by("story_id").agg(entity_ids=pl.col("entity_id").sort())
