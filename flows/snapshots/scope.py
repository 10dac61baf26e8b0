"""What a snapshot is about in a sentence: how many articles of how many outlets, from when to when."""

from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True)
class Scope:
    """Articles, outlets that are stated, and the first and last day of publication that are."""

    articles: int
    outlets: int
    first: date | None
    last: date | None

    def sentence(self) -> str:
        """Return it as people say it: 146 articles of 10 outlets, June 2016 to December 2020."""
        said = f"{self.articles:,} article{'' if self.articles == 1 else 's'}"
        if self.outlets:
            said += f" of {self.outlets:,} outlet{'' if self.outlets == 1 else 's'}"
        return f"{said}, {self.months()}" if self.first else said

    def months(self) -> str:
        """Return the months of publication: `June 2016 to December 2020`, one where both are the same."""
        if self.first is None or self.last is None:
            return ""
        return " to ".join(dict.fromkeys(f"{day:%B} {day.year}" for day in (self.first, self.last)))


def scope(articles: pl.LazyFrame) -> Scope:
    """Return the scope of the table `articles`."""
    row = articles.select(
        pl.len().alias("articles"),
        pl.col("publisher").drop_nulls().n_unique().alias("outlets"),
        pl.col("published_on").min().alias("first"),
        pl.col("published_on").max().alias("last"),
    ).collect()
    return Scope(**row.row(0, named=True))
