"""Answers of the pair model, each made once: kept by its two texts from build to build, made in parts by workers.

An answer depends on two texts, the model and the code that runs it, and on nothing else: what an earlier build asked
is looked up, what is new is cut into parts, which worker processes or a cluster read. Texts go to a worker, numbers
come back, and each part is kept when it is done: a build that is stopped has lost none of them.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from flows.resolve.claims.pairs.limits import LIMITS
from flows.resolve.claims.pairs.pair_model import ANSWERS, FOLDER, MIRRORED, PairModel
from flows.runtime.cache import HALVES, Cache, hashed_keys
from flows.runtime.fingerprints import pair_fingerprint
from flows.runtime.progress import reporter
from flows.runtime.workers.executors import run_inline, submit
from flows.runtime.workers.processors import usable_processors

Pair = tuple[str, str]
KEY = HALVES
SCHEMA = {**dict.fromkeys(KEY, pl.UInt64), **dict.fromkeys(ANSWERS, pl.Float32)}
"""Two halves of a hash of the texts in their order, and the answers of `PairModel.judge` in that order."""


def answer_cache(output: Path) -> Cache:
    """Return the cache of answers in an output folder, of the model that ships with the program."""
    return Cache(output / "cache/pairs", pair_fingerprint(FOLDER), SCHEMA, KEY, LIMITS.cache_bytes)


class KeptAnswers:
    """A judge of pairs (`matching.decisions.Judge`) that asks the model only what is not in the cache."""

    def __init__(self, cache: Cache, folder: Path = FOLDER) -> None:
        self._cache, self._folder = cache, folder
        self._asked = [pl.DataFrame(schema=dict.fromkeys(KEY, pl.UInt64))]

    def judge(self, pairs: Sequence[Pair]) -> np.ndarray:
        """Return what `PairModel.judge` returns for the pairs, to the bit."""
        ordered = [(min(pair), max(pair)) for pair in pairs]
        keys = _keys(ordered)
        distinct = keys.with_row_index("at").unique(KEY, keep="first", maintain_order=True)
        known = self._cache.load(distinct)
        missing = distinct.join(known, on=KEY, how="anti", maintain_order="left")["at"].to_list()
        found = pl.concat([known, *self._made([ordered[at] for at in missing])])
        answers = keys.join(found, on=KEY, how="left", maintain_order="left").select(ANSWERS).to_numpy()
        answers = np.ascontiguousarray(answers, np.float32)
        turned = np.array([given != asked for given, asked in zip(pairs, ordered, strict=True)], bool)
        answers[turned] = answers[turned][:, MIRRORED]
        self._asked.append(distinct.select(KEY))
        return answers

    def close(self) -> None:
        """Keep the cache within its bounds, what was asked here being what is wanted, and forget the model."""
        self._cache.prune(pl.concat(self._asked))
        _model.cache_clear()

    def _made(self, pairs: Sequence[Pair]) -> Iterator[pl.DataFrame]:
        """Yield the answers of pairs in parts, each kept as it is done."""
        parts = _parts(pairs)
        few = len(pairs) <= LIMITS.few_pairs  # a worker would take longer to load the model
        ask, threads = (run_inline, usable_processors()) if few else (submit, 1)
        report = reporter()
        if not few:
            report.start("compare", len(pairs), "pairs")
        waiting: list[Future[np.ndarray]] = [] if few else [submit(read_pairs, self._folder, 1, p) for p in parts]
        try:
            for number, part in enumerate(parts):
                asked = waiting[number] if waiting else ask(read_pairs, self._folder, threads, part)
                rows = _keys(part).hstack(pl.DataFrame(asked.result(), schema=[(a, pl.Float32) for a in ANSWERS]))
                self._cache.store(rows)
                yield rows
                if not few:
                    report.advance("compare", len(part))
        finally:
            for future in waiting:
                future.cancel()
        if not few:
            report.finish("compare", f"{len(pairs):,} pairs read")


@lru_cache(maxsize=1)
def _model(folder: Path, threads: int) -> PairModel:
    """Load the model once a process."""
    return PairModel.load(folder, threads)


def read_pairs(folder: Path, threads: int, pairs: Sequence[Pair]) -> np.ndarray:
    """Return the answers [n, 5] of pairs; the work of one part, in whatever process."""
    return _model(folder, threads).judge(pairs)


def _keys(pairs: Sequence[Pair]) -> pl.DataFrame:
    return hashed_keys(f"{len(a)}:{a}{b}".encode() for a, b in pairs)


def _parts(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs in parts; those that are linked by common texts stand together, so that a text is read once a part."""
    if not pairs:
        return []
    texts = {text: number for number, text in enumerate(dict.fromkeys(text for pair in pairs for text in pair))}
    left, right = (np.array([texts[pair[side]] for pair in pairs]) for side in (0, 1))
    links = coo_matrix((np.ones(len(pairs), np.int8), (left, right)), shape=(len(texts), len(texts)))
    _, group = connected_components(links, directed=False)
    order = np.lexsort((right, left, group[left])).tolist()
    size = LIMITS.part_pairs
    return [[pairs[at] for at in order[start : start + size]] for start in range(0, len(order), size)]
