"""Which claim mentions are worth comparing: by rare words and names in common, and by nearness of meaning.

No step looks at all pairs. Words: every mention is filed under pairs of its rarest stems and entities; a
file is read as a sorted neighbourhood (Hernández and Stolfo 1995), so that a common pair costs no square.
Meaning: each vector gets a signature of random hyperplanes (Charikar 2002); signatures are sorted in
several rotations and every mention meets its neighbours. The hyperplanes are a fixed table of signs and all
sums are of small integers in float32, exact in any order, so the candidates are the same on every machine.
"""

import numpy as np
from scipy.sparse import csr_matrix

from flows.resolve.claims.claim_features import Propositions

RAREST = 6
"""Stems of a mention that it is filed under, in pairs."""
FILE_WINDOW = 12
"""Neighbours that a mention meets in a file."""
BITS = 128
ROTATIONS = 8
NEAR_WINDOW = 6
"""Neighbours that a mention meets in one rotation."""
MAX_BITS_APART = 46
"""Signatures further apart belong to meanings with a cosine under about 0.43."""
FAR_BITS_APART = 54
"""Beyond this (a cosine under about 0.25) words in common are a coincidence."""
ARTICLE_WINDOW = 10
"""Claims of one article that a claim meets whatever they say, if their meanings are near."""


def candidates(p: Propositions) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (left, right), left < right, each once, in ascending order."""
    count = len(p)
    if count < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    signs = signatures(p.meaning)
    near = np.concatenate([_by_meaning(signs), _by_article(p)])
    left, right = near // count, near % count
    near = near[_bits_apart(signs, left, right) <= MAX_BITS_APART]
    worded = _by_words(p)
    left, right = worded // count, worded % count
    worded = worded[_bits_apart(signs, left, right) <= FAR_BITS_APART]
    pairs = _distinct(np.concatenate([near, worded, _borne_out(p)]))
    return pairs // count, pairs % count


def signatures(meaning: np.ndarray) -> np.ndarray:
    """Two 64-bit words of hyperplane signs a row: uint64 [N, 2]."""
    planes = _planes(meaning.shape[1])
    words = np.zeros((len(meaning), BITS // 64), np.uint64)
    powers = np.uint64(1) << np.arange(64, dtype=np.uint64)
    for start in range(0, len(meaning), 65_536):
        positive = meaning[start : start + 65_536].astype(np.float32) @ planes >= 0
        for word in range(BITS // 64):
            bits = positive[:, 64 * word : 64 * word + 64].astype(np.uint64)
            words[start : start + 65_536, word] = bits @ powers
    return words


def _planes(width: int) -> np.ndarray:
    """A fixed table of signs [width, BITS]: a linear congruential sequence, the same on every platform."""
    state = np.arange(width * BITS, dtype=np.uint64) + np.uint64(1)
    for multiplier in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        state ^= state >> np.uint64(30)
        state *= np.uint64(multiplier)
    state ^= state >> np.uint64(31)
    return np.where(state >> np.uint64(63), 1.0, -1.0).astype(np.float32).reshape(width, BITS)


def _bits_apart(signs: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    apart = np.zeros(len(left), np.int32)
    for word in range(signs.shape[1]):
        apart += np.bitwise_count(signs[left, word] ^ signs[right, word])
    return apart


def _by_meaning(signs: np.ndarray) -> np.ndarray:
    found = []
    for rotation in range(ROTATIONS):
        key = _rotated(signs, rotation * BITS // ROTATIONS)
        order = np.lexsort((np.arange(len(key)), key))
        found.append(_neighbourhood(order, None, NEAR_WINDOW, len(key)))
    return _distinct(np.concatenate(found))


def _rotated(signs: np.ndarray, by: int) -> np.ndarray:
    """The 64 bits of each signature that start at bit `by`, going round."""
    first, second = signs[:, (by // 64) % 2], signs[:, (by // 64 + 1) % 2]
    shift = np.uint64(by % 64)
    return first if shift == 0 else (first << shift) | (second >> (np.uint64(64) - shift))


def _by_article(p: Propositions) -> np.ndarray:
    order = np.lexsort((np.arange(len(p)), p.start, p.article))
    return _neighbourhood(order, p.article[order], ARTICLE_WINDOW, len(p))


def _borne_out(p: Propositions) -> np.ndarray:
    """Quotations with the reports that they bear out, whatever their words."""
    row, back = np.nonzero(p.report >= 0)
    report = p.report[row, back]
    return np.minimum(row, report) * np.int64(len(p)) + np.maximum(row, report)


def _by_words(p: Propositions) -> np.ndarray:
    """Pairs that share two rare keys, or one that few others have."""
    rows, keys = _rarest(p)
    firsts, pairs = _key_pairs(rows, keys)
    order = np.lexsort((firsts, pairs))
    return _neighbourhood(firsts[order], pairs[order], FILE_WINDOW, len(p))


def _rarest(p: Propositions) -> tuple[np.ndarray, np.ndarray]:
    """The rarest stems of each mention and its entities, as (row, key), rows ascending, at most RAREST stems
    a row.
    """
    terms: csr_matrix = p.terms
    row = np.repeat(np.arange(len(p)), np.diff(terms.indptr))
    order = np.lexsort((terms.indices, -terms.data, row))
    row, key = row[order], terms.indices[order].astype(np.int64)
    rank = np.arange(len(row)) - np.repeat(terms.indptr[:-1], np.diff(terms.indptr))
    row, key = row[rank < RAREST], key[rank < RAREST]
    entity_row = np.repeat(np.arange(len(p)), np.diff(p.entities.indptr))
    rows = np.concatenate([row, entity_row])
    keys = np.concatenate([key, p.entities.indices.astype(np.int64) + terms.shape[1]])
    order = np.lexsort((keys, rows))
    return rows[order], keys[order]


def _key_pairs(rows: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every two keys of a row as one number: (row, number), for keys at most RAREST + 2 places apart."""
    found_rows, found = [], []
    width = np.int64(keys.max() + 1) if len(keys) else np.int64(1)
    for step in range(1, RAREST + 3):
        same = rows[:-step] == rows[step:]
        found_rows.append(rows[:-step][same])
        found.append(keys[:-step][same] * width + keys[step:][same])
    return np.concatenate(found_rows).astype(np.int64), np.concatenate(found)


def _neighbourhood(order: np.ndarray, group: np.ndarray | None, window: int, count: int) -> np.ndarray:
    """Rows that stand within `window` places of each other in `order`, in one group, as left * count +
    right.
    """
    found = [np.zeros(0, np.int64)]
    for step in range(1, window + 1):
        a, b = order[:-step].astype(np.int64), order[step:].astype(np.int64)
        kept = a != b if group is None else (a != b) & (group[:-step] == group[step:])
        a, b = a[kept], b[kept]
        found.append(np.minimum(a, b) * np.int64(count) + np.maximum(a, b))
    return _distinct(np.concatenate(found))


def _distinct(keys: np.ndarray) -> np.ndarray:
    """The distinct keys in ascending order, by sorting: numpy's own, by hashing, takes ten times as long on
    these.
    """
    ordered = np.sort(keys)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered
