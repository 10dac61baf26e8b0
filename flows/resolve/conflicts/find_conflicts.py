"""Claims that cannot both hold, or that give different facts on one point.

Two claims conflict only where they are about one thing: they share an actor and most of the words that
matter, and nothing says that they speak of different times. Each kind has its own test on top: two counts
of the same noun (`quantity`), two complete lists with a common part (`list`), two dates of one event
(`date`), one proposition affirmed and denied (`polarity`), and opposite judgements of two speakers on one
subject (`stance`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from flows.resolve.claims.claim_features import Propositions
from flows.resolve.claims.pair_features import FEATURES, dot
from flows.resolve.claims.scored_pairs import Pairs
from flows.resolve.conflicts.disagreements import (
    differing_dates,
    differing_lists,
    differing_quantities,
    opposed_judgements,
)
from schemas import ids
from schemas.claims import ClaimConflicts
from schemas.tables import polars_schema
from schemas.vocabularies import ConflictType

MAX_DAYS_APART = 45
"""Counts published further apart may both be right: things change."""

SAME_BUT_FOR_FIGURES = 0.75
"""Dice of the content words from which two statements differ in little but their figures."""

LIKE_ACTORS = 0.25
"""Dice of the entities inside two claims."""

LIKE_SUBJECT = 0.4
"""The same where nothing else need be shared: two judge one matter in words of their own."""

ONE_STORY = 0.35
"""Dice of the entities inside all claims of two articles from which they tell of one event."""

EXCERPT_CHARS = 160

OF_ONE_EVENT = frozenset({ConflictType.QUANTITY, ConflictType.DATE, ConflictType.POLARITY})
"""Conflicts about what happens again and again, in the same words."""

_DISAGREEMENTS = {
    ConflictType.QUANTITY: differing_quantities,
    ConflictType.LIST: differing_lists,
    ConflictType.DATE: differing_dates,
    ConflictType.STANCE: opposed_judgements,
}


@dataclass(frozen=True)
class _Pair:
    """Two claim mentions that conflict: rows, type, what they say differently (for a reader), confidence."""

    left: int
    right: int
    kind: ConflictType
    says: tuple[str, str]
    confidence: float


def find_conflicts(
    p: Propositions, pairs: Pairs, mentions: pl.DataFrame, articles: pl.DataFrame, places: pl.DataFrame
) -> pl.DataFrame:
    """The frame of `schemas.claims.ClaimConflicts` from compared pairs of mentions of different claims.

    mentions: in the order of `p`: claim_id, article_id, text, quantities, dates; places: row, entity.
    """
    feature = {name: pairs.features[:, number] for number, name in enumerate(FEATURES)}
    published = dict(articles.select("article_id", "published_on").iter_rows())
    rows = mentions.select("text", "start_char", "quantities", "dates", "article_id")
    found = list(_pairs(p, _Claims(rows, places), pairs.left, pairs.right, feature, published))
    return _table(found, mentions["claim_id"].to_list(), places)


class _Claims:
    """Claims as `flows.resolve.disagreements` reads them, a row at a time."""

    def __init__(self, rows: pl.DataFrame, places: pl.DataFrame):
        self._rows = rows
        ordered = places.sort("row", "at")
        self._at, self._entity = ordered["at"].to_list(), ordered["entity"].to_list()
        self._bounds = np.searchsorted(ordered["row"].to_numpy(), np.arange(rows.height + 1))

    def __getitem__(self, row: int) -> dict[str, Any]:
        low, high = int(self._bounds[row]), int(self._bounds[row + 1])
        entities = list(zip(self._at[low:high], self._entity[low:high], strict=True))
        return {**self._rows.row(row, named=True), "entities": entities}


def _pairs(
    p: Propositions,
    claims: "_Claims",
    left: np.ndarray,
    right: np.ndarray,
    feature: dict[str, np.ndarray],
    published: dict[str, date | None],
) -> Iterator[_Pair]:
    by_kind = _alike_enough(p, left, right, feature)
    stories = _Stories(p)
    for kind, chosen in by_kind.items():
        alike = np.flatnonzero(chosen)
        if kind in OF_ONE_EVENT:
            alike = alike[stories.alike(p.article[left[alike]], p.article[right[alike]])]
        for at in alike.tolist():
            a, b = claims[int(left[at])], claims[int(right[at])]
            says = _says(kind, a, b, bool(feature["date_shared"][at]), published)
            if says is not None:
                yield _Pair(int(left[at]), int(right[at]), kind, says, _confidence(kind, at, feature))


def _alike_enough(
    p: Propositions, left: np.ndarray, right: np.ndarray, feature: dict[str, np.ndarray]
) -> dict[ConflictType, np.ndarray]:
    """Which pairs are about one thing, closely enough for each kind of conflict."""
    about = (feature["entity_dice"] >= LIKE_ACTORS) & (feature["part_of"] == 0)
    one_voice = (p.speaker[left] == p.speaker[right]) & (p.speaker[left] >= 0)
    narrator = ~(p.voiced[left] | p.voiced[right])
    about &= ~((one_voice | narrator) & (p.article[left] == p.article[right]))  # nobody contradicts himself in a text
    said = (p.voiced[left] | p.voiced[right]) & ~one_voice
    said &= ~(p.bare[left] | p.bare[right])  # a few words without a verb judge nothing: who says them may
    alike, words, cover = feature["meaning"], feature["word_dice"], feature["word_cover"]
    one_event = (feature["agent_shared"] > 0) & (feature["entity_differs"] == 0)
    numbers = (feature["quantity_differs"] > 0) & (feature["date_differs"] == 0) & (feature["negation_differs"] == 0)
    denied = (feature["negation_differs"] > 0) & (feature["modality_differs"] == 0) & (feature["form_differs"] == 0)
    # a count is of what it counts; a percentage or a sum may be of anything, so that all else must be the same
    least = np.where(dot(p.counts, p.counts, left, right) > 0, 0.6, SAME_BUT_FOR_FIGURES)
    alike_but_for_not = (words >= 0.5) & (feature["token_dice"] >= 0.65) & (feature["length_differs"] <= 0.25)
    judged = dot(p.plus[:, p.judging], p.minus[:, p.judging], left, right)
    judged += dot(p.minus[:, p.judging], p.plus[:, p.judging], left, right)
    return {
        ConflictType.QUANTITY: about & one_event & numbers & (alike >= 0.7) & (cover >= 0.35) & (words >= least),
        ConflictType.LIST: about & (alike >= 0.6) & (cover >= 0.25),
        ConflictType.DATE: about
        & one_event
        & (feature["date_differs"] > 0)
        & (alike >= 0.75)
        & (cover >= 0.45)
        & (words >= 0.6),
        ConflictType.POLARITY: about & one_event & denied & alike_but_for_not,
        ConflictType.STANCE: about & said & (judged > 0) & (alike >= 0.65) & (feature["entity_dice"] >= LIKE_SUBJECT),
    }


class _Stories:
    """Which articles tell of much the same actors: of the same event, not of one like it.

    A bank's loans and a company's results are reported every day in the same words with other figures.
    """

    def __init__(self, p: Propositions) -> None:
        articles, claims = int(p.article.max(initial=-1)) + 1, len(p)
        member = csr_matrix((np.ones(claims, np.float32), (p.article, np.arange(claims))), shape=(articles, claims))
        self._actors = (member @ p.entities > 0).astype(np.float32)
        self._size = np.asarray(self._actors.sum(axis=1)).ravel()

    def alike(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Whether each pair of articles, given by number, is of one story."""
        return dot(self._actors, self._actors, a, b) >= ONE_STORY * (self._size[a] + self._size[b]) / 2


def _says(
    kind: ConflictType, a: dict, b: dict, date_shared: bool, published: dict[str, date | None]
) -> tuple[str, str] | None:
    """What each says on the point; None where they do not disagree after all."""
    if kind in (ConflictType.QUANTITY, ConflictType.LIST) and not date_shared and _long_apart(a, b, published):
        return None
    if kind not in _DISAGREEMENTS:
        return _excerpt(a["text"]), _excerpt(b["text"])
    found = _DISAGREEMENTS[kind](a, b)
    return found and (_excerpt(found[0]), _excerpt(found[1]))


def _long_apart(a: dict, b: dict, published: dict[str, date | None]) -> bool:
    days = [published.get(x["article_id"]) for x in (a, b)]
    return days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) > MAX_DAYS_APART


def _confidence(kind: ConflictType, at: int, feature: dict[str, np.ndarray]) -> float:
    certain = {ConflictType.STANCE: 0.75, ConflictType.POLARITY: 0.75}.get(kind, 0.85)
    alike = (float(feature["meaning"][at]) + float(feature["token_dice"][at])) / 2
    return round(certain * (0.5 + 0.5 * min(1.0, max(0.0, alike))), 4)


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT_CHARS else flat[: EXCERPT_CHARS - 1].rsplit(" ", 1)[0] + "…"


def _quoted(words: str) -> str:
    return "“" + words.strip(' “”"') + "”"


_SENTENCE = {
    ConflictType.QUANTITY: "They give different numbers for one thing",
    ConflictType.LIST: "They list different members of one group",
    ConflictType.DATE: "They give different dates for one event",
    ConflictType.POLARITY: "One affirms what the other denies",
    ConflictType.STANCE: "They judge one matter in opposite ways",
}


def _table(pairs: list[_Pair], claim_of: list[str], places: pl.DataFrame) -> pl.DataFrame:
    """One row a pair of claims and type: of several pairs of mentions, the surest."""
    actors: dict[int, set[str]] = {}
    for row, actor in places.select("row", "entity").iter_rows():
        actors.setdefault(row, set()).add(actor)
    best: dict[tuple[str, str, str], dict] = {}
    ordered = sorted(pairs, key=lambda pair: (-pair.confidence, pair.left, pair.right))
    for pair in ordered:
        a, b = claim_of[pair.left], claim_of[pair.right]
        says = pair.says
        if a > b:
            a, b, says = b, a, says[::-1]
        if a == b or (a, b, pair.kind.value) in best:
            continue
        best[a, b, pair.kind.value] = {
            "conflict_id": ids.conflict_id(a, b, pair.kind.value),
            "claim_id_a": a,
            "claim_id_b": b,
            "conflict_type": pair.kind.value,
            "entity_ids": sorted(actors.get(pair.left, set()) & actors.get(pair.right, set())),
            "words_a": says[0],
            "words_b": says[1],
            "story_id": None,
            "explanation": f"{_SENTENCE[pair.kind]}: {_quoted(says[0])} against {_quoted(says[1])}.",
            "confidence": pair.confidence,
        }
    return pl.DataFrame(list(best.values()), schema=polars_schema(ClaimConflicts)).sort("conflict_id")
