"""Found claims with their ids, their speakers and the entities inside their contents."""

import numpy as np
import polars as pl

from flows.resolve.claims.list_columns import by_row, elements, rows_of
from schemas import ids
from schemas.statements import backgrounds


def identified(found: pl.DataFrame) -> pl.DataFrame:
    """Found claims with claim_mention_id, once each, sorted by it."""
    places = found.select(
        "article_id", "speaker_start_char", "speaker_end_char", "cue_start_char", "cue_end_char"
    ).iter_rows()
    minted = [
        ids.claim_mention_id(
            article,
            spans,
            None if speaker_start is None else (speaker_start, speaker_end),
            None if cue_start is None else (cue_start, cue_end),
        )
        for spans, (article, speaker_start, speaker_end, cue_start, cue_end) in zip(
            elements(found["spans"], "start_char", "end_char"), places, strict=True
        )
    ]
    named = found.with_columns(pl.Series("claim_mention_id", minted, dtype=pl.String))
    # the narrated and the attributed claim of one content differ in speaker and cue, so equal ids are equal rows
    ordered = (
        named.select("claim_mention_id", "attribution").with_row_index("at").sort("claim_mention_id", "attribution")
    )
    return rows_of(named, ordered.unique("claim_mention_id", keep="first", maintain_order=True)["at"])


def alone() -> pl.Expr:
    """Return the statement without what was added so that it can be read alone."""
    return pl.coalesce("proposition", "statement")


def without_background(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return claim mentions with statement and statement_parts as they are compared: what is told before a statement,
    so that it can be read alone, is no part of what it says. Given names stay among the parts: they are of a name that
    the words have.
    """
    return mentions.with_columns(
        statement=alone(),
        statement_parts=pl.col("statement_parts").list.slice(backgrounds()),
    )


def actors(entities: pl.DataFrame) -> pl.DataFrame:
    """Whom each entity stands for as an actor: entity_id, actor ("Moscow" is Russia; others are themselves)."""
    return entities.select("entity_id", actor=pl.coalesce("stands_for", "entity_id"))


def with_speakers(claims: pl.DataFrame, entity_mentions: pl.DataFrame) -> pl.DataFrame:
    """Return claims with speaker_ids, everyone whom an antecedent of the speaker is, and speaker_id, the first of them.

    A capital that speaks is itself; `entities.stands_for` says for which state. Antecedents keep their order; one that
    is named twice counts once.
    """
    place = ["article_id", "start_char", "end_char"]
    spoken = entity_mentions.select(*place, "entity_id").unique(place, keep="first", maintain_order=True)
    named = (
        claims.select("article_id", antecedent="speaker_antecedents")
        .with_row_index("row")
        .explode("antecedent", empty_as_null=False)
        .unnest("antecedent")
        .join(spoken, on=place, how="inner", maintain_order="left")
        .group_by("row", maintain_order=True)
        .agg(speaker_ids=pl.col("entity_id").unique(maintain_order=True))
    )
    told = claims.with_columns(speaker_ids=by_row(named, "speaker_ids", claims.height))
    return told.with_columns(speaker_id=pl.col("speaker_ids").list.first())


def speaking_as(mentions: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Return claim mentions as they are compared, with actors for speakers: what Moscow says, Russia says."""
    spoken = (
        mentions.select("speaker_ids")
        .with_row_index("row")
        .explode("speaker_ids", empty_as_null=False)
        .join(actors(entities), left_on="speaker_ids", right_on="entity_id", how="inner", maintain_order="left")
        .group_by("row", maintain_order=True)
        .agg(speaker_ids="actor")
    )
    return mentions.with_columns(speaker_ids=by_row(spoken, "speaker_ids", mentions.height))


def entities_inside(claims: pl.DataFrame, entity_mentions: pl.DataFrame, ranges: str = "spans") -> pl.DataFrame:
    """Return entity mentions inside the ranges of claims: row (u32, into `claims`), entity_id, entity_type, surface,
    at.

    ranges: a column of ranges of the article: `spans` for the content, `statement_parts` for the whole statement,
    brackets included. Both tables are put on one axis (article, offset) and cut by binary search: no join of all with
    all.
    """
    spans = (
        claims.select("article_id", ranges).with_row_index("row").explode(ranges, empty_as_null=False).unnest(ranges)
    )
    articles = pl.concat([claims["article_id"], entity_mentions["article_id"]]).unique().sort()
    number = pl.DataFrame({"article_id": articles, "number": np.arange(len(articles), dtype=np.int64)})
    placed = entity_mentions.join(number, on="article_id", how="left").sort("number", "start_char", "end_char")
    axis = _axis(placed["number"], placed["start_char"])
    at = spans.join(number, on="article_id", how="left", maintain_order="left")
    low = np.searchsorted(axis, _axis(at["number"], at["start_char"]), "left")
    high = np.searchsorted(axis, _axis(at["number"], at["end_char"]), "left")
    sizes = high - low
    hits = np.repeat(low - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
    inside = placed["end_char"].to_numpy()[hits] <= np.repeat(at["end_char"].to_numpy(), sizes)
    return pl.DataFrame(
        {
            "row": np.repeat(at["row"].to_numpy(), sizes)[inside],
            "entity_id": placed["entity_id"].gather(hits[inside]),
            "entity_type": placed["entity_type"].gather(hits[inside]),
            "surface": placed["surface"].gather(hits[inside]),
            "at": placed["start_char"].gather(hits[inside]),
        }
    )


def actors_inside(claims: pl.DataFrame, entity_mentions: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Return the actors inside statements, brackets included: row, entity, entity_type, surface, at.

    A capital is counted as its state.
    """
    inside = entities_inside(claims, entity_mentions, "statement_parts")
    named = inside.join(actors(entities), on="entity_id", how="left", maintain_order="left")
    return named.select("row", "entity_type", "surface", "at", entity="actor")


def _axis(number: pl.Series, offset: pl.Series) -> np.ndarray:
    return number.to_numpy().astype(np.int64) * (1 << 32) + offset.to_numpy()
