"""Near-copies of the raw articles: speed beside datasketch on the same texts, recall and precision on known pairs.

Usage: python -m tests.benchmarks.near_copies [--shared ../shared] [--articles N] [--quick]
The pairs are those at an exact Jaccard similarity of word 5-grams of 0.5 or more, in near_duplicate_pairs.jsonl.
datasketch gets the same shingles as bytes, its batch update, 128 permutations, and no exact check afterwards.
Beside the seconds that passed stand the process's own (all threads), in which other work does not count.
"""

import argparse
import importlib.util
import json
import re
import time
from collections.abc import Set as AbstractSet
from pathlib import Path

import polars as pl

from flows.ingest.deduplication.minhash_pairs import near_copies
from tests.benchmarks._measured import corpus

THRESHOLD = 0.5
Pairs = set[tuple[str, str]]
Seconds = tuple[float, float]
"""Seconds that passed, and CPU seconds of this process."""


def _now() -> Seconds:
    return time.perf_counter(), time.process_time()


def _since(begun: Seconds) -> Seconds:
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


def known(shared: Path, names: AbstractSet[str]) -> Pairs:
    """The pairs at THRESHOLD or more of which both articles are here."""
    with (shared / "eval/news/near_duplicate_pairs.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    near = (sorted((row["a"], row["b"])) for row in rows if row["jaccard"] >= THRESHOLD)
    return {(a, b) for a, b in near if a in names and b in names}


def report(name: str, articles: int, seconds: Seconds, found: Pairs, wanted: Pairs) -> None:
    """One line of figures."""
    right = len(found & wanted)
    print(
        f"{name:<12}{articles / seconds[0]:9,.0f} articles/s {articles / seconds[1]:9,.0f} articles/CPU s   "
        f"recall {100 * right / max(1, len(wanted)):5.1f}   "
        f"precision {100 * right / max(1, len(found)):5.1f}   ({len(found):,} pairs found, {len(wanted):,} known)",
        flush=True,
    )


def ours(names: list[str], texts: list[str]) -> tuple[Seconds, Pairs]:
    """Seconds and pairs of the step that ingest takes."""
    begun = _now()
    found = near_copies(pl.Series(texts), THRESHOLD)
    seconds = _since(begun)
    return seconds, {(a, b) for a, b in (sorted((names[i], names[j])) for i, j, _ in found.iter_rows())}


def datasketch(names: list[str], texts: list[str]) -> tuple[Seconds, Pairs]:
    """Seconds and pairs of MinHash and LSH in datasketch."""
    from datasketch import MinHash, MinHashLSH

    begun = _now()
    index, found = MinHashLSH(threshold=THRESHOLD, num_perm=128), set()
    for name, text in zip(names, texts, strict=True):
        words = re.findall(r"\w+", text.lower())
        shingles = [" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)]
        if not shingles:
            continue
        digest = MinHash(128)
        digest.update_batch(shingles)
        found |= {(min(name, other), max(name, other)) for other in index.query(digest)}
        index.insert(name, digest)
    return _since(begun), found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, help="the first N only")
    parser.add_argument("--quick", action="store_true", help="the first 1,000")
    arguments = parser.parse_args()
    with corpus(arguments.shared).open(encoding="utf-8") as lines:
        rows = {row["id"]: row["text"] for row in map(json.loads, lines)}
    most = 1000 if arguments.quick else arguments.articles
    names, texts = list(rows)[:most], list(rows.values())[:most]
    wanted = known(arguments.shared, set(names))
    ours(names[:500], texts[:500])  # imports and the first allocation are not the method's
    seconds, found = ours(names, texts)
    report("onrecord", len(names), seconds, found, wanted)
    if importlib.util.find_spec("datasketch") is None:
        print("datasketch  skipped: not installed (pip install -e '.[bench]')")
        return
    theirs, pairs = datasketch(names, texts)
    report("datasketch", len(names), theirs, pairs, wanted)
    print(f"onrecord : datasketch {theirs[0] / seconds[0]:.0f} × ({theirs[1] / seconds[1]:.0f} × in CPU seconds)")


if __name__ == "__main__":
    main()
