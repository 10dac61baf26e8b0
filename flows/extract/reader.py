"""The learned reader: word pieces in, probabilities and link vectors out. The one door to onnxruntime and tokenizers."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from flows.extract.shapes import gaps, word_shape


class Encoded(NamedTuple):
    """A text in word pieces: numbers, shapes, gaps and half-open code point offsets, one entry a piece."""

    ids: np.ndarray
    shapes: np.ndarray
    gaps: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


class Pieces:
    """The reader's tokenizer, with the shape of each piece's word and the layout in front of it."""

    def __init__(self, tokenizer_file: Path):
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self.first = self._tokenizer.token_to_id("[CLS]")
        self.last = self._tokenizer.token_to_id("[SEP]")
        self.pad = self._tokenizer.token_to_id("[PAD]")

    def encode(self, text: str) -> Encoded:
        """All pieces of `text`, without special ones."""
        coded = self._tokenizer.encode(text, add_special_tokens=False)
        spans = coded.offsets
        starts, ends = [s for s, _ in spans], [e for _, e in spans]
        words: dict[int, list[int]] = {}
        for (start, end), word in zip(spans, coded.word_ids, strict=True):
            span = words.setdefault(word, [start, end])
            span[1] = end
        shape = {word: word_shape(text[start:end]) for word, (start, end) in words.items()}
        return Encoded(
            np.array(coded.ids, np.int64),
            np.array([shape[word] for word in coded.word_ids], np.int64),
            np.array(gaps(text, starts, ends), np.int64),
            np.array(starts, np.int64),
            np.array(ends, np.int64),
        )
