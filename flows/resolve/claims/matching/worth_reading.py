"""Which pairs the pair model is worth being asked about: a logistic of what is known of them at next to no cost.

The model reads a pair in three thousandths of a second and finds nineteen of twenty that likeness proposes to be two
claims. Most of these a regression on words in common, meaning and place in the article knows as well (a cascade, Viola
and Jones 2001). Its weights, of `seeds/models/worth_reading.csv`, are fitted to what the model and
`pair_scores` say of all pairs of a build; it only ever leaves a pair apart, the model alone puts two together.
"""

import numpy as np

from flows.lexicons.weights import load_linear
from flows.resolve.claims.matching.pair_scores import nearly_one, reordered
from flows.resolve.claims.matching.proposition import Proposition, plain_likeness

FEATURES = (
    "meaning", "cover", "shared_words", "plain", "nearly_one", "reordered", "numbers_shared", "one_article",
    "both_open", "both_early", "places_apart", "heavier",
)  # fmt: skip


def cheap_features(a: Proposition, b: Proposition, meaning: float, cover: float) -> tuple[float, ...]:
    """Return FEATURES of a pair; meaning, cover: as `claim_blocking.PAIRS` has them."""
    return (
        meaning,
        cover,
        2 * len(a.words & b.words) / max(1, len(a.words) + len(b.words)),
        plain_likeness(a, b),
        float(nearly_one(a, b)),
        float(reordered(a, b)),
        float(bool(a.numbers & b.numbers)),
        float(a.article == b.article),
        float(a.opening and b.opening and a.article != b.article),
        min(a.early, b.early),
        abs(a.place - b.place),
        max(a.weight, b.weight),
    )


def worth_reading(features: np.ndarray) -> np.ndarray:
    """Tell which pairs [n, FEATURES] the model may find to be one claim."""
    bias, weights = load_linear("worth_reading", FEATURES)
    # column by column: how a product of matrices is added up depends on how many pairs are scored at once
    odds = sum((w * column for w, column in zip(weights, features.T, strict=True)), np.full(len(features), bias))
    return np.round(odds, 6) >= 0
