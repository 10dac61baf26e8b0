"""What the reader saw in one text, by word: probabilities of every head, link vectors, meaning vectors."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np

from flows.extract.reader.limits import LIMITS
from flows.extract.reader.token_features import sentence_numbers
from flows.probabilities import softmax
from flows.spans import Span


def mean(values: np.ndarray) -> np.floating:
    """Return the mean along the first axis: numpy's own takes ten times as long where values are few."""
    return np.add.reduce(values) / len(values)


def distance_bucket(distance: np.ndarray) -> np.ndarray:
    """Return the rows of the linking bias that signed distances in pieces have: exact up to 8, logarithmic to 256
    (`flows.train.model.network`).
    """
    size = np.abs(distance)
    log = 8 + (np.log2(np.maximum(size, 8) / 8).astype(np.float32) * np.float32(3.2)).astype(np.int64)
    bucket = np.minimum(np.where(size <= 8, size, log), 24)
    return np.where(distance < 0, 24 - bucket, 24 + bucket)


_BUCKETS = distance_bucket(np.arange(-LIMITS.farthest_pieces, LIMITS.farthest_pieces + 1))


def _of_steps(table: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """What a table [..., 2n + 1] says of signed steps from -n to n, its ends of those beyond."""
    return table.take(steps + table.shape[-1] // 2, axis=-1, mode="clip")


class Encoded(NamedTuple):
    """A text in word pieces, one entry a piece: half-open offsets in code points, `words` the number of its
    word.
    """

    ids: np.ndarray
    shapes: np.ndarray
    gaps: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    words: np.ndarray


class Outputs(NamedTuple):
    """What the model says, one row a piece: logits of all heads, link vectors, meaning."""

    logits: np.ndarray
    link: np.ndarray
    meaning: np.ndarray


@dataclass
class Reading:
    """A text as words (runs of letters and digits, single marks), W of them.

    `starts`, `ends` [W]: half-open code point offsets; `gaps`, `shapes` [W]: see `token_features`;
    `heads`: probabilities [W, labels] by head, of the first piece of each word; `labels`: the label names.
    """

    text: str
    starts: np.ndarray
    ends: np.ndarray
    gaps: np.ndarray
    shapes: np.ndarray
    heads: dict[str, np.ndarray]
    labels: dict[str, tuple[str, ...]]
    link_vectors: np.ndarray = field(repr=False)  # [W, 4, width]
    first_pieces: np.ndarray = field(repr=False)  # [W + 1] number of each word's first piece
    link_bias: dict[str, np.ndarray] = field(repr=False)  # by kind of distance, [2, steps] each
    meaning_sums: np.ndarray = field(repr=False)  # [pieces + 1, width]: the sums of the pieces before each one

    def __post_init__(self) -> None:
        self.sentences = sentence_numbers(self.shapes, self.gaps)
        self.paragraphs = np.cumsum(self.gaps >= 2)
        # places are asked for one at a time: a list answers in a tenth of the time of an array
        self.starts_listed: list[int] = self.starts.tolist()
        self.ends_listed: list[int] = self.ends.tolist()
        self.gaps_listed: list[int] = self.gaps.tolist()

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """Return the characters of the words first … last - 1."""
        return Span(self.starts_listed[first], self.ends_listed[last - 1])

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """Return the words (first, one past the last) that text[start:end] touches."""
        first = bisect_right(self.ends_listed, start)
        return first, bisect_left(self.starts_listed, end, first)

    def links(self, first: int, last: int, low: int, high: int) -> np.ndarray:
        """Return link scores (logits) [2, high - low] of the words low … high - 1 for the cue made of words first …
        last - 1.

        Row 0: the word is in the cue's content; row 1: in its source.
        """
        cue = mean(self.link_vectors[first:last, 0::2])
        window = self.link_vectors[low:high, 1::2]
        scores = np.einsum("kw,tkw->kt", cue, window) * np.float32(window.shape[2] ** -0.5)
        places = self.first_pieces[low:high]
        begin, end = self.first_pieces[first], self.first_pieces[last] - 1
        distance = np.minimum(places - begin, 0) + np.maximum(places - end, 0)
        scores += self.link_bias["distance"].take(_of_steps(_BUCKETS, distance), axis=1)
        scores += _of_steps(self.link_bias["sentence"], self.sentences[low:high] - self.sentences[first])
        scores += _of_steps(self.link_bias["paragraph"], self.paragraphs[low:high] - self.paragraphs[first])
        return scores

    def tags(self) -> list[str]:
        """Return the Penn Treebank tag of every word."""
        return self._tags

    @cached_property
    def _tags(self) -> list[str]:
        names = self.labels["tag"]
        return [names[i] for i in self.heads["tag"].argmax(axis=1).tolist()]

    @cached_property
    def surfaces(self) -> list[str]:
        """The characters of every word."""
        return [self.text[start:end] for start, end in zip(self.starts_listed, self.ends_listed, strict=True)]

    def meaning(self, start: int, end: int) -> np.ndarray:
        """Return a unit vector for what text[start:end] says, near the base model's sentence embedding of it;
        float32.

        Zero where the span touches no word.
        """
        first, last = self.words_in(start, end)
        total = self.meaning_sums[self.first_pieces[last]] - self.meaning_sums[self.first_pieces[first]]
        size = sqrt(total.dot(total))
        return (total / size if size else total).astype(np.float32)


def _running_sums(rows: np.ndarray) -> np.ndarray:
    """Sum the rows before each one, and all, in float64: numpy's cumsum along this axis, four times as fast."""
    sums = np.zeros((len(rows) + 1, rows.shape[1]))
    sums[1:] = rows
    for before, row in pairwise(sums):
        np.add(row, before, out=row)
    return sums


def word_edges(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last piece of each word, from the number of the word of every piece."""
    begins = np.ones(len(words) + 1, bool)  # the last one is the end of the text
    begins[1:-1] = words[1:] != words[:-1]
    edges = np.flatnonzero(begins)
    return edges[:-1], edges[1:] - 1


def reading_by_word(
    text: str, coded: Encoded, outputs: Outputs, labels: dict[str, tuple[str, ...]], bias: dict
) -> Reading:
    """Build the reading of a text from the model's outputs by piece."""
    first, last = word_edges(coded.words)
    logits = outputs.logits[first]
    heads, at = {}, 0
    for name, names in labels.items():
        scores = logits[:, at : at + len(names)]
        heads[name] = softmax(scores) if len(first) else scores
        at += len(names)
    return Reading(
        text=text,
        starts=coded.starts[first],
        ends=coded.ends[last],
        gaps=coded.gaps[first],
        shapes=coded.shapes[first],
        heads=heads,
        labels=labels,
        link_vectors=outputs.link[first].reshape(len(first), 4, -1) if len(first) else outputs.link,
        first_pieces=np.append(first, len(coded.words)),
        link_bias=bias,
        meaning_sums=_running_sums(outputs.meaning),
    )
