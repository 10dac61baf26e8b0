"""Pairs of wordings that would be in conflict if they contradicted each other: the points on which they may.

Whether two wordings differ in anything at all depends on what both say alone: it is found out once, and kept from build
to build (`matching.kept_decisions`). Most pairs only leave out a word or two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import PAIRS, likeness
from flows.resolve.claims.comparison import OpenPairs
from flows.resolve.claims.matching.decisions import JUDGED
from flows.resolve.claims.matching.differences import differing_dates, opposite_words
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.proposition import likeness as likeness_of_words
from flows.resolve.claims.thresholds import THRESHOLDS as CLAIMS
from flows.resolve.conflicts.denials import FAILS, OUTRIGHT, denied_outright, denies_the_other, fails
from flows.resolve.conflicts.points import Point, one_wording, points
from flows.resolve.conflicts.sole_doers import TELLS_OF_A_DEED, differing_doers
from flows.resolve.conflicts.spoken_rows import SpokenRows
from flows.resolve.conflicts.thresholds import THRESHOLDS
from flows.resolve.conflicts.told_rows import ToldRows
from flows.resolve.conflicts.voices import Voices, one_voice
from flows.runtime.environment import collector_paused
from flows.runtime.workers.executors import each_in_workers
from flows.whole_numbers import distinct
from schemas.vocabularies import ConflictType

DIFFERENCE = "difference"
"""What decides of a pair here: 1 where the two differ in something, else 0."""

Propositions = Mapping[int, Proposition]
_NOTHING_MORE = pl.Series([], dtype=pl.Int64)
_SCORES = {"left": pl.Int64, "right": pl.Int64, "score": pl.Float64}


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two rows that may contradict each other, how alike they are, the points on which they may, and the kind if
    without a point.
    """

    left: int
    right: int
    alike: float
    points: list[Point]
    openly: ConflictType | None
    contradicts: float = 0.0
    agrees: float = 0.0


def differing(found: OpenPairs, spoken: SpokenRows) -> pl.DataFrame:
    """Return the pairs of two voices of one story that differ in something, and of which nobody finds two matters."""
    outright_row = found.rows["statement"].str.starts_with(OUTRIGHT) | found.rows["statement"].str.contains(FAILS)
    ends = (found.pairs["left"], found.pairs["right"])
    denied = outright_row.gather(ends[0]) | outright_row.gather(ends[1])
    deeds = found.rows["statement"].str.contains(TELLS_OF_A_DEED)
    by_two = deeds.gather(ends[0]) & deeds.gather(ends[1])
    heard = pl.col("contradicts").is_null() | (pl.col("contradicts") >= THRESHOLDS.contradicts) | denied | by_two
    pairs = found.pairs.filter(heard, pl.Series(spoken.may_conflict(*(rows.to_numpy() for rows in ends))))
    told = found.kept.decided(pairs.select(list(PAIRS)), DIFFERENCE, partial(_told_apart, found))
    return pairs.filter(told["score"] > 0)


def _told_apart(found: OpenPairs, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs as a frame of `DECIDED`, in their order."""
    likely = pairs.filter(_may_differ(found.rows, pairs))
    parts = found.by_story(likely, _NOTHING_MORE)
    told = each_in_workers(_apart, parts, here=likely.height <= CLAIMS.few_pairs)
    scores = pl.concat([pl.DataFrame(schema=_SCORES), *told])
    scores = pairs.join(scores, on=["left", "right"], how="left", maintain_order="left")
    unasked, by = pl.lit(None, pl.Float64).alias("contradicts"), pl.lit(DIFFERENCE).alias("reason")
    return scores.with_columns(pl.col("score").fill_null(0.0), unasked, by)


@collector_paused()
def _apart(part: pl.DataFrame, known: Propositions) -> pl.DataFrame:
    """The pairs with 1 where the two differ in something, else 0: a frame of `_SCORES`."""
    ends = part.select("left", "right")
    told = [float(_differ(known[left], known[right])) for left, right in ends.iter_rows()]
    return ends.with_columns(score=pl.Series(told, dtype=pl.Float64))


def _may_differ(rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """Which pairs of rows tell anything that a point can be made of."""
    ends = [pairs[side].to_numpy() for side in ("left", "right")]
    known = distinct(np.concatenate(ends))
    told = ToldRows.of(rows.select("statement", "names", "quantities", "dates")[known])
    return pl.Series(told.may_differ(*(np.searchsorted(known, rows) for rows in ends)), dtype=pl.Boolean)


def _differ(a: Proposition, b: Proposition) -> bool:
    return _opposed(a, b) or bool(points(a, b))


def at_issue(found: OpenPairs, pairs: pl.DataFrame, voices: Voices) -> list[Opposed]:
    """Return those of the pairs that differ which would be in conflict if they contradicted each other."""
    parts = found.by_story(pairs, _NOTHING_MORE)
    heard = ((part, known, voices.among(known.columns)) for part, known in parts)
    asked = each_in_workers(_at_issue, heard, here=pairs.height <= THRESHOLDS.few_differing)
    return list(chain.from_iterable(asked))


@collector_paused()
def _at_issue(pairs: pl.DataFrame, propositions: Propositions, voices: Voices) -> list[Opposed]:
    """The pairs that would be in conflict if they contradicted each other, and that nobody finds of two matters.

    What somebody denies outright the model cannot tell from the same affirmed, so there it is not heard; nor is it
    where somebody failed to do something, before that is told with a negation, nor where two are said to have done what
    only one can have: two causes of one fire are two matters to the model.
    """
    found = list[Opposed]()
    unjudged = pairs.filter(pl.col("reason") != JUDGED).select("left", "right", "contradicts", alike=likeness())
    for left, right, contradicts, alike in unjudged.iter_rows():
        a, b = propositions[left], propositions[right]
        of_two_matters = contradicts is not None and contradicts < THRESHOLDS.contradicts
        if (
            of_two_matters and not (outright(a, b) or fails(a) or fails(b) or differing_doers(a, b))
        ) or not voices.may_conflict(a, b):
            continue
        tried = [p for p in points(a, b)[: THRESHOLDS.most_points] if voices.in_time(p.kind, a, b) is not None]
        openly = _open_kind(a, b, voices)
        if tried or openly:
            found.append(Opposed(left, right, alike, tried, openly))
    return found


def outright(a: Proposition, b: Proposition) -> bool:
    """Tell whether one of two denies outright."""
    return denied_outright(a) or denied_outright(b)


def _open_kind(a: Proposition, b: Proposition, voices: Voices) -> ConflictType | None:
    """The type of a contradiction without a single point, of two speakers or of whoever denies what the other affirms.

    One denies, or a word of one is opposite to one of the other. Other figures or days may be of other times.
    """
    if not _opposed(a, b):
        return None
    if a.speakers and b.speakers and not one_voice(a, b):
        return ConflictType.STANCE
    # one who is not dead is alive: an opposite denied says the same
    sure = denies_the_other(a, b) and opposite_words(a, b) is None and _of_one_actor(a, b)
    return voices.in_time(ConflictType.POLARITY, a, b) if sure else None


def _opposed(a: Proposition, b: Proposition) -> bool:
    if not denies_the_other(a, b) and opposite_words(a, b) is None:
        return False
    return not (_other_figures(a, b) or differing_dates(a, b) or one_wording(a, b))


def _of_one_actor(a: Proposition, b: Proposition) -> bool:
    return not a.entity_set.isdisjoint(b.entity_set) and likeness_of_words(a, b) >= CLAIMS.alike


def _other_figures(a: Proposition, b: Proposition) -> bool:
    """Whether they give other figures of one unit, within each other's bounds or not."""
    return any(f.unit == g.unit and f.value != g.value for f in a.figures for g in b.figures)
