"""Annotated documents, and the windows of word pieces that a training step reads.

Corpora are JSON Lines. What a line may hold, beside `doc_id` and `text`:
- `attributions`: [{content: [[start, end], ...], source, cue, source_spans?, cue_spans?}], and
  `discard_spans`, stretches the annotators set aside;
- `entities`: [{start, end, type}] in a scheme that `SCHEMES` maps; with `tokens` as a list of words the line
  is a lone sentence whose scheme leaves out dates and the like (CrossNER).
Silver labels (flows.train.data.silver_labels) are joined by the text's hash.
"""

import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from flows.extract.reader.model import Pieces
from flows.extract.reader.token_features import sentence_numbers
from flows.spans import Span, trim

NAMES = ("PERSON", "ORG", "LOC", "NORP", "FAC", "PRODUCT", "DATE", "MONEY", "MISC")
ONTONOTES = (
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE",
    "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL",
)  # fmt: skip
TAGS = (
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN",
    "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB",
    "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$",
    "WRB", "XX", "``",
)  # fmt: skip
SCHEMES = {
    "Person": "PERSON", "Organization": "ORG", "Location": "LOC", "NORP": "NORP", "Facility": "FAC",
    "Product": "PRODUCT", "Date": "DATE", "Money": "MONEY", "Misc": "MISC",
    "politician": "PERSON", "person": "PERSON", "politicalparty": "ORG", "organisation": "ORG",
    "location": "LOC", "country": "LOC", "election": "MISC", "event": "MISC", "misc": None,
}  # fmt: skip


def bio(types: Iterable[str]) -> tuple[str, ...]:
    """O, then B- and I- of every type."""
    return ("O", *(f"{mark}-{name}" for name in types for mark in "BI"))


LABELS = {
    "content": ("O", "B", "I"),
    "cue": ("O", "B", "I"),
    "source": ("O", "B", "I"),
    "names": bio(NAMES),
    "ontonotes": bio(ONTONOTES),
    "tag": TAGS,
}
IGNORE = -100
SIZE = 256  # pieces in a window, the two special ones included


@dataclass
class Document:
    """One annotated text; every list holds half-open offsets into `text`. None where nobody annotated."""

    doc_id: str
    text: str
    attributions: list[dict] | None = None
    discarded: list[tuple[int, int]] = field(default_factory=list)
    names: list[tuple[int, int, str | None]] | None = None
    partial: bool = False  # the name scheme leaves out types that others annotate
    tokens: list[tuple[int, int, str]] = field(default_factory=list)
    ontonotes: list[tuple[int, int, str]] | None = None
    meanings: list[tuple[int, int, int]] = field(default_factory=list)  # start, end, row of the targets


def read_documents(paths: Iterable[Path], silver: Iterable[Path]) -> list[Document]:
    """Return all documents of the corpora, with silver labels where the hash of the text is known."""
    labels = {}
    for path in silver:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                labels[row["sha256"]] = row
    documents = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            documents += [_document(json.loads(line), labels) for line in lines if line.strip()]
    return documents


def _document(row: dict, silver: dict[str, dict]) -> Document:
    doc = Document(row["doc_id"], row["text"])
    if "attributions" in row:
        doc.attributions = row["attributions"]
        doc.discarded = [(s, e) for s, e in row.get("discard_spans", [])]
    if "entities" in row:
        doc.names = [(m["start"], m["end"], SCHEMES[m["type"]]) for m in row["entities"]]
        doc.partial = "tokens" in row
    extra = silver.get(hashlib.sha256(doc.text.encode()).hexdigest())
    sentences: list[int] = []
    if extra:
        doc.tokens = [tuple(t) for t in extra["tokens"]]
        doc.ontonotes = [tuple(e) for e in extra["entities"]]
        sentences = extra["sentences"]
    doc.meanings = [(s, e, -1) for s, e in _meaningful(doc, sentences)]
    return doc


def _meaningful(doc: Document, sentences: list[int]) -> Iterator[tuple[int, int]]:
    """Spans whose meaning is distilled: sentences, and contents of one piece, of 20 to 600 characters."""
    bounds = [*sentences, len(doc.text)]
    spans = list(pairwise(bounds))
    spans += [tuple(a["content"][0]) for a in doc.attributions or [] if len(a["content"]) == 1]
    for span in sorted(set(spans)):
        start, end = trim(doc.text, Span(*span))
        if 20 <= end - start <= 600:
            yield start, end


@dataclass
class Labelled:
    """A document in word pieces. `labels` [heads, T]; cues with the pieces of their content and source."""

    ids: np.ndarray
    shapes: np.ndarray
    gaps: np.ndarray
    labels: np.ndarray
    cues: list[tuple[int, int, list[tuple[int, int]], list[tuple[int, int]]]]
    meanings: list[tuple[int, int, int]]

    def __post_init__(self) -> None:
        self.sentences = sentence_numbers(self.shapes, self.gaps)
        self.paragraphs = np.cumsum(self.gaps >= 2)


@dataclass
class Window:
    """Pieces start … end of a labelled document."""

    doc: Labelled
    start: int
    end: int


def windows(doc: Labelled, rng: random.Random) -> Iterator[Window]:
    """Yield the document cut into windows, the first of them short by a random length; half of the cuts at line
    breaks.
    """
    length, room = len(doc.ids), SIZE - 2
    start, size = 0, rng.randint(room // 4, room) if len(doc.ids) > room else room
    while start < length:
        end = min(length, start + size)
        if end < length and rng.random() < 0.5:
            breaks = np.flatnonzero(doc.gaps[end - size // 4 : end] >= 2)
            if len(breaks):
                end = end - size // 4 + int(breaks[-1])
        yield Window(doc, start, end)
        start, size = end, room


@dataclass
class Batch:
    """Arrays of a training step; B windows of T pieces, C cues, M spans with a meaning."""

    ids: np.ndarray  # [B, T]
    shapes: np.ndarray
    gaps: np.ndarray
    mask: np.ndarray  # [B, T] bool
    labels: np.ndarray  # [heads, B, T]
    cues: np.ndarray  # [C, 3]: window, first piece, last piece (inclusive)
    links: np.ndarray  # [C, 2, T] bool: in the cue's content, in its source
    sentences: np.ndarray  # [B, T] running numbers
    paragraphs: np.ndarray
    meanings: np.ndarray  # [M, 4]: window, first, last (exclusive), row of the targets


def collate(group: list[Window], pieces: Pieces, rng: random.Random) -> Batch:
    """Return one batch; every window is framed by the special pieces and padded to the longest."""
    longest = max(w.end - w.start for w in group) + 2
    shape = (len(group), longest)
    ids = np.full(shape, pieces.pad, np.int64)
    shapes, gaps, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, bool)
    sentences, paragraphs = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    labels = np.full((len(LABELS), *shape), IGNORE, np.int64)
    cues, links, meanings = [], [], []
    for row, w in enumerate(group):
        size = w.end - w.start
        ids[row, 0], ids[row, size + 1] = pieces.first, pieces.last
        ids[row, 1 : size + 1] = w.doc.ids[w.start : w.end]
        shapes[row, 1 : size + 1] = w.doc.shapes[w.start : w.end]
        gaps[row, 1 : size + 1] = w.doc.gaps[w.start : w.end]
        sentences[row, 1 : size + 1] = w.doc.sentences[w.start : w.end]
        paragraphs[row, 1 : size + 1] = w.doc.paragraphs[w.start : w.end]
        mask[row, : size + 2] = True
        labels[:, row, 1 : size + 1] = w.doc.labels[:, w.start : w.end]
        for first, last, contents, sources in w.doc.cues:
            if w.start <= first and last <= w.end:
                a, b = first - w.start + 1, last - w.start
                if b > a and rng.random() < 0.3:  # the reader may find a part of the cue only
                    a, b = sorted((rng.randint(a, b), rng.randint(a, b)))
                target = np.zeros((2, longest), bool)
                for kind, spans in enumerate((contents, sources)):
                    for s, e in spans:
                        target[kind, max(0, s - w.start) + 1 : max(0, min(e, w.end) - w.start) + 1] = True
                cues.append((row, a, b))
                links.append(target)
        for s, e, target_row in w.doc.meanings:
            if w.start <= s < e <= w.end:
                meanings.append((row, s - w.start + 1, e - w.start + 1, target_row))
    return Batch(
        ids, shapes, gaps, mask, labels,
        np.array(cues, np.int64).reshape(-1, 3),
        np.array(links, bool).reshape(-1, 2, longest),
        sentences,
        paragraphs,
        np.array(meanings, np.int64).reshape(-1, 4),
    )  # fmt: skip
