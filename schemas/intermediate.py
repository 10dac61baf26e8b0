"""Frames that pass between stages and are not published: what extraction found, before anything is resolved.

Both follow from the text of one article alone, so they are cached by content and merged in any order.
"""

from typing import Annotated, ClassVar

import pandera.polars as pa
import polars as pl

from schemas import ids
from schemas.articles import Spans
from schemas.claims import Dates, Quantities
from schemas.vocabularies import Attribution, EntityType, MentionType, Modality, Polarity

MEANING_SIZE = 384
"""Length of a meaning vector: the width of the reader's sentence embedding."""

Meaning = Annotated[pl.List, pl.Int8]
"""A unit vector scaled to -127..127, `MEANING_SIZE` long; its dot product with another gives their cosine."""


class FoundMentions(pa.DataFrameModel):
    """One row a place of one article where an entity is named, described or referred to by a pronoun.

    A nominal or a pronoun is here only where its antecedent is known; the antecedent is a named mention of
    the same article, given by its range.
    """

    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"), description="Article of the mention.")
    start_char: pl.Int32 = pa.Field(ge=0, description="First character.")
    end_char: pl.Int32 = pa.Field(ge=1, description="One past the last character.")
    surface: pl.String = pa.Field(str_length={"min_value": 1}, description="The characters themselves.")
    mention_type: pl.String = pa.Field(isin=[*MentionType], description="By name, by description or by pronoun.")
    entity_type: pl.String = pa.Field(isin=[*EntityType], description="Kind of entity.")
    antecedent_start_char: pl.Int32 = pa.Field(
        nullable=True,
        ge=0,
        description="First character of the named mention that a nominal or pronoun refers to.",
    )
    antecedent_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    role: pl.String = pa.Field(
        nullable=True, description='Role stated beside the name, e.g. "defence minister of Kosovo".'
    )

    class Config:
        """Exactly these columns, in this order."""

        name = "found_mentions"
        strict = True
        ordered = True
        unique: ClassVar = ["article_id", "start_char", "end_char"]


class FoundClaims(pa.DataFrameModel):
    """One row a place of one article where something is claimed, attributed or narrated.

    The speaker's antecedent is the mention of the same article (a row of `FoundMentions`, a name) that the
    speaker refers to; null where it cannot be known or where nobody is named.
    """

    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"), description="Article of the claim.")
    start_char: pl.Int32 = pa.Field(ge=0, description="First character of the envelope.")
    end_char: pl.Int32 = pa.Field(ge=1, description="One past the last character of the envelope.")
    spans: Spans = pa.Field(description="Pieces of the content, in order, not overlapping.")
    text: pl.String = pa.Field(str_length={"min_value": 1}, description="The spans' texts joined with one space.")
    attribution: pl.String = pa.Field(isin=[*Attribution], description="How it is presented.")
    speaker_surface: pl.String = pa.Field(nullable=True, description="The speaker's noun phrase.")
    speaker_start_char: pl.Int32 = pa.Field(nullable=True, ge=0, description="Its first character.")
    speaker_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    speaker_antecedent_start_char: pl.Int32 = pa.Field(
        nullable=True, ge=0, description="First character of the named mention that the speaker is."
    )
    speaker_antecedent_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    cue: pl.String = pa.Field(nullable=True, description="Words that signal the attribution.")
    cue_start_char: pl.Int32 = pa.Field(nullable=True, ge=0, description="First character of the cue.")
    cue_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    polarity: pl.String = pa.Field(isin=[*Polarity], description="Affirmed or negated.")
    modality: pl.String = pa.Field(isin=[*Modality], description="Mode of the main clause.")
    finite: pl.Boolean = pa.Field(
        description="Whether the content holds a finite verb; without one it says nothing but for its speaker."
    )
    quantities: Quantities = pa.Field(description="Quantities inside the content.")
    dates: Dates = pa.Field(description="Dates inside the content.")
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="Calibrated probability that the row is right.")
    meaning: Meaning = pa.Field(description="Embedding of the content in its context.")

    class Config:
        """Exactly these columns, in this order."""

        name = "found_claims"
        strict = True
        ordered = True
