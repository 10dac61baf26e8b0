"""From probabilities to attributions in words: cues, the content each cue owns, and its source.

Every cue is one attribution (as in Penn Attribution Relations and PolNeAR). Which words each cue owns is one path
over the text (`viterbi.py`) whose emissions are the reader's link scores and content probabilities.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from flows.extract.attribution.quotations.quotation_layout import QuotationLayout
from flows.extract.attribution.quotations.quotation_marks import Quote
from flows.extract.attribution.quotations.quotation_speakers import QuotationSpeakers, Voice
from flows.extract.attribution.quotations.quote_evidence import (
    QuoteStrengths,
    add_quote_evidence,
    cues_beside_quotations,
    decided_words,
    quoted_words,
    with_introducing_verbs,
    with_inverted_verbs,
)
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.attribution.unassigned_content import with_unassigned
from flows.extract.attribution.viterbi import assign
from flows.extract.reader.reading import Reading, mean
from flows.extract.syntax.indexed_words import IndexedWords
from flows.probabilities import log_odds, logistic

FEATURES = ("content", "cue", "source", "weakest content", "length", "no source", "source where none")
"""What the confidence of an attribution is computed from, in the order of its calibration."""


@dataclass(frozen=True)
class Decoding:
    """What decoding is tuned by: kept in reader.json, fitted on annotated text that training did not see."""

    cue: float = 0.4  # least probability of a cue's best word
    link_weight: float = 0.2  # of a link score (log odds) in the emissions
    owner_weight: float = 0.7  # of the log share that a cue has among all cues nearby
    content_weight: float = 0.8  # of the content head's log odds
    content_shift: float = 0.0  # added to every emission: above zero for recall
    change: float = 2.0  # what a change of owner costs
    least_content: float = 0.5  # mean probability below which a content is dropped
    source: float = 0.3  # least probability of a source's best word
    source_link_weight: float = 0.8
    source_weight: float = 0.4
    source_edge: float = 0.4  # words of a source have at least this probability
    touching: float = 6.0  # added to the words of a quotation that the cue touches
    paragraph: float = 2.0  # taken from a link for every paragraph beyond the neighbouring ones
    other_sentence: float = 1.0  # taken from words outside quotations and outside the cue's sentence
    quote_pooling: float = 0.7  # how far the words of one quotation are moved towards their mean
    keep: float = 0.0  # least confidence of an attribution
    nested: float = 0.9  # least mean probability of a content inside another cue's content
    # bias, then the weights of FEATURES
    calibration: tuple[float, ...] = (-1.0, 0.3, 0.3, 0.3, 0.2, 0.0, 0.0, 0.0)

    @classmethod
    def of(cls, values: dict) -> "Decoding":
        """Take what reader.json says; names that this version does not know are left aside."""
        known = {field.name for field in fields(cls)}
        kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k in known}
        return cls(**kept)


@dataclass
class Linked:
    """One attribution in word numbers (half-open): the runs of its content, its source, its cue."""

    content: list[tuple[int, int]]
    source: tuple[int, int] | None
    cue: tuple[int, int]
    nested: bool
    features: np.ndarray


def runs(member: np.ndarray, begins: np.ndarray | None = None) -> list[tuple[int, int]]:
    """Return half-open runs of True; also cut where `begins` is True."""
    found, start = [], -1
    for at, inside in enumerate(member.tolist()):
        if start >= 0 and (not inside or (begins is not None and begins[at])):
            found.append((start, at))
            start = -1
        if inside and start < 0:
            start = at
    if start >= 0:
        found.append((start, len(member)))
    return found


def pieces(owners: np.ndarray) -> dict[int, list[tuple[int, int]]]:
    """Return the half-open runs of words of each owner, in order."""
    edges = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
    found: dict[int, list[tuple[int, int]]] = {}
    for first, last in pairwise(edges):
        found.setdefault(int(owners[first]), []).append((first, last))
    return found


def find_cues(reading: Reading, decoding: Decoding) -> list[tuple[int, int]]:
    """Return the runs of words that the cue head marks."""
    cue = reading.heads["cue"]
    inside = 1 - cue[:, 0]
    begins = (cue[:, 1] > cue[:, 2]) & (cue[:, 1] > 0.5)
    found = runs(inside > decoding.cue * THRESHOLDS.cue_continues, begins)
    return [(a, b) for a, b in found if inside[a:b].max() >= decoding.cue]


class Linking(NamedTuple):
    """What linking finds: an attribution for each cue that has a content, and the quotations with their voices."""

    linked: list[Linked]
    layout: QuotationLayout
    voices: list[Voice]


def link(
    reading: Reading, decoding: Decoding, quotes: Sequence[Quote] = (), indexed: IndexedWords | None = None
) -> Linking:
    """Link every cue of a reading, in order, to its content and source; no quotation is torn apart.

    indexed: its words, if known.
    """
    quoted = quoted_words(reading, quotes)
    cues = with_inverted_verbs(reading, quoted, with_introducing_verbs(reading, quoted, find_cues(reading, decoding)))
    layout = QuotationLayout(reading, IndexedWords.read(reading) if indexed is None else indexed, quotes, cues)
    voices = QuotationSpeakers(layout, cues_beside_quotations(layout, cues)).voices()
    if not cues:
        return Linking([], layout, voices)
    reach = THRESHOLDS.reach_words
    bounds = [(max(0, a - reach), min(len(reading), b + reach)) for a, b in cues]
    scores = [reading.links(a, b, low, high) for (a, b), (low, high) in zip(cues, bounds, strict=True)]
    emissions = emit(reading, cues, scores, bounds, decoding)
    strengths = QuoteStrengths(decoding.touching, decoding.other_sentence, decoding.quote_pooling)
    add_quote_evidence(layout, voices, cues, emissions, bounds, strengths)
    owners = assign(emissions, bounds, len(reading), decoding.change)
    # words that decoding left without a cue are no evidence for an attribution: they have no part in its confidence
    whole = pieces(with_unassigned(reading, owners, decided_words(layout, voices)))
    said = log_odds(1 - reading.heads["source"][:, 0])
    found = []
    for number, (cue, (low, high), score) in enumerate(zip(cues, bounds, scores, strict=True)):
        probability = logistic(emissions[number])
        own = owners[low:high] == number
        nested = not own.any()
        if nested:
            own = nested_content(probability, decoding)
        content_probability = probability[own]
        strength = float(mean(content_probability)) if len(content_probability) else 0.0
        if strength < decoding.least_content:
            continue
        links = np.where(own, THRESHOLDS.own_source, score[1])  # nobody quotes himself
        odds = decoding.source_link_weight * links + decoding.source_weight * said[low:high]
        likely = logistic(odds)
        likely[layout.paragraphs[low:high] != layout.paragraphs[cue[0]]] = 0.0  # a speaker stands beside the cue
        source, source_strength = find_source(reading, likely, low, cue, decoding)
        cue_strength = float((1 - reading.heads["cue"][cue[0] : cue[1], 0]).max())
        content = whole[number] if not nested else [(a + low, b + low) for a, b in runs(own)]
        features = evidence((strength, cue_strength, source_strength), content_probability, source is None)
        found.append(Linked(content, source, cue, nested, features))
    return Linking(found, layout, voices)


def nested_content(probability: np.ndarray, decoding: Decoding) -> np.ndarray:
    """Find the best run of words for a cue whose content lies inside another cue's content, where good enough."""
    own = np.zeros(len(probability), bool)
    best = max(runs(probability > 0.5), key=lambda r: probability[r[0] : r[1]].sum(), default=None)
    if best is not None and probability[best[0] : best[1]].mean() >= decoding.nested:
        own[best[0] : best[1]] = True
    return own


def emit(
    reading: Reading,
    cues: list[tuple[int, int]],
    scores: list[np.ndarray],
    bounds: list[tuple[int, int]],
    decoding: Decoding,
) -> list[np.ndarray]:
    """Return for each cue the log odds that a word in its reach is its content rather than nobody's.

    Three things are weighed: the content head; the cue's own link score; and how the word divides itself among
    the cues that reach it, which says whose it is without saying whether it is anybody's.
    """
    content_odds = log_odds(1 - reading.heads["content"][:, 0])
    total = np.full(len(reading), -np.inf, np.float32)
    for number, (score, (low, high)) in enumerate(zip(scores, bounds, strict=True)):
        away = np.abs(reading.paragraphs[low:high] - reading.paragraphs[cues[number][0]])
        score[0] -= decoding.paragraph * np.maximum(away - 1, 0)
        total[low:high] = np.logaddexp(total[low:high], score[0])
    return [
        decoding.link_weight * score[0]
        + decoding.content_weight * content_odds[low:high]
        + decoding.owner_weight * (score[0] - total[low:high])
        + decoding.content_shift
        for score, (low, high) in zip(scores, bounds, strict=True)
    ]


def evidence(strengths: tuple[float, float, float], content: np.ndarray, no_source: bool) -> np.ndarray:
    """Return what an attribution's confidence is computed from, FEATURES in order."""
    odds = log_odds(np.array(strengths))
    weakest = log_odds(lowest_tenth(content))
    return np.array([*odds, weakest, np.log(len(content)), float(no_source), odds[2] * no_source])


def lowest_tenth(values: np.ndarray) -> np.floating:
    """Return the value that a tenth of the values are below: numpy.quantile(values, 0.1), without its general forms."""
    ordered = np.sort(values)
    place = (len(ordered) - 1) * 0.1
    below = int(place)
    low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
    share, step = place - below, high - low
    return low + step * share if share < 0.5 else high - step * (1 - share)


def find_source(
    reading: Reading, probability: np.ndarray, low: int, cue: tuple[int, int], decoding: Decoding
) -> tuple[tuple[int, int] | None, float]:
    """Find the source of a cue as a run of words, and the probability of its best word.

    `probability` says of the words from `low` on how likely each is of the source; that of the cue is set to none.
    """
    probability[cue[0] - low : cue[1] - low] = 0.0
    best = int(probability.argmax())
    strength = float(probability[best])
    if strength < decoding.source:
        return None, strength
    head = reading.heads["source"]

    def begins(at: int) -> bool:
        _, begin, inside = head[low + at]
        return bool(begin > inside and begin > 0.5)

    first = last = best
    while first > 0 and not begins(first) and probability[first - 1] >= decoding.source_edge:
        first -= 1
    while last + 1 < len(probability) and not begins(last + 1) and probability[last + 1] >= decoding.source_edge:
        last += 1
    return (first + low, last + 1 + low), strength
