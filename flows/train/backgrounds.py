"""Fits which words stand before a statement so that it can be read alone, and how surely it can be then.

    python -m flows.train.backgrounds NEWS.jsonl [--write SOURCE DATE]

NEWS: a document a line, {"id", "text"}. `seeds/models/background_labels.csv` has what readers chose for statements of
some of them, places and fingerprints without a word: whether a statement needs something before it, which candidates
tell it, the best one first, whether it is understood with that, and whether sentences that introduce what it speaks of
were among the candidates. A conditional logit is fitted on them
(`seeds/models/backgrounds.csv`). `seeds/models/statement_labels.csv` says of other statements, without a background,
whether they may be published alone. What a choice adds to the confidence of a row (`seeds/models/understood.csv`) is
fitted on both, then calibrated on rows that were read as they are shown (`seeds/models/background_readings.csv`).
Printed: of each fifth of the documents, by weights of the others, how many statements are understood, with one
candidate before them at most and with two.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.claim_rows import ClaimRow, alone
from flows.extract.claims.statements.background_choice import Best, Choice, Chosen, best_of
from flows.extract.document import extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.extract.reader.model import Reader
from flows.lexicons.paths import asset
from flows.lexicons.weights import BIAS, MODELS
from flows.settings import ExtractSettings
from flows.spans import Span
from flows.train.closed_parts import read_lines, share
from flows.train.logistic_fit import fit_logistic, write_weights
from flows.train.statement_quality.rows import CLOSED, fingerprint, read_labels
from flows.train.understood import Rated, calibrated, fit_understood, likely_told, rated, readings
from schemas.statements import MOST_BACKGROUNDS

PRIOR = 0.01
"""Precision of the Gaussian prior at zero, for features of unit variance."""
FOLDS = 5
PARTLY = 0.6
"""What a statement counts that is only partly understood with the best that stands before it."""


class Wanted(NamedTuple):
    """What readers chose for a statement: needed; fitting: the numbers of the candidates that tell it, the best first,
    none where none does; understood: whether it is with the best.
    """

    needed: bool
    fitting: tuple[int, ...]
    understood: bool


class Made(NamedTuple):
    """A row of a document, how surely it was right before it was known what stands before it, and what could."""

    document: str
    row: ClaimRow
    confidence: float
    choice: Choice


@dataclass
class Recorder:
    """Rates rows as they are, and keeps what there was to choose from."""

    seen: list[tuple[float, Choice]] = field(default_factory=list)

    def __call__(self, confidence: float, chosen: Chosen) -> float:
        """Return the confidence as it is."""
        self.seen.append((confidence, chosen.choice))
        return confidence


def extracted(documents: Sequence[dict]) -> Iterator[Made]:
    """Yield the rows of documents."""
    reader, gazetteer = Reader(asset("models/reader")), load_gazetteer()
    decoding = Decoding.of(reader.spec.decoding)
    for document, reading in zip(documents, reader.read_all([d["text"] for d in documents]), strict=True):
        kept = Recorder()
        found = extract_document("art", reading, decoding, None, gazetteer, ExtractSettings(), rate_alone=kept)
        for row, seen in zip(found.claims, kept.seen, strict=True):
            yield Made(document["id"], row, *seen)


class Line(NamedTuple):
    """A line of the labels: needed, the ranges that tell the statement, the best first, understood with that, and
    introducing: whether sentences that introduce what it speaks of were offered.
    """

    needed: bool
    fitting: tuple[Span, ...]
    understood: bool
    introducing: bool


def wanted(path: Path) -> dict[tuple[str, int, str], Line]:
    """Return the lines of the labels by document, first character and fingerprint of the statement."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["document"], int(row["start_char"]), row["statement"]): Line(
                row["needed"] == "1",
                tuple(Span(*map(int, span.split("-"))) for span in row["fitting"].split()),
                row["understood"] == "1",
                row["introducing"] == "1",
            )
            for row in csv.DictReader(lines)
        }


def offered(made: Made, line: Line) -> Made:
    """Return a row with the candidates that its readers saw."""
    seen = [each for each in made.choice.candidates if line.introducing or not each.place.introduces]
    return made._replace(choice=made.choice._replace(candidates=seen))


def chosen_by_readers(made: Made, line: Line) -> Wanted:
    """Return what readers chose, by the numbers that the candidates have today; those that are gone left out."""
    places = {each.place.span: number for number, each in enumerate(made.choice.candidates, 1)}
    fitting = tuple(places[span] for span in line.fitting if span in places)
    return Wanted(line.needed, fitting, line.understood)


def matrix(choice: Choice, names: Sequence[str]) -> np.ndarray:
    """Return the features [1 + candidates, names] of a choice, no background first."""
    rows = [{BIAS: 1.0, **choice.alone}, *(each.features for each in choice.candidates)]
    return np.array([[row.get(name, 0.0) for name in names] for row in rows])


def fit_choice(choices: Sequence[Choice], wants: Sequence[Wanted]) -> dict[str, float]:
    """Return the weights of a conditional logit: that one of those is chosen which readers accept."""
    measured = (part for c in choices for part in (c.alone, *(each.features for each in c.candidates)))
    names = [BIAS, *dict.fromkeys(name for part in measured for name in part)]
    tables = [matrix(choice, names) for choice in choices]
    deviation = np.concatenate(tables).std(axis=0) + 1e-9
    tables = [table / deviation for table in tables]
    accepted = [list(want.fitting) if want.needed and want.fitting else [0] for want in wants]
    counts = [PARTLY if want.needed and want.fitting and not want.understood else 1.0 for want in wants]

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = 0.0, np.zeros(len(b))
        for table, right, counted in zip(tables, accepted, counts, strict=True):
            odds = table @ b
            raised = np.exp(odds - odds.max())
            probable = raised / raised.sum()
            total = probable[right].sum()
            target = np.zeros(len(probable))
            target[right] = probable[right] / total
            value -= counted * np.log(total)
            slope -= counted * ((target - probable) @ table)
        return value / len(tables) + PRIOR * b @ b, slope / len(tables) + 2 * PRIOR * b

    b = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, (b / deviation).tolist(), strict=True))


def by_others(made: Sequence[Made], wants: Sequence[Wanted], most: Sequence[int]) -> list[list[Best]]:
    """Return what is chosen of each statement by weights of the other documents, for each of some numbers of
    candidates at most.
    """
    folds = [int(FOLDS * share(f"b{each.document}")) for each in made]
    found: list[list[Best]] = [[Best((), 1.0, 0.0)] * len(made) for _ in most]
    for fold in range(FOLDS):
        taught = [n for n, at in enumerate(folds) if at != fold]
        weights = fit_choice([made[n].choice for n in taught], [wants[n] for n in taught])
        for n in (n for n, at in enumerate(folds) if at == fold):
            for chosen, limit in zip(found, most, strict=True):
                chosen[n] = best_of(made[n].choice, weights, limit)
    return found


def is_understood(want: Wanted, chosen: Sequence[int]) -> bool:
    """Tell whether a statement is understood with what was chosen."""
    return not want.needed or (want.understood and not set(chosen).isdisjoint(want.fitting))


def main() -> None:
    """Fit, print figures, and write the tables if asked."""
    parser = argparse.ArgumentParser(prog="python -m flows.train.backgrounds", description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("--write", nargs=2, metavar=("SOURCE", "DATE"), help="write the weights, with these two")
    options = parser.parse_args()
    lines, labels = wanted(MODELS / "background_labels.csv"), read_labels(MODELS / "statement_labels.csv")
    as_shown = readings(MODELS / "background_readings.csv")
    named = {document for document, _, _ in (*lines, *as_shown)} | set(labels)
    rows = list(extracted([d for d in read_lines(options.news) if d["id"] in named]))
    pairs = [
        (seen := offered(each, line), chosen_by_readers(seen, line))
        for each in rows
        if (line := lines.get((each.document, each.row["start_char"], fingerprint(alone(each.row)))))
    ]
    made, wants = [each for each, _ in pairs], [want for _, want in pairs]
    one, best = by_others(made, wants, (1, MOST_BACKGROUNDS))
    report("one", made, wants, one)
    report("two", made, wants, best)
    weights = fit_choice([each.choice for each in made], wants)
    given = [n for n, each in enumerate(best) if each.numbers and wants[n].needed]
    told = np.array([is_understood(wants[n], best[n].numbers) for n in given])
    right = fit_logistic(np.array([[likely_told(best[n])] for n in given]), told, 0.0, scaled=False)
    labelled = [
        (each, label)
        for each in rows
        if (label := labels.get(each.document, {}).get((each.row["start_char"], fingerprint(alone(each.row)))))
    ]
    opened = [(each, label) for each, label in labelled if share(f"c{each.document}") >= CLOSED]
    read = [
        Rated(each.confidence, chosen, float(is_understood(want, chosen.numbers)))
        for each, want, chosen in zip(made, wants, best, strict=True)
    ]
    keys = [(each.document, each.row["start_char"], fingerprint(alone(each.row))) for each in rows]
    shown = [
        Rated(each.confidence, best_of(each.choice, weights), float(as_shown[key]))
        for each, key in zip(rows, keys, strict=True)
        if key in as_shown
    ]
    found = rated([(each.confidence, each.choice, label) for each, label in opened], weights, right)
    added = calibrated(fit_understood([*found, *read]), shown)
    print(f"{len(made)} statements, {len(opened)} rows, {len(shown)} as they are shown")
    for name, weight in [*weights.items(), *added]:
        print(f"{name:22} {weight:+.3f}")
    if options.write:
        write_weights("backgrounds", list(weights.items()), *options.write)
        write_weights("understood", added, *options.write)


def report(name: str, made: Sequence[Made], wants: Sequence[Wanted], best: Sequence[Best]) -> None:
    """Print how many statements need a background and have one, how many are understood, and in how many words."""
    needed = [(want, each.numbers) for want, each in zip(wants, best, strict=True) if want.needed]
    given = sum(bool(numbers) for _, numbers in needed)
    right = sum(not set(numbers).isdisjoint(want.fitting) for want, numbers in needed)
    others = [bool(each.numbers) for want, each in zip(wants, best, strict=True) if not want.needed]
    every = sum(is_understood(want, each.numbers) for want, each in zip(wants, best, strict=True))
    twice = sum(len(each.numbers) > 1 for each in best)
    words = sum(
        len(row.choice.candidates[number - 1].measured.words)
        for row, each in zip(made, best, strict=True)
        for number in each.numbers
    )
    print(f"{name}: needed {len(needed)}: given {given}, right {right}; not needed {len(others)}: {sum(others)} given")
    print(f"understood {every} of {len(wants)}, without any {len(others)}")
    print(f"{twice} have two; {words / len(wants):.1f} words before each")


if __name__ == "__main__":
    main()
