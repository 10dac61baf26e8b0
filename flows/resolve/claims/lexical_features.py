"""What each wording holds – terms, names, numbers, lists, acts, agents – as frames of (row, value)."""

import polars as pl

from flows.lexicons import LEXICONS, rows
from flows.resolve.claims.stems import TERM, stem, weight
from flows.resolve.conflicts.disagreements import listed_key, names_listed

AUXILIARY = (
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did)\b"
    r"|n[’']t\b"
)


def terms_of(mentions: pl.DataFrame) -> pl.DataFrame:
    """Every term of every text in order: row, place, stem, weight, lower (the term itself, in lower case)."""
    terms = (
        mentions.select(pl.col("text").str.extract_all(TERM).alias("term"))
        .with_row_index("row")
        .explode("term", empty_as_null=False)
        .drop_nulls("term")
    )
    spelled = terms["term"].unique().sort().to_list()
    stems = [stem(term) or term for term in spelled]
    table = pl.DataFrame(
        {"term": spelled, "stem": stems, "weight": [weight(s) for s in stems]},
        schema={"term": pl.String, "stem": pl.String, "weight": pl.Float64},
    ).with_columns(lower=pl.col("term").str.to_lowercase())
    return terms.join(table, on="term", how="left", maintain_order="left").select("row", "stem", "weight", "lower")


def name_stems(places: pl.DataFrame) -> pl.DataFrame:
    """Stems of the names in each text, as (row, stem): they are compared as entities."""
    surfaces = places.select("surface").unique().with_columns(term=pl.col("surface").str.extract_all(TERM))
    terms = surfaces.explode("term", empty_as_null=False).drop_nulls("term")
    spelled = terms["term"].unique().sort()
    stems = pl.DataFrame(
        {"term": spelled, "stem": [stem(t) or t for t in spelled]},
        schema={"term": pl.String, "stem": pl.String},
    )
    return (
        places.select("row", "surface").join(terms.join(stems, on="term"), on="surface").select("row", "stem").unique()
    )


def neighbours(terms: pl.DataFrame) -> pl.DataFrame:
    """Neighbouring stems of each text as one value."""
    following = terms.with_columns(next=pl.col("stem").shift(-1).over("row"))
    return following.drop_nulls("next").select("row", value=pl.concat_str("stem", "next", separator=" "))


def numerals(terms: pl.DataFrame) -> pl.DataFrame:
    """Numbers in figures, whatever they count or name, as (row, value)."""
    figures = terms.filter(pl.col("stem").str.contains(r"^[0-9]"))
    value = pl.col("stem").str.replace_all(",", "").str.extract(r"^([0-9]+(?:\.[0-9]+)?)").cast(pl.Float64)
    return figures.select("row", value=value)


def counted(quantities: pl.DataFrame) -> pl.DataFrame:
    """The units that are nouns and no measures, as (row, value)."""
    measures = {r["unit"] for r in rows(LEXICONS, "units", ("word", "unit", "factor", "kind")) if r["kind"] != "count"}
    units = quantities.drop_nulls("unit").select("row", value="unit").unique()
    return units.filter(~pl.col("value").is_in(sorted(measures)))


def listed(mentions: pl.DataFrame) -> pl.DataFrame:
    """Names that stand in complete lists, as (row, value)."""
    found = [
        (row, listed_key(name))
        for row, text in enumerate(mentions["text"])
        for names in names_listed(text)
        for name in names
    ]
    return pl.DataFrame(found, schema={"row": pl.UInt32, "value": pl.String}, orient="row").unique()


def acts_of_cues(mentions: pl.DataFrame) -> pl.DataFrame:
    """The kind of act of each cue that does more than to report what was said, as (row, value)."""
    table = rows(LEXICONS, "acts", ("word", "kind"))
    kinds = pl.DataFrame({"term": [r["word"] for r in table], "value": [r["kind"] for r in table]})
    cues = mentions.select(pl.col("cue").str.to_lowercase().str.extract_all(TERM).alias("term"))
    return (
        cues.with_row_index("row")
        .explode("term", empty_as_null=False)
        .join(kinds, on="term", how="inner", maintain_order="left")
        .select("row", "value")
        .unique()
    )


def told_acts(terms: pl.DataFrame) -> pl.DataFrame:
    """The kinds of act that each text itself tells of, as (row, value)."""
    table = rows(LEXICONS, "acts", ("word", "kind"))
    kinds = pl.DataFrame({"lower": [r["word"] for r in table], "value": [r["kind"] for r in table]})
    return terms.join(kinds, on="lower", how="inner", maintain_order="left").select("row", "value").unique()


def agents_of(mentions: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Entities in front of the first auxiliary verb of each text, or its first entity, as (row, value).

    Offsets are of the article, so that in a content of several pieces only those of the first are seen.
    """
    lower = pl.col("text").str.to_lowercase()
    verbs = mentions.select(
        "start_char", before=lower.str.extract(rf"(?s)^(.*?){AUXILIARY}").str.len_chars().cast(pl.Int32)
    ).with_row_index("row")
    at = pl.col("at") - pl.col("start_char")
    return (
        places.join(verbs, on="row", how="left", maintain_order="left")
        .with_columns(first=pl.col("at") == pl.col("at").min().over("row"))
        .filter(pl.when(pl.col("before").is_null()).then("first").otherwise(at < pl.col("before")))
        .select("row", value="entity")
        .unique()
    )
