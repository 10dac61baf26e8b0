"""Claims as the page carries them: their mentions, conflicts, stories, and what outlets do with them."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from flows.report.display_text import sentence
from flows.report.page.packed_columns import (
    VOCABULARIES,
    coded,
    codes,
    finite,
    hex_digits,
    percent,
    place_lists,
    places_of,
    plain_columns,
)
from flows.snapshots.reader import Snapshot
from schemas.statements import backgrounds
from schemas.vocabularies import StatementPart


def made(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Return claim mentions. A content in one piece has 0 for its spans: they are the envelope. A statement that is the
    content's words as a sentence has 0, too."""
    spans: list[int | list[int]] = [0] * frame.height
    several = (frame["spans"].list.len() != 1).arg_true()
    for at, pieces in zip(several.to_list(), frame["spans"].gather(several).to_list(), strict=True):
        spans[at] = [edge for piece in pieces for edge in (piece["start_char"], piece["end_char"])]
    number = {name: frame[name].fill_null(-1).to_list() for name in _EDGES}
    return {
        "id": hex_digits(frame["claim_mention_id"]),
        "claim": places_of(frame["claim_id"], places["claims"]),
        "article": places_of(frame["article_id"], places["articles"]),
        "start": frame["start_char"].to_list(),
        "end": frame["end_char"].to_list(),
        "spans": spans,
        "speaker": places_of(frame["speaker_id"], places["entities"]),
        "speakers": place_lists(frame["speaker_ids"], places["entities"]),
        "statement": [
            0 if statement == sentence(text) else statement
            for statement, text in frame.select("statement", "text").iter_rows()
        ],
        "told": frame.select(backgrounds()).to_series().to_list(),
        "denied": frame.select(_denied().cast(pl.Int8)).to_series().to_list(),
        "said_on": frame["said_on"].cast(pl.String).to_list(),
        **number,
        **{name: codes(frame[name], VOCABULARIES[name]) for name in ("attribution", "polarity", "modality")},
        "entities": place_lists(frame["entity_ids"], places["entities"]),
        "quantities": [
            [[finite(q["value"]), q["unit"], q["surface"]] for q in row] for row in frame["quantities"].to_list()
        ],
        "dates": [[[d["iso"], d["surface"]] for d in row] for row in frame["dates"].to_list()],
        "confidence": percent(frame["confidence"]),
    }


def _denied() -> pl.Expr:
    """Whether a part of the statement stands for a cue of denial."""
    negation = pl.element().struct.field("kind") == StatementPart.NEGATION.value
    return pl.col("statement_parts").list.eval(negation).list.any()


_EDGES = ("speaker_start_char", "speaker_end_char", "cue_start_char", "cue_end_char")


def claims(frame: pl.DataFrame, made: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Return claims. The text is the number of the mention whose statement it is; itself where no shown one has it."""
    worded = made.with_row_index("at").group_by("claim_id", text="statement").agg(pl.col("at").min())
    wording = frame.join(worded, on=["claim_id", "text"], how="left", maintain_order="left")
    counts = ["mention_count", "article_count", "independent_count", "publisher_count"]
    days = [pl.col(name).cast(pl.String) for name in ("first_published_on", "last_published_on")]
    return {
        "id": hex_digits(frame["claim_id"]),
        "text": [text if at is None else at for text, at in wording.select("text", "at").iter_rows()],
        **{name: codes(frame[name], VOCABULARIES[name]) for name in ("polarity", "modality")},
        "entities": place_lists(frame["entity_ids"], places["entities"]),
        "speakers": place_lists(frame["speaker_ids"], places["entities"]),
        **plain_columns(frame.select(*counts, *days)),
        "cohesion": percent(frame["cohesion"]),
    }


def conflicts(snapshot: Snapshot, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Return conflicts that the page carries."""
    shown = places["claims"].select("key").lazy()
    frame = snapshot.scan("claim_conflicts")
    for side in ("claim_id_a", "claim_id_b"):
        frame = frame.join(shown, left_on=side, right_on="key", how="semi")
    rows = frame.sort("conflict_id").collect()
    return {
        "id": hex_digits(rows["conflict_id"]),
        "a": places_of(rows["claim_id_a"], places["claims"]),
        "b": places_of(rows["claim_id_b"], places["claims"]),
        "entities": place_lists(rows["entity_ids"], places["entities"]),
        **plain_columns(rows.select("conflict_type", "explanation", "words_a", "words_b")),
        "story": places_of(rows["story_id"], places["stories"]),
        "confidence": percent(rows["confidence"]),
    }


def stories(frame: pl.DataFrame, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Return stories that the page carries."""
    days = [pl.col(name).cast(pl.String) for name in ("first_published_on", "last_published_on")]
    return {
        "id": hex_digits(frame["story_id"]),
        **plain_columns(frame.select("title", *days, "article_count", "independent_count", "publisher_count")),
        "entities": place_lists(frame["entity_ids"], places["entities"]),
    }


def coverage(snapshot: Snapshot, places: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """Return what each outlet of a story does with each of its claims, for stories and claims that the page carries."""
    rows = snapshot.scan("coverage").join(places["stories"].lazy(), left_on="story_id", right_on="key", how="semi")
    rows = rows.join(places["claims"].lazy(), left_on="claim_id", right_on="key", how="semi")
    frame = rows.sort("story_id", "claim_id", "publisher").collect()
    publishers, publisher = coded(frame["publisher"])
    return {
        "story": places_of(frame["story_id"], places["stories"]),
        "claim": places_of(frame["claim_id"], places["claims"]),
        "publisher": publisher,
        "publishers": publishers,
        "stance": codes(frame["stance"], VOCABULARIES["stance"]),
        "speakers": place_lists(frame["speaker_ids"], places["entities"]),
        "articles": place_lists(frame["article_ids"], places["articles"]),
    }
