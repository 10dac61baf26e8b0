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

from flows.snapshots.reader import Snapshot
from schemas.vocabularies import Attribution, EntityType, MentionType, Modality, Polarity

MOST_ARTICLES = 6_000
"""Articles that the page carries. A larger snapshot is shown by those with most claims that others make too."""

VOCABULARIES = {
    "attribution": [*Attribution],
    "polarity": [*Polarity],
    "modality": [*Modality],
    "mention_type": [*MentionType],
    "entity_type": [*EntityType],
}


def blocks(snapshot: Snapshot, most_articles: int = MOST_ARTICLES) -> dict[str, str]:
    """The page's data by name of block, each a gzipped JSON document in Base64."""
    chosen = _chosen(snapshot, most_articles)
    articles = snapshot.scan("articles").join(chosen, on="article_id", how="semi").sort("article_id").collect()
    places = {"articles": _numbers(articles["article_id"])}
    mentions = _of(snapshot, "entity_mentions", chosen)
    made = _of(snapshot, "claim_mentions", chosen)
    claims = snapshot.scan("claims").join(made.lazy(), on="claim_id", how="semi").sort("claim_id").collect()
    entities = _entities_needed(snapshot, mentions, made, claims)
    for name, key, frame in (
        ("entities", "entity_id", entities),
        ("claims", "claim_id", claims),
        ("claim_mentions", "claim_mention_id", made),
        ("entity_mentions", "mention_id", mentions),
    ):
        places[name] = _numbers(frame[key])
    documents = {
        "articles": _articles(articles, places),
        "text": {"text": articles["text"].to_list()},
        "entities": _entities(entities, places),
        "mentions": _mentions(mentions, places),
        "made": _made(made, places),
        "claims": _claims(claims, made, places),
        "conflicts": _conflicts(snapshot, places),
        "edges": _edges(snapshot, places),
        "redirects": _columns(snapshot.table("redirects")),
        "rejects": _columns(snapshot.table("rejects")),
    }
    return {name: pack(document) for name, document in documents.items()}


def pack(document: Any) -> str:
    """JSON, gzipped without a time stamp, in Base64."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str)
    return base64.b64encode(gzip.compress(text.encode(), compresslevel=6, mtime=0)).decode("ascii")


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
    rows = snapshot.scan(table).join(chosen, on="article_id", how="semi")
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


def _numbers(keys: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"key": keys}).with_row_index("place")


def _place(column: pl.Series, places: pl.DataFrame) -> list[int]:
    """Row numbers of the keys in a column; -1 where there is none."""
    joined = pl.DataFrame({"key": column}).join(places, on="key", how="left", maintain_order="left")
    return joined["place"].cast(pl.Int32).fill_null(-1).to_list()


def _place_lists(column: pl.Series, places: pl.DataFrame) -> list[list[int]]:
    """Row numbers of lists of keys; keys of rows that the page does not carry are left out."""
    flat = pl.DataFrame({"key": column}).with_row_index("row").explode("key")
    found = flat.join(places, on="key", how="inner").sort("row", "place").group_by("row", maintain_order=True)
    lists: list[list[int]] = [[] for _ in range(len(column))]
    for row, numbers in found.agg("place").iter_rows():
        lists[row] = numbers
    return lists


def _codes(column: pl.Series, vocabulary: list[str]) -> list[int]:
    return column.replace_strict(vocabulary, range(len(vocabulary)), return_dtype=pl.Int8).to_list()


def _hex(column: pl.Series) -> list[str]:
    """Ids without the prefix that every one of the column has."""
    return column.str.slice(4).to_list()


def _columns(frame: pl.DataFrame) -> dict[str, list[Any]]:
    return {name: frame[name].to_list() for name in frame.columns}


def _coded(column: pl.Series) -> tuple[list[str], list[int]]:
    """Distinct values in order, and each row's number among them; -1 for null."""
    values = column.drop_nulls().unique().sort()
    return values.to_list(), _place(column, _numbers(values))


def _articles(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    publishers, publisher = _coded(frame["publisher"])
    plain = frame.select("title", "author", pl.col("published_on").cast(pl.String), "url", "source_uri", "word_count")
    return {
        "id": _hex(frame["article_id"]),
        "publisher": publisher,
        "publishers": publishers,
        **_columns(plain),
        "duplicate_of": _place(frame["duplicate_of"], places["articles"]),
        "revision_of": _place(frame["revision_of"], places["articles"]),
    }


def _entities(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    plain = frame.select(
        "name", "aliases", "country_code", "wikidata_id", "description", "mention_count", "article_count"
    )
    return {
        "id": _hex(frame["entity_id"]),
        "entity_type": _codes(frame["entity_type"], VOCABULARIES["entity_type"]),
        "stands_for": _place(frame["stands_for"], places["entities"]),
        **_columns(plain),
    }


def _mentions(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    return {
        "article": _place(frame["article_id"], places["articles"]),
        "start": frame["start_char"].to_list(),
        "length": (frame["end_char"] - frame["start_char"]).to_list(),
        "mention_type": _codes(frame["mention_type"], VOCABULARIES["mention_type"]),
        "entity": _place(frame["entity_id"], places["entities"]),
    }


def _made(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Claim mentions. A content in one piece has 0 for its spans: they are the envelope."""
    spans = [
        0 if len(pieces) == 1 else [edge for piece in pieces for edge in (piece["start_char"], piece["end_char"])]
        for pieces in frame["spans"].to_list()
    ]
    number = {name: frame[name].fill_null(-1).to_list() for name in _EDGES}
    return {
        "id": _hex(frame["claim_mention_id"]),
        "claim": _place(frame["claim_id"], places["claims"]),
        "article": _place(frame["article_id"], places["articles"]),
        "start": frame["start_char"].to_list(),
        "end": frame["end_char"].to_list(),
        "spans": spans,
        "speaker": _place(frame["speaker_id"], places["entities"]),
        **number,
        **{name: _codes(frame[name], VOCABULARIES[name]) for name in ("attribution", "polarity", "modality")},
        "entities": _place_lists(frame["entity_ids"], places["entities"]),
        "quantities": [
            [[_finite(q["value"]), q["unit"], q["surface"]] for q in row] for row in frame["quantities"].to_list()
        ],
        "dates": [[[d["iso"], d["surface"]] for d in row] for row in frame["dates"].to_list()],
        "confidence": _percent(frame["confidence"]),
    }


_EDGES = ("speaker_start_char", "speaker_end_char", "cue_start_char", "cue_end_char")


def _finite(value: float | None) -> float | None:
    """JSON has no infinity and no NaN."""
    return value if value is not None and abs(value) < float("inf") else None


def _percent(column: pl.Series) -> list[int]:
    return (column * 100).round().cast(pl.Int32).to_list()


def _claims(frame: pl.DataFrame, made: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Claims. The wording is the number of the mention that has it, or the words where no shown mention does."""
    worded = made.with_row_index("at").group_by("claim_id", "text").agg(pl.col("at").min())
    wording = frame.join(worded, on=["claim_id", "text"], how="left", maintain_order="left")
    counts = ["mention_count", "article_count", "independent_count", "publisher_count"]
    days = [pl.col(name).cast(pl.String) for name in ("first_published_on", "last_published_on")]
    return {
        "id": _hex(frame["claim_id"]),
        "text": [text if at is None else at for text, at in wording.select("text", "at").iter_rows()],
        **{name: _codes(frame[name], VOCABULARIES[name]) for name in ("polarity", "modality")},
        "entities": _place_lists(frame["entity_ids"], places["entities"]),
        "speakers": _place_lists(frame["speaker_ids"], places["entities"]),
        **_columns(frame.select(*counts, *days)),
    }


def _conflicts(snapshot: Snapshot, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    shown = places["claims"].select("key").lazy()
    frame = snapshot.scan("claim_conflicts")
    for side in ("claim_id_a", "claim_id_b"):
        frame = frame.join(shown, left_on=side, right_on="key", how="semi")
    rows = frame.sort("conflict_id").collect()
    return {
        "id": _hex(rows["conflict_id"]),
        "a": _place(rows["claim_id_a"], places["claims"]),
        "b": _place(rows["claim_id_b"], places["claims"]),
        "entities": _place_lists(rows["entity_ids"], places["entities"]),
        **_columns(rows.select("conflict_type", "explanation")),
        "confidence": _percent(rows["confidence"]),
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
        reasons, reason = _coded(frame["reason"])
        parts[table] = {
            "left": _place(frame["left_id"], places[table]),
            "right": _place(frame["right_id"], places[table]),
            "positive": (frame["judgement"] == "positive").cast(pl.Int8).to_list(),
            "score": _percent(frame["score"]),
            "reason": reason,
            "reasons": reasons,
        }
    return parts
