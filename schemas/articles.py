"""The table of ingested documents."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas import ids

SHA256 = r"^[0-9a-f]{64}$"


class Articles(pa.DataFrameModel):
    """One row per ingested document.

    Grain: a distinct cleaned text from one place. Near-copies and revisions stay in the table and are marked.
    """

    article_id: pl.String = pa.Field(
        unique=True, str_matches=ids.pattern("article_id"), description="Id of the cleaned text."
    )
    title: pl.String = pa.Field(nullable=True, description="Headline, where the source states one.")
    publisher: pl.String = pa.Field(nullable=True, description="Outlet that published the article, as stated.")
    author: pl.String = pa.Field(nullable=True, description="Byline, as stated.")
    published_on: pl.Date = pa.Field(nullable=True, description="Date of publication, as stated.")
    url: pl.String = pa.Field(nullable=True, description="Address that the article was published at.")
    language: pl.String = pa.Field(str_matches=r"^[a-z]{2}$", description="Language of the text, ISO 639-1.")
    text: pl.String = pa.Field(
        str_length={"min_value": 1}, description="Cleaned body; every offset of the dataset refers to it."
    )
    word_count: pl.Int32 = pa.Field(ge=0, description="Words of the text: maximal runs of word characters.")
    source_uri: pl.String = pa.Field(
        str_length={"min_value": 1},
        description="File or address read from, relative to the seeds folder; a record inside a file is "
        "`file.jsonl#12`.",
    )
    source_sha256: pl.String = pa.Field(str_matches=SHA256, description="SHA-256 of the raw bytes, hexadecimal.")
    duplicate_of: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("article_id"),
        description="Earliest article of which this is a near-copy (syndication, light rewriting).",
    )
    revision_of: pl.String = pa.Field(
        nullable=True,
        str_matches=ids.pattern("article_id"),
        description="Earlier text from the same source_uri or url; may be a row of an earlier snapshot only.",
    )
    story_id: pl.String = pa.Field(
        nullable=True, str_matches=ids.pattern("story_id"), description="The story that the article tells."
    )
    modified_on: pl.Date = pa.Field(nullable=True, description="Date of the last change, as stated.")
    truncated: pl.Boolean = pa.Field(description="Whether a paywall or a cut left only a part of the text.")

    class Config:
        """Exactly these columns, in this order."""

        name = "articles"
        strict = True
        ordered = True


Spans = Annotated[pl.List, pl.Struct({"start_char": pl.Int32, "end_char": pl.Int32})]
"""A list of half-open ranges of code points into `articles.text`."""
