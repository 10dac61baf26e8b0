"""The pair model: what two statements are to each other, from their words alone.

A folder of two ONNX graphs that `python -m flows.train.claim_pairs` writes. The first reads a statement by itself and
is run once for each distinct statement; the second reads two such results together, once for each distinct pair. Both
read one item at a time: the int8 graphs scale their activations by what they see at once, so only an item that is
alone gives the same numbers whatever else is asked. On one thread this is no slower than a batch, and items are read
side by side on as many threads as there are processors.

Of a pair the shorter statement always comes first, and the answer is turned round where the other order was asked:
`judge([(a, b)])` mirrors `judge([(b, a)])` exactly.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from flows.errors import ModelError
from flows.lexicons.paths import asset
from flows.resolve.claims.pairs.limits import LIMITS
from flows.resolve.claims.pairs.pair_differences import FEATURES, differences
from flows.resolve.claims.pairs.pair_input import MARKS, PairInput, Statement, in_order, pair_marks
from flows.runtime.onnx_models import onnx_session, verified_description

SAME, FIRST_MORE, SECOND_MORE, CONTRADICTS, OTHER = range(5)
"""Columns of `PairModel.judge`: one proposition; the first says all of the second and more; the second all of the
first and more; both cannot hold, or differ on one point; another matter."""

ANSWERS = ("same", "first_more", "second_more", "contradicts", "other")
MIRRORED = [SAME, SECOND_MORE, FIRST_MORE, CONTRADICTS, OTHER]
INTERFACE = 1
FILES = ("statement.onnx.gz", "pair.onnx.gz", "tokenizer.json")
FOLDER = asset("models/claim_pairs")
"""The model that ships with the program."""


@dataclass(frozen=True)
class LastLayer:
    """Softmax regression on the network's answers and on what differs, counted (`pair_differences.FEATURES`)."""

    mean: np.ndarray
    scale: np.ndarray
    weight: np.ndarray
    bias: np.ndarray

    @classmethod
    def of(cls, spec: dict) -> "LastLayer":
        """The layer as `model.json` has it. Raises ModelError where it was fitted to other features."""
        if tuple(spec["features"]) != FEATURES:
            raise ModelError(
                f"the pair model's last layer knows {len(spec['features'])} features, not these {len(FEATURES)}"
            )
        return cls(*(np.array(spec[name], np.float64) for name in ("mean", "scale", "weight", "bias")))

    @classmethod
    def plain(cls) -> dict:
        """A layer that leaves the network's answers as they are, as `model.json` has it."""
        size = len(ANSWERS) + len(FEATURES)
        return {"features": FEATURES, "mean": [0.0] * size, "scale": [1.0] * size,
                "weight": np.eye(len(ANSWERS), size).tolist(), "bias": [0.0] * len(ANSWERS)}  # fmt: skip

    def answers(self, read: np.ndarray, differing: np.ndarray) -> np.ndarray:
        """Probabilities [n, 5] from the network's [n, 5] and the features [n, 24]."""
        known = (last_layer_inputs(read, differing) - self.mean) / self.scale
        # column by column: how a product of matrices is added up depends on how many pairs are answered at once
        logits = sum((k[:, None] * w for k, w in zip(known.T, self.weight.T, strict=True)), self.bias[None])
        grown = np.exp(logits - logits.max(axis=1, keepdims=True))
        return (grown / grown.sum(axis=1, keepdims=True)).astype(np.float32)


def last_layer_inputs(read: np.ndarray, differing: np.ndarray) -> np.ndarray:
    """What the last layer is fitted to: the logarithms of the network's answers, and the features."""
    return np.concatenate([np.log(read.astype(np.float64) + LIMITS.probability_floor), differing], axis=1)


class PairModel:
    """A loaded model. `judge` is a pure function of the pairs; `threads` of them are read side by side."""

    def __init__(self, folder: Path, threads: int = 1):
        path = folder / "model.json"
        self.settings, self.digest = verified_description(
            path, FILES, INTERFACE, "pair model", "flows.train.claim_pairs"
        )
        if tuple(self.settings["marks"]) != MARKS:
            raise ModelError(f"{path} knows {len(self.settings['marks'])} marks of word pieces, not these {len(MARKS)}")
        self._input = PairInput(folder / "tokenizer.json")
        self._last = LastLayer.of(self.settings["last_layer"])
        self._statements, self._pairs = (onnx_session(folder / name, threads=1) for name in FILES[:2])
        self._threads = threads
        self._reading = lru_cache(maxsize=LIMITS.remembered_statements)(self._read)

    @classmethod
    def load(cls, folder: Path = FOLDER, threads: int = 1) -> "PairModel":
        """The model in `folder`. Raises ModelError where a file is missing, was altered, or has another interface."""
        return cls(folder, threads)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Probabilities [n, 5] as float32, rounded to four decimals, in the order of `ANSWERS`.

        A pair that comes several times, in either order, is read once.
        """
        ordered = []
        for first, second in pairs:
            a, b = self._input.statement(first), self._input.statement(second)
            ordered.append(((a, b), False) if in_order(a, b) else ((b, a), True))
        # neighbours in this order share their first statement: what was read of it is still remembered
        distinct = sorted({pair for pair, _ in ordered}, key=lambda pair: (pair[0].text, pair[1].text))
        number = {pair: at for at, pair in enumerate(distinct)}
        found = self._answers(distinct) if distinct else np.zeros((0, len(ANSWERS)), np.float32)
        answers = found[[number[pair] for pair, _ in ordered]]
        turned = np.array([swapped for _, swapped in ordered], bool)
        answers[turned] = answers[turned][:, MIRRORED]
        return answers

    def _answers(self, pairs: Sequence[tuple[Statement, Statement]]) -> np.ndarray:
        with ThreadPoolExecutor(self._threads) as pool:
            read = np.array(list(pool.map(self._answer, *zip(*pairs, strict=True))))
        found = self._last.answers(read, np.array([differences(a, b) for a, b in pairs]))
        equal = np.array([a.text == b.text for a, b in pairs])
        found[equal] = (found[equal] + found[equal][:, MIRRORED]) / 2
        return np.round(found, LIMITS.decimals)

    def _answer(self, a: Statement, b: Statement) -> np.ndarray:
        left, right = pair_marks(a, b)
        feed = {
            "a": self._reading(a.pieces),
            "b": self._reading(b.pieces),
            "marks": np.array([left + right], np.int64),
        }
        return np.asarray(self._pairs.run(("answers",), feed)[0][0])

    def _read(self, pieces: tuple[int, ...]) -> np.ndarray:
        framed = np.array([[self._input.first, *pieces, self._input.last]], np.int64)
        return self._statements.run(("states",), {"ids": framed})[0]
