"""What the page carries is what the tables say: unpacked and joined back by row numbers, it is the same."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.report.display_text import sentence
from flows.report.page import payload
from flows.report.page.packed_columns import VOCABULARIES
from flows.snapshots.reader import Snapshot, read_snapshot
from schemas.tables import TABLES
from tests.builders import report_corpus


def unpacked(snapshot: Snapshot, **arguments: Any) -> dict[str, Any]:
    """The page's data as the browser has it."""
    return {
        name: json.loads(gzip.decompress(base64.b64decode(packed)))
        for name, packed in payload.blocks(snapshot, **arguments).items()
    }


@pytest.mark.parametrize("name", TABLES)
def test_the_made_up_tables_keep_the_contract(snapshot: Snapshot, name: str) -> None:
    frame = snapshot.table(name)
    assert TABLES[name].model.validate(frame, lazy=True).height == frame.height
    assert frame.height > 0 or name == "coverage"  # every made-up article is a story of its own


def test_claim_mentions_come_back_as_they_are_in_the_table(snapshot: Snapshot) -> None:
    data = unpacked(snapshot)
    made, articles, entities = data["made"], data["articles"], data["entities"]
    rows = snapshot.table("claim_mentions").sort("article_id", "start_char", "end_char").to_dicts()
    assert len(made["id"]) == len(rows)
    for at, row in enumerate(rows):
        text = data["text"]["text"][made["article"][at]]
        spans = made["spans"][at] or [made["start"][at], made["end"][at]]
        pairs = list(zip(spans[::2], spans[1::2], strict=True))
        assert "art_" + articles["id"][made["article"][at]] == row["article_id"]
        assert " ".join(text[a:b] for a, b in pairs) == row["text"]
        assert "clm_" + data["claims"]["id"][made["claim"][at]] == row["claim_id"]
        assert ["ent_" + entities["id"][e] for e in made["entities"][at]] == row["entity_ids"]
        speaker = made["speaker"][at]
        assert (None if speaker < 0 else "ent_" + entities["id"][speaker]) == row["speaker_id"]
        assert VOCABULARIES["attribution"][made["attribution"][at]] == row["attribution"]


def test_a_claim_is_worded_by_one_of_its_mentions_or_in_its_own_words(snapshot: Snapshot) -> None:
    data = unpacked(snapshot)
    by_id = dict(snapshot.table("claims").select("claim_id", "text").iter_rows())
    mentions = snapshot.table("claim_mentions").sort("article_id", "start_char", "end_char")["statement"].to_list()
    worded = [mentions[text] if isinstance(text, int) else text for text in data["claims"]["text"]]
    assert {"clm_" + key: text for key, text in zip(data["claims"]["id"], worded, strict=True)} == by_id
    assert any(isinstance(text, int) for text in data["claims"]["text"])


def test_a_statement_is_carried_where_it_is_not_the_words_themselves(snapshot: Snapshot) -> None:
    data = unpacked(snapshot)
    rows = snapshot.table("claim_mentions").sort("article_id", "start_char", "end_char")
    for carried, row in zip(data["made"]["statement"], rows.to_dicts(), strict=True):
        assert (carried or sentence(row["text"])) == row["statement"]
    assert any(carried == 0 for carried in data["made"]["statement"])
    told = [sum(part["kind"] == "background" for part in row["statement_parts"]) for row in rows.to_dicts()]
    assert data["made"]["told"] == told
    assert {*told} == {0, 1, 2}


def test_stories_and_their_coverage(snapshot: Snapshot) -> None:
    data = unpacked(snapshot)
    stories, coverage = data["stories"], data["coverage"]
    assert stories["id"]
    rows = {
        (row["story_id"], row["claim_id"], row["publisher"], row["stance"])
        for row in snapshot.table("coverage").to_dicts()
    }
    carried = {
        (
            "str_" + stories["id"][s],
            "clm_" + data["claims"]["id"][c],
            coverage["publishers"][p],
            VOCABULARIES["stance"][v],
        )
        for s, c, p, v in zip(*(coverage[name] for name in ("story", "claim", "publisher", "stance")), strict=True)
    }
    assert carried == rows
    assert [s for s in data["articles"]["story"] if s >= 0]


def test_edges_join_rows_of_one_entity(snapshot: Snapshot) -> None:
    data = unpacked(snapshot)
    edges, entity = data["edges"]["entity_mentions"], data["mentions"]["entity"]
    assert edges["left"]
    assert all(entity[a] == entity[b] for a, b in zip(edges["left"], edges["right"], strict=True))


def test_a_large_snapshot_is_cut_to_whole_articles_and_every_reference_still_leads_somewhere(
    snapshot: Snapshot,
) -> None:
    data = unpacked(snapshot, most_articles=5)
    assert len(data["articles"]["id"]) == len(data["text"]["text"]) == 5
    assert set(data["made"]["article"]) <= set(range(5))
    assert min(data["made"]["claim"]) >= 0
    assert min(data["mentions"]["entity"]) >= 0
    used = [claim for column in ("a", "b") for claim in data["conflicts"][column]]
    assert all(0 <= claim < len(data["claims"]["id"]) for claim in used)


def test_the_same_tables_are_packed_to_the_same_bytes(snapshot: Snapshot) -> None:
    assert payload.blocks(snapshot) == payload.blocks(snapshot)


def test_a_number_that_json_does_not_have_becomes_none(tmp_path: Path) -> None:
    folder = report_corpus.build(tmp_path, articles=3)
    path = folder / "claim_mentions.parquet"
    endless = {"value": float("inf"), "unit": None, "surface": "endless"}
    frame = pl.read_parquet(path)
    frame.with_columns(pl.lit([endless], dtype=frame.schema["quantities"]).alias("quantities")).write_parquet(path)
    found = unpacked(read_snapshot(folder))["made"]["quantities"]
    assert found[0] == [[None, None, "endless"]]
