"""Claims that cannot both hold, or that give different facts on one point.

Two claims of one story conflict on a point where they would agree if the words of one stood in the other: the pair
model reads the one with the words exchanged beside the other. Figures conflict, too, where they measure one point in
whatever words (`same_measure`). So a conflict names what differs. Without such a point only an open contradiction of
two voices is taken. What changes in time is none: a later count is an update, a speaker's own later word is nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.claims.comparison import OpenPairs
from flows.resolve.claims.matching.decisions import JUDGED, Judge
from flows.resolve.claims.matching.denied_alike import with_negations
from flows.resolve.claims.matching.figures import compatible
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.pairs.pair_model import CONTRADICTS, OTHER
from flows.resolve.conflicts.at_issue import Opposed, Propositions, at_issue, differing, outright
from flows.resolve.conflicts.measures import Measure
from flows.resolve.conflicts.points import differing_words
from flows.resolve.conflicts.same_measure import Pair, featured_pairs, scored_pairs
from flows.resolve.conflicts.sole_doers import differing_doers
from flows.resolve.conflicts.spoken_rows import SpokenRows
from flows.resolve.conflicts.thresholds import THRESHOLDS
from flows.resolve.conflicts.voices import Voices
from schemas import ids
from schemas.claims import ClaimConflicts
from schemas.tables import polars_schema
from schemas.vocabularies import ConflictType

_EXPLAINED = {
    ConflictType.QUANTITY: "They give different figures for one thing",
    ConflictType.LIST: "They list different things",
    ConflictType.DATE: "They give different dates for one event",
    ConflictType.PLACE: "They name different places",
    ConflictType.NAME: "They name different actors or causes",
    ConflictType.POLARITY: "One affirms what the other denies",
    ConflictType.STANCE: "They hold opposite views of one matter",
    ConflictType.UPDATE: "The later figure supersedes the earlier",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows in conflict on a point."""

    left: int
    right: int
    kind: ConflictType
    words_left: str
    words_right: str
    confidence: float


Featured = tuple[Pair, tuple[float, ...]]
"""Two figures and their `pair_features`."""


def find_conflicts(
    found: OpenPairs, model: Judge, articles: pl.DataFrame, called: Mapping[str, str]
) -> DataFrame[ClaimConflicts]:
    """Return the pairs of claims that cannot both hold, or that give different facts on one point.

    articles: article_id, publisher, revision_of; called: names of entities by their ids.
    """
    voices, judged = Voices.of(articles, called), _judged(found.pairs)
    figures: list[Featured] = []
    spoken = SpokenRows.of(found.rows, voices)
    figured = spoken.figured_against(found.in_stories, found.rows["quantities"].list.len())
    opposed = at_issue(found, differing(found, spoken), voices)
    for _, known in found.by_story(found.pairs.clear(), figured):
        may_conflict = partial(_of_two_claims, found.claims, judged, voices, known)
        figures += featured_pairs(known, may_conflict, found.told_in)
    opposed, figures = _likest(opposed), _nearest(figures)
    measured = (measure.row for pair, _ in figures for measure in pair)
    propositions = found.read([*(row for x in opposed for row in (x.left, x.right)), *measured])
    opposed = _contradicting(opposed, propositions, model)
    conflicts = [
        *_on_a_point(opposed, voices, propositions, model),
        *_openly(opposed, propositions),
        *_measured(figures, voices, propositions, model),
    ]
    return DataFrame[ClaimConflicts](_table(conflicts, propositions, found.claims))


def _judged(pairs: pl.DataFrame) -> frozenset[tuple[int, int]]:
    """The pairs that a person has judged."""
    return frozenset(pairs.filter(pl.col("reason") == JUDGED).select("left", "right").iter_rows())


def _likest(found: list[Opposed]) -> list[Opposed]:
    """As many as there is time for, the likest first; of others nobody need know."""
    return sorted(found, key=lambda x: (-x.alike, x.left, x.right))[: THRESHOLDS.most_judged]


def _nearest(found: list[Featured]) -> list[Featured]:
    """As many pairs of figures as there is time for, those of the likest statements first."""
    likest = sorted(found, key=lambda item: (-item[1][0], *(measure.row for measure in item[0])))
    return likest[: THRESHOLDS.most_judged]


def _contradicting(asked: list[Opposed], propositions: Propositions, model: Judge) -> list[Opposed]:
    """The pairs that contradict each other as they stand, and those of which one denies outright."""
    answers = model.judge([(_plainly(propositions[x.left]), _plainly(propositions[x.right])) for x in asked])
    contradicts, agrees = answers[:, CONTRADICTS].tolist(), agreement(answers).tolist()
    told = (replace(x, contradicts=c, agrees=y) for x, c, y in zip(asked, contradicts, agrees, strict=True))
    return [
        x
        for x in told
        if x.contradicts >= THRESHOLDS.contradicts
        or outright(propositions[x.left], propositions[x.right])
        or differing_doers(propositions[x.left], propositions[x.right])
    ]


def _plainly(proposition: Proposition) -> str:
    """What is said, with the negation that `failed to` stands for: of that the model makes less."""
    return with_negations(proposition).statement


def agreement(answers: np.ndarray) -> np.ndarray:
    """Return the probability that two statements agree: the same, or one of them says more."""
    return 1 - answers[:, CONTRADICTS].astype(np.float64) - answers[:, OTHER].astype(np.float64)


def _on_a_point(opposed: list[Opposed], voices: Voices, propositions: Propositions, model: Judge) -> list[Conflict]:
    """Conflicts on a point: all else agrees once the words at issue are exchanged, and not before."""
    tried = [(x, point) for x in opposed for point in x.points][: THRESHOLDS.most_judged]
    answers = model.judge([(point.exchanged, point.against) for _, point in tried])
    found = []
    for (x, point), agrees in zip(tried, agreement(answers).tolist(), strict=True):
        a, b = propositions[x.left], propositions[x.right]
        kind = voices.in_time(point.kind, a, b)
        # what somebody denies outright is at issue, however little the model makes of the words that say so
        at_issue = agrees - x.agrees >= THRESHOLDS.rise or (point.kind is ConflictType.POLARITY and outright(a, b))
        if agrees >= THRESHOLDS.agrees and at_issue and kind is not None:
            found.append(Conflict(x.left, x.right, kind, point.words_a, point.words_b, round(agrees, 4)))
    return found


def _of_two_claims(
    claims: np.ndarray,
    judged: frozenset[tuple[int, int]],
    voices: Voices,
    propositions: Propositions,
    a: int,
    b: int,
) -> bool:
    """Whether two rows are of two claims that nobody has judged, and may conflict."""
    of_two = claims[a] != claims[b] and (min(a, b), max(a, b)) not in judged
    return bool(of_two) and voices.may_conflict(propositions[a], propositions[b])


def _measured(figures: list[Featured], voices: Voices, propositions: Propositions, model: Judge) -> Iterator[Conflict]:
    """Conflicts of two figures that measure one point, however the two are worded."""
    for (a, b), score in scored_pairs(figures, propositions, model):
        kind = _figures_in_time(a, b, voices, propositions)
        if score >= THRESHOLDS.one_point and kind is not None:
            yield Conflict(a.row, b.row, kind, a.figure.surface, b.figure.surface, score)


def _figures_in_time(a: Measure, b: Measure, voices: Voices, propositions: Propositions) -> ConflictType | None:
    """The type of a conflict of two figures: a count that grows is superseded, one that stays is not.

    None where the later one leaves the earlier true: `at least 40`, and the day after `at least 95`.
    """
    kind = voices.in_time(ConflictType.QUANTITY, propositions[a.row], propositions[b.row])
    if kind is ConflictType.UPDATE and (a.of_growth("no") or b.of_growth("no")):
        return ConflictType.QUANTITY
    both_hold = a.figure.unit == b.figure.unit and compatible(a.figure, b.figure)
    if both_hold and kind is ConflictType.UPDATE:
        return None
    return ConflictType.UPDATE if kind is not None and both_hold and a.of_growth("yes") else kind


def _openly(opposed: list[Opposed], propositions: Propositions) -> list[Conflict]:
    """Contradictions without a single point."""
    found = []
    for x in opposed:
        sure = THRESHOLDS.denied_openly if x.openly is ConflictType.POLARITY else THRESHOLDS.openly
        if x.openly is not None and x.contradicts >= max(sure, THRESHOLDS.openly):
            words = differing_words(propositions[x.left], propositions[x.right])
            found.append(Conflict(x.left, x.right, x.openly, *words, round(x.contradicts, 4)))
    return found


def _table(found: list[Conflict], propositions: Propositions, claims: np.ndarray) -> pl.DataFrame:
    """One row per pair of claims: of several points and pairs of mentions the surest."""
    best: dict[tuple[str, str], dict[str, object]] = {}
    for conflict in sorted(found, key=lambda c: (-c.confidence, c.left, c.right, c.kind, c.words_left, c.words_right)):
        a, b, words = conflict.left, conflict.right, (conflict.words_left, conflict.words_right)
        if claims[a] > claims[b]:
            a, b, words = b, a, words[::-1]
        pair = str(claims[a]), str(claims[b])
        if pair not in best:
            shared = propositions[a].entity_set & propositions[b].entity_set
            best[pair] = {
                "conflict_id": ids.conflict_id(*pair, conflict.kind.value),
                "claim_id_a": pair[0],
                "claim_id_b": pair[1],
                "conflict_type": conflict.kind.value,
                "entity_ids": sorted(shared),
                "words_a": words[0],
                "words_b": words[1],
                "story_id": propositions[a].story,
                "explanation": _explanation(conflict.kind, words),
                "confidence": conflict.confidence,
            }
    return pl.DataFrame(list(best.values()), schema=polars_schema(ClaimConflicts)).sort("conflict_id")


def _explanation(kind: ConflictType, words: tuple[str, str]) -> str:
    return f"{_EXPLAINED[kind]}: {_quoted(words[0])} against {_quoted(words[1])}."


def _quoted(words: str) -> str:
    flat = " ".join(words.split()).strip(' “”"')
    if len(flat) > THRESHOLDS.excerpt_chars:
        flat = flat[: THRESHOLDS.excerpt_chars - 1].rsplit(" ", 1)[0] + "…"
    return f"“{flat}”"
