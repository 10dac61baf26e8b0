"""Distinct wordings and what is known of pairs of them: proposed, decided, grouped, in conflict."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import candidates, measured
from flows.resolve.claims.claim_clusters import undecided
from flows.resolve.claims.claim_vectors import ClaimVectors, claim_vectors
from flows.resolve.claims.matching.decisions import Judge, decide
from flows.resolve.claims.matching.kept_decisions import KeptDecisions
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.proposition_rows import Propositions, proposition_rows, propositions
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.runtime.cache import Cache
from flows.whole_numbers import distinct


@dataclass(frozen=True)
class OpenPairs:
    """Pairs of wordings of two claims, and what their wordings say, which is read as it is asked for.

    pairs: a frame of `decisions.DECIDED`; claims: the claim of each wording; rows: `proposition_rows` of all wordings;
    measuring: those that give a figure or a date in a story of several articles; kept: what was decided of pairs of
    these rows before, to be closed when nothing more is decided.
    """

    pairs: pl.DataFrame
    claims: np.ndarray
    rows: pl.DataFrame
    measuring: pl.Series
    kept: KeptDecisions

    def read(self, wanted: Iterable[int]) -> Propositions:
        """Return what the wanted wordings say, by row."""
        return propositions(self.rows, wanted)

    @cached_property
    def in_stories(self) -> pl.Series:
        """The rows of all pairs, and measuring ones, that are told in a story, ascending."""
        rows = pl.Series(_rows_of(self.pairs, self.measuring))
        return rows.filter(self.rows["story_id"].gather(rows).is_not_null())

    def told_in(self, articles: AbstractSet[str]) -> Iterable[Proposition]:
        """Return what those of these rows say that are of some articles."""
        of_them = self.rows["article_id"].gather(self.in_stories).is_in(list(articles))
        return self.read(self.in_stories.filter(of_them)).values()

    def by_story(
        self, pairs: pl.DataFrame, others: pl.Series, rows_at_once: int = THRESHOLDS.rows_read_at_once
    ) -> Iterator[tuple[pl.DataFrame, Propositions]]:
        """Yield those of some pairs that are inside stories, and the propositions of their rows and of `others`.

        So many whole stories at a time, in order of their ids: words by the million are not held at once.
        """
        story = self.rows["story_id"]
        known = pl.DataFrame({"row": _rows_of(pairs, others)})
        known = known.with_columns(story=story.gather(known["row"])).drop_nulls("story").sort("story", "row")
        begins = known.with_row_index("at").select(pl.col("at").min().over("story")).to_series()
        known = known.with_columns(part=begins // rows_at_once)
        inside = pairs.filter(story.gather(pairs["left"]) == story.gather(pairs["right"]))
        inside = inside.join(known.select("part", left="row"), on="left")
        by_part = inside.partition_by("part", as_dict=True, include_key=False)
        for part, members in known.group_by("part", maintain_order=True):
            yield by_part.pop(part, pairs.clear()), self.read(members["row"])


def _rows_of(pairs: pl.DataFrame, others: pl.Series) -> np.ndarray:
    """The rows of pairs and others, ascending."""
    return distinct(np.concatenate([*(rows.to_numpy().astype(np.int64) for rows in (*pairs["left", "right"], others))]))


class Comparison:
    """Distinct wordings, and what is decided of pairs of them.

    wordings: claim mentions sorted by id, one a wording; places: actors inside their statements (row, entity,
    entity_type, surface, at); articles: `schemas.articles.Articles` with their stories; cache: what was decided before.
    """

    def __init__(
        self, wordings: pl.DataFrame, places: pl.DataFrame, articles: pl.DataFrame, model: Judge, cache: Cache | None
    ) -> None:
        self._rows, self._model = proposition_rows(wordings, places, articles), model
        self._kept = KeptDecisions(cache, self._rows)
        self.vectors: ClaimVectors = claim_vectors(wordings, places, articles.select("article_id", "story_id"))

    def decided(self, judged: Mapping[tuple[int, int], bool], threshold: float) -> pl.DataFrame:
        """Decide every candidate and judged pair, then all pairs inside the groups that they link."""
        proposed = candidates(self.vectors)
        known = pl.DataFrame(sorted(judged), schema={"left": pl.Int64, "right": pl.Int64}, orient="row")
        added = self._measured(known.join(proposed, on=["left", "right"], how="anti"))
        decided = self._decide(pl.concat([proposed, added]).sort("left", "right"), judged)
        inside = self._measured(undecided(decided, len(self.vectors), threshold))
        grouped = self._decide(inside, judged)
        return pl.concat([decided, grouped]).sort("left", "right")

    def open_pairs(self, decided: pl.DataFrame, claims: np.ndarray) -> OpenPairs:
        """Return the pairs of two claims; claims: claim id of each wording."""
        left, right = (claims[decided[side].to_numpy()] for side in ("left", "right"))
        pairs = decided.filter(pl.Series(left != right, dtype=pl.Boolean))
        return OpenPairs(pairs, claims, self._rows, self._measuring(), self._kept)

    def _measuring(self) -> pl.Series:
        """Rows that give a figure or a date, in stories that several articles tell."""
        told = pl.DataFrame({"story": self.vectors.story, "article": self.vectors.article})
        several = told.select(pl.col("article").n_unique().over("story") > 1).to_series()
        given = self._rows.select((pl.col("quantities").list.len() > 0) | (pl.col("dates").list.len() > 0))
        return (several & given.to_series()).arg_true()

    def _measured(self, pairs: pl.DataFrame) -> pl.DataFrame:
        return measured(self.vectors, pairs["left"].to_numpy(), pairs["right"].to_numpy())

    def _decide(self, pairs: pl.DataFrame, judged: Mapping[tuple[int, int], bool]) -> pl.DataFrame:
        """Story by story, so that words which are read for one pair are read for the next."""
        told = pl.Series(self.vectors.story[pairs["left"].to_numpy()])
        return decide(pairs.sort(told, "left", "right"), self._read, judged, self._model, self._kept)

    def _read(self, pairs: pl.DataFrame) -> Mapping[int, Proposition]:
        """The propositions of both sides of pairs."""
        return propositions(self._rows, np.concatenate([pairs["left"].to_numpy(), pairs["right"].to_numpy()]))
