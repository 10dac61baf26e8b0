"""Reconciliation: every listed file became exactly one article or reject, or its records did, and bytes were hashed."""

from collections.abc import Iterable

import polars as pl

from flows.errors import OnrecordError, examples
from schemas.vocabularies import NOTES


def reconcile(listed: Iterable[str], inputs: pl.DataFrame, articles: pl.DataFrame, rejects: pl.DataFrame) -> None:
    """Raise OnrecordError, an error of the program, unless each input has exactly one outcome.

    listed: source_uri of every file that there was. inputs: source_uri, sha256 and bytes of every document that
    came of them; one of a container is named `file#record`. An empty sha256 is of a file that was never opened. Notes
    on articles are no outcome.
    """
    refused = rejects.filter(~pl.col("reason").is_in([*NOTES]))
    outcomes = pl.concat([articles.select("source_uri"), refused.select("source_uri")])
    counted = inputs.select("source_uri").join(
        outcomes.group_by("source_uri").len(), on="source_uri", how="full", coalesce=True
    )
    twice_or_never = counted.filter(pl.col("len").fill_null(0) != 1)["source_uri"]
    repeated = inputs.filter(pl.col("source_uri").is_duplicated())["source_uri"].unique()
    seen = inputs.select(pl.col("source_uri").str.split("#").list.first())
    silent = pl.DataFrame({"source_uri": list(listed)}, schema={"source_uri": pl.String}).join(
        seen, on="source_uri", how="anti"
    )["source_uri"]
    read = articles.select("source_uri", "source_sha256").join(inputs, on="source_uri")
    other_bytes = read.filter(
        (pl.col("source_sha256") != pl.col("sha256")) | (pl.col("sha256") == "") | (pl.col("bytes") <= 0)
    )["source_uri"]
    for wrong, what in (
        (silent, "files came out neither as article nor as reject"),
        (repeated, "documents came in more than once"),
        (twice_or_never, "documents did not come out exactly once as article or reject"),
        (other_bytes, "articles are not of the bytes that were hashed"),
    ):
        if len(wrong):
            raise OnrecordError(
                f"{len(wrong)} {what}: {examples(wrong.sort().to_list())}; "
                "this is an error of onrecord, nothing was published"
            )
