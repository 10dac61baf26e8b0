"""Windows of documents as arrays of one shape, made once by many processes and read by batches on one device."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from flows.extract.reader.model import Pieces
from flows.train.data.corpora import IGNORE, LABELS, SIZE, Document, Window, windows
from flows.train.data.labels import label

MOST_CUES = 16
"""Cues kept of one window; one in a thousand windows of news has more."""
_SHORTENED = 0.3
"""How often a cue of several pieces is taught by a part of it: the reader may find no more."""


def arrays_of(documents: list[Document], pieces: Pieces, noise: bool, seed: str) -> dict[str, np.ndarray]:
    """Return the windows of documents, a row each.

    ids, shapes, gaps, sentences, paragraphs [N, SIZE]; labels [N, heads, SIZE]; cues [N, MOST_CUES, 2]: first and last
    piece; count [N]: of cues; links [N, MOST_CUES, 2, SIZE / 8]: packed bits, in the cue's content, in its source;
    size [N]: pieces; annotated [N]: whether people marked attributions there.
    """
    rows = []
    for number, document in enumerate(documents):
        rng = random.Random(f"{seed}/{number}")  # noqa: S311 - noise of training, no secret
        labelled = label(document, pieces, rng if noise else None)
        marked = {"annotated": np.array(document.attributions is not None)}
        rows += [_row(window, pieces, rng) | marked for window in windows(labelled, rng)]
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def _row(window: Window, pieces: Pieces, rng: random.Random) -> dict[str, np.ndarray]:
    doc, start, end = window.doc, window.start, window.end
    inner = slice(1, end - start + 1)
    ids, labels = np.full(SIZE, pieces.pad, np.uint16), np.full((len(LABELS), SIZE), IGNORE, np.int8)
    ids[0], ids[inner.stop] = pieces.first, pieces.last
    ids[inner] = doc.ids[start:end]
    labels[:, inner] = doc.labels[:, start:end]
    row: dict[str, np.ndarray] = {"ids": ids, "labels": labels}
    for name in ("shapes", "gaps", "sentences", "paragraphs"):
        values = getattr(doc, name)[start:end]
        row[name] = np.zeros(SIZE, np.uint8)
        row[name][inner] = values - (values[0] if name in ("sentences", "paragraphs") else 0)
    cues, links = np.zeros((MOST_CUES, 2), np.int16), np.zeros((MOST_CUES, 2, SIZE), bool)
    found = [cue for cue in doc.cues if start <= cue[0] and cue[1] <= end][:MOST_CUES]
    for number, (first, last, contents, sources) in enumerate(found):
        a, b = first - start + 1, last - start
        if b > a and rng.random() < _SHORTENED:
            a, b = sorted((rng.randint(a, b), rng.randint(a, b)))
        cues[number] = a, b
        for kind, spans in enumerate((contents, sources)):
            for s, e in spans:
                links[number, kind, max(0, s - start) + 1 : max(0, min(e, end) - start) + 1] = True
    row |= {"cues": cues, "links": np.packbits(links, axis=-1), "count": np.array(len(found), np.int8)}
    return row | {"size": np.array(end - start + 2, np.int16)}


class Windows:
    """Windows on a device; with `taught` and `link_scores` where teachers have read them."""

    def __init__(self, files: list[Path], device: str):
        parts = [np.load(file) for file in files]
        self.device = device
        self.arrays = {
            name: self._tensor(np.concatenate([part[name] for part in parts])).to(device) for name in parts[0].files
        }

    @staticmethod
    def _tensor(values: np.ndarray) -> Tensor:
        return torch.from_numpy(values.astype(np.int32) if values.dtype == np.uint16 else values)

    def __len__(self) -> int:
        return len(self.arrays["ids"])

    def batch(self, rows: Tensor) -> dict[str, Tensor]:
        """Return the windows of some rows, and what is real of them: `mask` [B, SIZE] and `valid` [B, MOST_CUES]."""
        found = {name: values[rows] for name, values in self.arrays.items()}
        for name in ("ids", "shapes", "gaps", "sentences", "paragraphs", "labels", "cues"):
            found[name] = found[name].long()
        shift = torch.arange(7, -1, -1, device=self.device, dtype=torch.uint8)
        found["links"] = ((found["links"][..., None] >> shift) & 1).flatten(-2).bool()
        found["mask"] = torch.arange(SIZE, device=self.device) < found["size"][:, None]
        found["valid"] = torch.arange(MOST_CUES, device=self.device) < found["count"][:, None]
        return found

    def shuffled(self, size: int) -> Iterator[Tensor]:
        """Yield all rows in random order, `size` at a time."""
        order = torch.randperm(len(self), device=self.device)
        yield from (rows for rows in order.split(size) if len(rows) == min(size, len(self)))


def runs_of_cues(probability: np.ndarray, mask: np.ndarray, cue: float = 0.4) -> tuple[np.ndarray, np.ndarray]:
    """Cues [N, MOST_CUES, 2] and their number [N] where a cue head's probabilities [N, SIZE, 3] say that they are.

    The rule is the reader's own (`flows.extract.attribution.cue_linking.find_cues`), piece by piece.
    """
    inside = np.where(mask, 1 - probability[..., 0], 0)
    member = inside > 0.75 * cue
    opens = (probability[..., 1] > probability[..., 2]) & (probability[..., 1] > 0.5)
    starts = member & (~np.pad(member, ((0, 0), (1, 0)))[:, :-1] | opens)
    ends = member & ~np.pad(member & ~starts, ((0, 0), (0, 1)))[:, 1:]
    cues, count = np.zeros((len(inside), MOST_CUES, 2), np.int16), np.zeros(len(inside), np.int8)
    places: Any = zip(*np.nonzero(starts), np.nonzero(ends)[1], strict=True)
    for row, first, last in places:
        if count[row] < MOST_CUES and inside[row, first : last + 1].max() >= cue:
            cues[row, count[row]] = first, last
            count[row] += 1
    return cues, count
