"""The published tables of claims from mentions that have their claim ids."""

import polars as pl

from flows.resolve.claims.claim_mentions import alone
from flows.resolve.claims.list_columns import rows_of
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.resolve.identity.carry_ids import CarriedIds
from schemas.claims import ClaimMentions, Claims
from schemas.derived import claim_counts
from schemas.statements import has_background


def mentions_table(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `ClaimMentions`."""
    told = mentions.select(list(ClaimMentions.to_schema().columns))
    place = ["article_id", "start_char", "end_char", "claim_mention_id"]
    return rows_of(told, told.select(place).with_row_index("at").sort(place)["at"])


def claims_table(
    mentions: pl.DataFrame, articles: pl.DataFrame, carried: CarriedIds, held: pl.DataFrame, version: str
) -> pl.DataFrame:
    """Return one row per claim; its text is the statement that best stands alone.

    held: id, cohesion (null for a claim of one wording).
    """
    about = mentions.group_by("claim_id").agg(
        entity_ids=pl.col("entity_ids").explode(empty_as_null=False).drop_nulls().unique().sort()
    )
    births = carried.ids.select(claim_id="id", since_version=pl.col("since_version").fill_null(version))
    return (
        _told_best(mentions)
        .select("claim_id", "polarity", "modality", text="statement")
        .join(about, on="claim_id", how="left")
        .join(claim_counts({"claim_mentions": mentions, "articles": articles}), on="claim_id", how="left")
        .join(held.rename({"id": "claim_id"}), on="claim_id", how="left")
        .join(births, on="claim_id", how="left")
        .with_columns(pl.col("cohesion").fill_null(1.0))
        .select(list(Claims.to_schema().columns))
        .sort("claim_id")
    )


def _told_best(mentions: pl.DataFrame) -> pl.DataFrame:
    """The mention of each claim that a reader understands best without its article.

    A sentence with a verb that needs nothing told before it and opens with no pronoun, not too long to be one
    statement; of these the longest, of equals the one with the least id.
    """
    said = alone()
    length = said.str.len_chars()
    clear = pl.col("finite") & ~has_background() & ~said.str.contains(THRESHOLDS.looks_back)
    told = mentions.select(
        "claim_id", "claim_mention_id", "statement", "statement_parts", "proposition", "finite", "polarity", "modality"
    )
    return told.sort(
        clear & (length <= THRESHOLDS.readable_chars), length, "claim_mention_id",
        descending=[True, True, False], maintain_order=True,
    ).unique("claim_id", keep="first", maintain_order=True)  # fmt: skip
