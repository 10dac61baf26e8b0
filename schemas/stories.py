"""Stories, what their outlets do with each claim, and the flat table of statements to start with."""

from typing import ClassVar

import pandera.polars as pa
import polars as pl

from schemas import ids
from schemas.claims import EntityIds
from schemas.vocabularies import VERSION, Attribution, CoverageStance, Modality, Polarity


class Stories(pa.DataFrameModel):
    """One row per event that articles tell of."""

    story_id: pl.String = pa.Field(
        unique=True, str_matches=ids.pattern("story_id"), description="Id that stays from snapshot to snapshot."
    )
    title: pl.String = pa.Field(
        nullable=True, description="Headline of its first article that has one; null where none has."
    )
    first_published_on: pl.Date = pa.Field(nullable=True, description="Earliest known date of its articles.")
    last_published_on: pl.Date = pa.Field(nullable=True, description="Latest known date of its articles.")
    article_count: pl.Int32 = pa.Field(ge=1, description="Articles that tell it.")
    independent_count: pl.Int32 = pa.Field(
        ge=1, description="Articles, each group of near-copies and revisions counted once."
    )
    publisher_count: pl.Int32 = pa.Field(ge=0, description="Distinct publishers that are known.")
    entity_ids: EntityIds = pa.Field(description="Entities that most of its articles name, in ascending order.")
    since_version: pl.String = pa.Field(
        str_matches=VERSION, description="First snapshot version with this id; in a merge the older id stays."
    )

    class Config:
        """Exactly these columns, in this order."""

        name = "stories"
        strict = True
        ordered = True


class Coverage(pa.DataFrameModel):
    """One row per story, claim and outlet of the story, for claims that two or more of its outlets carry.

    Near-copies and revisions carry no claim of their own: an outlet that prints another's text does not add to the two.
    """

    story_id: pl.String = pa.Field(str_matches=ids.pattern("story_id"), description="The story.")
    claim_id: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="The claim.")
    publisher: pl.String = pa.Field(str_length={"min_value": 1}, description="Outlet that tells the story.")
    stance: pl.String = pa.Field(
        isin=[*CoverageStance], description="Whether the outlet carries the claim, contradicts it, or leaves it out."
    )
    speaker_ids: EntityIds = pa.Field(
        description="In whose mouth the outlet puts it (or what contradicts it), in ascending order."
    )
    article_ids: EntityIds = pa.Field(
        description="Its articles that carry or contradict the claim, in ascending order; none where it is absent."
    )

    class Config:
        """Exactly these columns, in this order."""

        name = "coverage"
        strict = True
        ordered = True
        unique: ClassVar = ["story_id", "claim_id", "publisher"]


class Statements(pa.DataFrameModel):
    """One row per claim mention, flat, with everything readable in it: the table to start with."""

    claim_mention_id: pl.String = pa.Field(
        unique=True, str_matches=ids.pattern("claim_mention_id"), description="The claim mention."
    )
    claim_id: pl.String = pa.Field(str_matches=ids.pattern("claim_id"), description="Claim that is made here.")
    story_id: pl.String = pa.Field(
        nullable=True, str_matches=ids.pattern("story_id"), description="Story of the article."
    )
    statement: pl.String = pa.Field(str_length={"min_value": 1}, description="The proposition as a sentence.")
    text: pl.String = pa.Field(str_length={"min_value": 1}, description="The exact words.")
    before: pl.String = pa.Field(nullable=True, description="What stands before the words in the sentences around.")
    after: pl.String = pa.Field(nullable=True, description="What stands after the words in the sentences around.")
    speakers: pl.String = pa.Field(nullable=True, description="Names of who speaks, joined with `; `; null if unknown.")
    cue: pl.String = pa.Field(nullable=True, description="Words that signal the attribution.")
    attribution: pl.String = pa.Field(isin=[*Attribution], description="How it is presented.")
    polarity: pl.String = pa.Field(isin=[*Polarity], description="Affirmed or negated.")
    modality: pl.String = pa.Field(isin=[*Modality], description="Mode of the main clause.")
    publisher: pl.String = pa.Field(nullable=True, description="Outlet.")
    title: pl.String = pa.Field(nullable=True, description="Headline of the article.")
    published_on: pl.Date = pa.Field(nullable=True, description="Date of publication.")
    said_on: pl.Date = pa.Field(nullable=True, description="Day on which it was said, where the article tells.")
    url: pl.String = pa.Field(nullable=True, description="Address of the article.")
    conflicts: pl.Int32 = pa.Field(ge=0, description="Conflicts that the claim is in.")
    confidence: pl.Float64 = pa.Field(ge=0, le=1, description="Calibrated probability that the row is right.")
    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"), description="The article.")
    start_char: pl.Int32 = pa.Field(ge=0, description="First character of the words in the article's text.")
    end_char: pl.Int32 = pa.Field(ge=1, description="One past the last character.")

    class Config:
        """Exactly these columns, in this order."""

        name = "statements"
        strict = True
        ordered = True
