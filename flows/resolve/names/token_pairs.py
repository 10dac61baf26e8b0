"""Tokens of names against tokens, many pairs at once: each distinct pair is measured once.

What it says of a pair is what `token_similarity` says; a test holds the two against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from flows.resolve.names.name_similarity import is_declined
from flows.resolve.names.parse_name import given_gender, nickname_groups, sounds
from flows.resolve.names.thresholds import THRESHOLDS

_GENDERS = {"": 0, "m": 1, "f": 2}


@dataclass(frozen=True)
class PairsOfTokens:
    """What distinct pairs of tokens have in common.

    likeness  0 to 1, as `token_similarity`
    gender    whether they are given names of different gender
    plural    whether they differ in an `s` at the end, as `Cole` and `Coles`, which are two
    """

    likeness: np.ndarray
    gender: np.ndarray
    plural: np.ndarray


class TokenTable:
    """The distinct tokens of some names, numbered in alphabetical order, with what comparing them takes."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = np.array(tokens, dtype=object)
        self.heard = np.array(sounds(tokens), dtype=object)
        self.lengths = np.fromiter(map(len, tokens), np.int32, len(tokens))
        self.initial = self.lengths == 1
        self._digit = np.fromiter((token.isdigit() for token in tokens), bool, len(tokens))
        self._gender = np.fromiter((_GENDERS[given_gender(token)] for token in tokens), np.int8, len(tokens))
        groups = nickname_groups()
        self._nicknamed = np.fromiter((token in groups for token in tokens), bool, len(tokens))
        self._first = np.array([ord(token[0]) for token in tokens], dtype=np.int32)
        self._first_heard = np.array([ord(heard[0]) if heard else 0 for heard in self.heard], dtype=np.int32)

    def compare(self, left: np.ndarray, right: np.ndarray) -> PairsOfTokens:
        """Compare tokens by number, pair by pair; arrays of any one shape."""
        low, high = np.minimum(left, right).ravel(), np.maximum(left, right).ravel()
        keys, place = np.unique(low.astype(np.int64) * len(self.tokens) + high, return_inverse=True)
        low, high = np.divmod(keys, len(self.tokens))
        found = self._measured(low, high)
        at = place.reshape(left.shape)
        return PairsOfTokens(found.likeness[at], found.gender[at], found.plural[at])

    def _measured(self, low: np.ndarray, high: np.ndarray) -> PairsOfTokens:
        likeness = np.ones(len(low))
        gender = np.zeros(len(low), bool)
        plural = np.zeros(len(low), bool)
        short = self.initial[low] | self.initial[high]
        same_letter = self._first[low] == self._first[high]
        likeness[short] = np.where(same_letter[short], THRESHOLDS.initial, 0.0)
        likeness[self._digit[low] | self._digit[high]] = 0.0
        likeness[low == high] = 1.0
        words = np.flatnonzero(~short & ~(self._digit[low] | self._digit[high]) & (low != high))
        likeness[words] = self._words(low[words], high[words])
        both = self._gender[low] * self._gender[high] == _GENDERS["m"] * _GENDERS["f"]
        gender[both] = True
        for at in words[likeness[words] >= THRESHOLDS.alike].tolist():
            a, b = self.tokens[low[at]], self.tokens[high[at]]
            gender[at] |= _feminine_of(a, b)
            plural[at] = a + "s" == b or b + "s" == a
        return PairsOfTokens(likeness, gender, plural)

    def _words(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Likeness of pairs of different words."""
        heard_low, heard_high = self.heard[low], self.heard[high]
        spelt = _spelt_alike(self.tokens[low], self.tokens[high])
        heard = _spelt_alike(heard_low, heard_high)
        best = np.maximum(spelt, 0.5 * (spelt + heard))
        other = (self._first[low] != self._first[high]) & (self._first_heard[low] != self._first_heard[high])
        best[other] *= THRESHOLDS.other_beginning
        for at in np.flatnonzero((heard < 1) & (heard >= 0.5)).tolist():  # an ending is at most half of a word
            if is_declined(heard_low[at], heard_high[at]) or is_declined(heard_high[at], heard_low[at]):
                best[at] = max(best[at], THRESHOLDS.declined)
        groups = nickname_groups()
        for at in np.flatnonzero(self._nicknamed[low] & self._nicknamed[high]).tolist():
            if groups[self.tokens[low[at]]] & groups[self.tokens[high[at]]]:
                best[at] = max(best[at], THRESHOLDS.nickname)
        best[heard >= 1] = THRESHOLDS.same_sound
        return best


def _spelt_alike(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if not len(a):
        return np.zeros(0)
    return cpdist(a, b, scorer=OSA.normalized_similarity, dtype=np.float64, workers=-1)


def _feminine_of(a: str, b: str) -> bool:
    """Whether one given name is the other with an ending of women's names: `Oleksandr`, `Oleksandra`."""
    short, long = sorted((a, b), key=len)
    ended = len(long) > THRESHOLDS.shortest_stem and long[:-1] == short and long[-1] in "ae"
    return ended or (len(a) == len(b) > THRESHOLDS.shortest_stem and a[:-1] == b[:-1] and {a[-1], b[-1]} == {"a", "o"})
