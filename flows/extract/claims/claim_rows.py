"""Rows of claims: a proposition of an article with its statement, its speaker and cue, and what it says."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from math import sqrt
from operator import add
from typing import TypedDict

import numpy as np

from flows.extract.attribution.attribution import Attribution, Stance
from flows.extract.claims.completed_clauses import NarratedClaim
from flows.extract.claims.dates.date_expressions import find_dates
from flows.extract.claims.dates.direction import Direction, direction
from flows.extract.claims.dates.reference_days import ReferenceDays
from flows.extract.claims.no_assertions import asserts_nothing, is_bare
from flows.extract.claims.propositions import Proposition, divide, with_neighbours
from flows.extract.claims.quantities.find_quantities import find_quantities
from flows.extract.claims.quoted_sentences import sentences_of
from flows.extract.claims.statements.described_sources import expletive
from flows.extract.claims.statements.references import Said
from flows.extract.claims.statements.statement_quality import Around, Rated, is_fragment, quality
from flows.extract.claims.statements.statement_writer import Statement, StatementWriter
from flows.extract.reader.reading import Reading
from flows.extract.speakers.resolve_speakers import Spoken
from flows.extract.syntax.antecedents import relative_antecedent
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.main_clause import main_clause
from flows.extract.syntax.modality import modality
from flows.extract.syntax.polarity import polarity
from flows.extract.syntax.sentences import Word, has_finite, speech_verbs
from flows.extract.syntax.tags import RELATIVE
from flows.spans import Span, envelope, joined, trim
from schemas import ids
from schemas.statements import render
from schemas.vocabularies import Attribution as Voice
from schemas.vocabularies import Modality, Polarity, StatementPart

_ENDS_QUOTED = frozenset({".", "!", "?", "…", ","})
"""Marks that end a quoted sentence, the comma before a verb of saying included."""


class Range(TypedDict):
    """A half-open range of code points, as a list element of a row."""

    start_char: int
    end_char: int


class Part(TypedDict):
    """A part of a statement, as a list element of a row: `schemas.claims.StatementParts`."""

    start_char: int
    end_char: int
    kind: str


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
    proposition: str | None
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
    meaning: bytes
    """Signed, one a number."""


def alone(row: ClaimRow) -> str:
    """Return the statement of a row without what was added so that it can be read alone."""
    return row["proposition"] or row["statement"]


@dataclass(frozen=True)
class ClaimRows:
    """Makes the rows of one article's claims, attributed and narrated alike."""

    article_id: str
    reading: Reading
    indexed: IndexedWords
    days: ReferenceDays
    writer: StatementWriter
    rate: Callable[[Rated], float] = quality

    def narrated(self, claim: NarratedClaim) -> ClaimRow:
        """Return the row of a claim in the publisher's own voice."""
        words = tuple(self._words_in(claim.spans))
        said = words if claim.tie is None else tuple(word for word in words if word.start != claim.tie.start)
        return self._row(
            claim.spans, Proposition(words, said or words), Said(claim.spans), Voice.NARRATED, claim.confidence
        )

    def attributed(self, spoken: Spoken[Attribution]) -> list[ClaimRow]:
        """Return the rows of an attribution, one a proposition, each with its source, its cue and its speakers."""
        text, found = self.reading.text, spoken.attribution
        said = Said(
            spans=found.spans,
            source=found.source,
            source_words=self._source_words(found),
            cue=found.cue,
            cue_words=self._words_in([found.cue]) if found.cue else (),
            speaker=spoken.speaker,
            together=len(spoken.speakers) > 1,
            quoted=found.kind == Voice.DIRECT,
            own=found.kind != Voice.INDIRECT,
            says=found.cue is not None and not speech_verbs("report").isdisjoint(found.cue.of(text).lower().split()),
            denied=found.stance is Stance.DENIES,
            open=found.stance in (Stance.DOUBTS, Stance.ASKS),
        )
        said_on = self._day(found.said_on) if found.said_on else None
        rows = []
        divided = divide(self._words_in(found.spans), sentences_of(found.spans, self.indexed))
        for proposition in with_neighbours(divided, partial(self._says_nothing_alone, said)):
            spans = _covered(text, found.spans, Span(proposition.words[0].start, proposition.words[-1].end))
            spoken_on = said_on if found.kind == Voice.DIRECT else None
            row = self._row(spans, proposition, said, Voice(found.kind), found.confidence, spoken_on)
            if found.source:
                row["speaker_surface"] = found.source.of(text)
                row["speaker_start_char"], row["speaker_end_char"] = found.source
            if found.stance is not Stance.ACTS:
                row["speaker_antecedents"] = [Range(start_char=s.start, end_char=s.end) for s in spoken.speakers]
            if found.cue:
                row["cue"] = found.cue.of(text)
                row["cue_start_char"], row["cue_end_char"] = found.cue
            if found.denied:
                row["polarity"] = Polarity.NEGATED if row["polarity"] == Polarity.AFFIRMED else Polarity.AFFIRMED
            if found.stance is Stance.ASKS:
                row["modality"] = Modality.POSSIBLE
            row["said_on"] = said_on
            row["attribution_id"] = ids.attribution_id(self.article_id, found.spans, found.source, found.cue)
            rows.append(row)
        return rows

    def _says_nothing_alone(self, said: Said, proposition: Proposition) -> bool:
        """Tell whether a proposition asserts nothing, or of what another names, nobody knows here what: "It is sad"."""
        first = next((at for at, word in enumerate(proposition.said) if word.form[0].isalnum()), 0)
        if not is_bare(proposition.said) or expletive(proposition.said, first):
            return asserts_nothing(proposition.said)
        return all(part.kind is StatementPart.VERBATIM for part in self.writer.written(proposition, said).parts)

    def _source_words(self, found: Attribution) -> Sequence[Word]:
        """Return the words of a source; of a relative pronoun those that it stands for, "[the men] who say"."""
        words = self._words_in([found.source]) if found.source else ()
        if len(words) != 1 or words[0].tag not in RELATIVE or found.cue is None:
            return words
        return relative_antecedent(self.indexed, words[0], self._words_in([found.cue])) or words

    def _day(self, span: Span) -> date | None:
        """Return the day that words name, None where they name no single one."""
        found = find_dates(span.of(self.reading.text), self.days.at(span.start))
        return date.fromisoformat(found[0][0]) if found and len(found[0][0]) == len("2024-01-31") else None

    def _row(
        self,
        spans: Sequence[Span],
        proposition: Proposition,
        said: Said,
        voice: Voice,
        confidence: float,
        spoken_on: date | None = None,
    ) -> ClaimRow:
        """Return the row of a proposition, its speaker and cue still open.

        spoken_on: the day that its relative dates count from, where it is not the article's.
        """
        text = self.reading.text
        whole, words = envelope(spans), proposition.said
        main = main_clause(words)
        pieces = [span.of(text) for span in spans]
        written = self.writer.written(proposition, said)
        parts = [Part(start_char=part.start, end_char=part.end, kind=part.kind.value) for part in written.parts]
        statement = render(text, parts)
        context = self._context(whole)
        return ClaimRow(
            article_id=self.article_id,
            attribution_id=None,
            start_char=whole.start,
            end_char=whole.end,
            spans=[Range(start_char=span.start, end_char=span.end) for span in spans],
            text=joined(text, spans),
            statement=statement,
            statement_parts=parts,
            proposition=None,
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
            finite=has_finite(words),
            quantities=[quantity._asdict() for piece in pieces for quantity in find_quantities(piece)],
            dates=[stated for span in spans for stated in self._dates(span, spoken_on)],
            said_on=None,
            confidence=round(self._rated(proposition, written, statement, said, voice, confidence, len(spans)), 4),
            meaning=self._meaning(spans),
        )

    def _dates(self, span: Span, spoken_on: date | None) -> list[dict[str, str]]:
        """Return the dates of a piece of the text, relative ones from the day of speaking or the article's."""
        day = spoken_on or self.days.at(span.start)
        found = find_dates(span.of(self.reading.text), day, partial(self._tense, span.start))
        return [{"iso": iso, "surface": surface} for iso, surface in found]

    def _tense(self, offset: int, span: Span) -> Direction | None:
        """Return where the date lies that a piece of the text, which starts at `offset`, has at a span."""
        start, end = span.start + offset, span.end + offset
        return direction(self.indexed.between(*self.indexed.sentence(start)), start, end)

    def _rated(
        self,
        proposition: Proposition,
        written: Statement,
        statement: str,
        said: Said,
        voice: Voice,
        found: float,
        pieces: int,
    ) -> float:
        """Return the confidence of a row; found: how surely its attribution or its clause was found."""
        words = written.words
        capital = self.reading.text[words[0].start].isupper()
        utterance = voice is Voice.DIRECT and capital and any(word.form in _ENDS_QUOTED for word in proposition.words)
        around = Around(self._beside(words[0].start, -1), self._beside(words[-1].start, 1), said.cue_words)
        source = said.source.of(self.reading.text) if said.source else ""
        row = Rated(written, said, voice, found, pieces, utterance, around, statement, source)
        return 0.0 if is_fragment(row) else self.rate(row)

    def _beside(self, at: int, step: int) -> Word | None:
        """Return the word next to the one at a character, in one direction, None beyond its sentence."""
        number, sentence = self.indexed.place(at) + step, self.indexed.sentence(at)
        if not 0 <= number < len(self.indexed.words):
            return None
        found = self.indexed.words[number]
        return found if sentence.start <= found.start < sentence.end else None

    def _words_in(self, spans: Sequence[Span]) -> list[Word]:
        return [word for span in spans for word in self.indexed.between(*span)]

    def _context(self, whole: Span) -> Span:
        """Return the sentences around a content: from the one before its first to the one after its last."""
        first = max(0, self.indexed.sentence_number(whole.start) - 1)
        sentences = self.indexed.sentences
        last = min(len(sentences) - 1, bisect_left(self.indexed.sentence_starts, whole.end))
        return Span(min(sentences[first].start, whole.start), max(sentences[last].end, whole.end))

    def _meaning(self, spans: Sequence[Span]) -> bytes:
        """Return the pieces' vectors, weighed by their length, scaled to -127..127."""
        total = reduce(add, (self.reading.meaning(span.start, span.end) * (span.end - span.start) for span in spans))
        size = sqrt(total.dot(total))
        return np.rint(total / size * 127 if size else total).astype(np.int8).tobytes()


def _covered(text: str, spans: Sequence[Span], piece: Span) -> list[Span]:
    """Return what a range covers of the spans, without white space at the edges."""
    inside = (Span(max(span.start, piece.start), min(span.end, piece.end)) for span in spans)
    return [trim(text, span) for span in inside if span.start < span.end and span.of(text).strip()]
