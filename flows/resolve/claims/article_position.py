"""Where a claim stands in its article: in the headline, or as the quotation that bears out a report of it.

News states its point more than once: the headline sums up what the text below attributes, and a reported
statement is followed by the speaker's own words (the inverted pyramid; van Dijk, News as Discourse, 1988). Two
such mentions are one claim on less likeness of wording than two that merely stand in one article.
"""

import numpy as np
import polars as pl

from schemas.vocabularies import Attribution

ELABORATION_CHARS = 250
"""A quotation that bears out a report begins within about a paragraph of its end."""

_HEADLINE = r"^((?:[^\n]{1,200}[^\n.!?:;,…”\"’)\]]\n\n+){1,3})"
"""Up to three paragraphs of one line at the start of a text that do not end as sentences do."""

_CONTRAST = r"^\W*(?:But|However|Yet|Still|Nevertheless|Though|Although|On the other hand)\b"
"""A quotation that opens like this turns against the report before it."""


REPORTS_BACK = 2
"""Attributed claims before a quotation that it may bear out: a report often has two cues."""


def borne_out(mentions: pl.DataFrame) -> np.ndarray:
    """For each quotation the rows of the reports right before it, the nearest first, else -1: int64 [N, REPORTS_BACK].

    mentions: article_id, start_char, end_char, attribution, text. A report is an attributed claim that is no pure
    quotation; no quotation stands between the two, nor more than another report.
    """
    voiced = (
        mentions.select(
            "article_id",
            "start_char",
            "end_char",
            direct=pl.col("attribution") == Attribution.DIRECT,
            contrast=pl.col("text").str.contains(_CONTRAST),
        )
        .with_row_index("row")
        .filter(mentions["attribution"] != Attribution.NARRATED)
        .sort("article_id", "start_char", "end_char", "row")
    )
    found = np.full((mentions.height, REPORTS_BACK), -1, np.int64)
    quoted = pl.col("direct") & ~pl.col("contrast")
    for back in range(1, REPORTS_BACK + 1):
        earlier = pl.all().shift(back).over("article_id").name.prefix("last_")
        pairs = voiced.select(earlier, "row", "direct", "contrast", "start_char")
        gap = pl.col("start_char") - pl.col("last_end_char")
        quoted = quoted & ~pl.col("direct").shift(back).over("article_id").fill_null(value=False)
        near = pairs.filter(
            voiced.select(quoted).to_series() & pl.col("last_row").is_not_null() & gap.is_between(0, ELABORATION_CHARS)
        )
        found[near["row"].to_numpy(), back - 1] = near["last_row"].to_numpy()
    return found


def in_headline(mentions: pl.DataFrame, articles: pl.DataFrame) -> np.ndarray:
    """Whether each claim begins in the headline lines of its article: bool [N].

    mentions: article_id, start_char; articles: article_id, text.
    """
    ends = articles.select("article_id", ends=pl.col("text").str.extract(_HEADLINE).str.len_chars().fill_null(0))
    placed = mentions.select("article_id", "start_char").join(ends, on="article_id", how="left", maintain_order="left")
    return (placed["start_char"] < placed["ends"].fill_null(0)).to_numpy()
