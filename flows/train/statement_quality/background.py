"""What a background adds to the confidence of a row: the weight `background` of `seeds/models/statement_quality.csv`.

Readers labelled statements before they had backgrounds, so the labels of rows that have one now do not hold: what
lacked only what it speaks of may be understood. How often it is was read on 56 such statements of articles that no rule
was read from. One number is fitted, all other weights being given: that as many rows are expected to be good as are.

    python -m flows.train.statement_quality.background ROWS.jsonl
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from flows.lexicons.weights import load_weights
from flows.probabilities import logistic
from flows.train.closed_parts import read_lines
from flows.train.statement_quality.rows import LabelledRow

REFERS = "refers"
"""Why a row is of no use whose words are whole, but stand for something that is not in them. Its label is of the
statement, not of the words, as those of crossclaims are."""
UNDERSTOOD = 40 / 56
"""Of statements with a background, those that two readers understood: 34 of 45, 6 of 11, of 183 unread articles."""
WIDEST = 8.0
"""Log odds within which the weight is looked for."""


def background_weight(rows: Sequence[LabelledRow], odds: np.ndarray) -> float:
    """Return the log odds that a background adds, by bisection.

    odds: of each row without it. Only labelled rows of news that have a background count: one that is good, one whose
    only fault is that it refers to what it does not say (`UNDERSTOOD`), and one that is bad.
    """
    chosen = [n for n, row in enumerate(rows) if row.corpus == "news" and has_background(row) and row.good is not None]
    good = sum(1.0 if rows[n].good else UNDERSTOOD * (rows[n].why_not == REFERS) for n in chosen)
    low, high = -WIDEST, WIDEST
    while high - low > 1e-4:  # far below what the table is rounded to
        middle = (low + high) / 2
        low, high = (middle, high) if logistic(odds[chosen] + middle).sum() < good else (low, middle)
    return round(high, 3)


def has_background(row: LabelledRow) -> bool:
    """Tell whether a row has a background."""
    return row.measured["background"] > 0


def main() -> None:
    """Print the weight beside those that ship."""
    parser = argparse.ArgumentParser(prog="python -m flows.train.statement_quality.background", description=__doc__)
    parser.add_argument("rows", type=Path)
    rows = [LabelledRow(**line) for line in read_lines(parser.parse_args().rows)]
    weights = load_weights("statement_quality")
    odds = np.array(
        [
            weights["bias"]
            + sum(weights[name] * value for name, value in row.measured.items() if name != "background")
            + sum(weights.get(name, 0.0) for name in row.wording)
            for row in rows
        ]
    )
    print(f"background {background_weight(rows, odds):.3f}")


if __name__ == "__main__":
    main()
