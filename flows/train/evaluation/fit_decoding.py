"""Fits what reader.json says of decoding and confidence, on annotated text that the weights never saw.

    python -m flows.train.evaluation.fit_decoding GOLD.jsonl [--reader FOLDER] [--rounds 2]

Settings are fitted one at a time over a few rounds, by the sum of content, triple and exact-content F1 (a
content matches from token F1 0.5 up, one to one; a triple when source and cue overlap too). Confidence is a logistic
regression of "the triple is right" on the evidence of each attribution (Platt 1999); the reliability table
is printed.
"""

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from flows.extract.attribution.attributions import attributions
from flows.extract.attribution.cue_linking import Decoding, link
from flows.extract.attribution.quotations.quotation_marks import find_quotes
from flows.extract.reader.model import Reader
from flows.probabilities import logistic
from flows.train.evaluation.metrics import Figures, Gold, attribution_figures, judge, read_gold

GRID = {
    "cue": (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6),
    "owner_weight": (0.0, 0.3, 0.6, 1.0),
    "link_weight": (0.0, 0.15, 0.3, 0.5, 0.7, 1.0),
    "content_weight": (0.3, 0.5, 0.7, 0.9, 1.1),
    "content_shift": (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5),
    "change": (1.0, 1.5, 2.0, 3.0, 4.0, 6.0),
    "least_content": (0.4, 0.5, 0.6, 0.7),
    "source": (0.1, 0.15, 0.2, 0.3, 0.4, 0.5),
    "source_link_weight": (0.5, 0.8, 1.1),
    "source_weight": (0.2, 0.4, 0.6, 0.9),
    "source_edge": (0.25, 0.4, 0.5),
    "touching": (0.0, 2.0, 4.0, 7.0),
    "paragraph": (0.0, 0.5, 1.0, 2.0, 3.0),
    "other_sentence": (0.0, 1.0, 2.0, 4.0),
    "quote_pooling": (0.0, 0.4, 0.7, 0.9, 1.0),
    "nested": (0.6, 0.75, 0.9, 1.01),
}


def objective(golds: list[Gold], decoding: Decoding) -> float:
    """Content F1 plus triple F1 plus the F1 of contents that are exact."""
    found = attribution_figures(golds, decoding)
    return found.f1(found.content) + found.f1(found.triple) + found.exact_f1()


def fit_settings(golds: list[Gold], decoding: Decoding, rounds: int) -> Decoding:
    """Return the best settings found by changing one at a time; the earlier value stays where nothing is gained."""
    best = objective(golds, decoding)
    for _ in range(rounds):
        before = best
        for name, values in GRID.items():
            for value in values:
                changed = Decoding.of(asdict(decoding) | {name: value})
                reached = objective(golds, changed) if changed != decoding else best
                if reached > best + 1e-4:
                    best, decoding = reached, changed
        if best - before < 1e-3:
            break
    return decoding


def evidence_table(golds: list[Gold], decoding: Decoding) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of every attribution found."""
    features, truth = [], []
    for gold in golds:
        linked = link(gold.reading, decoding, find_quotes(gold.reading.text)).linked
        found = attributions(gold.reading, decoding)
        by_cue = {gold.reading.span(*item.cue): item.features for item in linked}
        for attribution, right in zip(found, judge(gold, found).triple, strict=True):
            if right is not None and attribution.cue in by_cue:  # the turns of a transcript are not linked
                features.append(by_cue[attribution.cue])
                truth.append(float(right))
    return np.array(features), np.array(truth)


def logistic_regression(features: np.ndarray, truth: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Bias and weights of a ridge logistic regression, by Newton's method."""
    table = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(table.shape[1])
    penalty = ridge * np.eye(len(weights))
    penalty[0, 0] = 0.0
    for _ in range(50):
        guess = logistic(table @ weights)
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


def fit(folder: Path, golds: list[Gold], rounds: int) -> tuple[Figures, list[tuple[float, float, int]]]:
    """Write fitted settings into the reader's folder; its figures and its reliability on the same
    documents.
    """
    spec_file = folder / "reader.json"
    spec = json.loads(spec_file.read_text(encoding="utf-8"))
    decoding = fit_settings(golds, replace(Decoding.of(spec["decoding"]), keep=0.0), rounds)
    features, truth = evidence_table(golds, decoding)
    weights = np.round(logistic_regression(features, truth), 4)
    decoding = replace(decoding, calibration=tuple(weights.tolist()))
    decoding = max(
        (replace(decoding, keep=least) for least in (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)),
        key=lambda d: objective(golds, d),
    )
    spec["decoding"] = asdict(decoding)
    spec_file.write_text(json.dumps(spec, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    confidence = logistic(weights[0] + features @ weights[1:])
    return attribution_figures(golds, decoding), reliability(confidence, truth)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m flows.train.evaluation.fit_decoding", description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--reader", type=Path, default=Path("seeds/models/reader"))
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    reader = Reader(options.reader)
    golds = [gold for path in options.gold for gold in read_gold(path, reader)]
    found, table = fit(options.reader, golds, options.rounds)
    print(f"content F1 {100 * found.f1(found.content):.1f}  triple F1 {100 * found.f1(found.triple):.1f}")
    print(json.dumps(json.loads((options.reader / "reader.json").read_text())["decoding"]))
    for mean, share, number in table:
        print(f"confidence {mean:.2f}  right {share:.2f}  of {number}")


if __name__ == "__main__":
    main()
