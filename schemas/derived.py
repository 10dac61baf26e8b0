"""What follows from other tables: counts, coverage, the flat table of statements. Defined once, here.

Resolution fills these columns and tables with these functions; validation computes them once more to check them, and
again where it removed rows. Each function takes the tables by name and tells nothing that the tables do not hold.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from schemas.vocabularies import CoverageStance

Tables = Mapping[str, pl.DataFrame]

ENTITY_COUNTS = ("mention_count", "article_count")
CLAIM_COUNTS = (
    "mention_count",
    "article_count",
    "independent_count",
    "publisher_count",
    "first_published_on",
    "last_published_on",
    "speaker_ids",
)
STORY_COUNTS = (
    "article_count",
    "independent_count",
    "publisher_count",
    "first_published_on",
    "last_published_on",
)
_REFERENCE_COLUMNS = ("duplicate_of", "revision_of")


def sources(articles: pl.DataFrame) -> pl.DataFrame:
    """Return which articles are one source: article_id, source (i64).

    articles: article_id, duplicate_of, revision_of. Near-copies and revisions of each other are one source however many
    papers print them, joined by any chain, through articles of an earlier snapshot as well.
    """
    links = pl.concat(
        [articles.select("article_id", other=pl.col(c).cast(pl.String)).drop_nulls() for c in _REFERENCE_COLUMNS]
    )
    if links.is_empty():  # every article is a source of its own: the library of graphs need not be loaded
        alone = articles.select(pl.col("article_id").unique().sort())
        return alone.with_columns(source=pl.int_range(pl.len(), dtype=pl.Int64))
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    known = pl.concat([articles["article_id"], links["other"]]).unique().sort()
    number = pl.DataFrame({"article_id": known, "number": np.arange(len(known), dtype=np.int64)})
    left, right = (
        links.select(article_id=end)
        .join(number, on="article_id", how="left", maintain_order="left")["number"]
        .to_numpy()
        for end in ("article_id", "other")
    )
    graph = coo_matrix((np.ones(links.height), (left, right)), shape=(len(known), len(known)))
    _, group = connected_components(graph, directed=False)
    return number.select("article_id", source=pl.Series(group.astype(np.int64))).join(
        articles.select("article_id"), on="article_id", how="semi"
    )


def entity_counts(tables: Tables) -> pl.DataFrame:
    """Return entity_id with ENTITY_COUNTS, one row per entity that is mentioned."""
    return (
        tables["entity_mentions"]
        .group_by("entity_id")
        .agg(mention_count=pl.len().cast(pl.Int32), article_count=pl.col("article_id").n_unique().cast(pl.Int32))
    )


def claim_counts(tables: Tables) -> pl.DataFrame:
    """Return claim_id with CLAIM_COUNTS, one row per claim that is made.

    In tables of contract 1.0 a mention has one speaker; later ones list everyone who speaks together.
    """
    mentions = tables["claim_mentions"]
    speakers = "speaker_ids" if "speaker_ids" in mentions.columns else "speaker_id"
    made = mentions.select("claim_id", "article_id", speaker_ids=pl.col(speakers))
    spoken = pl.col("speaker_ids")
    if isinstance(made.schema["speaker_ids"], pl.List):
        spoken = spoken.explode(empty_as_null=False)
    return (
        made.join(_dated(tables["articles"]), on="article_id", how="left")
        .group_by("claim_id")
        .agg(
            *_support(),
            mention_count=pl.len().cast(pl.Int32),
            speaker_ids=spoken.drop_nulls().unique().sort(),
        )
        .select("claim_id", *CLAIM_COUNTS)
    )


def story_counts(tables: Tables) -> pl.DataFrame:
    """Return story_id with STORY_COUNTS, one row per story that an article tells."""
    told = tables["articles"].select("story_id", "article_id").drop_nulls("story_id")
    counted = told.join(_dated(tables["articles"]), on="article_id", how="left").group_by("story_id").agg(*_support())
    return counted.select("story_id", *STORY_COUNTS)


def _dated(articles: pl.DataFrame) -> pl.DataFrame:
    known = articles.select("article_id", "publisher", "published_on")
    return known.join(sources(articles), on="article_id", how="left")


def _support() -> list[pl.Expr]:
    return [
        pl.col("article_id").n_unique().cast(pl.Int32).alias("article_count"),
        pl.col("source").n_unique().cast(pl.Int32).alias("independent_count"),
        pl.col("publisher").drop_nulls().n_unique().cast(pl.Int32).alias("publisher_count"),
        pl.col("published_on").min().alias("first_published_on"),
        pl.col("published_on").max().alias("last_published_on"),
    ]


def coverage(tables: Tables) -> pl.DataFrame:
    """Return the table `coverage`: what each outlet of a story does with each claim that two of its outlets carry.

    A claim is listed where two outlets carry it in texts that are no near-copies or revisions of each other. An outlet
    carries a claim where one of its articles of the story makes it; it contradicts the claim where it does not carry it
    and makes one in conflict with it (an `update` is no contradiction); else the claim is absent there.
    """
    told = (
        tables["articles"]
        .filter(pl.col("story_id").is_not_null() & pl.col("publisher").is_not_null())
        .select("article_id", "story_id", "publisher", "published_on")
        .join(sources(tables["articles"]), on="article_id", how="left")
    )
    outlets = told.select("story_id", "publisher").unique()
    made = tables["claim_mentions"].select("claim_id", "article_id", "speaker_ids").join(told, on="article_id")
    widely = (
        made.group_by("story_id", "claim_id")
        .agg(outlets=pl.col("publisher").n_unique(), sources=pl.col("source").n_unique())
        .filter((pl.col("outlets") >= 2) & (pl.col("sources") >= 2))
        .select("story_id", "claim_id")
    )
    carried = _gathered(made.join(widely, on=["story_id", "claim_id"], how="semi"), CoverageStance.CARRIED)
    against = _gathered(_contradicting(tables, made, widely), CoverageStance.CONTRADICTED)
    place = ["story_id", "claim_id", "publisher"]
    stated = pl.concat([carried, against.join(carried, on=place, how="anti")])
    everywhere = widely.join(outlets, on="story_id")
    nothing = pl.lit([], pl.List(pl.String))
    return (
        everywhere.join(stated, on=place, how="left")
        .with_columns(
            pl.col("stance").fill_null(CoverageStance.ABSENT.value),
            pl.col("speaker_ids").fill_null(nothing),
            pl.col("article_ids").fill_null(nothing),
        )
        .select(*place, "stance", "speaker_ids", "article_ids")
        .sort(place)
    )


def _contradicting(tables: Tables, made: pl.DataFrame, widely: pl.DataFrame) -> pl.DataFrame:
    """Mentions of claims in conflict with those that are widely carried, under the claim that they contradict."""
    conflicts = tables["claim_conflicts"].filter(pl.col("conflict_type") != "update")
    pairs = pl.concat(
        [
            conflicts.select(claim_id=one, other=another)
            for one, another in (("claim_id_a", "claim_id_b"), ("claim_id_b", "claim_id_a"))
        ]
    )
    rivals = widely.join(pairs, on="claim_id")
    found = made.rename({"claim_id": "other"}).join(rivals, on=["story_id", "other"])
    return found.select(made.columns)


def _gathered(made: pl.DataFrame, stance: CoverageStance) -> pl.DataFrame:
    return made.group_by("story_id", "claim_id", "publisher").agg(
        stance=pl.lit(stance.value),
        speaker_ids=pl.col("speaker_ids").explode(empty_as_null=False).drop_nulls().unique().sort(),
        article_ids=pl.col("article_id").unique().sort(),
    )


def statements(tables: Tables) -> pl.DataFrame:
    """Return the table `statements`: every claim mention as one flat, readable row."""
    made = tables["claim_mentions"]
    articles = tables["articles"].select(
        "article_id", "story_id", "publisher", "title", "published_on", "url", body="text"
    )
    names = tables["entities"].select("entity_id", "name")
    spoken = (
        made.select("claim_mention_id", entity_id="speaker_ids")
        .explode("entity_id", empty_as_null=False)
        .join(names, on="entity_id", how="left", maintain_order="left")
        .group_by("claim_mention_id", maintain_order=True)
        .agg(speakers=pl.col("name").drop_nulls().str.join("; "))
    )
    conflicts = tables["claim_conflicts"]
    disputed = (
        pl.concat([conflicts.select(claim_id="claim_id_a"), conflicts.select(claim_id="claim_id_b")])
        .group_by("claim_id")
        .agg(conflicts=pl.len().cast(pl.Int32))
    )
    start, end = pl.col("context_start_char"), pl.col("context_end_char")
    return (
        made.join(articles, on="article_id", how="left", maintain_order="left")
        .join(spoken, on="claim_mention_id", how="left", maintain_order="left")
        .join(disputed, on="claim_id", how="left", maintain_order="left")
        .with_columns(
            before=_words_between(start, pl.col("start_char")),
            after=_words_between(pl.col("end_char"), end),
            speakers=_trimmed(pl.col("speakers")),
            conflicts=pl.col("conflicts").fill_null(0),
        )
        .select(
            "claim_mention_id", "claim_id", "story_id", "statement", "text", "before", "after", "speakers", "cue",
            "attribution", "polarity", "modality", "publisher", "title", "published_on", "said_on", "url",
            "conflicts", "confidence", "article_id", "start_char", "end_char",
        )
        .sort("article_id", "start_char", "end_char", "claim_mention_id")
    )  # fmt: skip


def _words_between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """The words of a range of the article; none where the range is damaged, which is told of claim_mentions."""
    return _trimmed(pl.col("body").str.slice(start.clip(0), (end - start).clip(0)))


def _trimmed(text: pl.Expr) -> pl.Expr:
    bare = text.str.strip_chars()
    return pl.when(bare.str.len_chars() > 0).then(bare)
