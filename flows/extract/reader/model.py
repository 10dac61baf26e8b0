"""The learned reader: a text in, label probabilities and link vectors by word out.

A reader is a folder (`reader.json`, `model.onnx`, `tokenizer.json`) that `python -m flows.train` writes; every
file is checked against its hash before it is
loaded, and any folder of the same interface can take the place of the default. Where its description lists a second
layer of the head for names (`name_layer`), that one has the last word on names.

Windows are read one at a time: the int8 model scales its activations by what it sees at once, so only a
window that is alone gives the same bytes whatever else is read. On one thread this is no slower than a batch. And a
window that was read before, in any text, has the same result and need not be read again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from flows.extract.reader import name_layer
from flows.extract.reader.limits import LIMITS
from flows.extract.reader.name_layer import NameLayer
from flows.extract.reader.reading import Encoded, Outputs, Reading, reading_by_word, word_edges
from flows.extract.reader.token_features import gaps, word_shape
from flows.extract.reader.windows import plan_windows
from flows.runtime.onnx_models import onnx_session, special_pieces, verified_description

INTERFACE = 1
FILES = ("model.onnx", "tokenizer.json")


class Pieces:
    """The reader's tokenizer, with the shape of each piece's word and the layout in front of it."""

    def __init__(self, tokenizer_file: Path):
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self.first, self.last, self.pad = special_pieces(self._tokenizer, "reader")

    def encode(self, text: str) -> Encoded:
        """Return all pieces of `text`, without special ones."""
        coded = self._tokenizer.encode(text, add_special_tokens=False)
        offsets = np.fromiter(chain.from_iterable(coded.offsets), np.int64, 2 * len(coded.ids))
        starts, ends = offsets.reshape(-1, 2).T
        numbers = np.array(coded.word_ids, np.int64)
        first, last = word_edges(numbers)
        words = zip(starts[first].tolist(), ends[last].tolist(), strict=True)
        shapes = np.array([word_shape(text[start:end]) for start, end in words], np.int64)
        return Encoded(
            np.array(coded.ids, np.int64),
            np.repeat(shapes, last - first + 1),
            gaps(text, starts, ends),
            starts,
            ends,
            numbers,
        )


@dataclass(frozen=True)
class ReaderSpec:
    """What `reader.json` says: labels by head in the order of the logits, windows, linking bias, settings of
    decoding.
    """

    labels: dict[str, tuple[str, ...]]
    window: int
    overlap: int
    link_bias: dict[str, np.ndarray]
    decoding: dict
    name_layer: bool
    digest: str


def load_spec(folder: Path) -> ReaderSpec:
    """Read and verify a reader's folder.

    Raises ModelError where a file is missing, was altered, or follows another interface.
    """
    path = folder / "reader.json"
    spec, digest = verified_description(path, FILES, INTERFACE, "reader", "flows.train")
    layered = name_layer.FILE in spec["files"]
    if layered:
        verified_description(path, (name_layer.FILE,), INTERFACE, "reader", "flows.train.name_layer")
    return ReaderSpec(
        {head: tuple(labels) for head, labels in spec["labels"].items()},
        spec["window"],
        spec["overlap"],
        {name: np.array(bias, np.float32) for name, bias in spec["link_bias"].items()},
        spec["decoding"],
        layered,
        digest,
    )


class Reader:
    """A loaded model. `read` is a pure function of the text; one thread unless told otherwise."""

    def __init__(self, folder: Path, threads: int = 1):
        self.spec = load_spec(folder)
        self._session = onnx_session(folder / "model.onnx", threads)
        self._names = NameLayer(folder / name_layer.FILE, threads) if self.spec.name_layer else None
        self._pieces = Pieces(folder / "tokenizer.json")
        # near-copies come one after the other: what they have in common is not read again
        self._remembered = lru_cache(maxsize=LIMITS.remembered_windows)(self._run)

    def read_all(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Read texts, one after the other."""
        return (self.read(text) for text in texts)

    def read(self, text: str) -> Reading:
        """Return every head's probabilities, link and meaning vectors for the words of `text`."""
        coded = self._pieces.encode(text)
        spec = self.spec
        outputs: list[list[np.ndarray]] = [[], [], []]
        for start, end, first, last in plan_windows(coded, spec.window - 2, spec.overlap):
            for parts, result in zip(outputs, self._window(coded, start, end), strict=True):
                parts.append(result[0, 1 + first - start : 1 + last - start])
        sizes = [sum(map(len, spec.labels.values())), 4, 1]
        joined = [
            np.concatenate(parts) if parts else np.zeros((0, size), np.float32)
            for parts, size in zip(outputs, sizes, strict=True)
        ]
        reading = reading_by_word(text, coded, Outputs(*joined), spec.labels, spec.link_bias)
        if self._names is not None:
            self._names.judge(reading)
        return reading

    def _window(self, coded: Encoded, start: int, end: int) -> list[np.ndarray]:
        framed = np.zeros((3, 1, end - start + 2), np.int64)
        framed[0, 0, 0] = self._pieces.first
        framed[0, 0, -1] = self._pieces.last
        for row, values in enumerate((coded.ids, coded.shapes, coded.gaps)):
            framed[row, 0, 1:-1] = values[start:end]
        return self._remembered(framed.tobytes())

    def _run(self, window: bytes) -> list[np.ndarray]:
        ids, shapes, gaps = np.frombuffer(window, np.int64).reshape(3, 1, -1)
        return self._session.run(("logits", "link", "meaning"), {"ids": ids, "shapes": shapes, "gaps": gaps})
