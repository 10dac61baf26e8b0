"""Names of persons compared many pairs at once: the features of `name_features`, as columns.

Pairs are taken by how many tokens their names have, and each distinct pair of tokens is measured once
(`token_pairs`), so that the time goes into arrays and not into the names of each pair. A test holds the columns against
`name_features`.
"""

from dataclasses import dataclass
from functools import cache, reduce

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from flows.resolve.names.thresholds import THRESHOLDS
from flows.resolve.names.token_pairs import PairsOfTokens, TokenTable
from flows.resolve.names.words import Words, numbered

Columns = dict[str, np.ndarray]


class PersonNames:
    """Names of persons as columns: the number of each token in its place, and how many names have a token.

    sounds: of each name those of its tokens in alphabetical order, one string for any order of words.
    """

    def __init__(self, names: Words) -> None:
        """names: tokens of each, at least one."""
        self.words = names
        self.table = TokenTable(names.distinct.to_list())
        self.sizes, self.flat, self.starts, self.owners = names.sizes, names.flat, names.starts, names.owners
        self.names_with = np.bincount(self.flat, minlength=len(names.distinct))
        heard = pl.Series(self.table.heard.tolist(), dtype=pl.String)
        self.joined, self.heard = names.put_together(names.distinct, ""), names.put_together(heard, "")
        distinct, number = numbered(heard)
        by_sound = np.sort(self.owners.astype(np.int64) << 32 | number[self.flat]) & 0xFFFFFFFF
        self.sounds = names.put_together(distinct, " ", by_sound)

    def tokens_of(self, names: np.ndarray, size: int) -> np.ndarray:
        """Return the numbers of the tokens of names of one size, a row each."""
        return self.flat[self.starts[names][:, None] + np.arange(size)]

    def features(self, left: np.ndarray, right: np.ndarray) -> Columns:
        """Return the features of pairs of names, and those of persons alone; `clashing`: no spelling makes them one."""
        out: Columns = {}
        swap = self.sizes[left] > self.sizes[right]
        short, long = np.where(swap, right, left), np.where(swap, left, right)
        shapes = self.sizes[short].astype(np.int64) * (int(self.sizes.max(initial=0)) + 1) + self.sizes[long]
        for shape in np.unique(shapes).tolist():
            at = np.flatnonzero(shapes == shape)
            for name, values in self._of_one_shape(short[at], long[at]).items():
                out.setdefault(name, np.zeros(len(left)))[at] = values
        return out

    def likeness_as_one_word(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return the feature `joined`: likeness when written as one word, by letters or by sound."""
        if not len(left):
            return np.zeros(0)
        written = [
            cpdist(
                texts.gather(left).to_list(),
                texts.gather(right).to_list(),
                scorer=OSA.normalized_similarity,
                dtype=np.float64,
                workers=-1,
            )
            for texts in (self.joined, self.heard)
        ]
        return np.maximum(*written) ** 2

    def _of_one_shape(self, short: np.ndarray, long: np.ndarray) -> Columns:
        size, more = int(self.sizes[short[0]]), int(self.sizes[long[0]])
        a, b = self.tokens_of(short, size), self.tokens_of(long, more)
        wide = (
            np.broadcast_to(a[:, :, None], (len(a), size, more)),
            np.broadcast_to(b[:, None, :], (len(a), size, more)),
        )
        exact = np.zeros((len(a), size, more), bool)
        exact[:, 0, 0] = exact[:, -1, -1] = True
        pairs = self.table.compare(*wide, exact)
        found = self._aligned(a, b, pairs)
        several = 1 < size < more
        ends = (a[:, 0] == b[:, 0]) & (a[:, -1] == b[:, -1])
        start = (a == b[:, :size]).all(axis=1)
        same = (np.sort(a, axis=1) == np.sort(b, axis=1)).all(axis=1) if size == more else np.zeros(len(a), bool)
        places = np.arange(size)
        return {
            **found,
            "one_word": np.full(len(a), float(size == 1 < more)),
            "first": pairs.likeness[:, 0, 0],
            "last": pairs.likeness[:, -1, -1],
            "clashing": _odd_one(pairs.likeness, 2) & _odd_one(pairs.likeness, 1),
            "extended": ends if several else np.zeros(len(a)),
            "second_surname": start if several else np.zeros(len(a)),
            "turned": same & ~start,
            "other_words": np.full(len(a), not several) & ~same,
            "gender": pairs.gender[:, 0, 0],
            "plural": pairs.plural[:, places, places].any(axis=1),
        }

    def _aligned(self, a: np.ndarray, b: np.ndarray, pairs: PairsOfTokens) -> Columns:
        """Features of the tokens that are paired, each once, the most alike first."""
        size, more = a.shape[1], b.shape[1]
        order = _Order.of(size, more)
        initial_a, initial_b = self.table.initial[a], self.table.initial[b]
        likeness = np.where(_surname_for_initial(initial_a, initial_b), -1.0, pairs.likeness)
        open_yet = likeness[:, order.row, order.column]
        sums = _Sums(len(a))
        every = np.arange(len(a))
        for _ in range(size):
            best = open_yet.argmax(axis=1)
            alike = open_yet[every, best]
            at = np.flatnonzero(alike >= THRESHOLDS.alike)
            if not len(at):
                break
            i, j = order.row[best[at]], order.column[best[at]]
            full = ~(initial_a[at, i] | initial_b[at, j])
            counts = np.sort([self.names_with[a[at, i]], self.names_with[b[at, j]]], axis=0)
            sums.add(at, alike[at], full, (i == 0) | (j == 0), (j > 0) & (j < more - 1), counts)
            open_yet[at] = np.where(order.shares[best[at]], -1.0, open_yet[at])
        first_apart = (pairs.likeness[:, 0, 0] < THRESHOLDS.alike) & ~sums.beginning & (size > 1)
        return sums.features(size, more) | {"first_clash": first_apart}


class _Sums:
    """What the paired tokens of pairs of names add up to."""

    def __init__(self, count: int) -> None:
        self.pairs, self.full, self.edits, self.matched = np.zeros((4, count))
        self.weakest = np.full(count, np.inf)
        self.initials, self.beginning, self.inside, self.slip, self.names_of_their_own = np.zeros((5, count), bool)

    def add(
        self,
        at: np.ndarray,
        alike: np.ndarray,
        full: np.ndarray,
        first: np.ndarray,
        inside: np.ndarray,
        counts: np.ndarray,
    ) -> None:
        """Add one pair of tokens to each of some pairs of names.

        full: whether neither is an initial. first, inside: whether one begins its name, or stands inside the longer.
        counts: how many names have the rarer and the commoner token.
        """
        rare, common = counts
        self.pairs[at] += 1
        self.full[at] += full
        self.edits[at] += alike < THRESHOLDS.same_sound
        self.matched[at] += alike
        self.weakest[at] = np.where(full, np.minimum(self.weakest[at], alike), self.weakest[at])
        self.initials[at] |= ~full
        self.beginning[at] |= full & first
        self.inside[at] |= inside
        other = full & (alike < 1)
        self.slip[at] |= other & (common >= THRESHOLDS.common) & (rare <= THRESHOLDS.slips * common)
        self.names_of_their_own[at] |= other & (rare >= THRESHOLDS.no_slip) & (rare > THRESHOLDS.peers * common)

    def features(self, size: int, more: int) -> Columns:
        """Return the sums as features of names of `size` and `more` tokens."""
        left_short, left_long = size - self.pairs, more - self.pairs
        return {
            "short_matched": self.matched / size,
            "long_matched": self.matched / more,
            "weakest": np.where(np.isinf(self.weakest), 0.0, self.weakest),
            "left_short": left_short,
            "left_long": np.minimum(left_long, THRESHOLDS.most_left),
            "clash": (left_short > 0) & (left_long > 0),
            "one_inside": self.inside & (size == 1),
            "full_pairs": np.minimum(self.full, 2.0),
            "initials": self.initials,
            "edits": self.edits,
            "slip": self.slip & (self.edits == 1),
            "two_spellings": self.names_of_their_own,
            "given_initial": self.initials & (self.full < 2) & (size > 1),
        }


@dataclass(frozen=True)
class _Order:
    """In which order pairs of places are taken where tokens are equally alike, and which pairs share a place."""

    row: np.ndarray
    column: np.ndarray
    shares: np.ndarray

    @staticmethod
    @cache
    def of(size: int, more: int) -> "_Order":
        """Return the order for names of so many tokens."""
        places = sorted(
            ((i, j) for i in range(size) for j in range(more)),
            key=lambda p: (abs(p[0] - p[1]), sum(p), min(p), p),
        )
        row, column = np.array(places).T
        shares = (row[:, None] == row) | (column[:, None] == column)
        return _Order(row, column, shares)


def _odd_one(likeness: np.ndarray, others: int) -> np.ndarray:
    """Whether a token of one side is like none of the other; `others`: the axis of the other side."""
    # names have few tokens: place by place is several times as fast as NumPy's own reduction of short axes
    best = reduce(np.maximum, np.moveaxis(likeness, others, 0))
    return reduce(np.logical_or, (best < THRESHOLDS.alike).T)


def _surname_for_initial(initial_a: np.ndarray, initial_b: np.ndarray) -> np.ndarray:
    """Whether an initial would stand for the last word of the other name: initials are of given names."""
    of_a = np.zeros((len(initial_a), initial_a.shape[1], initial_b.shape[1]), bool)
    of_b = of_a.copy()
    of_a[:, :-1, -1] = initial_a[:, :-1] & ~initial_b[:, -1:]
    of_b[:, -1, :-1] = initial_b[:, :-1] & ~initial_a[:, -1:]
    return of_a | of_b
