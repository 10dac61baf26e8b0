"""What `name_similarity` reaches on public sets of names.

    name_bench                labelled pairs: precision, recall and F1 at the documented threshold, by kind of name
    ua_translit,              one line a person with all names: pairs of Latin names of one person, against names of
    everypolitician_aliases   other people, most of them chosen because a word of the name sounds alike. Printed: the
                              share of same-person pairs found at the threshold where 99 in 100 found pairs are right

Other people are taken from other countries where the set tells them: within a legislature the same person is often
listed twice. Usage: python -m tests.quality.evaluate_names [--shared ../shared]
"""

import argparse
import itertools
import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from flows.resolve import THRESHOLD, name_similarity
from flows.resolve.names.parse_name import folded, parse_person, skeleton

KINDS = {"Person": "PERSON", "Vessel": "PRODUCT"}
PAIRS_A_PERSON = 6
OTHERS = 5
PRECISION = 0.99


def read(path: Path) -> list[dict]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def bench(rows: Sequence[dict]) -> None:
    """Prints the figures of labelled pairs at the threshold."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        kind = KINDS.get(row["schema"], "ORG")
        same = name_similarity(row["name1"], row["name2"], kind) >= THRESHOLD
        for name in (kind, "all"):
            counts[name][0] += same and row["match"]
            counts[name][1] += same and not row["match"]
            counts[name][2] += not same and row["match"]
    for name, (hit, false, missed) in sorted(counts.items()):
        precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
        f1 = 2 * hit / max(1, 2 * hit + false + missed)
        print(f"  {name:8} P/R/F1 {100 * precision:.1f} / {100 * recall:.1f} / {100 * f1:.1f}")


def compared(rows: Sequence[dict], most: int) -> list[tuple[str, str, bool]]:
    """Pairs of names of one person, and pairs of two people, as many as `OTHERS` twice over for each of the first."""
    rng = random.Random(0)  # noqa: S311  # a fixed sample
    names = {row["entity_id"]: sorted({n["name"] for n in row["names"] if n["latin"]}) for row in rows}
    country = {row["entity_id"]: row.get("country") for row in rows}
    several = len(set(country.values())) > 1
    same = []
    for who, written in names.items():
        found = list(itertools.combinations(written, 2))
        rng.shuffle(found)
        same += [(a, b, who) for a, b in found[:PAIRS_A_PERSON]]
    rng.shuffle(same)
    everyone = [(name, who) for who, written in names.items() for name in written]
    sounding: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, who in everyone:
        for token in parse_person(name).tokens:
            sounding[skeleton(token)].append((name, who))
    pairs = [(a, b, True) for a, b, _ in same[:most]]
    for a, _, who in same[:most]:
        near = {
            n
            for t in parse_person(a).tokens
            for n in rng.sample(sounding[skeleton(t)], min(8, len(sounding[skeleton(t)])))
        }
        others = [
            n
            for n in [*sorted(near), *rng.sample(everyone, OTHERS)]
            if n[1] != who and folded(n[0]) != folded(a) and not (several and country[n[1]] == country[who])
        ]
        rng.shuffle(others)
        pairs += [(a, name, False) for name, _ in others[: 2 * OTHERS]]
    return pairs


def recall_at(pairs: Sequence[tuple[str, str, bool]]) -> tuple[float, float, float]:
    """The largest recall at PRECISION, the threshold there, and the recall at THRESHOLD."""
    scored = sorted(((name_similarity(a, b, "PERSON"), same) for a, b, same in pairs), reverse=True)
    total = sum(same for _, same in scored)
    hit, best, where = 0, 0.0, 1.0
    for called, (score, same) in enumerate(scored, 1):
        hit += same
        if hit / called >= PRECISION:
            best, where = hit / total, score
    return best, where, sum(same for score, same in scored if score >= THRESHOLD) / total


def main() -> None:
    """Prints the table of every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    folder = parser.parse_args().shared / "eval/names"
    if not folder.is_dir():
        sys.exit(f"there are no names at {folder}; name the folder with --shared")
    print(f"name_bench, from {THRESHOLD} up one name")
    bench(read(folder / "name_bench/dev.jsonl"))
    for name in ("ua_translit", "everypolitician_aliases"):
        pairs = compared(read(folder / name / "dev.jsonl"), 3000)
        best, where, usual = recall_at(pairs)
        same = sum(s for _, _, s in pairs)
        print(
            f"{name}: recall {100 * best:.1f} at precision 99 (from {where:.2f} up), {100 * usual:.1f} at {THRESHOLD}; "
            f"{same:,} pairs of one person, {len(pairs) - same:,} of two"
        )


if __name__ == "__main__":
    main()
