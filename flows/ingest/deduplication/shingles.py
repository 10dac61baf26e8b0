r"""Word 5-grams of texts as numbers, and which texts share enough of them to be near-copies at all.

A word is a maximal run of word characters in lower case (`\w+`); a shingle is five words in a row. Texts of
fewer words have none and are near-copies of nothing.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

SIZE = 5
"""Words of a shingle."""

_CHUNK_BYTES = 1 << 18  # what a pass holds of a chunk stays in the processor's cache
# odd constants of SplitMix64 and its relatives: one for each place in a shingle, so that order counts
_PLACES = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD],
    dtype=np.uint64,
)
_LARGEST = (1 << 64) - 1
_PART = 0
# what a byte of UTF-8 says of a word: ASCII in lower case, what is not ASCII as it is, and _PART between words
_WORD_BYTES = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() or chr(byte) == "_" else _PART for byte in bytes(range(256)).lower()
)
_FIRST_OF_SEVERAL, _FIRST_OF_THREE = 0xC2, 0xE0
# the first two bytes of characters that part words though they are not ASCII: U+0080 to U+00BF (no-break space,
# guillemets), Arabic comma, semicolon and question mark, U+2000 to U+203F (curly quotes, dashes), U+3000 to
# U+303F (ideographic stops and quotes), U+FF00 to U+FF3F (full-width commas)
_PARTING = np.zeros(1 << 16, dtype=bool)
_PARTING[0xC280:0xC2C0] = True
_PARTING[[0xD88C, 0xD89B, 0xD89F, 0xE280, 0xE380, 0xEFBC]] = True
_EACH_LOW, _EACH_HIGH = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)

_KEYS_AT_ONCE = 1 << 20
_SAMPLE = 2  # one of so many different shingles is looked at
_LENIENCY, _DEVIATIONS = 0.9, 2.5
_ROUNDS = 4

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
    word = words.explode(empty_as_null=False).hash(seed=0).to_numpy()
    bounds = np.concatenate([[0], np.cumsum(np.maximum(counts - (SIZE - 1), 0))])
    value = _windows(word)
    value ^= value >> np.uint64(29)
    whole = np.ones(len(value), dtype=bool)
    whole[_reaching_over(np.cumsum(counts), len(value))] = False
    return Shingles(value[whole], bounds)


def distinct(texts: pl.Series) -> list[Hashes]:
    """The distinct shingles of each text, in ascending order."""
    found: list[Hashes] = []
    for chunk in _chunks(texts):
        hashes, bounds = shingle(chunk)
        for begin, end in pairwise(bounds.tolist()):
            hashes[begin:end].sort()
        new = _changes(hashes)
        new[bounds[:-1][bounds[:-1] < len(hashes)]] = True
        bounds = np.concatenate([[0], np.cumsum(new)])[bounds]
        found.extend(np.split(hashes[new], bounds[1:-1]))
    return found


def sharing(texts: pl.Series, share: float) -> Rows:
    """Rows of the texts of which other texts have at least about `share` of the shingles; the others have no
    near-copy.

    If two texts have Jaccard `share`, each has at least that share of its own shingles in common with the
    other. One pass hashes the words by their bytes, keeps the shingles whose hash falls in one part of
    _SAMPLE (the same ones in every text: Manber, Finding similar files in a large file system, 1994), and
    sorts them with their rows; what several rows have stands together then. What only texts have in common
    that are left out is counted no more, _ROUNDS times. The share is let off _LENIENCY for what bytes say
    wrongly of words, and _DEVIATIONS standard deviations for the sample. Memory: 8 bytes a shingle looked at.
    """
    row_bits = len(texts).bit_length()
    keys = np.zeros(0, dtype=np.uint64)
    for more in _keys(texts, row_bits):  # grown in place: joined in the end they would be in memory twice
        keys.resize(len(keys) + len(more), refcheck=False)
        keys[len(keys) - len(more) :] = more
    keys.sort()
    own, common = _own_and_common(keys, row_bits, len(texts))
    deviation = np.sqrt(share * (1 - share) * (1 - 1 / _SAMPLE) * own)
    least = share * _LENIENCY * own - _DEVIATIONS * deviation
    enough = common >= least
    for _ in range(1, _ROUNDS):
        keys = np.concatenate([piece[enough[_row(piece, row_bits)]] for piece in _pieces(keys, row_bits)] or [keys])
        enough &= _own_and_common(keys, row_bits, len(texts))[1] >= least
    # too short for the sample, not for a shingle
    unseen = np.flatnonzero(own == 0)
    enough[unseen] = texts.gather(unseen).str.count_matches(r"\w+").to_numpy() >= SIZE
    return np.flatnonzero(enough)


def _row(keys: Hashes, row_bits: int) -> Rows:
    return (keys & np.uint64((1 << row_bits) - 1)).view(np.int64)


def _pieces(keys: Hashes, row_bits: int) -> Iterator[Hashes]:
    """Ascending `keys` in pieces, none of which ends amid the rows of a shingle: what is made of a piece is small."""
    bits = np.uint64(row_bits)
    cuts = np.searchsorted(keys, keys[::_KEYS_AT_ONCE] >> bits << bits).tolist()
    return (keys[begin:end] for begin, end in pairwise([*cuts, len(keys)]))


def _own_and_common(keys: Hashes, row_bits: int, rows: int) -> tuple[Rows, Rows]:
    """How many distinct shingles each row has in ascending `keys`, and how many of them other rows have, too."""
    own, common = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    for repeated in _pieces(keys, row_bits):
        piece = repeated[_changes(repeated)]
        together = (piece[1:] ^ piece[:-1]) >> np.uint64(row_bits) == 0
        shared = np.zeros(len(piece), dtype=bool)
        shared[1:] = together
        shared[:-1] |= together
        row = _row(piece, row_bits)
        own += np.bincount(row, minlength=rows)
        common += np.bincount(row[shared], minlength=rows)
    return own, common


def _keys(texts: pl.Series, row_bits: int) -> Iterator[Hashes]:
    """Of the shingles of the sample, as bytes tell them: the upper bits of the hash above the row of the text."""
    first = 0
    for chunk in _chunks(texts):
        word, ends = _quick_words(chunk)
        value = _windows(word) * _PLACES[1]
        value[_reaching_over(ends, len(value))] = _LARGEST
        taken = np.flatnonzero(value <= np.uint64(_LARGEST // _SAMPLE))
        counts = np.diff(np.searchsorted(taken, ends), prepend=0)
        row = np.repeat(np.arange(first, first + len(chunk), dtype=np.uint64), counts)
        yield (value[taken] * np.uint64(_SAMPLE) >> np.uint64(row_bits) << np.uint64(row_bits)) | row
        first += len(chunk)


def _quick_words(texts: pl.Series) -> tuple[Hashes, Rows]:
    """Hashes of the words of texts, by their first eight bytes, and where the words of each text end.

    Only ASCII is put in lower case, and of other characters only those of _PARTING separate words. Good for
    what is then checked exactly.
    """
    joined = texts.str.join("\n").cast(pl.Binary).item()
    data = np.frombuffer(bytearray().join([b"\n", joined, b"\n" * 8]).translate(_WORD_BYTES), dtype=np.uint8)
    several = np.flatnonzero(data >= _FIRST_OF_SEVERAL)
    parting = several[_PARTING[data[several].astype(np.uint16) << 8 | data[several + 1]]]
    data[parting[data[parting] >= _FIRST_OF_THREE] + 2] = _PART
    data[parting] = data[parting + 1] = _PART
    inside = data != _PART
    before = np.flatnonzero(inside[1:] > inside[:-1])
    eight = np.ndarray((len(data) - 8,), dtype="<u8", buffer=data.data, offset=1, strides=(1,))[before]
    # the lowest bit that is left in `part` is the highest of the first byte between words
    part = (eight - _EACH_LOW) & ~eight & _EACH_HIGH
    word = (eight & (((part & (~part + np.uint64(1))) >> np.uint64(7)) - np.uint64(1))) * _PLACES[0]
    word ^= word >> np.uint64(32)
    ends = np.cumsum(texts.str.len_bytes().to_numpy().astype(np.int64) + 1)
    return word, np.searchsorted(before, ends)


def _changes(hashes: Hashes) -> npt.NDArray[np.bool_]:
    """Where a value is not the one before it."""
    new = np.ones(len(hashes), dtype=bool)
    new[1:] = hashes[1:] != hashes[:-1]
    return new


def _windows(word: Hashes) -> Hashes:
    """One value for each five words in a row."""
    starts = max(0, len(word) - (SIZE - 1))
    value = word[:starts] * _PLACES[0]
    for place in range(1, SIZE):
        value += word[place : place + starts] * _PLACES[place]
    return value


def _reaching_over(ends: Rows, starts: int) -> Rows:
    """Which of the `starts` windows reach from one text into the next, where the words of texts end at `ends`."""
    position = (ends[:, np.newaxis] - np.arange(1, SIZE)).ravel()
    return position[(position >= 0) & (position < starts)]


def _chunks(texts: pl.Series) -> Iterator[pl.Series]:
    """Runs of texts of about _CHUNK_BYTES together."""
    pieces = np.cumsum(texts.str.len_bytes().to_numpy().astype(np.int64)) // _CHUNK_BYTES
    cuts = [0, *(np.flatnonzero(np.diff(pieces)) + 1).tolist(), len(texts)]
    return (texts[begin:end] for begin, end in pairwise(cuts) if begin < end)
