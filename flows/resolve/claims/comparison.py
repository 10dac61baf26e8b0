"""Distinct wordings and what is known of pairs of them: proposed, decided, grouped, in conflict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import candidates, measured
from flows.resolve.claims.claim_clusters import undecided
from flows.resolve.claims.claim_vectors import ClaimVectors, claim_vectors
from flows.resolve.claims.matching.decisions import Judge, decide
from flows.resolve.claims.matching.kept_decisions import KeptDecisions
from flows.resolve.claims.matching.proposition import Proposition, proposition_rows, propositions
from flows.runtime.cache import Cache


@dataclass(frozen=True)
class OpenPairs:
    """Pairs of wordings of two claims: a frame of `decisions.DECIDED`, and by row what each says and its claim.

    propositions: of all rows of the pairs, and of those that give a figure or a date in a story of several articles.
    """

    pairs: pl.DataFrame
    propositions: Mapping[int, Proposition]
    claims: np.ndarray


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
        self._kept.close()
        return pl.concat([decided, grouped]).sort("left", "right")

    def open_pairs(self, decided: pl.DataFrame, claims: np.ndarray) -> OpenPairs:
        """Return the pairs of two claims; claims: claim id of each wording."""
        left, right = (claims[decided[side].to_numpy()] for side in ("left", "right"))
        pairs = decided.filter(pl.Series(left != right, dtype=pl.Boolean))
        return OpenPairs(pairs, self._read(pairs, self._measuring()), claims)

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

    def _read(self, pairs: pl.DataFrame, others: Iterable[int] = ()) -> Mapping[int, Proposition]:
        """The propositions of both sides of pairs, and of other rows."""
        return propositions(self._rows, [*pairs["left"], *pairs["right"], *others])
