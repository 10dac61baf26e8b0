"""The labels of an annotated document, piece by piece, as a training step compares them with what the network says."""

import random
from collections.abc import Iterable

import numpy as np

from flows.extract.reader.model import Pieces
from flows.train.data.augmentation import Moved, noisy
from flows.train.data.corpora import IGNORE, LABELS, NAMES, ONTONOTES, TAGS, Document, Labelled


def label(doc: Document, pieces: Pieces, rng: random.Random | None) -> Labelled:
    """Return `doc` in word pieces with its labels; noisy where a generator is given."""
    moved = noisy(doc.text, rng) if rng else Moved(doc.text, [])
    coded = pieces.encode(moved.text)
    painter = _Painter(moved, coded.starts, coded.ends)
    cues = painter.attributions(doc) if doc.attributions is not None else []
    if doc.ontonotes is not None:
        painter.ontonotes(doc)
    if doc.names is not None:
        painter.names(doc)
    meanings = [(*painter.cover(s, e), row) for s, e, row in doc.meanings if row >= 0]
    return Labelled(coded.ids, coded.shapes, coded.gaps, painter.rows, cues, meanings)


class _Painter:
    """Writes spans of a document's characters as labels of its word pieces, a row of labels per head."""

    def __init__(self, moved: Moved, starts: np.ndarray, ends: np.ndarray) -> None:
        self.rows = np.full((len(LABELS), len(starts)), IGNORE, np.int64)
        self._head = dict(zip(LABELS, self.rows, strict=True))
        self._moved, self._starts, self._ends = moved, starts, ends

    def cover(self, start: int, end: int) -> tuple[int, int]:
        """Return the pieces that a span of the document covers: first and one past the last."""
        start, end = self._moved.span(start, end)
        first = int(np.searchsorted(self._ends, start, "right"))
        return first, max(first, int(np.searchsorted(self._starts, end, "left"))) if end > start else first

    def _paint(self, name: str, spans: Iterable[tuple[int, int, int]]) -> None:
        row = self._head[name]
        for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):  # the longest first: nested ones yield
            first, last = self.cover(start, end)
            if first < last and (row[first:last] == 0).all():
                row[first] = 1 + 2 * kind
                row[first + 1 : last] = 2 + 2 * kind

    def attributions(self, doc: Document) -> list[tuple[int, int, list[tuple[int, int]], list[tuple[int, int]]]]:
        """Paint contents, cues and sources; return the cues with the pieces of their contents and sources."""
        said = doc.attributions or []
        roles = ("content", "cue", "source")
        for name in roles:
            self._head[name][:] = 0
        self._paint("content", [(s, e, 0) for a in said for s, e in a["content"]])
        self._paint("cue", [(s, e, 0) for a in said for s, e in _spans(a, "cue")])
        self._paint("source", [(s, e, 0) for a in said for s, e in set(_spans(a, "source"))])
        for start, end in doc.discarded:
            first, last = self.cover(start, end)
            for name in roles:
                part = self._head[name][first:last]
                part[part == 0] = IGNORE
        cues = []
        for a in said:
            cue = [self.cover(s, e) for s, e in _spans(a, "cue")]
            if cue and cue[0][0] < cue[0][1]:
                contents = [self.cover(s, e) for s, e in a["content"]]
                cues.append((*cue[0], contents, [self.cover(s, e) for s, e in _spans(a, "source")]))
        return cues

    def ontonotes(self, doc: Document) -> None:
        """Paint names of OntoNotes' kinds, and parts of speech where the document has them."""
        self._head["ontonotes"][:] = 0
        self._paint("ontonotes", [(s, e, ONTONOTES.index(t)) for s, e, t in doc.ontonotes or ()])
        if doc.tokens:
            words = np.searchsorted(self._ends, [self._moved.span(s, e)[0] for s, e, _ in doc.tokens], "right")
            tags = np.array([_TAG[t] for *_, t in doc.tokens])
            inside = words < len(self._starts)
            self._head["tag"][words[inside]] = tags[inside]

    def names(self, doc: Document) -> None:
        """Paint names of our kinds; what is unsure is ignored."""
        row = self._head["names"]
        row[:] = 0
        self._paint("names", [(s, e, NAMES.index(t)) for s, e, t in doc.names or () if t])
        for start, end, kind in doc.names or ():
            if kind is None:
                row[slice(*self.cover(start, end))] = IGNORE
        if doc.partial:
            row[(row == 0) & (self._head["ontonotes"] != 0)] = IGNORE


_TAG = {tag: number for number, tag in enumerate(TAGS)} | {"_SP": IGNORE}


def _spans(attribution: dict, role: str) -> list[tuple[int, int]]:
    spans = attribution.get(f"{role}_spans") or ([attribution[role]] if attribution.get(role) else [])
    return [(s, e) for s, e in spans]
