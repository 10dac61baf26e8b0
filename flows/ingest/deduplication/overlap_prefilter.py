"""Prefilter of near-duplicate detection: which texts share enough shingles with others to have a near-copy at all.

Most articles of a corpus have none. Finding them exactly costs more than this pass over the bytes, which errs
only by leaving too many texts in.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl

from flows.ingest.deduplication.shingles import (
    PLACES,
    SIZE,
    Hashes,
    Rows,
    chunks,
    crosses_texts,
    is_first,
    windows,
)
from flows.ingest.deduplication.thresholds import THRESHOLDS

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


def with_overlap(texts: pl.Series, share: float) -> Rows:
    """Return the rows of texts of which other texts have about `share` of the shingles; the others have no near-copy.

    If two texts have Jaccard `share`, each has at least that share of its own shingles in common with the
    other. One pass hashes the words by their bytes, keeps the shingles whose hash falls in the sample (the same
    ones in every text: Manber, Finding similar files in a large file system, 1994), and sorts them with their
    rows, so that the rows of one shingle stand together. Shingles that only dropped texts have in common are
    then taken off, a few times. Memory: 8 bytes per sampled shingle.
    """
    row_bits = len(texts).bit_length()
    keys = np.zeros(0, dtype=np.uint64)
    for more in _sampled_keys(texts, row_bits):  # grown in place: joined in the end they would be in memory twice
        keys.resize(len(keys) + len(more), refcheck=False)
        keys[len(keys) - len(more) :] = more
    keys.sort()
    own, common = _shingle_counts(keys, row_bits, len(texts))
    deviation = np.sqrt(share * (1 - share) * (1 - 1 / THRESHOLDS.sample) * own)
    least = share * THRESHOLDS.leniency * own - THRESHOLDS.deviations * deviation
    enough = common >= least
    for _ in range(1, THRESHOLDS.rounds):
        keys = np.concatenate([piece[enough[_row(piece, row_bits)]] for piece in _pieces(keys, row_bits)] or [keys])
        enough &= _shingle_counts(keys, row_bits, len(texts))[1] >= least
    # too short for the sample, not for a shingle
    unseen = np.flatnonzero(own == 0)
    enough[unseen] = texts.gather(unseen).str.count_matches(r"\w+").to_numpy() >= SIZE
    return np.flatnonzero(enough)


def _row(keys: Hashes, row_bits: int) -> Rows:
    return (keys & np.uint64((1 << row_bits) - 1)).view(np.int64)


def _pieces(keys: Hashes, row_bits: int) -> Iterator[Hashes]:
    """Return ascending `keys` in pieces, none of which ends amid the rows of a shingle: bounds the memory per piece."""
    bits = np.uint64(row_bits)
    cuts = np.searchsorted(keys, keys[:: THRESHOLDS.keys_at_once] >> bits << bits).tolist()
    return (keys[begin:end] for begin, end in pairwise([*cuts, len(keys)]))


def _shingle_counts(keys: Hashes, row_bits: int, rows: int) -> tuple[Rows, Rows]:
    """Return how many distinct shingles each row has in ascending `keys`, and how many of them other rows have."""
    own, common = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    for repeated in _pieces(keys, row_bits):
        piece = repeated[is_first(repeated)]
        together = (piece[1:] ^ piece[:-1]) >> np.uint64(row_bits) == 0
        shared = np.zeros(len(piece), dtype=bool)
        shared[1:] = together
        shared[:-1] |= together
        row = _row(piece, row_bits)
        own += np.bincount(row, minlength=rows)
        common += np.bincount(row[shared], minlength=rows)
    return own, common


def _sampled_keys(texts: pl.Series, row_bits: int) -> Iterator[Hashes]:
    """Yield the sampled shingles as bytes tell them: the upper bits of the hash above the row of the text."""
    first = 0
    for chunk in chunks(texts):
        word, ends = fast_word_hashes(chunk)
        value = windows(word) * PLACES[1]
        value[crosses_texts(ends, len(value))] = _LARGEST
        taken = np.flatnonzero(value <= np.uint64(_LARGEST // THRESHOLDS.sample))
        counts = np.diff(np.searchsorted(taken, ends), prepend=0)
        row = np.repeat(np.arange(first, first + len(chunk), dtype=np.uint64), counts)
        yield (value[taken] * np.uint64(THRESHOLDS.sample) >> np.uint64(row_bits) << np.uint64(row_bits)) | row
        first += len(chunk)


def fast_word_hashes(texts: pl.Series) -> tuple[Hashes, Rows]:
    """Return hashes of the words of texts, by their first eight bytes, and where the words of each text end.

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
    word = (eight & (((part & (~part + np.uint64(1))) >> np.uint64(7)) - np.uint64(1))) * PLACES[0]
    word ^= word >> np.uint64(32)
    ends = np.cumsum(texts.str.len_bytes().to_numpy().astype(np.int64) + 1)
    return word, np.searchsorted(before, ends)
