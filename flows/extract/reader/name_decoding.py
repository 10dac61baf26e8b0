"""Named mentions as the reader sees them in one text, before gazetteers and the document's own memory."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from flows.extract.reader.reading import Reading

# What a place is called differs: the news corpus that teaches names has one class for all of them, the
# general tagger's labels tell states and cities (GPE) from mountains and regions (LOC).
_FROM_NAMES = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "LOC": "GPE",
    "NORP": "NORP",
    "FAC": "FAC",
    "PRODUCT": "PRODUCT",
}
_FROM_ONTONOTES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT", "LAW"})
_PLACES = frozenset({"GPE", "LOC"})


@dataclass(frozen=True)
class NamedSpan:
    """text[start:end] names something of `entity_type` (DATASET.md); `score` is the mean probability of its
    words.

    `head` says who saw it: "names" (trained on annotated world news) or "ontonotes" (on a general tagger's
    labels).
    """

    start: int
    end: int
    entity_type: str
    score: float
    head: str


def named(reading: Reading, least: float = 0.5) -> list[NamedSpan]:
    """Names, in order, never overlapping.

    The names head leads; the other one decides GPE or LOC, turns its MISC into EVENT or LAW, and adds
    EVENT and LAW, which the first was never taught.
    """
    spans = _decoded(reading, "names", least)
    general = _decoded(reading, "ontonotes", least)
    found: list[NamedSpan] = []
    ends = [last for _, last, _, _ in general]
    for first, last, kind, score in spans:
        other = _overlapping(general, ends, first, last)
        if kind in _FROM_NAMES:
            final = _FROM_NAMES[kind]
            if final == "GPE" and other == "LOC":
                final = "LOC"
        elif kind == "MISC" and other in _FROM_ONTONOTES and other not in _PLACES:
            final = other
        else:
            continue
        found.append(_span(reading, (first, last, final, score), "names"))
    ends = [last for _, last, _, _ in spans]
    for first, last, kind, score in general:
        if kind in ("EVENT", "LAW") and _overlapping(spans, ends, first, last) is None:
            found.append(_span(reading, (first, last, kind, score), "ontonotes"))
    return sorted(found, key=lambda s: (s.start, s.end))


def _span(reading: Reading, found: tuple[int, int, str, float], head: str) -> NamedSpan:
    first, last, kind, score = found
    start, end = reading.span(first, last)
    return NamedSpan(start, end, kind, round(score, 4), head)


def _overlapping(spans: list[tuple[int, int, str, float]], ends: list[int], first: int, last: int) -> str | None:
    """The type of the first span that shares a word with a range; spans in order, with their ends, none overlapping."""
    place = bisect_right(ends, first)
    return spans[place][2] if place < len(spans) and spans[place][0] < last else None


def _decoded(reading: Reading, head: str, least: float) -> list[tuple[int, int, str, float]]:
    """Runs of words that are more likely part of a name than not, each typed by the sum over its words."""
    probability = reading.heads[head]
    labels = reading.labels[head]
    if not len(probability):
        return []
    member = 1 - probability[:, 0] > least
    words = np.flatnonzero(member)
    if not len(words):
        return []
    begin, inside = probability[words, 1::2], probability[words, 2::2]
    types = [label[2:] for label in labels[1::2]]
    either = begin + inside
    best = (np.arange(len(words)), either.argmax(axis=1))
    opens = (begin[best] > inside[best]) | (reading.gaps[words] >= 2)
    opens[1:] |= words[1:] > words[:-1] + 1
    opens[0] = True
    edges = [*np.flatnonzero(opens).tolist(), len(words)]
    mass = np.add.reduceat(either, edges[:-1])
    kinds, most = mass.argmax(axis=1).tolist(), mass.max(axis=1).tolist()
    starts, sizes = words[edges[:-1]].tolist(), [last - first for first, last in pairwise(edges)]
    return [
        (start, start + size, types[kind], heaviest / size)
        for start, size, kind, heaviest in zip(starts, sizes, kinds, most, strict=True)
    ]
