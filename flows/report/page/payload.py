"""The tables as the page carries them: columns of JSON, gzipped, in Base64, decoded when a view first needs them.

References between tables become row numbers, surfaces and wordings become offsets into the article texts, which
are carried once: a corpus of 5,000 articles fits into a page of a few megabytes. Base64 has no character that
means anything to HTML, so no text of an article can end the element that holds it.
"""

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from flows.report.display_text import first_sentence
from flows.report.limits import LIMITS
from flows.report.page import packed_claims
from flows.report.page.packed_columns import (
    VOCABULARIES,
    coded,
    codes,
    hex_digits,
    percent,
    places_of,
    plain_columns,
    row_numbers,
)
from flows.snapshots.reader import Snapshot


def blocks(snapshot: Snapshot, most_articles: int = LIMITS.page_articles) -> dict[str, str]:
    """Return the page's data by name of block, each a gzipped JSON document in Base64."""
    chosen = _chosen(snapshot, most_articles)
    articles = snapshot.scan("articles").join(chosen, on="article_id", how="semi").sort("article_id").collect()
    places = {"articles": row_numbers(articles["article_id"])}
    mentions = _of(snapshot, "entity_mentions", chosen)
    made = _of(snapshot, "claim_mentions", chosen)
    claims = snapshot.scan("claims").join(made.lazy(), on="claim_id", how="semi").sort("claim_id").collect()
    entities = _entities_needed(snapshot, mentions, made, claims)
    stories = snapshot.scan("stories").join(articles.lazy(), on="story_id", how="semi").sort("story_id").collect()
    for name, key, frame in (
        ("stories", "story_id", stories),
        ("entities", "entity_id", entities),
        ("claims", "claim_id", claims),
        ("claim_mentions", "claim_mention_id", made),
        ("entity_mentions", "mention_id", mentions),
    ):
        places[name] = row_numbers(frame[key])
    documents = {
        "articles": _articles(articles, places),
        "text": {"text": articles["text"].to_list()},
        "entities": _entities(entities, places),
        "mentions": _mentions(mentions, places),
        "made": packed_claims.made(made, places),
        "claims": packed_claims.claims(claims, made, places),
        "conflicts": packed_claims.conflicts(snapshot, places),
        "stories": packed_claims.stories(stories, places),
        "coverage": packed_claims.coverage(snapshot, places),
        "edges": _edges(snapshot, places),
        "redirects": plain_columns(snapshot.table("redirects")),
        "rejects": plain_columns(snapshot.table("rejects")),
    }
    return {name: pack(document) for name, document in documents.items()}


def pack(document: Any) -> str:
    """Return a document as JSON, gzipped without a time stamp, in Base64."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str)
    return base64.b64encode(gzip.compress(text.encode(), compresslevel=LIMITS.gzip_level, mtime=0)).decode("ascii")


def _chosen(snapshot: Snapshot, most: int) -> pl.LazyFrame:
    shared = snapshot.scan("claims").filter(pl.col("article_count") > 1).select("claim_id", shared=pl.lit(1))
    ranked = snapshot.scan("claim_mentions").join(shared, on="claim_id", how="left")
    weight = ranked.group_by("article_id").agg(pl.col("shared").sum(), made=pl.len())
    return (
        snapshot.scan("articles")
        .select("article_id")
        .join(weight, on="article_id", how="left")
        .sort(["shared", "made", "article_id"], descending=[True, True, False], nulls_last=True)
        .head(most)
        .select("article_id")
        .collect()
        .lazy()
    )


def _of(snapshot: Snapshot, table: str, chosen: pl.LazyFrame) -> pl.DataFrame:
    """The table's rows of the chosen articles, in the order of the articles and of their texts."""
    rows = snapshot.scan(table).join(chosen, on="article_id", how="semi", maintain_order="left")
    return rows.sort("article_id", "start_char", "end_char", maintain_order=True).collect()


def _entities_needed(snapshot: Snapshot, *users: pl.DataFrame) -> pl.DataFrame:
    """Entities that any shown row refers to, and those that they stand for."""
    table = snapshot.table("entities")
    used = set()
    for frame in users:
        for column in ("entity_id", "speaker_id"):
            if column in frame.columns:
                used.update(frame[column].drop_nulls().to_list())
        for column in ("entity_ids", "speaker_ids"):
            if column in frame.columns:
                used.update(frame[column].explode().drop_nulls().to_list())
    used.update(table.filter(pl.col("entity_id").is_in(list(used)))["stands_for"].drop_nulls().to_list())
    return table.filter(pl.col("entity_id").is_in(list(used))).sort("entity_id")


def _articles(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    publishers, publisher = coded(frame["publisher"])
    days = [pl.col(name).cast(pl.String) for name in ("published_on", "modified_on")]
    plain = frame.select("title", "author", *days, "url", "source_uri", "word_count")
    return {
        "id": hex_digits(frame["article_id"]),
        "publisher": publisher,
        "publishers": publishers,
        **plain_columns(plain),
        "duplicate_of": places_of(frame["duplicate_of"], places["articles"]),
        "revision_of": places_of(frame["revision_of"], places["articles"]),
        "story": places_of(frame["story_id"], places["stories"]),
        "truncated": frame["truncated"].cast(pl.Int8).to_list(),
        "opening": _openings(frame),
    }


def _openings(frame: pl.DataFrame) -> list[str | int]:
    """The first sentence of articles without a title, by which they are called; 0 for those that have one."""
    return [0 if title else first_sentence(text) for title, text in frame.select("title", "text").iter_rows()]


def _entities(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    plain = frame.select(
        "name", "aliases", "country_code", "wikidata_id", "description", pl.col("described_on").cast(pl.String),
        "mention_count", "article_count",
    )  # fmt: skip
    return {
        "id": hex_digits(frame["entity_id"]),
        "entity_type": codes(frame["entity_type"], VOCABULARIES["entity_type"]),
        "stands_for": places_of(frame["stands_for"], places["entities"]),
        "described_in": places_of(frame["described_in"], places["articles"]),
        **plain_columns(plain),
    }


def _mentions(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    return {
        "article": places_of(frame["article_id"], places["articles"]),
        "start": frame["start_char"].to_list(),
        "length": (frame["end_char"] - frame["start_char"]).to_list(),
        "mention_type": codes(frame["mention_type"], VOCABULARIES["mention_type"]),
        "entity": places_of(frame["entity_id"], places["entities"]),
    }


def _edges(snapshot: Snapshot, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Resolution edges between rows that the page carries, by table."""
    parts = {}
    for table in ("entity_mentions", "claim_mentions"):
        keys = places[table].select("key").lazy()
        rows = snapshot.scan("resolution_edges").filter(pl.col("table") == table)
        for side in ("left_id", "right_id"):
            rows = rows.join(keys, left_on=side, right_on="key", how="semi")
        frame = rows.sort("left_id", "right_id").collect()
        reasons, reason = coded(frame["reason"])
        parts[table] = {
            "left": places_of(frame["left_id"], places[table]),
            "right": places_of(frame["right_id"], places[table]),
            "positive": (frame["judgement"] == "positive").cast(pl.Int8).to_list(),
            "score": percent(frame["score"]),
            "reason": reason,
            "reasons": reasons,
        }
    return parts
