"""Entities and the places where they are named."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas import ids
from schemas.vocabularies import VERSION, EntityType, MentionType


class EntityMentions(pa.DataFrameModel):
    """One row per place where an entity is named, described or referred to by a pronoun.

    Grain: a range of characters of an article. `articles.text[start_char:end_char] == surface`.
    """

    mention_id: pl.String = pa.Field(
        unique=True, str_matches=ids.pattern("mention_id"), description="Id of the article and the range."
    )
    article_id: pl.String = pa.Field(str_matches=ids.pattern("article_id"), description="Article of the mention.")
    start_char: pl.Int32 = pa.Field(ge=0, description="First character, in code points into the article's text.")
    end_char: pl.Int32 = pa.Field(ge=1, description="One past the last character.")
    surface: pl.String = pa.Field(str_length={"min_value": 1}, description="The characters themselves.")
    mention_type: pl.String = pa.Field(isin=[*MentionType], description="By name, by description or by pronoun.")
    entity_type: pl.String = pa.Field(isin=[*EntityType], description="Kind of entity that this mention refers to.")
    entity_id: pl.String = pa.Field(str_matches=ids.pattern("entity_id"), description="Entity that it refers to.")

    class Config:
        """Exactly these columns, in this order."""

        name = "entity_mentions"
        strict = True
        ordered = True


class Entities(pa.DataFrameModel):
    """One row per real-world entity, across all articles."""

    entity_id: pl.String = pa.Field(
        unique=True,
        str_matches=ids.pattern("entity_id"),
        description="Id that stays from snapshot to snapshot.",
    )
    name: pl.String = pa.Field(str_length={"min_value": 1}, description="Best full form of the name.")
    entity_type: pl.String = pa.Field(isin=[*EntityType], description="Kind of entity.")
    aliases: Annotated[pl.List, pl.String] = pa.Field(description="Every named surface seen, most frequent first.")
    country_code: pl.String = pa.Field(
        nullable=True,
        str_matches=r"^[A-Z]{2}$",
        description="ISO 3166-1 alpha-2 of a country, of a capital's country, of a body's, or of the country that a "
        "place is said to lie in (XK: Kosovo).",
    )
    wikidata_id: pl.String = pa.Field(
        nullable=True, str_matches=r"^Q[1-9][0-9]*$", description="Wikidata item, from reviewed data only."
    )
    description: pl.String = pa.Field(
        nullable=True, description='Role as an article states it last, e.g. "defence minister of Kosovo".'
    )
    described_in: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("article_id"),
        description="Article that states the role; null where there is none.",
    )
    described_on: pl.Date = pa.Field(
        nullable=True, description="Day on which that article was published, where it is known: a role of that day."
    )
    stands_for: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("entity_id"),
        description="State or body for which this one stands as an actor (a capital for its state).",
    )
    mention_count: pl.Int32 = pa.Field(ge=1, description="Mentions of any type, in all articles.")
    article_count: pl.Int32 = pa.Field(ge=1, description="Articles with at least one mention.")
    since_version: pl.String = pa.Field(
        str_matches=VERSION, description="First snapshot version with this id; in a merge the older id stays."
    )

    class Config:
        """Exactly these columns, in this order."""

        name = "entities"
        strict = True
        ordered = True
