"""Fits how surely a row is right and of use: `seeds/models/statement_quality.csv`.

    python -m flows.train.statement_quality GOLD.jsonl [--write SOURCE DATE] [--attributions POLNEAR.jsonl]

A line of GOLD: {"text", "event", "claims": [{"content": [[start, end], …], "bad"?}]}, statements of which readers noted
whether and why they are of no use. Every text is read and extracted as in a build; a row belongs to the statement with
which it shares most words. It is good where that is, and bad where its words are of no use, nearly all of them its own:
a row of other words than the bad statement is another one, and who spoke, or that there are several facts, is not in
the words. A logistic regression with a Gaussian prior at zero is fitted on
the events whose hash is even and measured on the others. With --attributions the shipped weights are held against
annotated attributions, too, which they were not fitted on: a row is right where the content that it is part of is one.
"""

import argparse
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.claim_rows import ClaimRow
from flows.extract.claims.statement_quality import Rated, features, quality
from flows.extract.document import extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.extract.reader.model import Reader
from flows.lexicons.paths import asset
from flows.lexicons.weights import MODELS
from flows.probabilities import logistic
from flows.settings import ExtractSettings
from flows.train.closed_parts import read_lines
from flows.train.evaluation.metrics import Words
from flows.train.evaluation.reliability_plot import reliability
from flows.train.logistic_fit import fit_logistic, write_weights

_WORD = re.compile(r"\w+")
PRECISION = 5.0
"""Of the prior: how many rows' worth of doubt a weight of 1 meets. Of 1, 5 and 20 the best by cross-validation."""
MATCH = 0.5
"""F1 of words from which on a content is one that annotators marked, as the published scorer counts."""
GOOD, BAD = 0.6, 0.85
"""F1 of words with a good, and with a bad statement, from which on a row is taken for that."""


@dataclass
class Recorder:
    """Rates rows with their number, so that each is found again, and keeps their features."""

    rated: list[dict[str, float]] = field(default_factory=list)

    def __call__(self, row: Rated) -> float:
        """Return the number of a row."""
        self.rated.append(features(row))
        return float(len(self.rated) - 1)


@dataclass(frozen=True)
class Labelled:
    """Rows with their features [rows, features], whether each is good, and whether it is of the closed part."""

    names: Sequence[str]
    features: np.ndarray
    good: np.ndarray
    closed: np.ndarray


def labelled(gold: Path) -> Labelled:
    """Read and extract every text, and give each row the label of the statement that it belongs to."""
    reader, gazetteer, recorder = Reader(asset("models/reader")), load_gazetteer(), Recorder()
    decoding = Decoding.of(reader.spec.decoding)
    documents = list(read_lines(gold))
    numbers, good, closed = [], [], []
    for document, reading in zip(documents, reader.read_all(d["text"] for d in documents), strict=True):
        found = extract_document("art", reading, decoding, None, gazetteer, ExtractSettings(), recorder)
        rows = [([(s["start_char"], s["end_char"]) for s in r["spans"]], int(r["confidence"])) for r in found.claims]
        for number, label in _labels(document, rows):
            numbers.append(number)
            good.append(label)
            closed.append(_odd(document["event"]))
    names = list(recorder.rated[0])
    table = np.array([[recorder.rated[number][name] for name in names] for number in numbers])
    return Labelled(names, table, np.array(good, float), np.array(closed))


def _labels(document: dict, rows: Sequence[tuple[list[tuple[int, int]], int]]) -> Iterator[tuple[int, bool]]:
    """Yield the number of each row that is a statement of which the words are good or bad, and whether they are."""
    statements = [(_tokens(document["text"], claim["content"]), claim.get("bad", "")) for claim in document["claims"]]
    for spans, number in rows:
        words = _tokens(document["text"], spans)
        shared = [
            (2 * len(words & said) / (len(words) + len(said)), -i) for i, (said, _) in enumerate(statements) if said
        ]
        best, place = max(shared, default=(0.0, 0))
        bad = statements[-place][1] if shared else ""
        of_words = not bad.startswith(("wrong speaker", "several facts"))
        if best >= (BAD if bad else GOOD) and of_words:
            yield number, not bad


def _tokens(text: str, spans: Sequence[Sequence[int]]) -> set[int]:
    return {match.start() for start, end in spans for match in _WORD.finditer(text, start, end)}


def _odd(event: str) -> bool:
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % 2 == 1


def fitted(table: np.ndarray, good: np.ndarray) -> np.ndarray:
    """Return the weights that make the labels likeliest, the prior counted in, and the bias behind them."""
    return fit_logistic(table, good, PRECISION / 2 / len(table), scaled=False)


def by_tenth(probability: np.ndarray, good: np.ndarray) -> Iterator[tuple[float, float, int]]:
    """Yield for each tenth of probability that has rows the mean, the share of good ones, and how many there are."""
    tenth = np.minimum((probability * 10).astype(int), 9)
    for number in range(10):
        inside = tenth == number
        if inside.any():
            yield (
                round(float(probability[inside].mean()), 2),
                round(float(good[inside].mean()), 2),
                int(inside.sum()),
            )


def attributed(gold: Path) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of every attributed row of annotated texts, and whether annotators marked its content."""
    reader, gazetteer = Reader(asset("models/reader")), load_gazetteer()
    decoding = Decoding.of(reader.spec.decoding)
    for document in read_lines(gold):
        words = Words(document["text"])
        marked = [words.of(*attribution["content"]) for attribution in document["attributions"]]
        reading = reader.read(document["text"])
        found = extract_document("art", reading, decoding, None, gazetteer, ExtractSettings(), lambda r: 1 + quality(r))
        contents: dict[str, list[ClaimRow]] = {}
        for row in found.claims:
            if row["attribution_id"] is not None:
                contents.setdefault(row["attribution_id"], []).append(row)
        for rows in contents.values():
            said = words.of(*((s["start_char"], s["end_char"]) for row in rows for s in row["spans"]))
            right = any(2 * len(said & other) >= MATCH * (len(said) + len(other)) for other in marked)
            yield from ((row["confidence"] - 1, right) for row in rows)


def _report(name: str, probability: np.ndarray, good: np.ndarray, rated: str, right: str, write: bool) -> None:
    """Print how reliable a confidence is; write the plot beside the weights if asked."""
    bins = list(by_tenth(probability, good))
    for mean, share, count in bins:
        print(f"confidence {mean:.2f}: {count:5} {rated}, {100 * share:.0f} % {right}")
    if write:
        (MODELS / f"{name}.svg").write_text(reliability(bins, rated, right), encoding="utf-8")


def main() -> None:
    """Fit on the read part, print how reliable the result is on the closed one; write weights and plot if asked."""
    parser = argparse.ArgumentParser(prog="python -m flows.train.statement_quality", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", nargs=2, metavar=("SOURCE", "DATE"), help="write the weights, with these two")
    parser.add_argument("--attributions", type=Path, help="annotated attributions to hold the shipped weights against")
    arguments = parser.parse_args()
    rows = labelled(arguments.gold)
    weights = fitted(rows.features[~rows.closed], rows.good[~rows.closed])
    table = [("bias", weights[-1]), *zip(rows.names, weights[:-1], strict=True)]
    for name, weight in table:
        print(f"{name:22} {weight:6.2f}")
    scores = rows.features[rows.closed] @ weights[:-1] + weights[-1]
    write = arguments.write is not None
    _report("statement_quality", np.asarray(logistic(scores)), rows.good[rows.closed], "statements", "good", write)
    if arguments.attributions:
        confidence, right = zip(*attributed(arguments.attributions), strict=True)
        _report("statement_quality_attributions", np.array(confidence), np.array(right), "rows", "marked", write)
    if write:
        write_weights("statement_quality", table, *arguments.write)


if __name__ == "__main__":
    main()
