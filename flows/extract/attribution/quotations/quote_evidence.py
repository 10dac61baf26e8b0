"""What quotation marks say about whose words they hold, put into the scores that choose an owner.

Three things are certain enough to be said: the words of one quotation belong to one speaker; a quotation that a verb
of speech touches within its sentence ("…," the warden said; the warden said, "…") belongs to that verb; and a verb
right before the quotation of a clause (a banner reading "…") is one of speech where the reader half thinks so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from flows.extract.attribution.quotations.quotation_layout import QuotationLayout
from flows.extract.attribution.quotations.quotation_marks import Quote
from flows.extract.attribution.quotations.quotation_speakers import Voice
from flows.extract.attribution.reports.stances import governing
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.reader.name_decoding import named
from flows.extract.reader.reading import Reading, mean
from flows.extract.reader.token_features import SHAPES
from flows.extract.syntax.sentences import NOUN_PHRASE
from flows.extract.syntax.tags import RELATIVE
from flows.spans import SortedSpans, Span

_PARTICLES = frozenset({"RP", "IN", "RB"})
_STOP = SHAPES.index("stop")
_LOWER = SHAPES.index("lower")
_SHORT_NAMES = (SHAPES.index("Title"), SHAPES.index("Initial"))


class QuoteStrengths(NamedTuple):
    """How much each kind of evidence counts, in log odds, but for `smoothing`, a share (`Decoding` in cue_linking)."""

    beside: float
    other_sentence: float
    smoothing: float


def add_quote_evidence(
    layout: QuotationLayout,
    voices: Sequence[Voice],
    cues: list[tuple[int, int]],
    emissions: list[np.ndarray],
    bounds: list[tuple[int, int]],
    strengths: QuoteStrengths,
) -> None:
    """Change the emissions of each cue by what marks, sentences and paragraphs say.

    voices: whose each quotation is.
    """
    reading = layout.reading
    quoted = [(quotation.first, quotation.last) for quotation in layout.quotations]
    outside = np.ones(len(reading), bool)
    for a, b in quoted:
        outside[a:b] = False
    for number, ((a, b), (low, high), emission) in enumerate(zip(cues, bounds, emissions, strict=True)):
        elsewhere = reading.sentences[low:high] != reading.sentences[a]
        emission[elsewhere & outside[low:high]] -= strengths.other_sentence
        emission[a - low : b - low] = THRESHOLDS.own_cue
        smooth_within_quotations(emission, low, quoted, strengths.smoothing)
        within = layout.within_reach(a, low, high)
        emission[outside[low:high] & ~within] = THRESHOLDS.not_owned
        for quote in layout.overlapping(low, high):
            first, last = (max(0, at - low) for at in quoted[quote])
            if _barred(voices[quote], number, bool(within[first])):
                emission[first:last] = THRESHOLDS.not_owned
            elif number in voices[quote].cues:
                emission[first:last] += strengths.beside * (1 if voices[quote].beside else THRESHOLDS.continuing_share)


def _barred(voice: Voice, number: int, within: bool) -> bool:
    """Tell whether a cue cannot own a quotation: another one speaks it, or it stands out of the cue's reach."""
    return number not in voice.cues and (voice.only or not within)


def decided_words(layout: QuotationLayout, voices: Sequence[Voice]) -> np.ndarray:
    """Tell of each word whether it stands in a quotation that only certain cues, or none, may own."""
    decided = np.zeros(len(layout.words), bool)
    for quotation, voice in zip(layout.quotations, voices, strict=True):
        if voice.only:
            decided[quotation.first : quotation.last] = True
    return decided


def quoted_words(reading: Reading, quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    """Return the words of the certain quotations, half-open runs in order."""
    return [reading.words_in(quote.start, quote.end) for quote in quotes if quote.certain]


def with_introducing_verbs(
    reading: Reading, quoted: list[tuple[int, int]], cues: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the cues and the verbs that introduce quotations, in order."""
    taken = {at for first, last in cues for at in range(first, last)}
    probability = 1 - reading.heads["cue"][:, 0]
    tags = reading.tags() if quoted else []
    found = list(cues)
    least = THRESHOLDS.introduced_words + len("“”")
    for first, last in quoted:
        verb = first - 1
        if verb > 0 and reading.text[reading.starts[verb]] in ",:":
            verb -= 1
        if verb < 0 or verb in taken or reading.gaps[first] >= 2 or last - first < least:
            continue
        if probability[verb] >= THRESHOLDS.introducing_probability and tags[verb].startswith("VB"):
            found.append((verb, verb + 1))
    return sorted(found)


def with_inverted_verbs(
    reading: Reading, quoted: list[tuple[int, int]], cues: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the cues and the verbs, whichever they are, between a quotation that its sentence goes on behind and the
    person who spoke: "“…,” [chuckled] wicketkeeper Bo Aas".
    """
    taken = {at for first, last in cues for at in range(first, last)}
    tags = reading.tags() if quoted else []
    found = list(cues)
    persons: SortedSpans | None = None
    for _, verb in quoted:
        if verb >= len(reading) - 1 or verb in taken or reading.gaps[verb] >= 2:
            continue
        surface = reading.text[reading.starts[verb] : reading.ends[verb]]
        if tags[verb] not in {"VBD", "VBZ"} and not surface.endswith("ed"):  # of rare verbs taggers make participles
            continue
        if reading.text[reading.starts[verb - 2]] not in ",?!" or reading.shapes[verb] != _LOWER:
            continue
        end = verb + 1 + (tags[verb + 1] in _PARTICLES)  # "chipped [in] Bo Aas"
        while end < len(reading) and tags[end] in NOUN_PHRASE and reading.gaps[end] < 2:
            end += 1
        if persons is None:
            persons = SortedSpans(Span(n.start, n.end) for n in named(reading) if n.entity_type == "PERSON")
        if end > verb + 1 and persons.touching(*reading.span(verb + 1, end)):
            found.append((verb, verb + 1))
    return sorted(found)


def cues_beside_quotations(layout: QuotationLayout, cues: list[tuple[int, int]]) -> list[list[int]]:
    """Return for each quotation the cues, by number, that stand in its sentence next to it."""
    reading = layout.reading
    quoted = [(quotation.first, quotation.last) for quotation in layout.quotations]
    starts = [first for first, _ in cues]
    found: list[list[int]] = [[] for _ in quoted]
    nearest = THRESHOLDS.cue_to_quotation_words
    for number, (first, last) in enumerate(quoted):
        before = bisect_right(starts, first) - 1
        if before >= 0:
            end = cues[before][1]
            free = number == 0 or quoted[number - 1][1] <= end
            if free and end <= first and first - end <= nearest and _one_sentence(reading, end, first):
                found[number].append(before)
        after = _speaking_cue(layout, cues, bisect_left(starts, last), last + nearest)
        if after < len(cues) and _closes_with_comma(reading, last):
            begin = cues[after][0]
            free = number + 1 == len(quoted) or quoted[number + 1][0] >= begin
            if free and begin - last <= nearest and _one_sentence(reading, last, begin):
                found[number].append(after)
    return found


def _speaking_cue(layout: QuotationLayout, cues: list[tuple[int, int]], after: int, limit: int) -> int:
    """Return the first cue from a number on that is no verb about the speaker: `the aide [who wished to stay] said`."""
    for number in range(after, len(cues)):
        first = cues[number][0]
        if first > limit:
            break
        verb = first - len(governing(layout.words, first))
        if not (verb and layout.words[verb - 1].tag in RELATIVE):
            return number
    return after


def _closes_with_comma(reading: Reading, last: int) -> bool:
    """Tell whether the sentence goes on after the quotation: it ends in no full stop, or a small letter follows."""
    if last >= len(reading):
        return False
    inner = last - 2
    full = inner >= 0 and reading.text[reading.starts[inner]] == "."
    return not full or bool(reading.shapes[last] == _LOWER)


def _one_sentence(reading: Reading, first: int, last: int) -> bool:
    """Whether no sentence and no line ends among the words first … last - 1, nor at the word `last`."""
    for at in range(first, last + 1):
        colon = at > 0 and reading.text[reading.starts[at - 1]] == ":"
        if at < len(reading) and reading.gaps[at] >= 2 and not colon:
            return False
        if at < last and reading.shapes[at] == _STOP and at + 1 < len(reading) and reading.gaps[at + 1] >= 1:
            short = at > 0 and reading.ends[at - 1] - reading.starts[at - 1] <= THRESHOLDS.abbreviation_letters
            if reading.shapes[at + 1] != _LOWER and not (short and reading.shapes[at - 1] in _SHORT_NAMES):
                return False
    return True


def smooth_within_quotations(emission: np.ndarray, low: int, quoted: list[tuple[int, int]], share: float) -> None:
    """Move the emissions of each quotation's words towards their mean: one cue owns all of them or none.

    A quotation that the cue reaches only in part is not the cue's.
    """
    high = low + len(emission)
    first = bisect_left(quoted, (low, low))
    if first and quoted[first - 1][1] > low:
        emission[: quoted[first - 1][1] - low] = THRESHOLDS.not_owned
    for a, b in quoted[first:]:
        if a >= high:
            break
        part = emission[a - low : min(b, high) - low]
        if b > high:
            part[:] = THRESHOLDS.not_owned
        else:
            part += share * (mean(part) - part)
