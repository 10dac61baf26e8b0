"""Frames that pass between stages and are not published: what was ingested, and what extraction found in it.

What extraction finds follows from the text of one article alone, so they are cached by content and merged in any order.
"""

from typing import Annotated, ClassVar

import pandera.polars as pa
import polars as pl

from schemas import ids
from schemas.articles import SHA256, Spans
from schemas.claims import Dates, Quantities, StatementParts
from schemas.vocabularies import Attribution, EntityType, MentionType, Modality, Polarity

MEANING_SIZE = 384
"""Length of a meaning vector: the width of the reader's sentence embedding."""

Meaning = Annotated[pl.List, pl.Int8]
"""A unit vector scaled to -127..127, `MEANING_SIZE` long; its dot product with another gives their cosine."""


class CleanDocuments(pa.DataFrameModel):
    """One row per document that is an article by itself, before it is compared with the others.

    The columns of `Articles` without those that other rows decide; the same text may be here several times.
    """

    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"))
    title: pl.String = pa.Field(nullable=True)
    publisher: pl.String = pa.Field(nullable=True)
    author: pl.String = pa.Field(nullable=True)
    published_on: pl.Date = pa.Field(nullable=True)
    url: pl.String = pa.Field(nullable=True)
    language: pl.String = pa.Field(str_matches=r"^[a-z]{2}$")
    text: pl.String = pa.Field(str_length={"min_value": 1})
    word_count: pl.Int32 = pa.Field(ge=1)
    source_uri: pl.String = pa.Field(unique=True, str_length={"min_value": 1})
    source_sha256: pl.String = pa.Field(str_matches=SHA256)
    modified_on: pl.Date = pa.Field(nullable=True)
    truncated: pl.Boolean = pa.Field()

    class Config:
        """Exactly these columns, in this order."""

        name = "clean_documents"
        strict = True
        ordered = True


class FoundMentions(pa.DataFrameModel):
    """One row per place of one article where an entity is named, described or referred to by a pronoun.

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
    """One row per proposition and place of one article where it is claimed, attributed or narrated.

    A quotation or report of several propositions is several rows with one attribution_id and with the same speaker
    and cue. The speaker's antecedents are the named mentions of the same article (rows of `FoundMentions`) that the
    speaker refers to, everyone who speaks together; none where it cannot be known or where nobody is named.
    """

    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"), description="Article of the claim.")
    attribution_id: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("attribution_id"),
        description="Id of the attribution that the proposition is part of; null where it is narrated.",
    )
    start_char: pl.Int32 = pa.Field(ge=0, description="First character of the envelope.")
    end_char: pl.Int32 = pa.Field(ge=1, description="One past the last character of the envelope.")
    spans: Spans = pa.Field(description="Pieces of the content, in order, not overlapping.")
    text: pl.String = pa.Field(str_length={"min_value": 1}, description="The spans' texts joined with one space.")
    statement: pl.String = pa.Field(str_length={"min_value": 1}, description="The proposition as a sentence.")
    statement_parts: StatementParts = pa.Field(description="What the statement is made of, in order.")
    proposition: pl.String = pa.Field(
        nullable=True,
        str_length={"min_value": 1},
        description="The statement as it is compared: without what only makes it readable alone; null if nothing does.",
    )
    context_start_char: pl.Int32 = pa.Field(ge=0, description="First character of the sentence before the content.")
    context_end_char: pl.Int32 = pa.Field(ge=1, description="One past the sentence after the content.")
    attribution: pl.String = pa.Field(isin=[*Attribution], description="How it is presented.")
    speaker_surface: pl.String = pa.Field(nullable=True, description="The speaker's noun phrase.")
    speaker_start_char: pl.Int32 = pa.Field(nullable=True, ge=0, description="Its first character.")
    speaker_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    speaker_antecedents: Spans = pa.Field(
        description="The named mentions that the speaker is, in order of the text; the first is the speaker."
    )
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
    said_on: pl.Date = pa.Field(nullable=True, description="Day on which it was said, where the article tells.")
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="Calibrated probability that the row is right.")
    meaning: Meaning = pa.Field(description="Embedding of the content in its context.")

    class Config:
        """Exactly these columns, in this order."""

        name = "found_claims"
        strict = True
        ordered = True
