"""Members of the parent snapshot followed to where they are now: ranges drawn otherwise, texts edited.

What is found here is handed to `flows.resolve.carry.carry_ids` as further members of the old ids.
"""

import polars as pl

from flows.resolve.identity.thresholds import THRESHOLDS


def with_moved(parent_members: pl.DataFrame, parent_places: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Return the parent's members, and the new members that lie where one of them lay, so that its id follows them.

    Ids of mentions follow from their ranges: a model or a rule that draws a range one word wider renames the
    mention, and every entity or claim would be relabelled with it.

    parent_members: as in `carry_ids`. parent_places, places: member_id, article_id, start_char, end_char.
    A new member takes the vanished one of its article that it shares most with, from half of both on.
    """
    new = places.join(parent_places, on="member_id", how="anti")
    gone = parent_places.join(places, on="member_id", how="anti")
    if new.is_empty() or gone.is_empty():
        return parent_members
    near = _bucketed(new).join(_bucketed(gone), on=["article_id", "bucket"], how="inner", suffix="_old")
    both = pl.min_horizontal("end_char", "end_char_old") - pl.max_horizontal("start_char", "start_char_old")
    either = pl.max_horizontal("end_char", "end_char_old") - pl.min_horizontal("start_char", "start_char_old")
    matched = (
        near.with_columns(overlap=both / either)
        .filter(pl.col("overlap") >= THRESHOLDS.same_place)
        .sort("member_id", -pl.col("overlap"), "member_id_old")
        .unique("member_id", keep="first", maintain_order=True)
    )
    followers = matched.select("member_id", "member_id_old").join(
        parent_members, left_on="member_id_old", right_on="member_id", how="inner"
    )
    return pl.concat([parent_members, followers.select(parent_members.columns)])


def with_revised(
    parent_members: pl.DataFrame, parent_words: pl.DataFrame, words: pl.DataFrame, articles: pl.DataFrame
) -> pl.DataFrame:
    """Return the parent's members, and the new members of a revised text that say there what one of them said before.

    An edit renames every mention of its article, since ids follow from the text. A mention of the new text follows
    the one of the old text that has the same words and is as many of them from the start.

    parent_members: as in `carry_ids`. parent_words, words: member_id, article_id, start_char, words.
    articles: article_id, revision_of of this build; an old text that is still there keeps its members to itself.
    """
    revised = (
        articles.select("article_id", before="revision_of")
        .drop_nulls("before")
        .join(articles, left_on="before", right_on="article_id", how="anti")
    )
    place = ["article_id", "words", "nth"]
    old = _counted(parent_words.join(revised, left_on="article_id", right_on="before", how="semi"))
    new = _counted(words.join(revised, on="article_id", how="semi")).join(revised, on="article_id")
    followers = new.select("member_id", "words", "nth", article_id="before").join(
        old.select(*place, member_id_old="member_id"), on=place, how="inner"
    )
    known = followers.join(parent_members, left_on="member_id_old", right_on="member_id", how="inner")
    return pl.concat([parent_members, known.select(parent_members.columns)])


def _counted(words: pl.DataFrame) -> pl.DataFrame:
    """The rows with `nth`: how many of the same words of the same article start before."""
    return words.sort("article_id", "start_char", "member_id").with_columns(
        nth=pl.int_range(pl.len()).over("article_id", "words")
    )


def _bucketed(places: pl.DataFrame) -> pl.DataFrame:
    """Every place once for each bucket of its article that it touches."""
    first, last = (
        pl.col("start_char") // THRESHOLDS.bucket_characters,
        (pl.col("end_char") - 1) // THRESHOLDS.bucket_characters,
    )
    return places.select(
        "member_id", "article_id", "start_char", "end_char", bucket=pl.int_ranges(first, last + 1)
    ).explode("bucket")
