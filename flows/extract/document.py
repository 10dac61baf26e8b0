"""One article from its reading to rows: names, attributions, who speaks, narrated claims, and what each claim says.

The table of contents of extraction: every column of `FoundMentions` and `FoundClaims` is filled here, from the
module that is named in the line.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from math import sqrt
from operator import add, attrgetter
from typing import TypedDict

import numpy as np

from flows.extract.attribution.attributions import Attribution, attributions
from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.date_expressions import find_dates
from flows.extract.claims.narrated_claims import find_narrated
from flows.extract.claims.quantities import find_quantities
from flows.extract.mentions.find_mentions import Mention, find_mentions
from flows.extract.mentions.gazetteer import Gazetteer
from flows.extract.reader.name_decoding import named
from flows.extract.reader.reading import Reading
from flows.extract.speakers.resolve_speakers import Reference, resolve_speakers
from flows.extract.syntax.clauses import FINITE
from flows.extract.syntax.polarity_and_modality import main_clause, modality, polarity
from flows.extract.syntax.sentences import Word, sentences, words_of
from flows.settings import ExtractSettings
from flows.spans import Span, envelope, joined
from schemas import ids
from schemas.statements import render
from schemas.vocabularies import Attribution as Voice
from schemas.vocabularies import MentionType, StatementPart


class Range(TypedDict):
    """A half-open range of code points, as a list element of a row."""

    start_char: int
    end_char: int


class Part(TypedDict):
    """A part of a statement, as a list element of a row: `schemas.claims.StatementParts`."""

    start_char: int
    end_char: int
    kind: str


class MentionRow(TypedDict):
    """A row of `schemas.stages.FoundMentions`."""

    article_id: str
    start_char: int
    end_char: int
    surface: str
    mention_type: str
    entity_type: str
    antecedent_start_char: int | None
    antecedent_end_char: int | None
    role: str | None


class ClaimRow(TypedDict):
    """A row of `schemas.stages.FoundClaims`."""

    article_id: str
    attribution_id: str | None
    start_char: int
    end_char: int
    spans: list[Range]
    text: str
    statement: str
    statement_parts: list[Part]
    context_start_char: int
    context_end_char: int
    attribution: str
    speaker_surface: str | None
    speaker_start_char: int | None
    speaker_end_char: int | None
    speaker_antecedents: list[Range]
    cue: str | None
    cue_start_char: int | None
    cue_end_char: int | None
    polarity: str
    modality: str
    finite: bool
    quantities: list[dict[str, float | str | None]]
    dates: list[dict[str, str]]
    said_on: date | None
    confidence: float
    meaning: bytes  # signed, one a number


@dataclass(frozen=True)
class Found:
    """What one article holds."""

    mentions: list[MentionRow]
    claims: list[ClaimRow]


@dataclass(frozen=True)
class _Content:
    """What a claim says, whoever says it: filled alike for attributed and for narrated claims."""

    reading: Reading
    words: list[Word]
    starts: list[int]
    sentences: list[Span]
    published_on: date | None

    def words_in(self, spans: Sequence[Span]) -> list[Word]:
        """The words of the content."""
        inside: list[Word] = []
        for span in spans:
            inside += self.words[bisect_left(self.starts, span.start) : bisect_right(self.starts, span.end - 1)]
        return inside

    def row(self, article_id: str, spans: Sequence[Span], voice: str, confidence: float) -> ClaimRow:
        """The row of a claim, its speaker and cue still open."""
        text = self.reading.text
        whole, content = envelope(spans), joined(text, spans)
        words = self.words_in(spans)
        main = main_clause(words)
        pieces = [span.of(text) for span in spans]
        parts = [Part(start_char=s.start, end_char=s.end, kind=StatementPart.VERBATIM.value) for s in spans]
        context = self._context(whole)
        return ClaimRow(
            article_id=article_id,
            attribution_id=None,
            start_char=whole.start,
            end_char=whole.end,
            spans=[Range(start_char=span.start, end_char=span.end) for span in spans],
            text=content,
            statement=render(text, parts),
            statement_parts=parts,
            context_start_char=context.start,
            context_end_char=context.end,
            attribution=voice,
            speaker_surface=None,
            speaker_start_char=None,
            speaker_end_char=None,
            speaker_antecedents=[],
            cue=None,
            cue_start_char=None,
            cue_end_char=None,
            polarity=polarity(words, main),
            modality=modality(words, main),
            finite=any(word.tag in FINITE for word in words),
            quantities=[
                {**quantity._asdict(), "bound": None, "base_value": None, "base_unit": None}
                for piece in pieces
                for quantity in find_quantities(piece)
            ],
            dates=[
                {"iso": iso, "surface": surface}
                for piece in pieces
                for iso, surface in find_dates(piece, self.published_on)
            ],
            said_on=None,
            confidence=confidence,
            meaning=self._meaning(spans),
        )

    def _context(self, whole: Span) -> Span:
        """The sentences around a content: from the one before its first to the one after its last."""
        first = max(0, bisect_right(self.sentences, whole.start, key=attrgetter("start")) - 2)
        last = min(len(self.sentences) - 1, bisect_left(self.sentences, whole.end, key=attrgetter("start")))
        return Span(min(self.sentences[first].start, whole.start), max(self.sentences[last].end, whole.end))

    def _meaning(self, spans: Sequence[Span]) -> bytes:
        """The pieces' vectors, weighed by their length, scaled to -127..127."""
        total = reduce(add, (self.reading.meaning(span.start, span.end) * (span.end - span.start) for span in spans))
        size = sqrt(total.dot(total))
        return np.rint(total / size * 127 if size else total).astype(np.int8).tobytes()


def extract_document(
    article_id: str,
    reading: Reading,
    decoding: Decoding,
    published_on: date | None,
    gazetteer: Gazetteer,
    settings: ExtractSettings,
) -> Found:
    """Mentions and claims of one article, in order of the text. A pure function of its arguments."""
    text = reading.text
    mentions = find_mentions(text, named(reading), gazetteer)
    words = words_of(reading)
    attributed = [a for a in attributions(reading, decoding, words) if a.confidence >= settings.min_confidence]
    references, speakers = resolve_speakers(text, attributed, mentions)
    ranges = [Span(sentence[0].start, sentence[-1].end) for sentence in sentences(text, words)]
    content = _Content(reading, words, [word.start for word in words], ranges, published_on)
    claims = [
        _attributed(content, article_id, attribution, speaker)
        for attribution, speaker in zip(attributed, speakers, strict=True)
    ]
    if settings.narrated:
        claims += [
            content.row(article_id, claim.spans, Voice.NARRATED, claim.confidence)
            for claim in find_narrated(text, reading, attributed, mentions, words)
            if claim.confidence >= settings.min_confidence
        ]
    claims.sort(key=lambda row: (row["start_char"], row["end_char"], row["cue_start_char"] or -1))
    return Found(_mention_rows(article_id, text, mentions, references), _distinct(claims))


def _attributed(content: _Content, article_id: str, found: Attribution, speaker: Mention | None) -> ClaimRow:
    """The row of an attribution: content, then source and cue, then the named mention that the source is."""
    row = content.row(article_id, found.spans, Voice(found.kind), found.confidence)
    text = content.reading.text
    if found.source:
        row["speaker_surface"] = found.source.of(text)
        row["speaker_start_char"], row["speaker_end_char"] = found.source
    if speaker:
        row["speaker_antecedents"] = [Range(start_char=speaker.start, end_char=speaker.end)]
    if found.cue:
        row["cue"] = found.cue.of(text)
        row["cue_start_char"], row["cue_end_char"] = found.cue
    row["attribution_id"] = ids.attribution_id(article_id, found.spans, found.source, found.cue)
    return row


def _distinct(claims: list[ClaimRow]) -> list[ClaimRow]:
    """Claims without the second of two that say the same of the same place."""
    seen, kept = set(), []
    for row in claims:
        place = (
            tuple((s["start_char"], s["end_char"]) for s in row["spans"]),
            row["speaker_start_char"],
            row["speaker_end_char"],
            row["cue_start_char"],
            row["cue_end_char"],
        )
        if place not in seen:
            seen.add(place)
            kept.append(row)
    return kept


def _mention_rows(
    article_id: str, text: str, names: Sequence[Mention], references: Sequence[Reference]
) -> list[MentionRow]:
    """Rows of names, and of descriptions and pronouns whose name is known; one row a range, names first."""
    rows = [
        MentionRow(
            article_id=article_id,
            start_char=name.start,
            end_char=name.end,
            surface=name.span.of(text),
            mention_type=MentionType.NAME,
            entity_type=name.entity_type,
            antecedent_start_char=None,
            antecedent_end_char=None,
            role=name.role,
        )
        for name in names
    ]
    taken = {name.span for name in names}
    for reference in references:
        if reference.span in taken:
            continue
        taken.add(reference.span)
        rows.append(
            MentionRow(
                article_id=article_id,
                start_char=reference.span.start,
                end_char=reference.span.end,
                surface=reference.span.of(text),
                mention_type=reference.mention_type,
                entity_type=reference.antecedent.entity_type,
                antecedent_start_char=reference.antecedent.start,
                antecedent_end_char=reference.antecedent.end,
                role=None,
            )
        )
    return sorted(rows, key=lambda row: (row["start_char"], row["end_char"]))
