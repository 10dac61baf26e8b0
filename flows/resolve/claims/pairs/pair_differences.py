"""What tells two statements apart, counted: words, names, numbers and negations that only one of them has.

The network sees the same as marks of its word pieces; counts are what it learns last and slowest, so the model's last
layer gets them beside the network's answers.
"""

import itertools
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from flows.resolve.claims.pairs.limits import LIMITS
from flows.resolve.claims.pairs.pair_input import Statement

KINDS = ("word", "name", "number", "negation")

FEATURES = (
    *(f"{kind} {side}" for kind in KINDS for side in ("of the first only", "of the second only", "of both")),
    "similar words of the first", "similar words of the second",
    "share of the first in the second", "share of the second in the first", "share of both",
    "shared neighbours", "own number on both sides", "own name on both sides", "own word on both sides", "same words",
    "length of the shorter", "length against length",
)  # fmt: skip


def differences(a: Statement, b: Statement) -> np.ndarray:
    """The features of a pair, in the order of `FEATURES`."""
    (first, x, mine), (second, y, theirs) = _words(a), _words(b)
    counts, own = [], {}
    for kind in KINDS:
        left, right = first[kind] - second[kind], second[kind] - first[kind]
        # a name at the head of a sentence may be a plain word in the middle of the other
        left, right = left - y, right - x
        own[kind] = left, right
        counts += [len(left), len(right), len(first[kind] & second[kind])]
    both = len(x & y)
    return np.array(
        [
            *(min(count, LIMITS.counted) / LIMITS.counted for count in counts),
            *(_similar(*sides) / LIMITS.counted for sides in (own["word"], own["word"][::-1])),
            both / max(1, len(x)),
            both / max(1, len(y)),
            both / max(1, len(x | y)),
            len(mine & theirs) / max(1, min(len(mine), len(theirs))),
            *(float(all(map(bool, own[kind]))) for kind in ("number", "name", "word")),
            float(a.forms == b.forms),
            min(len(x), len(y), 12) / 12,
            min(len(x), len(y)) / max(1, len(x), len(y)),
        ],
        np.float32,
    )


@lru_cache(maxsize=LIMITS.remembered_statements)
def _words(statement: Statement) -> tuple[dict[str, set[str]], set[str], set[tuple[str, str]]]:
    """The words of a statement by kind, all of these, and the pairs of neighbours among words that say something."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for form, kind in zip(statement.forms, statement.kinds, strict=True):
        if kind in found:
            found[kind].add(form)
    forms = [form for form, kind in zip(statement.forms, statement.kinds, strict=True) if kind != "function"]
    return found, set().union(*found.values()), set(itertools.pairwise(forms))


def _similar(mine: Iterable[str], theirs: Iterable[str]) -> float:
    beginnings = {form[: LIMITS.beginning_letters] for form in theirs}
    return min(sum(form[: LIMITS.beginning_letters] in beginnings for form in mine), LIMITS.counted)
