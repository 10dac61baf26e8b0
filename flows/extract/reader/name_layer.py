"""The second layer of the head for names: a word judged with those beside it and with its other places in the text.

The reader's heads see one word of one window. This layer reads what the reader saw of a word and of its neighbours
(meaning, names of both schemes), the word's shape, and what the same word was taken for elsewhere in the text. It was
fitted to one reader (`python -m flows.train.name_layer`) and lies in that reader's folder.
"""

from pathlib import Path

import numpy as np

from flows.extract.reader.limits import LIMITS
from flows.extract.reader.reading import Reading
from flows.extract.reader.token_features import GAPS, SHAPES
from flows.runtime.onnx_models import onnx_session

FILE = "names.onnx"

_SHAPES, _GAPS = np.eye(len(SHAPES), dtype=np.float32), np.eye(len(GAPS), dtype=np.float32)


class NameLayer:
    """A loaded layer."""

    def __init__(self, path: Path, threads: int = 1):
        self._session = onnx_session(path, threads)

    def judge(self, reading: Reading) -> None:
        """Put the layer's probabilities in the place of the reader's, for the words that may be part of a name."""
        words = judged_words(reading)
        if len(words):
            judged = self._session.run(("probabilities",), {"words": layer_inputs(reading, words)})[0]
            reading.heads["names"][words] = judged


def judged_words(reading: Reading) -> np.ndarray:
    """Return the numbers of the words that the layer judges: those that may be part of a name, and those beside one."""
    likely = reading.heads["names"][:, 0] < 1 - LIMITS.least_name
    near = likely.copy()
    near[1:] |= likely[:-1]
    near[:-1] |= likely[1:]
    return np.flatnonzero(near)


def layer_inputs(reading: Reading, words: np.ndarray) -> np.ndarray:
    """Return what the layer reads of words, a row a word; float32.

    Of the word, the one before and the one behind: meaning, logarithms of the probabilities of both schemes of names,
    zeros beyond the text. Of the word alone: shape, layout before it, and the mean probabilities of its other places.
    """
    names = reading.heads["names"]
    # most words stand beside another one that is judged: what was seen of them is put together once
    places, at = np.unique(words[:, None] + np.array([0, -1, 1]), return_inverse=True)
    beside = _seen(reading, places)[at.reshape(-1)].reshape(len(words), -1)
    own = [_SHAPES[reading.shapes[words]], _GAPS[reading.gaps[words]], _elsewhere(reading, words, names)]
    return np.concatenate([beside, *own], axis=1, dtype=np.float32)


def _seen(reading: Reading, words: np.ndarray) -> np.ndarray:
    """What the reader saw of each word, float32; zeros for one that lies beyond the text."""
    inside = (words >= 0) & (words < len(reading))
    words = np.where(inside, words, 0)
    first, last = reading.first_pieces[words], reading.first_pieces[words + 1]
    meaning = (reading.meaning_sums[last] - reading.meaning_sums[first]) / (last - first)[:, None]
    scores = np.concatenate([reading.heads[name][words] for name in ("names", "ontonotes")], axis=1)
    return np.concatenate([meaning, np.log(scores + LIMITS.no_name)], axis=1, dtype=np.float32) * inside[:, None]


def _elsewhere(reading: Reading, words: np.ndarray, names: np.ndarray) -> np.ndarray:
    """The mean probabilities that the other judged places of each word have, in whatever case; zeros without any."""
    surfaces = [reading.surfaces[word].lower() for word in words.tolist()]
    number = {surface: at for at, surface in enumerate(dict.fromkeys(surfaces))}
    of = np.array([number[surface] for surface in surfaces])
    sums = np.zeros((len(number), names.shape[1]))
    np.add.at(sums, of, names[words])
    others = np.bincount(of)[of] - 1
    return (sums[of] - names[words]) / np.maximum(others, 1)[:, None]
