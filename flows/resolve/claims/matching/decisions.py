"""Pairs of claims decided: a person's judgement, then equal words, then hard differences, then the pair model.

Likeness proposes and never puts together. What is plainly of two matters is left apart unread (`worth_reading`). The
model is asked only about pairs that nothing cheaper has decided, each wording once, the likest first where there are
more than a build has time for.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import PAIRS, likeness
from flows.resolve.claims.matching.as_told import as_told
from flows.resolve.claims.matching.converses import converse
from flows.resolve.claims.matching.denied_alike import denied_alike
from flows.resolve.claims.matching.differences import difference
from flows.resolve.claims.matching.kept_decisions import ASKED, CHEAP, DECIDED, KeptDecisions
from flows.resolve.claims.matching.main_clause import main_clause
from flows.resolve.claims.matching.meanings import all_meanings, listed_meanings
from flows.resolve.claims.matching.pair_scores import (
    FEATURES,
    HEARD,
    by_one_voice,
    contradicted,
    least_same,
    may_be_one,
    nearly_one,
    pair_features,
    scores,
    without_contradiction,
)
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.synonyms import (
    in_dates_of,
    in_figures_of,
    in_names_of,
    in_words_of,
    may_be_told_alike,
)
from flows.resolve.claims.matching.worth_reading import FEATURES as CHEAP_FEATURES
from flows.resolve.claims.matching.worth_reading import cheap_features, worth_reading
from flows.resolve.claims.pairs.pair_model import CONTRADICTS
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.runtime.environment import collector_paused
from flows.runtime.workers.executors import each_in_workers

Made = TypeVar("Made")
Read = Callable[[pl.DataFrame], Mapping[int, Proposition]]
"""The propositions of both sides of pairs, by row."""

JUDGED, SAME_WORDING, MODEL, UNREAD = "judgement", "same wording", "pair model", "not read"
UNLIKE = "unlike"
"""Not worth the model's time (`worth_reading`)."""
CONTRADICTION = "contradiction"
"""The model's, between two in much the same words: a hard difference."""
TURNED = (None, "subjects differ", "opposite words", "roles swapped", "prepositions differ")
"""What a doing told from its other side may look like."""
SOFT = (MODEL, UNREAD, UNLIKE, SAME_WORDING)
"""Reasons that are no hard difference."""
_WOULD = re.compile(r"\b(?:would|shall)\b")
"""The `will` of reported speech."""
_RULED = {"score": pl.Float64, "reason": pl.String}
_BY_PEOPLE = {"left": pl.Int64, "right": pl.Int64, "score": pl.Float64}


class Asked(NamedTuple):
    """A pair as the model is asked about it: both statements, what it does not see, and `pair_scores` of both."""

    told: tuple[str, str]
    features: tuple[float, ...]
    near: bool
    least: float
    by_one: bool


class Judge(Protocol):
    """What tells what two statements are to each other: `pair_model.PairModel`."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Probabilities [n, 5]: same, first says more, second says more, contradicts, other."""


def decide(
    pairs: pl.DataFrame,
    read: Read,
    judged: Mapping[tuple[int, int], bool],
    model: Judge,
    kept: KeptDecisions,
) -> pl.DataFrame:
    """Return the pairs decided: a frame of `DECIDED`, in the order given.

    pairs: a frame of `PAIRS`, with the judged pairs among them; read: the propositions of both sides of pairs by row.
    """
    ends = ["left", "right"]
    people = pl.DataFrame([(*pair, float(same)) for pair, same in judged.items()], schema=_BY_PEOPLE, orient="row")
    others = pairs.join(people, on=ends, how="anti", maintain_order="left")
    found = kept.decided(others, CHEAP, partial(_cheaply, read=read))
    waiting = found.filter(pl.col("score").is_null())
    likest = waiting.sort(likeness(), *ends, descending=[True, False, False]).head(THRESHOLDS.most_judged)
    asked = waiting.select(list(PAIRS)).join(likest, on=ends, how="semi", maintain_order="left")
    told = kept.decided(asked, ASKED, partial(answered, read=read, model=model))
    unread = pl.lit(0.0).alias("score"), pl.lit(UNREAD).alias("reason")
    decided = pl.concat(
        [
            pairs.join(people, on=ends).with_columns(_no_answer(), reason=pl.lit(JUDGED)).select(list(DECIDED)),
            found.filter(pl.col("score").is_not_null()),
            told,
            waiting.join(asked, on=ends, how="anti").with_columns(*unread),
        ]
    )
    decided = decided.drop("meaning", "cover")
    return pairs.join(decided, on=ends, how="left", maintain_order="left").select(list(DECIDED))


def _cheaply(pairs: pl.DataFrame, read: Read) -> pl.DataFrame:
    """What decides of pairs without the model; a score of null where nothing does."""
    decided = pl.concat([pl.DataFrame(schema=_RULED), *_by_workers(_ruled, pairs, read)])
    return pairs.hstack(decided).with_columns(_no_answer())


@collector_paused()
def _ruled(part: pl.DataFrame, told: Mapping[int, Proposition]) -> pl.DataFrame:
    """Score and reason of pairs by rules, a score of null where the model has to be asked: a frame of `_RULED`."""
    ends = part.select("left", "right", "meaning", "cover").iter_rows()
    pairs = [(*_as_read(told[left], told[right]), meaning, cover) for left, right, meaning, cover in ends]
    found = [cheap(a, b) for a, b, *_ in pairs]
    left_open = [at for at, (score, _) in enumerate(found) if score is None]
    known = np.array([cheap_features(*pairs[at]) for at in left_open], np.float64).reshape(-1, len(CHEAP_FEATURES))
    for at, worth in zip(left_open, worth_reading(known).tolist(), strict=True):
        if not worth:
            found[at] = 0.0, UNLIKE
    return pl.DataFrame(found, schema=_RULED, orient="row")


def _by_workers(
    work: Callable[[pl.DataFrame, Mapping[int, Proposition]], Made], pairs: pl.DataFrame, read: Read
) -> Iterator[Made]:
    """What is made of pairs and what their sides say, so many at a time: words by the million are not held at once."""
    parts = ((part, read(part)) for part in pairs.iter_slices(THRESHOLDS.pairs_read_at_once))
    return each_in_workers(work, parts, here=pairs.height <= THRESHOLDS.few_pairs)


def _no_answer() -> pl.Expr:
    return pl.lit(None, pl.Float64).alias("contradicts")


def cheap(a: Proposition, b: Proposition) -> tuple[float | None, str]:
    """Return score and reason of a pair that needs no model; a score of None where it does."""
    found = difference(a, b)
    if found in TURNED and converse(a, b):
        return 1.0, SAME_WORDING
    if found is not None:
        return 0.0, found
    if same_wording(a, b) or _same_in_like_words(a, b):
        return 1.0, SAME_WORDING
    return None, MODEL


def _same_in_like_words(a: Proposition, b: Proposition) -> bool:
    """Whether two have the same words where those of one meaning are made equal; not asked where many differ."""
    shared = len(a.words & b.words)
    if max(len(a.words), len(b.words)) - shared > min(shared, THRESHOLDS.other_words):
        return False
    if not may_be_told_alike(a, b):
        return False
    told = in_names_of(in_dates_of(in_figures_of(a, b), b), b)
    one, other = _as_of_today(in_words_of(told, b, all_meanings())), _as_of_today(b)
    return (one is not a or other is not b) and same_wording(one, other)


def _as_of_today(told: Proposition) -> Proposition:
    """The same with the `will` that reported speech has put into the past; itself where there is none."""
    statement = told.statement
    if "would" in statement or "shall" in statement:
        statement = _WOULD.sub("will", statement)
    return told if statement == told.statement else replace(told, statement=statement)


def same_wording(a: Proposition, b: Proposition) -> bool:
    """Tell whether two have the same words that say something, of the same people and with the same roles.

    In the passive (`by`) the words stand in another order: `sued` and `was sued by` in one order are two things.
    """
    if len(a.wording) != len(b.wording) or a.words != b.words or sorted(a.wording) != sorted(b.wording):
        return False
    passive = {"by"} <= a.turns ^ b.turns
    if (a.turns ^ b.turns) - {"by"}:
        return False
    if a.wording == b.wording:
        return not passive
    return passive or a.entities == b.entities


def _as_read(a: Proposition, b: Proposition) -> tuple[Proposition, Proposition]:
    """The pair as its articles tell it, with denials told alike."""
    return denied_alike(*as_told(a, b))


def _in_like_words(a: Proposition, b: Proposition) -> tuple[Proposition, Proposition]:
    """The pair with equal names, figures and dates told alike, and synonyms where that leaves next to no difference.

    Of WordNet's senses the model makes more than they say: they decide alone (`_same_in_like_words`), or not at all.
    """
    a = in_names_of(in_dates_of(in_figures_of(a, b), b), b)
    told = in_words_of(a, b, listed_meanings())
    return (told if nearly_one(told, b) else a), b


def with_main_clauses(
    told: Sequence[tuple[str, str]], answers: np.ndarray, wanted: np.ndarray, model: Judge
) -> np.ndarray:
    """Return the answers [n, 5] with those to the main clauses where these are `wanted` [n], and shorter."""
    cut = {at: (main_clause(told[at][0]), main_clause(told[at][1])) for at in np.flatnonzero(wanted).tolist()}
    shorter = [at for at, clauses in cut.items() if clauses != told[at]]
    mains = answers.copy()
    if shorter:
        mains[shorter] = model.judge([cut[at] for at in shorter])
    return mains


@collector_paused()
def _as_asked(part: pl.DataFrame, told: Mapping[int, Proposition]) -> list[Asked]:
    """The pairs as the model is asked about them."""
    found = list[Asked]()
    for left, right, meaning, cover in part.select("left", "right", "meaning", "cover").iter_rows():
        a, b = _in_like_words(*_as_read(told[left], told[right]))
        features = pair_features(a, b, meaning, cover)
        found.append(
            Asked((a.statement, b.statement), features, nearly_one(a, b), least_same(a, b), by_one_voice(a, b))
        )
    return found


def answered(pairs: pl.DataFrame, read: Read, model: Judge) -> pl.DataFrame:
    """What the model decides of pairs."""
    asked = [row for part in _by_workers(_as_asked, pairs, read) for row in part]
    told = [row.told for row in asked]
    known = np.array([row.features for row in asked], np.float64).reshape(-1, len(FEATURES) - HEARD)
    seen = known, np.array([row.near for row in asked], bool), np.array([row.least for row in asked])
    by_one = np.array([row.by_one for row in asked], bool)
    judged = model.judge(told)
    answers = without_contradiction(judged, by_one)
    opposed = contradicted(answers, known[:, FEATURES.index("dice") - HEARD])
    mains = with_main_clauses(told, judged, ~opposed & may_be_one(answers, *seen), model)
    score = np.where(opposed, 0.0, scores(answers, without_contradiction(mains, by_one), *seen))
    return pairs.with_columns(
        score=pl.Series(score, dtype=pl.Float64),
        contradicts=pl.Series(np.round(judged[:, CONTRADICTS].astype(np.float64), 4), dtype=pl.Float64),
        reason=pl.Series(np.where(opposed, CONTRADICTION, MODEL).tolist(), dtype=pl.String),
    )
