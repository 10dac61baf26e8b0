"""The step of ingest over the whole corpus: exact duplicates, near-duplicates and revisions."""

import json
from collections.abc import Iterable

import polars as pl
from pandera.typing.polars import DataFrame

from flows.ingest.clean_documents import CleanDocuments
from flows.ingest.deduplication.minhash_pairs import jaccard, near_copies
from flows.ingest.deduplication.shingles import distinct
from flows.ingest.deduplication.thresholds import THRESHOLDS
from flows.ingest.documents import Reject, rejects_frame
from flows.settings import IngestSettings
from schemas.articles import Articles
from schemas.rejects import Rejects
from schemas.tables import polars_schema
from schemas.vocabularies import RejectReason


def mark_copies(
    articles: pl.DataFrame, parent_articles: pl.DataFrame | None, settings: IngestSettings
) -> tuple[DataFrame[Articles], DataFrame[Rejects]]:
    """Return each distinct text of a run once, with duplicate_of and revision_of, by article_id; and rejects.

    `articles` has the rows of `CleanDocuments` of every shard, in any order: the result does not depend on
    it. `parent_articles` is the `articles` table of the snapshot before, or None. Of equal texts the
    earliest stays (by published_on, unknown dates last, then source_uri) and the others become rejects
    (`exact_duplicate`).
    """
    ranked = CleanDocuments.validate(articles).sort("published_on", "source_uri", nulls_last=True)
    first = ranked.unique("article_id", keep="first", maintain_order=True)
    rejects = _exact_duplicates(ranked, first)
    duplicate_of = _originals(first, settings.near_copy_jaccard)
    revision_of = _revisions(first, parent_articles)
    marked = first.with_columns(
        pl.col("article_id").replace_strict(duplicate_of, default=None, return_dtype=pl.String).alias("duplicate_of"),
        pl.col("article_id").replace_strict(revision_of, default=None, return_dtype=pl.String).alias("revision_of"),
    )
    columns = list(polars_schema(Articles))
    open_yet = marked.with_columns(story_id=pl.lit(None, pl.String)).select(columns)
    return DataFrame[Articles](open_yet.sort("article_id")), rejects


def _exact_duplicates(ranked: pl.DataFrame, first: pl.DataFrame) -> DataFrame[Rejects]:
    kept = first.select("article_id", kept_uri="source_uri")
    again = ranked.join(first.select("source_uri"), on="source_uri", how="anti").join(kept, on="article_id")
    return rejects_frame(
        Reject(
            row["source_uri"],
            RejectReason.EXACT_DUPLICATE,
            f"the same text as {row['kept_uri']} ({row['article_id']})",
            json.dumps(
                {
                    **{name: row[name] for name in ("article_id", "title", "publisher", "url", "source_sha256")},
                    "published_on": row["published_on"].isoformat() if row["published_on"] else None,
                },
                ensure_ascii=False,
            ),
        )
        for row in again.iter_rows(named=True)
    )


def _originals(ranked: pl.DataFrame, threshold: float) -> dict[str, str]:
    """Map the article_id of every near-copy to that of the text it copies.

    Texts are taken in rank order; each joins the earliest text before it that is an original itself and near
    to it, or else is an original. So every copy really is near to its original, and no original is a copy.
    """
    ids = ranked["article_id"].to_list()
    earlier: dict[int, list[int]] = {}
    for left, right in near_copies(ranked["text"], threshold).select("left", "right").iter_rows():
        earlier.setdefault(right, []).append(left)
    original: dict[int, int] = {}
    for row in sorted(earlier):
        found = next((left for left in sorted(earlier[row]) if left not in original), None)
        if found is not None:
            original[row] = found
    return {ids[copy]: ids[source] for copy, source in original.items()}


def _revisions(ranked: pl.DataFrame, parent: pl.DataFrame | None) -> dict[str, str]:
    """Map article_id to that of the text it replaces, for texts from one url or from one place in the seeds.

    An article that the parent has keeps what the parent says. A new one replaces the text that the parent
    has from its place and that is gone, or else the text before it from its url.
    """
    known = {} if parent is None else _carried(parent)
    found = {article: old for article, old in _of_one_url(ranked, parent).items() if article not in known}
    if parent is not None:
        found |= _of_one_place(ranked, parent)
    present = set(ranked["article_id"])
    return {article: old for article, old in {**found, **known}.items() if article in present and old is not None}


def _carried(parent: pl.DataFrame) -> dict[str, str | None]:
    return dict(parent.select("article_id", "revision_of").iter_rows())


def _of_one_place(ranked: pl.DataFrame, parent: pl.DataFrame) -> dict[str, str]:
    gone = parent.join(ranked, on="article_id", how="anti").select("source_uri", "text", old="article_id")
    new = ranked.join(parent, on="article_id", how="anti").select("source_uri", "article_id", new_text="text")
    both = new.join(gone, on="source_uri")
    return {
        row["article_id"]: row["old"]
        for row in both.iter_rows(named=True)
        if "#" not in row["source_uri"] or _related(row["text"], row["new_text"])
    }


def _of_one_url(ranked: pl.DataFrame, parent: pl.DataFrame | None) -> dict[str, str]:
    """Map each text of a url to the one before it: those that the parent knew first, in rank order."""
    columns = ("url", "article_id", "text")
    if parent is None:
        rows = ranked.select(*columns)
    else:
        gone = parent.join(ranked, on="article_id", how="anti").sort("published_on", "source_uri", nulls_last=True)
        known = ranked.join(parent, on="article_id", how="semi", maintain_order="left")
        new = ranked.join(parent, on="article_id", how="anti", maintain_order="left")
        rows = pl.concat([part.select(*columns) for part in (gone, known, new)])
    rows = rows.filter(pl.col("url").is_not_null())
    groups = rows.with_columns(pl.col("url").str.split("#").list.first())
    groups = groups.filter(pl.len().over("url").is_between(2, THRESHOLDS.max_texts_of_url))
    found: dict[str, str] = {}
    for group in groups.partition_by("url", maintain_order=True):
        found |= _chain(group.select("article_id", "text").iter_rows())
    return found


def _chain(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    before: tuple[str, str] | None = None
    for article, text in texts:
        if before and before[0] != article and _related(before[1], text):
            found[article] = before[0]
        before = (article, text)
    return found


def _related(left: str, right: str) -> bool:
    sets = distinct(pl.Series([left, right]))
    return jaccard(sets[0], sets[1]) >= THRESHOLDS.min_revision_jaccard
