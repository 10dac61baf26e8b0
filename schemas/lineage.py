"""Why mentions became one, and which ids are no more."""

from typing import ClassVar

import pandera.polars as pa
import polars as pl

from schemas.vocabularies import VERSION, Judgement

RESOLVED_TABLES = ["entity_mentions", "claim_mentions"]
ID_TABLES = ["articles", "entity_mentions", "entities", "claim_mentions", "claims", "claim_conflicts", "stories"]


class ResolutionEdges(pa.DataFrameModel):
    """One row per pair of mentions that was compared and decided.

    Positive edges of a table span its entities (or claims): they say why the mentions are one.
    """

    table: pl.String = pa.Field(isin=RESOLVED_TABLES, description="Table whose rows the two ids are.")
    left_id: pl.String = pa.Field(description="The lesser id of the pair.")
    right_id: pl.String = pa.Field(description="The greater id of the pair.")
    judgement: pl.String = pa.Field(isin=[*Judgement], description="One thing or two.")
    score: pl.Float64 = pa.Field(ge=0, le=1, description="Score of the comparison; 1 or 0 for a human judgement.")
    reason: pl.String = pa.Field(
        str_length={"min_value": 1}, description="Features that decided, or `judgement` for a human decision."
    )

    class Config:
        """Exactly these columns, in this order."""

        name = "resolution_edges"
        strict = True
        ordered = True
        unique: ClassVar = ["table", "left_id", "right_id"]


class Redirects(pa.DataFrameModel):
    """One row per id that an earlier snapshot published and this one does not."""

    table: pl.String = pa.Field(isin=ID_TABLES, description="Table that the id was a key of.")
    retired_id: pl.String = pa.Field(description="The id that is no more.")
    current_id: pl.String = pa.Field(nullable=True, description="Where it went; null where the row is gone.")
    since_version: pl.String = pa.Field(str_matches=VERSION, description="First version without the retired id.")

    class Config:
        """Exactly these columns, in this order."""

        name = "redirects"
        strict = True
        ordered = True
        unique: ClassVar = ["table", "retired_id"]
