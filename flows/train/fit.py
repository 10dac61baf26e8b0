"""Fits what reader.json says of decoding and confidence, on annotated text that the weights never saw.

    python -m flows.train.fit GOLD.jsonl [--reader FOLDER] [--rounds 2]

Settings are fitted one at a time over a few rounds, by the sum of content and triple F1 (a content matches
from token F1 0.5 up, one to one; a triple when source and cue overlap too). Confidence is a logistic
regression of "the triple is right" on the evidence of each attribution (Platt 1999); the reliability table
is printed.
"""

import argparse
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from flows.extract.attributions import Attribution, attributions
from flows.extract.linking import Decoding, Linked, link
from flows.extract.reader import Reader
from flows.extract.reading import Reading, sigmoid

GRID = {
    "cue": (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6),
    "link_weight": (0.5, 0.7, 0.9, 1.1, 1.4),
    "content_weight": (0.2, 0.35, 0.5, 0.7, 0.9),
    "content_shift": (-0.5, 0.0, 0.5, 1.0, 1.5),
    "change": (1.0, 1.5, 2.0, 3.0, 4.0, 6.0),
    "least_content": (0.4, 0.5, 0.6, 0.7),
    "source": (0.1, 0.15, 0.2, 0.3, 0.4, 0.5),
    "source_link_weight": (0.5, 0.8, 1.1),
    "source_weight": (0.2, 0.4, 0.6, 0.9),
    "source_edge": (0.25, 0.4, 0.5),
    "nested": (0.6, 0.75, 0.9, 1.01),
}
_WORD = re.compile(r"\w+")


@dataclass
class Gold:
    """A reading, and the gold's attributions as sets of word offsets (content, source, cue, optional)."""

    reading: Reading
    rows: list[tuple[frozenset[int], frozenset[int] | None, frozenset[int] | None, bool]]


def words(text: str, spans: list) -> frozenset[int]:
    """Where the words in `spans` start."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def read_gold(path: Path, reader: Reader) -> list[Gold]:
    """Every document of a gold file, read."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for doc in map(json.loads, lines):
            text = doc["text"]
            rows = [
                (
                    words(text, a["content"]),
                    words(text, [a["source"]]) if a["source"] else None,
                    words(text, [a["cue"]]) if a["cue"] else None,
                    bool(a.get("optional")),
                )
                for a in doc["attributions"]
            ]
            found.append(Gold(reader.read(text), rows))
    return found


def judge(gold: Gold, found: list[Attribution]) -> tuple[list[bool | None], list[bool | None], int]:
    """For each attribution: is its content right, is its triple (None: optional); and how many there were to
    find.
    """
    text = gold.reading.text
    contents = [words(text, list(a.spans)) for a in found]
    pairs = []
    for i, row in enumerate(gold.rows):
        for j, content in enumerate(contents):
            common = len(row[0] & content)
            if 4 * common >= len(row[0]) + len(content) and common:
                pairs.append((-2 * common / (len(row[0]) + len(content)), i, j))
    content_right: list[bool | None] = [False] * len(found)
    triple_right: list[bool | None] = [False] * len(found)
    used: set[int] = set()
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i in used or j in taken:
            continue
        used.add(i)
        taken.add(j)
        _, source, cue, optional = gold.rows[i]
        ours = (found[j].source, found[j].cue)
        same = all(
            (a is None and b is None) or bool(a is not None and b is not None and words(text, [b]) & a)
            for a, b in zip((source, cue), ours, strict=True)
        )
        content_right[j] = None if optional else True
        triple_right[j] = None if optional else same
    return content_right, triple_right, sum(not row[3] for row in gold.rows)


def figures(golds: list[Gold], decoding: Decoding) -> tuple[float, float]:
    """Content F1 and triple F1."""
    content = triple = ours = theirs = 0
    for gold in golds:
        right, triples, number = judge(gold, attributions(gold.reading, decoding))
        content += right.count(True)
        triple += triples.count(True)
        ours += len(right) - right.count(None)
        theirs += number
    return 2 * content / max(1, ours + theirs), 2 * triple / max(1, ours + theirs)


def fit_settings(golds: list[Gold], decoding: Decoding, rounds: int) -> Decoding:
    """The best settings found by changing one at a time; the earlier value stays where nothing is gained."""
    best = sum(figures(golds, decoding))
    for _ in range(rounds):
        before = best
        for name, values in GRID.items():
            for value in values:
                changed = Decoding.of(asdict(decoding) | {name: value})
                reached = sum(figures(golds, changed)) if changed != decoding else best
                if reached > best + 1e-4:
                    best, decoding = reached, changed
        if best - before < 1e-3:
            break
    return decoding


def evidence_table(golds: list[Gold], decoding: Decoding) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of every attribution found."""
    features, truth = [], []
    for gold in golds:
        linked: list[Linked] = link(gold.reading, decoding)
        found = attributions(gold.reading, decoding)
        by_cue = {gold.reading.span(*item.cue): item.features for item in linked}
        for attribution, right in zip(found, judge(gold, found)[1], strict=True):
            if right is not None and attribution.cue is not None:
                features.append(by_cue[attribution.cue])
                truth.append(float(right))
    return np.array(features), np.array(truth)


def logistic(features: np.ndarray, truth: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Bias and weights of a ridge logistic regression, by Newton's method."""
    table = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(table.shape[1])
    penalty = ridge * np.eye(len(weights))
    penalty[0, 0] = 0.0
    for _ in range(50):
        guess = sigmoid(table @ weights)
        slope = table.T @ (guess - truth) + penalty @ weights
        bend = (table.T * (guess * (1 - guess))) @ table + penalty
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def reliability(confidence: np.ndarray, truth: np.ndarray, bins: int = 10) -> list[tuple[float, float, int]]:
    """Rows (mean confidence, share right, number) over bins of equal width; empty bins are left out."""
    number = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        (float(confidence[number == b].mean()), float(truth[number == b].mean()), int((number == b).sum()))
        for b in range(bins)
        if (number == b).any()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m flows.train.fit", description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--reader", type=Path, default=Path("seeds/models/reader"))
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    reader = Reader(options.reader)
    golds = [gold for path in options.gold for gold in read_gold(path, reader)]
    decoding = fit_settings(golds, Decoding.of(reader.spec.decoding), options.rounds)
    features, truth = evidence_table(golds, decoding)
    weights = np.round(logistic(features, truth), 4)
    decoding = replace(decoding, calibration=tuple(weights.tolist()))
    spec_file = options.reader / "reader.json"
    spec = json.loads(spec_file.read_text(encoding="utf-8"))
    spec["decoding"] = asdict(decoding)
    spec_file.write_text(json.dumps(spec, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    content, triple = figures(golds, decoding)
    print(f"content F1 {100 * content:.1f}  triple F1 {100 * triple:.1f}")
    print(json.dumps(spec["decoding"]))
    confidence = sigmoid(weights[0] + features @ weights[1:])
    for mean, share, number in reliability(confidence, truth):
        print(f"confidence {mean:.2f}  right {share:.2f}  of {number}")


if __name__ == "__main__":
    main()
