"""How probable it is that two propositions are one claim, from what the pair model reads and what it does not see.

The model reads two statements and nothing else. That both open their articles, that one person says both, that they
share figures, that their readings in context are near, it cannot know; a logistic of these and of its answers, to the
statements and to their main clauses, with the weights of `seeds/models/claim_scores.csv`, is surer than either (stacked
generalization, Wolpert 1992). Where two wordings are all but equal the one word that differs decides, and the model
alone is heard.
"""

import numpy as np

from flows.lexicons import word_list
from flows.lexicons.weights import load_linear
from flows.probabilities import log_odds, logistic
from flows.resolve.claims.matching.meanings import all_meanings
from flows.resolve.claims.matching.proposition import Proposition, likeness
from flows.resolve.claims.pairs.pair_model import CONTRADICTS, FIRST_MORE, OTHER, SAME, SECOND_MORE
from flows.resolve.claims.thresholds import THRESHOLDS

FEATURES = (
    "same", "other", "main_same", "main_other", "meaning", "cover", "dice", "numbers_shared", "numbers_differ",
    "negation_differs", "one_speaker", "both_narrated", "both_open", "both_early", "places_apart",
)  # fmt: skip
HEARD = 4
"""The first features are the model's: of both statements, and of their main clauses."""


def pair_features(a: Proposition, b: Proposition, meaning: float, cover: float) -> tuple[float, ...]:
    """Return the features that the model does not see: FEATURES[HEARD:]."""
    return (
        meaning,
        cover,
        likeness(a, b),
        float(bool(a.numbers & b.numbers)),
        float(bool(a.numbers) and bool(b.numbers) and not a.numbers & b.numbers),
        float(a.denied != b.denied),
        float(bool(set(a.speakers) & set(b.speakers))),
        float(a.narrated and b.narrated),
        float(a.opening and b.opening and a.article != b.article),
        min(a.early, b.early),
        abs(a.place - b.place),
    )


def nearly_one(a: Proposition, b: Proposition) -> bool:
    """Tell whether two wordings are so near that one word decides, be it a rare word of a short clause."""
    plain = 2 * len(a.words & b.words) / max(1, len(a.words) + len(b.words))
    return plain >= THRESHOLDS.nearly_one or likeness(a, b) >= THRESHOLDS.nearly_one


def reordered(a: Proposition, b: Proposition) -> bool:
    """Tell whether no word is exchanged: one has all content words and figures of the other, and the same denials."""
    if a.denied != b.denied or (a.numbers - b.numbers and b.numbers - a.numbers):
        return False
    return a.content_stems <= b.content_stems or b.content_stems <= a.content_stems


def by_one_voice(a: Proposition, b: Proposition) -> bool:
    """Tell whether two articles quote one speaker: nobody contradicts himself.

    Not where each has a word that the other has not, unless both words mean the same: of wheat and of maize one says
    two things.
    """
    if a.article == b.article or set(a.speakers).isdisjoint(b.speakers):
        return False
    first, opening = a.entities[:1], b.entities[:1]
    if a.denied != b.denied or (first and opening and first != opening) or (a.numbers ^ b.numbers):
        return False
    light = word_list("light_words")
    own, other = a.content_stems - b.content_stems - light, b.content_stems - a.content_stems - light
    one_each = len(own) == len(other) == 1
    return not own or not other or (one_each and all_meanings().may_be_shared(own, other))


def least_same(a: Proposition, b: Proposition) -> float:
    """Return the least probability of being the same at which two nearly equal wordings are one claim."""
    if reordered(a, b):
        return THRESHOLDS.same_reordered
    by_two = bool(a.speakers) and bool(b.speakers) and set(a.speakers).isdisjoint(b.speakers)
    return THRESHOLDS.same_by_two if by_two else THRESHOLDS.same_alone


def without_contradiction(answers: np.ndarray, one_voice: np.ndarray) -> np.ndarray:
    """Return the answers [n, 5] as they are if there is no contradiction where one voice [n] speaks.

    Where the model is all but sure of one, they stay as they are.
    """
    heard = answers.astype(np.float64)
    unheard = one_voice & (heard[:, CONTRADICTS] < THRESHOLDS.contradicts_oneself)
    kept = heard.copy()
    kept[:, CONTRADICTS] = 0.0
    return np.where(unheard[:, None], kept / np.maximum(kept.sum(axis=1), THRESHOLDS.least_known)[:, None], heard)


def contradicted(answers: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """Tell which pairs are told in much the same words and contradict each other sooner than they agree.

    In words that are less alike the contradiction has to be plain: of free wordings the model often reads one.

    alike [n]: Dice of their words (`proposition.likeness`).
    """
    contradicts = answers[:, CONTRADICTS].astype(np.float64)
    plainly = (alike >= THRESHOLDS.half_alike) & (contradicts >= THRESHOLDS.plainly)
    return (contradicts >= _same(answers)) & ((alike >= THRESHOLDS.much_alike) | plainly)


def scores(
    answers: np.ndarray, mains: np.ndarray, features: np.ndarray, near: np.ndarray, least: np.ndarray
) -> np.ndarray:
    """Return the probability that each pair is one claim, to four decimals.

    answers, mains: of the pair model, [n, 5], to the statements and to their main clauses; features: of
    `pair_features`, [n, FEATURES - HEARD]; near: of `nearly_one`, [n]; least: of `least_same`, [n].
    """
    bias, weights = load_linear("claim_scores", FEATURES)
    columns = with_answers(answers, mains, features).T
    # column by column: how a product of matrices is added up depends on how many pairs are scored at once
    stacked = logistic(sum((w * column for w, column in zip(weights, columns, strict=True)), np.full(len(near), bias)))
    return np.round(np.where(near, alone(answers, least), stacked), 4)


def alone(answers: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Return the probability that each pair is one claim by the model alone, one half at `least_same`."""
    return logistic(log_odds(_same(answers)) - log_odds(least))


def with_answers(answers: np.ndarray, mains: np.ndarray, features: np.ndarray) -> np.ndarray:
    """Return all FEATURES of pairs: float64 [n, FEATURES]."""
    heard = [log_odds(values) for read in (answers, mains) for values in (_same(read), _other(read))]
    return np.column_stack([*heard, features])


def may_be_one(answers: np.ndarray, features: np.ndarray, near: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Tell which pairs may be one claim after all where their main clauses are read; as `scores` has them."""
    return ~near & (scores(answers, answers, features, near, least) >= THRESHOLDS.main_clauses_from)


def _other(answers: np.ndarray) -> np.ndarray:
    return answers[:, OTHER].astype(np.float64)


def _same(answers: np.ndarray) -> np.ndarray:
    """That both say the same, or one of them a little more, which counts half."""
    known = answers.astype(np.float64)
    return known[:, SAME] + (known[:, FIRST_MORE] + known[:, SECOND_MORE]) / 2
