"""Who speaks where, by columns: which rows no voice can set against another, before anything of them is read.

The same rules as `voices`, but that nothing is asked of who two speakers are: what is left out here is left out there.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from flows.resolve.conflicts.thresholds import THRESHOLDS
from flows.resolve.conflicts.voices import Voices


@dataclass(frozen=True)
class SpokenRows:
    """Rows of `proposition_rows` as numbers, -1 for none.

    article, story [n]; version [n]: the text of which the article is a version; outlet [n]: its publisher, or the
    article itself where none is known; speaks [n]: whether anybody is known to speak; narrated [n].
    """

    article: np.ndarray
    story: np.ndarray
    version: np.ndarray
    outlet: np.ndarray
    speaks: np.ndarray
    narrated: np.ndarray

    @classmethod
    def of(cls, rows: pl.DataFrame, voices: Voices) -> "SpokenRows":
        """Return those of rows; voices: of all their articles."""
        articles = voices.articles()
        itself = pl.concat_str(pl.lit("article "), "article_id")
        outlet = pl.when(pl.col("publisher").is_null()).then(itself).otherwise(pl.lit("outlet ") + pl.col("publisher"))
        of_article = articles.select("article_id", "version", outlet=outlet.rank("dense"))
        told = rows.select("article_id", "story_id", "narrated", speaks=pl.col("speaker_ids").list.len() > 0)
        told = told.join(of_article, on="article_id", how="left", maintain_order="left")
        number = pl.col("article_id", "story_id", "outlet", "version").rank("dense").cast(pl.Int64).fill_null(-1)
        columns = told.select(number, "speaks", "narrated")
        names = ("article_id", "story_id", "version", "outlet", "speaks", "narrated")
        return cls(*(columns[name].to_numpy() for name in names))

    def may_conflict(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return which pairs of rows `Voices.may_conflict` may tell to be of two voices of one story."""
        one_story = (self.story[left] == self.story[right]) & (self.story[left] >= 0)
        one_text = self.article[left] == self.article[right]
        revised = ~one_text & (self.version[left] == self.version[right])
        speakers = self.speaks[left] & self.speaks[right] & ~(self.narrated[left] & self.narrated[right])
        return one_story & ~revised & (speakers | (self.outlet[left] != self.outlet[right]))

    def figured_against(self, rows: pl.Series, figures: pl.Series) -> pl.Series:
        """Return those of some rows that give figures and may conflict with another of these in their story.

        figures: how many each row of all gives. All such rows of a story where one of its blocks may be cut short
        (`THRESHOLDS.largest_block`): which are compared depends on all of them.
        """
        at = rows.to_numpy()
        told = pl.DataFrame(
            {"row": rows, "story": self.story[at], "outlet": self.outlet[at], "speaks": self.speaks[at]}
        ).with_columns(figures=figures.gather(rows))
        several = pl.col("outlet").n_unique().over("story") > 1
        quoted = pl.col("speaks") & (pl.col("speaks").sum().over("story") > 1)
        many = pl.col("figures").sum().over("story") > THRESHOLDS.largest_block
        return told.filter(pl.col("figures") > 0).filter(several | quoted | many)["row"]
