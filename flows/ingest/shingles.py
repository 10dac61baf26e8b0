r"""Word 5-grams of texts as numbers, and which texts share enough of them to be near-copies at all.

A word is a maximal run of word characters in lower case (`\w+`); a shingle is five words in a row. Texts of
fewer words have none and are near-copies of nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

SIZE = 5
"""Words of a shingle."""

_CHUNK = 2048
# odd constants of SplitMix64 and its relatives: one for each place in a shingle, so that order counts
_PLACES = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD],
    dtype=np.uint64,
)
_WORD_BYTE = np.array([byte >= 0x80 or chr(byte).isalnum() or byte == ord("_") for byte in range(256)])
_FIRST_BYTES = np.array([(1 << (8 * count)) - 1 for count in range(9)], dtype=np.uint64)
_LOWER = np.uint64(0x2020202020202020)
_GENERAL_PUNCTUATION = (0xE2, 0x80)  # UTF-8 of U+2000 to U+203F: curly quotes, dashes, the ellipsis
_MIN_SLOT_BITS, _MAX_SLOT_BITS = 20, 28
_SLOTS_PER_SHINGLE = 3
_EMPTY = np.uint8(0xFF)
# occurrences are counted where distinct shingles are meant; a text repeats itself a little
_REPETITION = 0.85

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


class Shingles(NamedTuple):
    """Shingles of a run of texts: those of the i-th are `hashes[bounds[i]:bounds[i + 1]]`, in the order of
    the text."""

    hashes: Hashes
    bounds: Rows


def shingle(texts: pl.Series) -> Shingles:
    """Every shingle of every text as 64 bits, the same in any process."""
    words = texts.str.to_lowercase().str.extract_all(r"\w+")
    counts = words.list.len().to_numpy().astype(np.int64)
    return _runs(words.explode(empty_as_null=False).hash(seed=0).to_numpy(), counts)


def _runs(word: Hashes, counts: Rows) -> Shingles:
    """Shingles of words given by their hashes, the first `counts[0]` of which are the first text's, and so
    on."""
    bounds = np.concatenate([[0], np.cumsum(np.maximum(counts - (SIZE - 1), 0))])
    starts = len(word) - (SIZE - 1)
    if starts <= 0:
        return Shingles(np.zeros(0, dtype=np.uint64), bounds)
    value = word[:starts] * _PLACES[0]
    for place in range(1, SIZE):
        value += word[place : place + starts] * _PLACES[place]
    value ^= value >> np.uint64(29)
    # a shingle must not reach from one text into the next
    whole = np.ones(starts, dtype=bool)
    ends = np.cumsum(counts)
    for back in range(1, SIZE):
        position = ends - back
        whole[position[(position >= 0) & (position < starts)]] = False
    return Shingles(value[whole], bounds)


def _quick_shingle(texts: pl.Series) -> Shingles:
    """`shingle` from the bytes, five times as fast and nearly the same.

    Words are told apart by their first and last eight bytes, only ASCII is put in lower case, and of other
    characters only curly quotes and dashes separate words. Good for what is then checked exactly.
    """
    gap = 8  # room for the eight bytes before the end of a first word
    sizes = texts.str.len_bytes().to_numpy().astype(np.int64)
    data = np.frombuffer((" " * gap + " ".join(texts.to_list()) + " " * gap).encode(), dtype=np.uint8)
    inside = _WORD_BYTE[data]
    marks = np.flatnonzero(data == _GENERAL_PUNCTUATION[0])
    marks = marks[data[marks + 1] == _GENERAL_PUNCTUATION[1]]
    for offset in range(3):
        inside[marks + offset] = False
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    start, end = edges[::2], edges[1::2]
    eight = np.ndarray((len(data) - 7,), dtype="<u8", buffer=data.data, strides=(1,))  # at any byte
    length = end - start
    word = ((eight[start] | _LOWER) & _FIRST_BYTES[np.minimum(length, 8)]) * _PLACES[0]
    word ^= np.where(length > 8, (eight[end - 8] | _LOWER) * _PLACES[1], np.uint64(0))
    word ^= word >> np.uint64(32)
    word *= _PLACES[2]
    text_ends = np.cumsum(sizes + 1) + gap
    counts = np.diff(np.searchsorted(start, text_ends), prepend=0)
    return _runs(word, counts)


def distinct(texts: pl.Series) -> list[Hashes]:
    """The distinct shingles of each text, in ascending order."""
    found: list[Hashes] = []
    for chunk in _chunks(texts):
        hashes, bounds = shingle(chunk)
        found.extend(np.unique(hashes[bounds[i] : bounds[i + 1]]) for i in range(len(chunk)))
    return found


def sharing(texts: pl.Series, share: float) -> Rows:
    """Rows of the texts of which other texts have at least about `share` of the shingles; the others have no
    near-copy.

    If two texts have Jaccard `share`, each has at least that share of its own shingles in common with the
    other. One pass notes the first and the last text that has a shingle, in tables indexed by a part of its
    hash; where the two differ, the shingle is shared. Chance meetings only let in more texts. Memory: 4
    bytes a word, and the tables.
    """
    slots: list[npt.NDArray[np.uint32]] = []
    lengths: list[Rows] = []
    bits = _slot_bits(texts)
    for chunk in _chunks(texts):
        hashes, bounds = _quick_shingle(chunk)
        slots.append((hashes >> np.uint64(64 - bits)).astype(np.uint32))
        lengths.append(np.diff(bounds))
    first = np.full(1 << bits, _EMPTY, dtype=np.uint8)
    last = np.full(1 << bits, _EMPTY, dtype=np.uint8)
    row = 0
    for slot, length in zip(slots, lengths, strict=True):
        # a text's number modulo a prime, to fit a byte: of 251 shared shingles one goes unnoticed
        owner = np.repeat((np.arange(row, row + len(length)) % 251).astype(np.uint8), length)
        last[slot] = owner
        fresh = first[slot] == _EMPTY
        first[slot[fresh][::-1]] = owner[fresh][::-1]
        row += len(length)
    shared = first != last
    found: list[Rows] = []
    row = 0
    for slot, length in zip(slots, lengths, strict=True):
        bounds = np.concatenate([[0], np.cumsum(length)])
        running = np.concatenate([[0], np.cumsum(shared[slot])])
        common = running[bounds[1:]] - running[bounds[:-1]]
        enough = (common >= share * _REPETITION * length) & (length > 0)
        found.append(np.flatnonzero(enough) + row)
        row += len(length)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _slot_bits(texts: pl.Series) -> int:
    characters = int(texts.str.len_chars().sum() or 0)
    wanted = _SLOTS_PER_SHINGLE * max(1, characters // 6)
    return min(_MAX_SLOT_BITS, max(_MIN_SLOT_BITS, wanted.bit_length()))


def _chunks(texts: pl.Series) -> Iterator[pl.Series]:
    for start in range(0, len(texts), _CHUNK):
        yield texts.slice(start, _CHUNK)
