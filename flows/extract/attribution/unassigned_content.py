"""Words that are surely somebody's content and that decoding left without a cue: they go on with the content beside
them.

A sentence in a content may hold a verb of saying of its own ("it will show that …"), towards which the reader links
what follows; where that verb is no cue of its own, the words would be lost. On PolNeAR's development part, of 33 such
runs beside a content 28 belong to it.
"""

import numpy as np

from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.reader.reading import Reading


def with_unassigned(reading: Reading, owners: np.ndarray, decided: np.ndarray | None = None) -> np.ndarray:
    """Return the owner of each word [W] (-1: none), sure runs given to the content before, else to the one after.

    decided [W]: words of which the quotation marks have told whose they are; None where there are no marks.
    """
    found = owners.copy()
    gap = THRESHOLDS.unassigned_gap_words
    content = 1 - reading.heads["content"][:, 0]
    if decided is not None:
        content[decided] = 0.0
    for first, last in _sure_runs(content, owners):
        before = range(first - 1, max(-1, first - 2 - gap), -1)
        after = range(last, min(len(found), last + 1 + gap))
        for places, edge in ((before, first), (after, last - 1)):
            at = _nearest(reading, found, places, edge)
            if at is not None:
                found[first:last] = found[at]
                between = slice(min(last, at), max(first, at))
                if (content[between] >= THRESHOLDS.gap_probability).all():
                    found[between] = found[at]
                break
    return found


def _sure_runs(content: np.ndarray, owners: np.ndarray) -> list[tuple[int, int]]:
    """Return half-open runs of words without an owner that are content."""
    free = (owners < 0) & (content >= THRESHOLDS.unassigned_probability)
    least = THRESHOLDS.unassigned_words
    if np.count_nonzero(free) < least:
        return []
    framed = np.zeros(len(free) + 2, bool)
    framed[1:-1] = free
    edges = np.flatnonzero(framed[1:] != framed[:-1]).reshape(-1, 2)
    return [(a, b) for a, b in edges.tolist() if b - a >= least]


def _nearest(reading: Reading, owners: np.ndarray, places: range, edge: int) -> int | None:
    """Return the first of the places that has an owner and is in the sentence of `edge`."""
    return next((at for at in places if owners[at] >= 0 and reading.sentences[at] == reading.sentences[edge]), None)
