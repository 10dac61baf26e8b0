"""Near-duplicate detection: MinHash and banding for candidates, exact Jaccard for the decision.

The only file that imports rensa. Broder, On the resemblance and containment of documents (1997); banding
after Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl
from rensa import RMinHash

from flows.ingest.deduplication import overlap_prefilter, shingles
from flows.ingest.deduplication.shingles import Hashes
from flows.ingest.deduplication.thresholds import THRESHOLDS
from flows.whole_numbers import distinct

PERMUTATIONS = THRESHOLDS.bands * THRESHOLDS.band_rows
_SEED = 1
_MIXING = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)

PAIRS_SCHEMA = {"left": pl.Int64, "right": pl.Int64, "jaccard": pl.Float64}


def near_copies(texts: pl.Series, threshold: float) -> pl.DataFrame:
    """Return pairs of rows of `texts` (left < right) whose word 5-grams have Jaccard `threshold` or more.

    Columns: left, right (row numbers), jaccard (exact). In ascending order of the rows.
    """
    rows = overlap_prefilter.with_overlap(texts, threshold)
    sets = shingles.distinct(texts.gather(rows))
    pairs = candidates(digests(sets))
    kept = [
        (int(rows[left]), int(rows[right]), score)
        for left, right in pairs
        if (score := jaccard(sets[left], sets[right], threshold)) >= threshold
    ]
    return pl.DataFrame(kept, schema=PAIRS_SCHEMA, orient="row").sort("left", "right")


def digests(sets: list[Hashes]) -> npt.NDArray[np.uint32]:
    """Return MinHash signatures, one row of PERMUTATIONS values per set."""
    parts = [np.zeros((0, PERMUTATIONS), dtype=np.uint32)]
    for start in range(0, len(sets), THRESHOLDS.digested_at_once):
        chunk = sets[start : start + THRESHOLDS.digested_at_once]
        bounds = np.concatenate([[0], np.cumsum([len(one) for one in chunk])]).astype(np.uint64)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(chunk), bounds, PERMUTATIONS, _SEED)
        parts.append(np.array(matrix.to_rows(), dtype=np.uint32))
    return np.concatenate(parts)


def candidates(signatures: npt.NDArray[np.uint32]) -> list[tuple[int, int]]:
    """Return pairs of rows (left < right) that agree in a band, in ascending order."""
    rows = len(signatures)
    if not rows:
        return []
    row_bits = np.uint64(rows.bit_length())
    row = np.arange(rows, dtype=np.uint64)
    found = [np.zeros(0, dtype=np.int64)]
    for band in range(THRESHOLDS.bands):
        columns = signatures[:, band * THRESHOLDS.band_rows : (band + 1) * THRESHOLDS.band_rows]
        # sorted as one number a row: what the band says, in bits to spare, and in a bucket the rows in order
        keys = (columns * _MIXING).sum(axis=1, dtype=np.uint64) >> row_bits << row_bits | row
        keys.sort()
        order = (keys & ((np.uint64(1) << row_bits) - np.uint64(1))).view(np.int64)
        buckets = np.concatenate([[0], np.cumsum((keys[1:] ^ keys[:-1]) >> row_bits != 0)])
        large = np.bincount(buckets)[buckets] > THRESHOLDS.max_bucket
        found += _pairs(order[~large], buckets[~large], rows)
        for bucket in np.unique(buckets[large]):
            found.append(_few_pairs(order[buckets == bucket], rows))
    lefts, rights = np.divmod(distinct(np.concatenate(found)), rows)
    return list(zip(lefts.tolist(), rights.tolist(), strict=True))


def _pairs(order: npt.NDArray[np.int64], buckets: npt.NDArray[np.int64], rows: int) -> Iterator[npt.NDArray[np.int64]]:
    """Yield all pairs within buckets as left * rows + right: neighbours, then those with one between them, etc."""
    for apart in range(1, THRESHOLDS.max_bucket):
        together = np.flatnonzero(buckets[apart:] == buckets[:-apart])
        if not len(together):
            return
        yield order[together] * rows + order[together + apart]


def _few_pairs(bucket: npt.NDArray[np.int64], rows: int) -> npt.NDArray[np.int64]:
    """Return pairs of each row of a large bucket with the first rows and its neighbours, as left * rows + right."""
    pairs = [
        left * rows + right
        for i, right in enumerate(bucket.tolist())
        for left in bucket[: min(i, THRESHOLDS.neighbours)].tolist()
        + bucket[max(THRESHOLDS.neighbours, i - THRESHOLDS.neighbours) : i].tolist()
    ]
    return np.array(pairs, dtype=np.int64)


def jaccard(left: Hashes, right: Hashes, threshold: float = 0.0) -> float:
    """Return the exact Jaccard of two ascending arrays of distinct hashes; 0 where sizes rule `threshold` out."""
    small, large = sorted((len(left), len(right)))
    if not large or small < threshold * large:
        return 0.0
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (small + large - common)
