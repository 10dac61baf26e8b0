"""Claims, the places where they are made, and the pairs that cannot both hold."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas import ids
from schemas.articles import Spans
from schemas.vocabularies import VERSION, Attribution, ConflictType, Modality, Polarity

Quantities = Annotated[pl.List, pl.Struct({"value": pl.Float64, "unit": pl.String, "surface": pl.String})]
"""Quantities stated in the content: value, unit (null for a bare count), the words themselves."""

Dates = Annotated[pl.List, pl.Struct({"iso": pl.String, "surface": pl.String})]
"""Dates stated in the content: ISO 8601 as precise as stated (`2008`, `2008-02`, `2008-W07`, `2008-02-17`) and the
words."""

EntityIds = Annotated[pl.List, pl.String]


class ClaimMentions(pa.DataFrameModel):
    """One row a place where something is claimed.

    Grain: a content with its speaker and cue. Terms follow the Penn Attribution Relations and PolNeAR
    guidelines: source (here: speaker), cue, content. Content includes "that" and the quotation marks.
    """

    claim_mention_id: pl.String = pa.Field(
        unique=True,
        str_matches=ids.pattern("claim_mention_id"),
        description="Id of article, spans, speaker and cue.",
    )
    claim_id: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="Claim that is made here.")
    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"), description="Article of the mention.")
    start_char: pl.Int32 = pa.Field(ge=0, description="First character of the envelope of all spans.")
    end_char: pl.Int32 = pa.Field(ge=1, description="One past the last character of the envelope.")
    spans: Spans = pa.Field(description="The pieces of the content, in order, not overlapping.")
    text: pl.String = pa.Field(str_length={"min_value": 1}, description="The spans' texts joined with one space.")
    attribution: pl.String = pa.Field(
        isin=[*Attribution], description="Quoted, reported, partly quoted, or in the publisher's own voice."
    )
    speaker_id: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("entity_id"),
        description="Person or body that the speaker resolves to; null where it cannot be known.",
    )
    speaker_surface: pl.String = pa.Field(nullable=True, description="The noun phrase in the text, a pronoun included.")
    speaker_start_char: pl.Int32 = pa.Field(nullable=True, ge=0, description="First character of the speaker.")
    speaker_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    cue: pl.String = pa.Field(nullable=True, description="Words that signal the attribution, e.g. `said`.")
    cue_start_char: pl.Int32 = pa.Field(nullable=True, ge=0, description="First character of the cue.")
    cue_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    polarity: pl.String = pa.Field(isin=[*Polarity], description="Affirmed or negated.")
    modality: pl.String = pa.Field(isin=[*Modality], description="Mode of the main clause.")
    entity_ids: EntityIds = pa.Field(description="Entities inside the content, in ascending order.")
    quantities: Quantities = pa.Field(description="Quantities inside the content, in order of the text.")
    dates: Dates = pa.Field(
        description="Dates inside the content, in order of the text, relative ones resolved: ISO 8601 years, months, "
        "weeks (`2022-W08`) or days, as precise as stated."
    )
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="Calibrated probability that the row is right.")

    class Config:
        """Exactly these columns, in this order."""

        name = "claim_mentions"
        strict = True
        ordered = True


class Claims(pa.DataFrameModel):
    """One row a proposition, however often and by whomever it was made."""

    claim_id: pl.String = pa.Field(
        unique=True,
        str_matches=ids.pattern("claim_id"),
        description="Id that stays from snapshot to snapshot.",
    )
    text: pl.String = pa.Field(str_length={"min_value": 1}, description="Its most complete wording.")
    polarity: pl.String = pa.Field(isin=[*Polarity], description="Affirmed or negated.")
    modality: pl.String = pa.Field(isin=[*Modality], description="Mode of the main clause.")
    entity_ids: EntityIds = pa.Field(description="Entities inside any mention's content, in ascending order.")
    speaker_ids: EntityIds = pa.Field(description="Everyone who made the claim, in ascending order.")
    mention_count: pl.Int32 = pa.Field(ge=1, description="Places where it is made.")
    article_count: pl.Int32 = pa.Field(ge=1, description="Articles in which it is made.")
    independent_count: pl.Int32 = pa.Field(
        ge=1, description="Articles, each group of near-copies and revisions counted once."
    )
    publisher_count: pl.Int32 = pa.Field(ge=0, description="Distinct publishers that are known.")
    first_published_on: pl.Date = pa.Field(nullable=True, description="Earliest known date of its articles.")
    last_published_on: pl.Date = pa.Field(nullable=True, description="Latest known date of its articles.")
    since_version: pl.String = pa.Field(
        str_matches=VERSION, description="First snapshot version with this id; in a merge the older id stays."
    )

    class Config:
        """Exactly these columns, in this order."""

        name = "claims"
        strict = True
        ordered = True


class ClaimConflicts(pa.DataFrameModel):
    """One row a pair of claims that cannot both hold, or that give different facts on one point."""

    conflict_id: pl.String = pa.Field(
        unique=True, str_matches=ids.pattern("conflict_id"), description="Id of the pair and the type."
    )
    claim_id_a: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="The lesser id of the pair.")
    claim_id_b: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="The greater id of the pair.")
    conflict_type: pl.String = pa.Field(isin=[*ConflictType], description="On what the two disagree.")
    entity_ids: EntityIds = pa.Field(description="What both are about, in ascending order.")
    explanation: pl.String = pa.Field(str_length={"min_value": 1}, description="One sentence that a reader can check.")
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="How sure the pair is.")

    class Config:
        """Exactly these columns, in this order."""

        name = "claim_conflicts"
        strict = True
        ordered = True
