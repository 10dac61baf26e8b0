"""Pairs as arrays: what a training reads, with no text in it.

ids, marks    uint16 and uint8, all pairs after one another: `[CLS] a [SEP] [CLS] b [SEP]`
ends, first   where each pair ends, and how long its first statement is
answers       uint8, a bit for each right answer; 0 where only `soft` says what is right
times         float32, how often an epoch shows the pair
part, corpus  uint8 and uint16, numbers of `parts` and `corpora`
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from flows.resolve.claims.pairs.pair_input import PairInput, in_order, pair_marks
from flows.train.claim_pairs.rows.annotated_pairs import FIRST_MORE, SECOND_MORE, Row

PARTS = ("train", "tune", "closed", "unlabelled")
_SWAPPED = {FIRST_MORE: SECOND_MORE, SECOND_MORE: FIRST_MORE}


def pack(rows: Sequence[Row], tokenizer: Path, target: Path) -> None:
    """Write the rows in the order in which the model reads each pair."""
    made = PairInput(tokenizer)
    corpora = sorted({row.corpus for row in rows})
    numbers = {name: number for number, name in enumerate(corpora)}
    ids, marks, ends, first, answers = [], [], [], [], []
    for row in rows:
        a, b, right = made.statement(row.a), made.statement(row.b), row.answers
        if not in_order(a, b):
            a, b, right = b, a, tuple(_SWAPPED.get(answer, answer) for answer in right)
        pieces = made.framed(a) + made.framed(b)
        left, right_marks = pair_marks(a, b)
        ids.append(np.array(pieces, np.uint16))
        marks.append(np.array(left + right_marks, np.uint8))
        ends.append(len(pieces))
        first.append(len(left))
        answers.append(sum(1 << answer for answer in right))
    np.savez_compressed(
        target,
        ids=np.concatenate(ids),
        marks=np.concatenate(marks),
        ends=np.cumsum(ends, dtype=np.int64),
        first=np.array(first, np.uint8),
        answers=np.array(answers, np.uint8),
        times=np.array([row.times for row in rows], np.float32),
        part=np.array([PARTS.index(row.part) for row in rows], np.uint8),
        corpus=np.array([numbers[row.corpus] for row in rows], np.uint16),
        corpora=np.array(corpora),
    )
