"""Claims that cannot both hold, or that give different facts on one point.

Two claims of one story conflict on a point where they would agree if the words of one stood in the other: the pair
model reads the one with the words exchanged beside the other. Figures conflict, too, where they measure one point in
whatever words (`same_measure`). So a conflict names what differs. Without such a point only an open contradiction of
two voices is taken. What changes in time is none: a later count is an update, a speaker's own later word is nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.claims.claim_blocking import likeness
from flows.resolve.claims.comparison import OpenPairs
from flows.resolve.claims.matching.decisions import JUDGED, Judge
from flows.resolve.claims.matching.differences import compatible, differing_dates, opposite_words
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.proposition import likeness as likeness_of_words
from flows.resolve.claims.pairs.pair_model import CONTRADICTS, OTHER
from flows.resolve.claims.thresholds import THRESHOLDS as CLAIMS
from flows.resolve.conflicts.measures import Measure
from flows.resolve.conflicts.points import denial_differs, differing_words, one_wording, points
from flows.resolve.conflicts.same_measure import measured_pairs, scored_pairs
from flows.resolve.conflicts.thresholds import THRESHOLDS
from flows.resolve.conflicts.voices import Voices, one_voice
from schemas import ids
from schemas.claims import ClaimConflicts
from schemas.tables import polars_schema
from schemas.vocabularies import ConflictType

_EXPLAINED = {
    ConflictType.QUANTITY: "They give different figures for one thing",
    ConflictType.DATE: "They give different dates for one event",
    ConflictType.PLACE: "They name different places",
    ConflictType.NAME: "They name different actors",
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


Propositions = Mapping[int, Proposition]

Opposed = tuple[int, int, float, float]
"""Two rows that contradict each other, with the probability that they do, and that they agree."""


def find_conflicts(found: OpenPairs, model: Judge, articles: pl.DataFrame) -> DataFrame[ClaimConflicts]:
    """Return the pairs of claims that cannot both hold, or that give different facts on one point.

    articles: article_id, publisher, revision_of.
    """
    propositions, voices = found.propositions, Voices.of(articles)
    pairs = [
        (left, right)
        for left, right in _likest_first(found.pairs).iter_rows()
        if voices.may_conflict(propositions[left], propositions[right])
    ]
    opposed = _contradicting(pairs, propositions, model)
    conflicts = [
        *_on_a_point(opposed, voices, propositions, model),
        *_openly(opposed, voices, propositions),
        *_measured(found, voices, model),
    ]
    return DataFrame[ClaimConflicts](_table(conflicts, propositions, found.claims))


def _likest_first(decided: pl.DataFrame) -> pl.DataFrame:
    """Pairs that no person has judged, and that the model does not find of two matters."""
    kept = decided.filter(
        pl.col("reason") != JUDGED, pl.col("contradicts").is_null() | (pl.col("contradicts") >= THRESHOLDS.contradicts)
    )
    return kept.sort(likeness(), "left", "right", descending=[True, False, False]).select("left", "right")


def _contradicting(pairs: list[tuple[int, int]], propositions: Propositions, model: Judge) -> list[Opposed]:
    """The pairs that contradict each other as they stand, the likest first as far as there is time."""
    asked = pairs[: THRESHOLDS.most_judged]
    answers = model.judge([(propositions[a].statement, propositions[b].statement) for a, b in asked])
    agrees = agreement(answers)
    opposed = np.flatnonzero(answers[:, CONTRADICTS] >= THRESHOLDS.contradicts).tolist()
    return [(*asked[at], float(answers[at, CONTRADICTS]), float(agrees[at])) for at in opposed]


def agreement(answers: np.ndarray) -> np.ndarray:
    """Return the probability that two statements agree: the same, or one of them says more."""
    return 1 - answers[:, CONTRADICTS].astype(np.float64) - answers[:, OTHER].astype(np.float64)


def _on_a_point(opposed: list[Opposed], voices: Voices, propositions: Propositions, model: Judge) -> list[Conflict]:
    """Conflicts on a point: all else agrees once the words at issue are exchanged, and not before."""
    tried = [
        (left, right, before, point)
        for left, right, _, before in opposed
        for point in points(propositions[left], propositions[right])[: THRESHOLDS.most_points]
    ][: THRESHOLDS.most_judged]
    answers = model.judge([(point.exchanged, point.against) for *_, point in tried])
    found = []
    for (left, right, before, point), agrees in zip(tried, agreement(answers).tolist(), strict=True):
        kind = voices.in_time(point.kind, propositions[left], propositions[right])
        least = THRESHOLDS.denied if point.kind is ConflictType.POLARITY else THRESHOLDS.agrees
        if agrees >= least and agrees - before >= THRESHOLDS.rise and kind is not None:
            found.append(Conflict(left, right, kind, point.words_a, point.words_b, round(agrees, 4)))
    return found


def _measured(found: OpenPairs, voices: Voices, model: Judge) -> Iterator[Conflict]:
    """Conflicts of two figures that measure one point, however the two are worded."""
    known, claims = found.propositions, found.claims
    judged = set(found.pairs.filter(pl.col("reason") == JUDGED).select("left", "right").iter_rows())

    def open_to_both(a: int, b: int) -> bool:
        of_two = claims[a] != claims[b] and (min(a, b), max(a, b)) not in judged
        return bool(of_two) and voices.may_conflict(known[a], known[b])

    for (a, b), score in scored_pairs(measured_pairs(known, open_to_both), known, model):
        kind = _figures_in_time(a, b, voices, known)
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


def _openly(opposed: list[Opposed], voices: Voices, propositions: Propositions) -> list[Conflict]:
    """Contradictions without a single point, of two speakers or of whoever denies what the other affirms.

    One denies, or a word of one is opposite to one of the other. Other figures or days may be of other times.
    """
    found = []
    for left, right, contradicts, _ in opposed:
        a, b = propositions[left], propositions[right]
        denied, opposite = denial_differs(a, b), opposite_words(a, b) is not None
        facts_differ = _other_figures(a, b) or differing_dates(a, b)
        if contradicts < THRESHOLDS.openly or not (denied or opposite) or facts_differ or one_wording(a, b):
            continue
        kind: ConflictType | None = ConflictType.STANCE
        if not (a.speakers and b.speakers) or one_voice(a, b):
            # one who is not dead is alive: an opposite denied says the same
            sure = contradicts >= THRESHOLDS.denied_openly and denied and not opposite and _of_one_actor(a, b)
            kind = voices.in_time(ConflictType.POLARITY, a, b) if sure else None
        if kind is not None:
            found.append(Conflict(left, right, kind, *differing_words(a, b), round(contradicts, 4)))
    return found


def _of_one_actor(a: Proposition, b: Proposition) -> bool:
    return bool(set(a.entities) & set(b.entities)) and likeness_of_words(a, b) >= CLAIMS.alike


def _other_figures(a: Proposition, b: Proposition) -> bool:
    """Whether they give other figures of one unit, within each other's bounds or not."""
    return any(f.unit == g.unit and f.value != g.value for f in a.figures for g in b.figures)


def _table(found: list[Conflict], propositions: Propositions, claims: np.ndarray) -> pl.DataFrame:
    """One row per pair of claims: of several points and pairs of mentions the surest."""
    best: dict[tuple[str, str], dict[str, object]] = {}
    for conflict in sorted(found, key=lambda c: (-c.confidence, c.left, c.right, c.kind, c.words_left, c.words_right)):
        a, b, words = conflict.left, conflict.right, (conflict.words_left, conflict.words_right)
        if claims[a] > claims[b]:
            a, b, words = b, a, words[::-1]
        pair = str(claims[a]), str(claims[b])
        if pair not in best:
            shared = set(propositions[a].entities) & set(propositions[b].entities)
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
