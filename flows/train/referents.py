"""Fits how surely a pronoun means whom the rules of reference found.

    python -m flows.train.referents NEWS.jsonl [--write SOURCE DATE]

NEWS: a document a line, {"id", "text"}. `seeds/models/referent_labels.csv` has what readers found of brackets of some
of them, places without a word: where a pronoun stands, the range of the words that were shown for it, and whether
these are whom or what it means. A logistic regression is fitted on them (`seeds/models/referents.csv`). Printed: of
each fifth of the documents, by weights of the others, how many brackets are right at several floors, and how many right
ones are lost.
"""

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.statements.references import References, Said
from flows.extract.claims.statements.referents import REFERENT_FEATURES, Meant, referent_features
from flows.extract.document import extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.extract.reader.model import Reader
from flows.lexicons.paths import asset
from flows.lexicons.weights import MODELS
from flows.probabilities import logistic
from flows.settings import ExtractSettings
from flows.train.closed_parts import read_lines, share
from flows.train.logistic_fit import fit_logistic, report_weights

PRIOR = 0.01
"""Precision of the Gaussian prior at zero, for features of unit variance."""
FOLDS = 5
FLOORS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9)

Place = tuple[str, int, int, int]
"""A document, the first character of a pronoun, and the range of what was shown for it."""


class Bracket(NamedTuple):
    """What is measured of a bracket, and whether it is right."""

    document: str
    features: Mapping[str, float]
    right: bool


def labels(path: Path) -> dict[Place, bool]:
    """Return whether each bracket was found right."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["document"], int(row["pronoun_char"]), int(row["start_char"]), int(row["end_char"])): row["right"]
            == "1"
            for row in csv.DictReader(lines)
        }


def measured(documents: Sequence[dict], right: Mapping[Place, bool]) -> Iterator[Bracket]:
    """Yield the labelled brackets of documents, each once."""
    reader, gazetteer = Reader(asset("models/reader")), load_gazetteer()
    decoding = Decoding.of(reader.spec.decoding)
    for document, reading in zip(documents, reader.read_all([d["text"] for d in documents]), strict=True):
        found: dict[Place, Bracket] = {}

        def kept(
            meant: Meant, said: Said, references: References, name: str = document["id"], seen: dict = found
        ) -> float:
            place = (name, meant.pronoun.start, *meant.shown)
            if place in right:
                seen[place] = Bracket(name, referent_features(meant, said, references), right[place])
            return 1.0

        extract_document("art", reading, decoding, None, gazetteer, ExtractSettings(), rate_referent=kept)
        yield from found.values()


def by_others(x: np.ndarray, right: np.ndarray, documents: Sequence[str]) -> np.ndarray:
    """Return how probably each bracket [n, features] is right, by weights of the other documents."""
    folds = np.array([int(FOLDS * share(f"r{document}")) for document in documents])
    found = np.zeros(len(right))
    for fold in range(FOLDS):
        taught = folds != fold
        weights = fit_logistic(x[taught], right[taught], PRIOR)
        found[~taught] = logistic(x[~taught] @ weights[:-1] + weights[-1])
    return found


def main() -> None:
    """Fit, print figures, and write the table if asked."""
    parser = argparse.ArgumentParser(prog="python -m flows.train.referents", description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("--write", nargs=2, metavar=("SOURCE", "DATE"), help="write the weights, with these two")
    options = parser.parse_args()
    known = labels(MODELS / "referent_labels.csv")
    named = {document for document, *_ in known}
    brackets = list(measured([d for d in read_lines(options.news) if d["id"] in named], known))
    x = np.array([[each.features[name] for name in REFERENT_FEATURES] for each in brackets])
    right = np.array([each.right for each in brackets])
    probable = by_others(x, right, [each.document for each in brackets])
    print(f"{len(brackets)} of {len(known)} brackets, {right.sum()} right")
    for floor in FLOORS:
        shown = probable >= floor
        print(f"{floor}: {shown.sum()} shown, {right[shown].sum()} right; {right[~shown].sum()} right ones lost")
    source, day = options.write or ("", None)
    report_weights("referents", REFERENT_FEATURES, fit_logistic(x, right, PRIOR), source, day)


if __name__ == "__main__":
    main()
