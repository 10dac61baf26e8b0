"""What came in and is not in the tables, and why."""

import pandera.polars as pa
import polars as pl

from schemas.vocabularies import RejectReason, Stage


class Rejects(pa.DataFrameModel):
    """One row per thing that came in and is not in the tables; nothing is dropped silently."""

    stage: pl.String = pa.Field(isin=[*Stage], description="Stage that refused it.")
    source_uri: pl.String = pa.Field(
        str_length={"min_value": 1}, description="File or record, as in `articles.source_uri`."
    )
    reason: pl.String = pa.Field(isin=[*RejectReason], description="Why, from a closed list.")
    detail: pl.String = pa.Field(str_length={"min_value": 1}, description="What exactly, in words a person can act on.")
    payload: pl.String = pa.Field(nullable=True, description="JSON of the row that was refused, where there is one.")

    class Config:
        """Exactly these columns, in this order."""

        name = "rejects"
        strict = True
        ordered = True
