"""Mentions of the very same wording about the same entities: one to compare for all of them.

Agency copy returns in hundreds of papers; comparing its sentences with each other would cost a square and
say nothing.
"""

import numpy as np
import polars as pl

from flows.lexicons import LEXICONS, rows
from schemas.vocabularies import Attribution

SHORT_CHARS = 120
"""Up to this length a content may be a mere noun phrase, and means nothing without its cue."""

BARE_WORDS = 6
"""So many words without a finite verb ("to recognize the court at this time") may be welcomed or refused."""

FEW_WORDS = 5
"""A wording of fewer words with no entity in it ("it will take time") is one only within an article."""


def bare() -> pl.Expr:
    """Whether a row with attribution, finite and text is a few words that say nothing without who says them."""
    few = pl.col("text").str.count_matches(" ") < BARE_WORDS
    return (pl.col("attribution") != Attribution.NARRATED) & ~pl.col("finite") & few


def voice_of() -> pl.Expr:
    """Who speaks, of a row with speaker_id and speaker_surface: the entity, else the last word of the phrase."""
    return pl.coalesce("speaker_id", pl.col("speaker_surface").str.to_lowercase().str.extract(r"(\w+)\W*$"), pl.lit(""))


def first_of_wording(mentions: pl.DataFrame, places: pl.DataFrame, alone: frozenset[int]) -> np.ndarray:
    """For each row of `mentions` the first row with its wording; itself where there is no earlier one.

    mentions: article_id, text, attribution, speaker_id, speaker_surface, cue, polarity, modality, finite;
    places: row, entity. `alone`: rows that a person has judged, which stand for themselves.
    """
    acts = [row["word"] for row in rows(LEXICONS, "acts", ("word", "kind"))]
    held = places.group_by("row").agg(entities=pl.col("entity").unique().sort().str.join("\n"))
    flat = pl.col("text").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}%$€£]+", " ").str.strip_chars()
    cue = pl.col("cue").str.to_lowercase()
    keyed = (
        mentions.select(
            "article_id",
            "cue",
            "polarity",
            "modality",
            "attribution",
            "speaker_id",
            "speaker_surface",
            "finite",
            text=flat,
        )
        .with_row_index("row")
        .join(held, on="row", how="left", maintain_order="left")
        .with_columns(
            act=pl.when((pl.col("text").str.len_chars() <= SHORT_CHARS) & cue.is_in(acts)).then(cue),
            # "the treaty" says something only with who welcomed it
            voice=pl.when(bare()).then(voice_of()),
            where=pl.when(pl.col("entities").is_null() & (pl.col("text").str.count_matches(" ") + 1 < FEW_WORDS)).then(
                "article_id"
            ),
            judged=pl.when(pl.col("row").is_in(sorted(alone))).then("row"),
        )
    )
    key = ["text", "polarity", "modality", "entities", "act", "voice", "where", "judged"]
    return keyed.select(pl.col("row").first().over(key))["row"].to_numpy().astype(np.int64)
