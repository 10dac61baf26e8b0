"""One article from its reading to rows: names, attributions, who speaks, narrated claims, and what each claim says.

The table of contents of extraction: every column of `FoundMentions` and `FoundClaims` is filled here, from the
module that is named in the line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from flows.extract.attribution.attributions import attributions
from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.claim_rows import ClaimRow, ClaimRows
from flows.extract.claims.dates.reference_days import ReferenceDays
from flows.extract.claims.narrated_claims import find_narrated
from flows.extract.claims.standing_alone import standing_alone, understood
from flows.extract.claims.statements.background_choice import Chosen
from flows.extract.claims.statements.references import References, Said
from flows.extract.claims.statements.referents import Meant, certainty
from flows.extract.claims.statements.statement_quality import Rated, quality
from flows.extract.claims.statements.statement_writer import StatementWriter
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.claims.whole_clauses import with_whole_clauses
from flows.extract.mentions.find_mentions import Mention, find_mentions
from flows.extract.mentions.gazetteer import Gazetteer
from flows.extract.reader.name_decoding import named
from flows.extract.reader.reading import Reading
from flows.extract.speakers.resolve_speakers import Reference, resolve_speakers
from flows.extract.syntax.indexed_words import IndexedWords
from flows.settings import ExtractSettings
from schemas.vocabularies import Attribution as Voice
from schemas.vocabularies import DropReason, MentionType


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


class DroppedRow(TypedDict):
    """Where a row would stand that is none, and why (`schemas.vocabularies.DropReason`)."""

    reason: str
    start_char: int
    end_char: int


@dataclass(frozen=True)
class Found:
    """What one article holds."""

    mentions: list[MentionRow]
    claims: list[ClaimRow]
    dropped: list[DroppedRow]
    """Places of rows that are too doubtful, or too little of a sentence, to be of use, with the reason."""


def extract_document(
    article_id: str,
    reading: Reading,
    decoding: Decoding,
    published_on: date | None,
    gazetteer: Gazetteer,
    settings: ExtractSettings,
    rate: Callable[[Rated], float] = quality,
    rate_alone: Callable[[float, Chosen], float] = understood,
    rate_referent: Callable[[Meant, Said, References], float] = certainty,
) -> Found:
    """Return mentions and claims of one article, in order of the text. A pure function of its arguments.

    rate: how surely a row is right and of use, 0 to 1; rate_alone: the same, once it is known what stands before its
    statement; rate_referent: how surely a pronoun means whom the rules found.
    """
    text = reading.text
    mentions = find_mentions(text, named(reading), gazetteer)
    indexed = IndexedWords.read(reading)
    attributed = attributions(reading, decoding, indexed)
    references, spoken = resolve_speakers(text, attributed, mentions)
    writer = StatementWriter(indexed, References.of(indexed, spoken, mentions), rate_referent)
    rows = ClaimRows(article_id, reading, indexed, ReferenceDays(text, published_on), writer, rate)
    drawn = [(found, rows.attributed(found) if found.attribution.claimed else []) for found in spoken]
    claims = [row for _, made in drawn for row in made]
    if settings.narrated:
        others = [found.attribution for found, made in drawn if not made or _kept(made)]
        claims += [rows.narrated(claim) for claim in find_narrated(indexed, others, mentions)]
    claims.sort(key=lambda row: (row["start_char"], row["end_char"], row["cue_start_char"] or -1))
    useful: list[ClaimRow] = []
    dropped: list[DroppedRow] = []
    for row in claims:
        if row["confidence"] >= _least(row):
            useful.append(row)
        else:
            dropped.append(_dropped(row))
    shown = standing_alone(with_whole_clauses(indexed, _distinct(useful)), indexed, writer.references, rate_alone)
    dropped += [_dropped(row) for row in shown if row["confidence"] < settings.min_confidence]
    published = [row for row in shown if row["confidence"] >= settings.min_confidence]
    return Found(_mention_rows(article_id, text, mentions, references), published, dropped)


def _dropped(row: ClaimRow) -> DroppedRow:
    return DroppedRow(reason=_reason(row), start_char=row["start_char"], end_char=row["end_char"])


def _kept(rows: Sequence[ClaimRow]) -> bool:
    """Tell whether what an attribution holds is somebody's: marked as such, or surely a row. Where it is not, its words
    are the publisher's, too: "[The mill] was shown", "the firms reported [problems]".
    """
    return any(row["attribution"] != Voice.INDIRECT or row["confidence"] >= THRESHOLDS.surely_said for row in rows)


def _least(row: ClaimRow) -> float:
    """Return the confidence below which a row is of no use."""
    if row["speaker_surface"] is None:
        narrated = row["attribution"] == Voice.NARRATED
        return THRESHOLDS.least_narrated if narrated else THRESHOLDS.surely_said
    return THRESHOLDS.least_attributed if row["attribution"] == Voice.INDIRECT else THRESHOLDS.least_quoted


def _reason(row: ClaimRow) -> DropReason:
    if not row["confidence"]:
        return DropReason.HALF_SENTENCE
    return DropReason.DOUBTFUL if row["finite"] else DropReason.NO_CLAUSE


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


def _distinct(claims: Sequence[ClaimRow]) -> list[ClaimRow]:
    """Return claims without the second of two that say the same of the same place."""
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
