"""Decisions on pairs of wordings, each made once: kept from build to build by all that they depend on.

What is decided of two wordings depends on what both say, where and by whom (`proposition_rows`), on their
likeness, and on the code, the word lists and the models, which the cache's fingerprint covers. Nothing of it counts the
corpus at hand: weights of words are of a fixed table. So what an earlier build decided is what this one would decide.
A person's judgement comes before, and is not kept here.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import PAIRS
from flows.resolve.claims.pairs.limits import LIMITS
from flows.runtime.cache import HALVES, Cache, hashed, hashed_keys
from flows.runtime.fingerprints import decision_fingerprint

DECIDED = {**PAIRS, "score": pl.Float64, "contradicts": pl.Float64, "reason": pl.String}
"""A pair, the probability that it is one claim, that the two contradict each other (null where the model was not
asked), and what decided."""

CHEAP, ASKED = "rules", "pair model"
"""Who decides: rules, which may leave a pair open, or the pair model; of conflicts `conflicts.at_issue`."""
KEY = HALVES
SCHEMA = {**dict.fromkeys(KEY, pl.UInt64), **{name: kind for name, kind in DECIDED.items() if name not in PAIRS}}
"""Two halves of a hash of both wordings, their likeness and who decides; and what was decided."""


def decision_cache(output: Path) -> Cache:
    """Return the cache of decisions in an output folder."""
    return Cache(output / "cache/decisions", decision_fingerprint(), SCHEMA, KEY, LIMITS.cache_bytes)


class KeptDecisions:
    """What was decided of pairs before; a cache of None keeps nothing.

    rows: a frame of `proposition_rows`, of which pairs are numbers.
    """

    def __init__(self, cache: Cache | None, rows: pl.DataFrame) -> None:
        self._cache = cache
        self._rows = _hashes(rows if cache else rows.head(0))
        self._asked = [pl.DataFrame(schema=dict.fromkeys(KEY, pl.UInt64))]

    def decided(self, pairs: pl.DataFrame, by: str, decide: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
        """Return the pairs as a frame of `DECIDED`, in the order given.

        pairs: a frame of `PAIRS`; decide: makes that frame of those which are not known.
        """
        if self._cache is None:
            return decide(pairs).select(list(DECIDED))
        keyed = pairs.hstack(self._keys(pairs, by))
        self._asked.append(keyed.select(KEY))
        known = self._cache.load(keyed)
        new = keyed.join(known, on=KEY, how="anti", maintain_order="left")
        if new.height:
            made = decide(new.select(list(PAIRS))).hstack(new.select(KEY)).select(list(SCHEMA))
            made = made.unique(KEY, keep="first", maintain_order=True)
            self._cache.store(made)
            known = pl.concat([known, made])
        return keyed.join(known, on=KEY, how="left", maintain_order="left").select(list(DECIDED))

    def close(self) -> None:
        """Keep the cache within its bounds, what was asked here being what is wanted."""
        if self._cache is not None:
            self._cache.prune(pl.concat(self._asked))

    def _keys(self, pairs: pl.DataFrame, by: str) -> pl.DataFrame:
        measured = pairs.select("meaning", "cover").to_numpy().astype(np.float64, order="C").view(np.uint64)
        ends = (self._rows[pairs[side].to_numpy()] for side in ("left", "right"))
        told = np.hstack([*ends, measured])
        size, flat = told.itemsize * told.shape[1], told.tobytes()
        return hashed_keys(by.encode() + flat[start : start + size] for start in range(0, len(flat), size))


def _hashes(rows: pl.DataFrame) -> np.ndarray:
    """The hash of each row, as `cache.hashed`."""
    parts = rows.iter_slices(LIMITS.hashed_rows)
    written = (part.select(pl.struct(pl.all()).struct.json_encode()).to_series() for part in parts)
    return hashed(row.encode() for part in written for row in part)
