"""Pairs of claim mentions that were compared, with their features and scores."""

from dataclasses import dataclass

import numpy as np

from flows.resolve.claims.claim_blocking import candidates
from flows.resolve.claims.claim_features import Propositions
from flows.resolve.claims.pair_features import FEATURES, features, score

NEARLY = 0.3
"""Pairs that score this much and are still two claims are published as negative edges."""

ON_ONE_SUBJECT = 0.45
"""Pairs with meanings this near, and an entity in common, may conflict."""

CHUNK = 500_000


@dataclass(frozen=True)
class Pairs:
    """Compared pairs, left < right, ascending: rows, features [pairs, FEATURES], scores (outside 0..1:
    judged).
    """

    left: np.ndarray
    right: np.ndarray
    features: np.ndarray
    scores: np.ndarray

    def take(self, chosen: np.ndarray) -> "Pairs":
        """The chosen pairs."""
        return Pairs(self.left[chosen], self.right[chosen], self.features[chosen], self.scores[chosen])

    @property
    def judged(self) -> np.ndarray:
        """Which pairs a person has decided."""
        return (self.scores > 1) | (self.scores < 0)


def compare(p: Propositions, judged: dict[tuple[int, int], float]) -> Pairs:
    """Candidate and judged pairs; what is neither alike nor on one subject is dropped."""
    left, right = candidates(p)
    decided = np.array(sorted(judged), np.int64).reshape(-1, 2)
    keys = np.sort(left * len(p) + right)
    if judged:
        keys = np.union1d(keys, decided[:, 0] * len(p) + decided[:, 1])
    parts = [_chunk(p, keys[start : start + CHUNK], judged) for start in range(0, len(keys), CHUNK)]
    if not parts:
        none = np.zeros(0, np.int64)
        return Pairs(none, none, np.zeros((0, len(FEATURES)), np.float32), np.zeros(0))
    return Pairs(*(np.concatenate([getattr(part, name) for part in parts]) for name in Pairs.__dataclass_fields__))


def _chunk(p: Propositions, keys: np.ndarray, judged: dict[tuple[int, int], float]) -> Pairs:
    left, right = keys // len(p), keys % len(p)
    found = features(p, left, right)
    scores = Scorer(len(p), judged).overruled(left, right, score(found))
    alike, shared = found[:, FEATURES.index("meaning")], found[:, FEATURES.index("entity_dice")]
    kept = (scores >= NEARLY) | (scores < 0) | ((alike >= ON_ONE_SUBJECT) & (shared > 0))
    return Pairs(left[kept], right[kept], found[kept].astype(np.float32), scores[kept])


class Scorer:
    """Scores of any pairs, judged ones as judged."""

    def __init__(self, count: int, judged: dict[tuple[int, int], float], p: Propositions | None = None):
        self._p, self._count = p, np.int64(count)
        known = sorted(judged)
        self._keys = np.array([a * count + b for a, b in known], np.int64)
        self._values = np.array([judged[pair] for pair in known])

    def __call__(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The score of each pair (left[k], right[k]), in any order of the two."""
        if self._p is None:
            raise ValueError("this scorer only overrules scores; give it propositions to compute them")
        return self.overruled(left, right, score(features(self._p, left, right)))

    def overruled(self, left: np.ndarray, right: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """Scores with the judged pairs as judged."""
        if not len(self._keys):
            return scores
        wanted = np.minimum(left, right) * self._count + np.maximum(left, right)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[at] == wanted, self._values[at], scores)
