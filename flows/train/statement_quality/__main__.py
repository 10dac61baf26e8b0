"""Fits the weights of `seeds/models/statement_quality.csv`; prints and draws how far the confidence holds.

A logistic regression with a Laplacian prior at zero over what is measured of a row and the wording of its statement. A
labelled row is taught by its label and by the teacher that did not see it, in equal parts; a row without a label by the
teacher alone (Hinton, Vinyals and Dean 2015). Closed rows, and closed documents' rows, teach nothing. With
--attributions the shipped weights are held against annotated attributions, too, which they were not fitted on: a row is
right where the content that it is part of is one.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.claim_rows import ClaimRow
from flows.extract.claims.statements.statement_quality import Rated, quality
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
from flows.train.logistic_fit import fit_logistic, fit_sparse, write_weights
from flows.train.statement_quality.rows import REFERS, LabelledRow, as_found

STRENGTH = 2.5
"""Of the prior. Of 2.5, 5 and 10 the best on closed rows of news; those after it have half the weights or fewer."""
LEAST = 8
"""Rows that a wording must have to be a feature."""
LABELLED = 3.0
"""What a labelled row counts, one that a teacher alone has read being 1."""
SHARE = 0.5
"""Of the fit on labels alone: on closed rows of the annotated events it ranks 3 points better, of news 2 worse."""
SMALLEST = 0.0005
"""A smaller weight of a wording is none."""
MATCH = 0.5
"""F1 of words from which on a content is one that annotators marked, as the published scorer counts."""


def table_of(rows: Sequence[LabelledRow]) -> tuple[list[str], csr_matrix, np.ndarray]:
    """Return names, features [n, k] and what each is divided by: measured ones by their deviation, wordings by 1."""
    measured = np.array([list(row.measured.values()) for row in rows])
    counted = Counter(name for row in rows for name in row.wording)
    wordings = {name: number for number, name in enumerate(sorted(n for n, c in counted.items() if c >= LEAST))}
    deviation = np.append(measured.std(axis=0) + 1e-9, np.ones(len(wordings)))
    ends = [0]
    columns: list[int] = []
    values: list[float] = []
    for row, amounts in zip(rows, measured / deviation[: measured.shape[1]], strict=True):
        present = [measured.shape[1] + wordings[name] for name in row.wording if name in wordings]
        columns += [*range(len(amounts)), *present]
        values += [*amounts.tolist(), *[1.0] * len(present)]
        ends.append(len(columns))
    shape = (len(rows), len(deviation))
    return [*rows[0].measured, *wordings], csr_matrix((values, columns, ends), shape), deviation


def fitted(rows: Sequence[LabelledRow], answers: np.ndarray) -> tuple[list[tuple[str, float]], np.ndarray]:
    """Return the table of weights, and the probability of each row by it.

    answers: of the teacher; NaN where it was not asked. Two fits are added: all features, taught by labels and teacher,
    and what is measured, by labels alone, rows whose pronoun stands for nobody left out; `SHARE` of the second. The sum
    is scaled so that its probabilities fit the labels.
    """
    known = np.array([row.good is not None for row in rows])
    label = np.array([float(row.good or 0) for row in rows])
    read = ~np.isnan(answers)
    probable = np.where(read, np.where(known, (label + np.nan_to_num(answers)) / 2, np.nan_to_num(answers)), label)
    closed = np.array([row.closed for row in rows])
    refers = np.array([row.why_not == REFERS for row in rows])
    names, x, deviation = table_of(rows)
    taught = np.flatnonzero((known | read) & ~closed)
    weights = fit_sparse(x[taught], probable[taught], np.where(known[taught], LABELLED, 1.0), STRENGTH)
    measured = len(rows[0].measured)
    plain = np.flatnonzero(known & ~closed & ~refers)
    second = fit_sparse(x[plain][:, :measured], label[plain], np.ones(len(plain)), 1.0)
    weights[:measured] += SHARE * second[:-1]
    odds = np.asarray(x @ weights[:-1])
    own = np.flatnonzero(known & ~closed)
    slope, bias = fit_logistic(odds[own, None], label[own] > 0, 0.0, scaled=False)
    table = [(name, slope * weight) for name, weight in zip(names, weights[:-1] / deviation, strict=True)]
    odds = slope * odds + bias
    kept = [(name, weight) for n, (name, weight) in enumerate(table) if n < measured or abs(weight) >= SMALLEST]
    return [("bias", bias), *kept], np.asarray(logistic(odds))


def by_tenth(probability: np.ndarray, good: np.ndarray) -> Iterator[tuple[float, float, int]]:
    """Yield for each tenth of probability that has rows the mean, the share of good ones, and how many there are."""
    tenth = np.minimum((probability * 10).astype(int), 9)
    for number in range(10):
        inside = tenth == number
        if inside.any():
            mean, share = float(probability[inside].mean()), float(good[inside].mean())
            yield round(mean, 2), round(share, 2), int(inside.sum())


def ranked(probability: np.ndarray, good: np.ndarray) -> float:
    """Return how often a good row is above a bad one."""
    order = np.argsort(probability, kind="stable")
    rank = np.empty(len(order))
    rank[order] = np.arange(len(order))
    hits = good.sum()
    return float((rank[good].sum() - hits * (hits - 1) / 2) / (hits * (len(good) - hits)))


def attributed(gold: Path) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of every attributed row of annotated texts, and whether annotators marked its content."""
    reader, gazetteer = Reader(asset("models/reader")), load_gazetteer()

    def above_floors(row: Rated) -> float:
        return 1 + quality(row)

    decoding = Decoding.of(reader.spec.decoding)
    for document in read_lines(gold):
        words = Words(document["text"])
        marked = [words.of(*attribution["content"]) for attribution in document["attributions"]]
        reading = reader.read(document["text"])
        found = extract_document("art", reading, decoding, None, gazetteer, ExtractSettings(), above_floors, as_found)
        contents: dict[str, list[ClaimRow]] = {}
        for row in found.claims:
            if row["attribution_id"] is not None:
                contents.setdefault(row["attribution_id"], []).append(row)
        for rows in contents.values():
            said = words.of(*((s["start_char"], s["end_char"]) for row in rows for s in row["spans"]))
            right = any(2 * len(said & other) >= MATCH * (len(said) + len(other)) for other in marked)
            yield from ((row["confidence"] - 1, right) for row in rows)


def report(name: str, probability: np.ndarray, good: np.ndarray, rated: str, right: str, *, write: bool) -> None:
    """Print how reliable a confidence is; write the plot beside the weights if asked."""
    bins = list(by_tenth(probability, good))
    print(f"{name}: a {right} row is above another in {100 * ranked(probability, good):.1f} of 100")
    for mean, share, count in bins:
        print(f"confidence {mean:.2f}: {count:5} {rated}, {100 * share:.0f} % {right}")
    if write:
        (MODELS / f"{name}.svg").write_text(reliability(bins, rated, right), encoding="utf-8")


def main() -> None:
    """Fit on the read part, print how reliable the result is on the closed one; write weights and plots if asked."""
    parser = argparse.ArgumentParser(prog="python -m flows.train.statement_quality", description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--teacher", type=Path, required=True, help="what the teacher says of the rows")
    parser.add_argument("--write", nargs=2, metavar=("SOURCE", "DATE"), help="write the weights, with these two")
    parser.add_argument("--attributions", type=Path, help="annotated attributions to hold the shipped weights against")
    arguments = parser.parse_args()
    rows = [LabelledRow(**line) for line in read_lines(arguments.rows)]
    table, probability = fitted(rows, np.load(arguments.teacher)["answers"])
    print(f"{len(table)} weights")
    write = arguments.write is not None
    for corpus, plot in (("crossclaims", "statement_quality"), ("news", "statement_quality_news")):
        chosen = [n for n, row in enumerate(rows) if row.closed and row.good is not None and row.corpus == corpus]
        good = np.array([rows[n].good for n in chosen], bool)
        report(plot, probability[chosen], good, "statements", "good", write=write)
    if write:
        write_weights("statement_quality", table, *arguments.write)
    if arguments.attributions:
        confidence, right = zip(*attributed(arguments.attributions), strict=True)
        name = "statement_quality_attributions"
        report(name, np.array(confidence), np.array(right, bool), "rows", "marked", write=write)


if __name__ == "__main__":
    main()
