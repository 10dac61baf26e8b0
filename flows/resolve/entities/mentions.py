"""Named mentions as resolution takes them: in order of time and place, each with the number of its form.

A form is a way to write a name, over all articles. What it means in one article is its sense there.
"""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from flows.resolve.entities.forms import Forms, number_forms
from flows.resolve.names.name_forms import class_of
from schemas import ids
from schemas.vocabularies import EntityType, MentionType

Place = tuple[int, int]
"""Numbers of an article and of a form in it: where a name means one thing."""


class NamedMention(NamedTuple):
    """A named mention: its id, the number of its article in time, its place, the role beside it, its form's number."""

    mention_id: str
    article: int
    start: int
    end: int
    surface: str
    entity_type: str
    role: str | None
    form: int

    @property
    def place(self) -> Place:
        """Article and form of the mention."""
        return self.article, self.form


class Sense(NamedTuple):
    """What a form means in an article: the form itself, in one of its senses.

    form      number of the form that is meant
    within    number of the article that it is confined to, where it means another in each; -1 where it is not
    country   ISO code of the state of a body or place that several states have; else nothing
    reviewed  whether it is the reviewed entity that the form means by itself, if any
    """

    form: int
    within: int = -1
    country: str = ""
    reviewed: bool = True


def number_mentions(articles: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Sort mentions by time and place and mint their ids; `rank` counts from the first evidence."""
    dates = articles.select("article_id", "published_on")
    ordered = (
        found.join(dates, on="article_id", how="left")
        .sort("published_on", "article_id", "start_char", "end_char", nulls_last=True)
        .drop("published_on")
        .with_row_index("rank")
    )
    minted = [
        ids.mention_id(article, start, end)
        for article, start, end in ordered.select("article_id", "start_char", "end_char").iter_rows()
    ]
    return ordered.with_columns(mention_id=pl.Series(minted, dtype=pl.String))


def named_mentions(table: pl.DataFrame) -> tuple[pl.DataFrame, Forms]:
    """Take the names out of numbered mentions, rows as `NamedMention`; articles are numbered in time."""
    articles = table.select(pl.col("article_id").unique(maintain_order=True)).with_row_index("article")
    named = table.filter(pl.col("mention_type") == MentionType.NAME)
    written = named.select(
        "surface",
        "entity_type",
        group=pl.col("entity_type").replace({kind.value: class_of(kind.value) for kind in EntityType}),
    )
    forms, form_of_surface = number_forms(written)
    form = written.join(form_of_surface, on=["group", "surface"], how="left", maintain_order="left")["form"]
    article = named.select("article_id").join(articles, on="article_id", how="left", maintain_order="left")["article"]
    columns = named.select(
        "mention_id", "surface", "entity_type", "role", article=article, form=form, start="start_char", end="end_char"
    )
    numbers = pl.col("article", "start", "end", "form").cast(pl.Int64)
    return columns.select(NamedMention._fields).with_columns(numbers), forms


def each(mentions: pl.DataFrame) -> Iterator[NamedMention]:
    """Mentions as objects: of those that are looked at one by one."""
    return map(NamedMention._make, mentions.iter_rows())
