"""Claims, the places where they are made, and the pairs that cannot both hold."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas import ids
from schemas.articles import Spans
from schemas.vocabularies import VERSION, Attribution, ConflictType, Modality, Polarity

Quantities = Annotated[
    pl.List,
    pl.Struct(
        {
            "value": pl.Float64,
            "unit": pl.String,
            "surface": pl.String,
            "bound": pl.String,
            "base_value": pl.Float64,
            "base_unit": pl.String,
        }
    ),
]
"""Quantities stated in the content: value, unit (null for a bare count), the words themselves, what a hedge makes of
the figure (`vocabularies.Bound`, null where it is exact), and the same in the base unit of its kind (40 km and 25 miles
are both metres; null where the unit has none)."""

Dates = Annotated[pl.List, pl.Struct({"iso": pl.String, "surface": pl.String})]
"""Dates stated in the content: ISO 8601 as precise as stated (`2008`, `2008-02`, `2008-W07`, `2008-02-17`) and the
words."""

EntityIds = Annotated[pl.List, pl.String]

StatementParts = Annotated[pl.List, pl.Struct({"start_char": pl.Int32, "end_char": pl.Int32, "kind": pl.String})]
"""Parts of a statement, in its order: a range of code points into `articles.text`, and what it is there for
(`vocabularies.StatementPart`). `schemas.statements.render` makes the statement of them."""


class ClaimMentions(pa.DataFrameModel):
    """One row per proposition and place where it is claimed.

    Grain: a proposition with its speaker and cue; a quotation or report of several propositions is several rows with
    one attribution_id. Terms follow the Penn Attribution Relations and PolNeAR guidelines: source (here: speaker), cue,
    content. Content includes "that" and the quotation marks.
    """

    claim_mention_id: pl.String = pa.Field(
        unique=True,
        str_matches=ids.pattern("claim_mention_id"),
        description="Id of article, spans, speaker and cue.",
    )
    attribution_id: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("attribution_id"),
        description="Quotation or report that the proposition is part of; null where it is narrated.",
    )
    claim_id: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="Claim that is made here.")
    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"), description="Article of the mention.")
    start_char: pl.Int32 = pa.Field(ge=0, description="First character of the envelope of all spans.")
    end_char: pl.Int32 = pa.Field(ge=1, description="One past the last character of the envelope.")
    spans: Spans = pa.Field(description="The pieces of the content, in order, not overlapping.")
    text: pl.String = pa.Field(str_length={"min_value": 1}, description="The spans' texts joined with one space.")
    statement: pl.String = pa.Field(
        str_length={"min_value": 1},
        description="The proposition as a sentence that stands on its own: words of the article in order, and in "
        "[brackets] what a reader needs and the article supplies.",
    )
    statement_parts: StatementParts = pa.Field(
        description="What the statement is made of, in order: `verbatim` words of the content, words in `bracket`s "
        "from elsewhere in the article, given names among them, a `negation` in place of a cue of denial; first, where "
        "they are needed, one to three `background`s: words of the article that a reader needs to understand it."
    )
    context_start_char: pl.Int32 = pa.Field(ge=0, description="First character of the sentence before the content.")
    context_end_char: pl.Int32 = pa.Field(ge=1, description="One past the sentence after the content.")
    attribution: pl.String = pa.Field(
        isin=[*Attribution], description="Quoted, reported, partly quoted, or in the publisher's own voice."
    )
    speaker_id: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("entity_id"),
        description="Person or body that the speaker resolves to; null where it cannot be known, and where the "
        "publisher tells what a source does, which puts nobody on record: `Lake signed the bill`.",
    )
    speaker_ids: EntityIds = pa.Field(
        description="Everyone who speaks together, in order of the text; the first is speaker_id."
    )
    speaker_surface: pl.String = pa.Field(nullable=True, description="The noun phrase in the text, a pronoun included.")
    speaker_start_char: pl.Int32 = pa.Field(nullable=True, ge=0, description="First character of the speaker.")
    speaker_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    cue: pl.String = pa.Field(nullable=True, description="Words that signal the attribution, e.g. `said`.")
    cue_start_char: pl.Int32 = pa.Field(nullable=True, ge=0, description="First character of the cue.")
    cue_end_char: pl.Int32 = pa.Field(nullable=True, ge=1, description="One past its last character.")
    polarity: pl.String = pa.Field(
        isin=[*Polarity], description="Affirmed or negated; under a cue of denial, what the speaker holds."
    )
    modality: pl.String = pa.Field(isin=[*Modality], description="Mode of the main clause.")
    entity_ids: EntityIds = pa.Field(description="Entities inside the content, in ascending order.")
    quantities: Quantities = pa.Field(description="Quantities inside the content, in order of the text.")
    dates: Dates = pa.Field(
        description="Dates inside the content, in order of the text, relative ones resolved: ISO 8601 years, months, "
        "weeks (`2022-W08`) or days, as precise as stated."
    )
    said_on: pl.Date = pa.Field(nullable=True, description="Day on which it was said, where the article tells.")
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="Calibrated probability that the row is right.")

    class Config:
        """Exactly these columns, in this order."""

        name = "claim_mentions"
        strict = True
        ordered = True


class Claims(pa.DataFrameModel):
    """One row per proposition, however often and by whomever it was made."""

    claim_id: pl.String = pa.Field(
        unique=True,
        str_matches=ids.pattern("claim_id"),
        description="Id that stays from snapshot to snapshot.",
    )
    text: pl.String = pa.Field(str_length={"min_value": 1}, description="The best statement of its mentions.")
    polarity: pl.String = pa.Field(isin=[*Polarity], description="Affirmed or negated.")
    modality: pl.String = pa.Field(isin=[*Modality], description="Mode of the main clause.")
    entity_ids: EntityIds = pa.Field(description="Entities inside any mention's content, in ascending order.")
    speaker_ids: EntityIds = pa.Field(description="Everyone who asserts the claim, in ascending order.")
    mention_count: pl.Int32 = pa.Field(ge=1, description="Places where it is made.")
    article_count: pl.Int32 = pa.Field(ge=1, description="Articles in which it is made.")
    independent_count: pl.Int32 = pa.Field(
        ge=1, description="Articles, each group of near-copies and revisions counted once."
    )
    publisher_count: pl.Int32 = pa.Field(ge=0, description="Distinct publishers that are known.")
    first_published_on: pl.Date = pa.Field(nullable=True, description="Earliest known date of its articles.")
    last_published_on: pl.Date = pa.Field(nullable=True, description="Latest known date of its articles.")
    cohesion: pl.Float64 = pa.Field(
        ge=0, le=1, description="Score of the weakest link that holds its mentions together; 1 for one wording."
    )
    since_version: pl.String = pa.Field(
        str_matches=VERSION, description="First snapshot version with this id; in a merge the older id stays."
    )

    class Config:
        """Exactly these columns, in this order."""

        name = "claims"
        strict = True
        ordered = True


class ClaimConflicts(pa.DataFrameModel):
    """One row per pair of claims that cannot both hold, or that give different facts on one point."""

    conflict_id: pl.String = pa.Field(
        unique=True, str_matches=ids.pattern("conflict_id"), description="Id of the pair and the type."
    )
    claim_id_a: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="The lesser id of the pair.")
    claim_id_b: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="The greater id of the pair.")
    conflict_type: pl.String = pa.Field(isin=[*ConflictType], description="On what the two disagree.")
    entity_ids: EntityIds = pa.Field(description="What both are about, in ascending order.")
    words_a: pl.String = pa.Field(str_length={"min_value": 1}, description="The words of claim a at issue.")
    words_b: pl.String = pa.Field(
        str_length={"min_value": 1},
        description="The words of claim b at issue: were they those of claim a, the conflict would end.",
    )
    story_id: pl.String = pa.Field(
        nullable=True, str_matches=ids.pattern("story_id"), description="Story in which both claims are made."
    )
    explanation: pl.String = pa.Field(str_length={"min_value": 1}, description="One sentence that a reader can check.")
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="How sure the pair is.")

    class Config:
        """Exactly these columns, in this order."""

        name = "claim_conflicts"
        strict = True
        ordered = True
