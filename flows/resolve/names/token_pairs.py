"""Tokens of names against tokens, many pairs at once: each distinct pair is measured once.

What it says of a pair is what `token_similarity` says; a test holds the two against each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from flows.resolve.names.name_similarity import undeclined
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
        self._lengths_heard = np.fromiter(map(len, self.heard), np.int32, len(tokens))
        self._letters, self._letters_heard = (letters(pl.Series(t, dtype=pl.String)) for t in (tokens, self.heard))
        self._feminine, self._plural = _endings(tokens)
        self._declined = _declined(self.heard.tolist())

    def compare(self, left: np.ndarray, right: np.ndarray, exact: np.ndarray | None = None) -> PairsOfTokens:
        """Compare tokens by number, pair by pair; arrays of any one shape.

        exact: for which pairs a likeness below `alike` is told, too; else it may be 0. By default for all.
        """
        low, high = np.minimum(left, right).ravel(), np.maximum(left, right).ravel()
        digit, same = self._digit[low] | self._digit[high], low == high
        short = self.initial[low] | self.initial[high]
        likeness = np.where(short & (self._first[low] == self._first[high]), THRESHOLDS.initial, 0.0)
        likeness[digit] = 0.0
        likeness[same] = 1.0
        gender = self._gender[low] * self._gender[high] == _GENDERS["m"] * _GENDERS["f"]
        plural = np.zeros(len(low), bool)
        words = np.flatnonzero(~short & ~digit & ~same)
        near = words if exact is None else words[exact.ravel()[words] | self._may_be_alike(low[words], high[words])]
        keys, place = np.unique(low[near].astype(np.int64) * len(self.tokens) + high[near], return_inverse=True)
        one, other = np.divmod(keys, len(self.tokens))
        likeness[near] = self._words(one, other)[place]
        gender[near] |= _either(self._feminine, one, other)[place]
        plural[near] = _either(self._plural, one, other)[place]
        return PairsOfTokens(*(found.reshape(left.shape) for found in (likeness, gender, plural)))

    def _may_be_alike(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Whether pairs of words can be `alike`: an edit takes two letters that one has and the other has not."""
        spelt = 1 - np.bitwise_count(self._letters[low] ^ self._letters[high]) / (
            2 * np.maximum(self.lengths[low], self.lengths[high])
        )
        heard = 1 - np.bitwise_count(self._letters_heard[low] ^ self._letters_heard[high]) / (
            2 * np.maximum(np.maximum(self._lengths_heard[low], self._lengths_heard[high]), 1)
        )
        nicknames = self._nicknamed[low] & self._nicknamed[high]
        return (spelt >= THRESHOLDS.alike) | (heard >= THRESHOLDS.with_ending) | nicknames

    def _words(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Likeness of pairs of different words."""
        heard_low, heard_high = self.heard[low], self.heard[high]
        spelt = _spelt_alike(self.tokens[low], self.tokens[high])
        heard = _spelt_alike(heard_low, heard_high)
        best = np.maximum(spelt, 0.5 * (spelt + heard))
        other = (self._first[low] != self._first[high]) & (self._first_heard[low] != self._first_heard[high])
        best[other] *= THRESHOLDS.other_beginning
        declined = _either(self._declined, low, high)
        best[declined] = np.maximum(best[declined], THRESHOLDS.declined)
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


def letters(texts: pl.Series) -> np.ndarray:
    """Return which letters each text has, and which of them twice: bits, two for each of 32 classes of characters.

    Each bit in which two texts differ is a letter that one of them has and the other has not.
    """
    out = np.zeros(len(texts), np.uint64)
    for start in range(0, len(texts), THRESHOLDS.texts):
        part = texts.slice(start, THRESHOLDS.texts)
        classes = np.frombuffer("".join(part.to_list()).encode("utf-32-le"), np.uint32) % 32
        owners = np.repeat(np.arange(len(part)), part.str.len_chars().to_numpy())
        counts = np.bincount(owners * 32 + classes, minlength=32 * len(part)).reshape(-1, 32)
        bits = np.packbits(np.concatenate([counts > 0, counts > 1], axis=1), axis=1)
        out[start : start + len(part)] = bits.view(np.uint64).ravel()
    return out


def _among(pairs: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether numbers of tokens are among pairs of them; pairs: sorted, the left number in the upper 32 bits."""
    if not len(pairs):
        return np.zeros(len(left), bool)
    keys = left.astype(np.int64) << 32 | right
    at = np.searchsorted(pairs, keys)
    at[at == len(pairs)] = 0
    return pairs[at] == keys


def _either(pairs: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The same, whichever of two is the first."""
    return _among(pairs, left, right) | _among(pairs, right, left)


def _in_order(pairs: Iterable[tuple[int, int]]) -> np.ndarray:
    return np.sort(np.array([left << 32 | right for left, right in pairs], dtype=np.int64))


def _endings(tokens: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of which the second is the first with an ending of women's names (`Oleksandr`, `Oleksandra`; `Ivano`,
    `Ivana`), and those of which it is the first with an s.
    """
    number = {token: at for at, token in enumerate(tokens)}
    feminine, plural = [], []
    for token, at in number.items():
        stem = token[:-1]
        if token.endswith("s") and stem in number:
            plural.append((number[stem], at))
        if len(token) > THRESHOLDS.shortest_stem and token[-1] in "ae":
            men = (stem, f"{stem}o") if token[-1] == "a" else (stem,)
            feminine += [(number[man], at) for man in men if man in number]
    return _in_order(feminine), _in_order(plural)


def _declined(heard: Sequence[str]) -> np.ndarray:
    """Pairs of tokens of which the sound of the second is that of the first with an ending."""
    of_sound: dict[str, list[int]] = {}
    for at, sound in enumerate(heard):
        of_sound.setdefault(sound, []).append(at)
    declined = ((stem, sound) for sound in of_sound for stem in undeclined(sound) if stem in of_sound)
    return _in_order((one, other) for stem, sound in declined for one in of_sound[stem] for other in of_sound[sound])
