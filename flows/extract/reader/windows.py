"""Windows of a text that the reader sees one at a time: whole paragraphs as far as they fit, every piece kept once."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from flows.extract.reader.limits import LIMITS
from flows.extract.reader.reading import Encoded
from flows.extract.reader.token_features import sentence_numbers


class Window(NamedTuple):
    """Pieces start … end - 1 of a text, of which first … last - 1 are kept; the others are context."""

    start: int
    end: int
    first: int
    last: int


def plan_windows(coded: Encoded, room: int, context: int) -> Iterator[Window]:
    """Plan windows of at most `room` pieces (more than twice `context`).

    A window ends with the last paragraph that fits, and the next one starts there: a paragraph seen whole and from one
    window, as in training, is read better than one that is half seen behind the end of another. Where no paragraph
    begins in the second half of the room, the next window takes over at the last sentence, or inside one, and sees
    `context` pieces more in front of it.
    """
    length = len(coded.ids)
    sentences = np.zeros(0, np.int64)
    if length > room:
        sentences = np.flatnonzero(np.diff(sentence_numbers(coded.shapes, coded.gaps), prepend=0))
    start = first = 0
    while start + room < length:
        limit = start + room
        near = sentences[slice(*np.searchsorted(sentences, (limit - room // 2, limit), "right"))]
        paragraphs = near[coded.gaps[near] >= LIMITS.paragraph_gap]
        if len(paragraphs):
            seam = int(paragraphs[-1])
            yield Window(start, seam, first, seam)
            start = first = seam
            continue
        near = near[near <= limit - context // 2]
        seam = int(near[-1]) if len(near) else limit - context // 2
        yield Window(start, limit, first, seam)
        start, first = seam - context, seam
    if length:
        yield Window(start, length, first, length)
