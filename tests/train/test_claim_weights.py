"""The fit of the weights that say whether two mentions are one claim."""

import numpy as np

from flows.resolve.claims.pair_features import FEATURES
from flows.train.claim_weights import AFTERWARDS, BY_HAND, FOR, Bags, fit, likest


def bags(count: int) -> Bags:
    """Labelled pairs of which those with one meaning are one claim; each bag holds an unlike pair too."""
    spread = np.random.default_rng(0).uniform(0, 1, count)
    found = np.zeros((2 * count, len(FEATURES)))
    found[::2, FEATURES.index("meaning")] = spread
    found[1::2, FEATURES.index("meaning")] = spread / 3
    found[:, FEATURES.index("length_differs")] = 0.5
    return Bags(found, np.repeat(np.arange(count), 2), spread > 0.6, np.ones(count))


def test_the_likest_pair_of_each_bag_is_chosen():
    assert likest(bags(4), np.array([0, 1, 3, 2, 5, 4, 0, 7.0])).tolist() == [1, 2, 4, 7]


def test_the_fit_tells_the_pairs_apart_and_keeps_signs_and_what_is_set_by_hand():
    corpus = bags(600)
    start = np.linspace(-1, 1, len(FEATURES))
    bias, weight = fit([corpus], (0.0, start))
    right = (corpus.features[::2] @ weight + bias > 0) == corpus.same
    assert right.mean() > 0.9
    for name, value, before in zip(FEATURES, weight, start, strict=True):
        assert value == before if name in BY_HAND | AFTERWARDS else value >= 0 if name in FOR else value <= 0
