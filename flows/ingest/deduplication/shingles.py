r"""Word 5-gram shingles of texts as 64-bit hashes.

A word is a maximal run of word characters in lower case (`\w+`); a shingle is five words in a row. Texts of
fewer words have none and are near-copies of nothing.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.ingest.deduplication.thresholds import THRESHOLDS

SIZE = 5
"""Words of a shingle."""

# odd constants of SplitMix64 and its relatives: one for each place in a shingle, so that order counts
PLACES = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD],
    dtype=np.uint64,
)

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


class Shingles(NamedTuple):
    """Shingles of a run of texts: those of the i-th are `hashes[bounds[i]:bounds[i + 1]]`, in the text's order."""

    hashes: Hashes
    bounds: Rows


def shingle(texts: pl.Series) -> Shingles:
    """Return every shingle of every text as 64 bits, the same in any process."""
    words = texts.str.to_lowercase().str.extract_all(r"\w+")
    counts = words.list.len().to_numpy().astype(np.int64)
    word = words.explode(empty_as_null=False).hash(seed=0).to_numpy()
    bounds = np.concatenate([[0], np.cumsum(np.maximum(counts - (SIZE - 1), 0))])
    value = windows(word)
    value ^= value >> np.uint64(29)
    whole = np.ones(len(value), dtype=bool)
    whole[crosses_texts(np.cumsum(counts), len(value))] = False
    return Shingles(value[whole], bounds)


def distinct(texts: pl.Series) -> list[Hashes]:
    """Return the distinct shingles of each text, in ascending order."""
    found: list[Hashes] = []
    for chunk in chunks(texts):
        hashes, bounds = shingle(chunk)
        for begin, end in pairwise(bounds.tolist()):
            hashes[begin:end].sort()
        new = is_first(hashes)
        new[bounds[:-1][bounds[:-1] < len(hashes)]] = True
        bounds = np.concatenate([[0], np.cumsum(new)])[bounds]
        found.extend(np.split(hashes[new], bounds[1:-1]))
    return found


def is_first(hashes: Hashes) -> npt.NDArray[np.bool_]:
    """Return where a value is not the one before it."""
    new = np.ones(len(hashes), dtype=bool)
    new[1:] = hashes[1:] != hashes[:-1]
    return new


def windows(word: Hashes) -> Hashes:
    """Return one value for each five words in a row."""
    starts = max(0, len(word) - (SIZE - 1))
    value = word[:starts] * PLACES[0]
    for place in range(1, SIZE):
        value += word[place : place + starts] * PLACES[place]
    return value


def crosses_texts(ends: Rows, starts: int) -> Rows:
    """Return those of the `starts` windows that reach from one text into the next; `ends`: last words of texts."""
    position = (ends[:, np.newaxis] - np.arange(1, SIZE)).ravel()
    return position[(position >= 0) & (position < starts)]


def chunks(texts: pl.Series) -> Iterator[pl.Series]:
    """Return runs of texts of about THRESHOLDS.chunk_bytes together."""
    pieces = np.cumsum(texts.str.len_bytes().to_numpy().astype(np.int64)) // THRESHOLDS.chunk_bytes
    cuts = [0, *(np.flatnonzero(np.diff(pieces)) + 1).tolist(), len(texts)]
    return (texts[begin:end] for begin, end in pairwise(cuts) if begin < end)
