"""Distinct wordings as arrays with one row a wording: what blocking compares by the million."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from flows.resolve.terms import term_matrix, terms_of
from schemas.intermediate import MEANING_SIZE


@dataclass(frozen=True)
class ClaimVectors:
    """N wordings in the order of their claim mention ids.

    terms [N, stems]: weight of each content stem; entities [N, entities]: 1 for one that is named, a capital counted as
    its state; meaning [N, MEANING_SIZE]: int8; norm [N]: its length; article, story [N]: numbers; start [N]: first
    character.
    """

    ids: np.ndarray
    terms: csr_matrix
    entities: csr_matrix
    meaning: np.ndarray
    norm: np.ndarray
    article: np.ndarray
    story: np.ndarray
    start: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def weight(self) -> np.ndarray:
        """How much the content stems of each weigh together [N]."""
        return np.asarray(self.terms.sum(axis=1), np.float64).ravel()


def rounded(values: np.ndarray) -> np.ndarray:
    """Return likenesses as they are compared and kept: what a processor adds up in another order does not show."""
    return np.round(values.astype(np.float64), 6)


def claim_vectors(mentions: pl.DataFrame, places: pl.DataFrame, stories: pl.DataFrame) -> ClaimVectors:
    """Return the vectors of `mentions`, which are sorted by claim_mention_id.

    mentions: claim_mention_id, article_id, start_char, statement, meaning; places: row (into mentions), entity;
    stories: article_id, story_id, null for an article that is a story of its own.
    """
    named = places.select("row", value="entity").unique().sort("row", "value")
    told = mentions.select("article_id").join(stories, on="article_id", how="left", maintain_order="left")
    story = told.select(pl.coalesce("story_id", "article_id").rank("dense") - 1).to_series()
    meaning = _meaning(mentions)
    return ClaimVectors(
        ids=mentions["claim_mention_id"].to_numpy(),
        terms=terms_of(mentions["statement"]).content().matrix(mentions.height),
        entities=term_matrix(named.with_columns(weight=pl.lit(1.0)), mentions.height),
        meaning=meaning,
        norm=np.sqrt(np.einsum("ij,ij->i", meaning, meaning, dtype=np.int64)),
        article=mentions["article_id"].rank("dense").cast(pl.Int64).to_numpy() - 1,
        story=story.cast(pl.Int64).to_numpy(),
        start=mentions["start_char"].to_numpy(),
    )


def _meaning(mentions: pl.DataFrame) -> np.ndarray:
    """Meaning vectors as int8 [N, MEANING_SIZE]; a list of another length is an error of the caller."""
    rows = mentions["meaning"]
    held = rows if isinstance(rows.dtype, pl.Array) else rows.list.to_array(MEANING_SIZE)
    return held.to_numpy()
