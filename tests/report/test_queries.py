"""Answers about a snapshot, each compared with a count by hand over the rows."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from flows.errors import SnapshotError
from flows.report import aggregates, queries
from flows.report.lookup import find_story
from flows.snapshots.reader import Snapshot, open_snapshot
from schemas.vocabularies import StatementPart


def test_speakers_are_counted_by_statement_and_ordered_by_it(snapshot: Snapshot) -> None:
    said = snapshot.table("claim_mentions").filter(pl.col("speaker_id").is_not_null())
    counted = Counter(said["speaker_id"].to_list())
    found = queries.speakers(snapshot)
    assert dict(found.select("entity_id", "statements").iter_rows()) == counted
    assert found["statements"].is_sorted(descending=True)


def test_claims_of_a_speaker_have_that_speaker(snapshot: Snapshot) -> None:
    found = queries.claims(snapshot, speaker="ilves")
    assert 0 < found.height < snapshot.table("claims").height
    assert all("Marta Ilves" in names for names in found["speakers"].to_list())


def test_filters_of_claims_hold_together_on_one_mention(snapshot: Snapshot) -> None:
    found = queries.claims(snapshot, speaker="renn", publisher="ledger", attribution="direct")
    articles = snapshot.table("articles").filter(pl.col("publisher") == "Daily Ledger")["article_id"]
    renn = snapshot.table("entities").filter(pl.col("name") == "Tobias Renn")["entity_id"]
    expected = snapshot.table("claim_mentions").filter(
        pl.col("article_id").is_in(articles.to_list()),
        pl.col("speaker_id").is_in(renn.to_list()),
        pl.col("attribution") == "direct",
    )
    assert set(found["claim_id"]) == set(expected["claim_id"])


def test_stories_of_unknown_outlets_are_stories_too(snapshot: Snapshot, tmp_path: Path) -> None:
    for name, table in snapshot.tables.items():
        unknown = [pl.lit(0, table.schema[c]).alias(c) for c in ("publisher_count",) if name == "stories"]
        table.with_columns(unknown).write_parquet(tmp_path / f"{name}.parquet")
    again = Snapshot(tmp_path)
    told = again.table("stories")["story_id"]
    assert set(queries.stories(again)["story_id"]) == set(told)
    assert queries.stories(again, min_publishers=1).is_empty()
    assert find_story(again, told[0])["story_id"] == told[0]


def test_words_are_looked_for_as_they_are_and_not_as_a_pattern(snapshot: Snapshot) -> None:
    assert queries.claims(snapshot, contains=".*").height == 0
    assert queries.claims(snapshot, contains="BREAKWATER").height > 0


def test_words_are_looked_for_in_what_is_said_and_not_in_what_is_told_before_it(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    for name, table in snapshot.tables.items():
        retold = [
            pl.col(c).str.replace(r"^\[.*\]", "[Zebras came.]") for c in ("statement", "text") if c in table.columns
        ]
        table.with_columns(retold).write_parquet(tmp_path / f"{name}.parquet")
    again = Snapshot(tmp_path)
    assert again.table("claims")["text"].str.contains("Zebras").any()
    assert queries.claims(again, contains="zebras").is_empty()
    assert queries.claims(again, contains="dredging").height == queries.claims(snapshot, contains="dredging").height > 0
    assert queries.conflicts(again)["text_a"].str.contains("Zebras").any()
    assert queries.conflicts(again, contains="zebras").is_empty()


@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_said_of_a_text_that_is_divided_in_two_ways_does_not_depend_on_the_order(
    snapshot: Snapshot, tmp_path: Path, backwards: bool
) -> None:
    text = "[Zebras came.] The mill burned."
    for name, table in snapshot.tables.items():
        table.write_parquet(tmp_path / f"{name}.parquet")
    claims, rows = snapshot.table("claims").head(1), snapshot.table("claim_mentions").head(2)
    claims.with_columns(text=pl.lit(text)).write_parquet(tmp_path / "claims.parquet")
    kinds = [StatementPart.BRACKET.value, StatementPart.BACKGROUND.value]
    parts = [[{"kind": kind, "start_char": 0, "end_char": 1}] for kind in sorted(kinds, reverse=backwards)]
    rows.with_columns(
        pl.Series("statement_parts", parts, dtype=rows.schema["statement_parts"]),
        claim_id=pl.lit(claims["claim_id"].item()),
        statement=pl.lit(text),
    ).write_parquet(tmp_path / "claim_mentions.parquet")
    assert queries.claims(Snapshot(tmp_path), contains="burned").height == 1
    assert queries.claims(Snapshot(tmp_path), contains="zebras").is_empty()


def test_conflicts_can_be_asked_by_speaker_of_either_side(snapshot: Snapshot) -> None:
    found = queries.conflicts(snapshot, speaker="renn")
    assert found.height > 0
    for row in found.to_dicts():
        assert "Tobias Renn" in row["speakers_a"] + row["speakers_b"]


def test_each_side_of_a_conflict_has_the_words_at_issue_and_its_outlets(snapshot: Snapshot) -> None:
    for row in queries.conflicts(snapshot).to_dicts():
        for side in "ab":
            made = snapshot.table("claim_mentions").filter(pl.col("claim_id") == row[f"claim_id_{side}"])
            articles = snapshot.table("articles").join(made, on="article_id", how="semi")
            assert row[f"outlets_{side}"] == sorted({name for name in articles["publisher"] if name})
            assert row[f"words_{side}"] in row[f"text_{side}"]


def test_a_wording_of_a_conflict_that_has_the_words_stands_for_one_that_has_not(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    one = queries.conflicts(snapshot).row(0, named=True)
    for name, table in snapshot.tables.items():
        table.write_parquet(tmp_path / f"{name}.parquet")
    reworded = pl.when(pl.col("claim_id") == one["claim_id_a"]).then(pl.lit("It takes some time")).otherwise("text")
    snapshot.table("claims").with_columns(text=reworded).write_parquet(tmp_path / "claims.parquet")
    found = queries.conflicts(Snapshot(tmp_path)).filter(pl.col("conflict_id") == one["conflict_id"])
    assert one["words_a"] in found["text_a"].item()


def test_the_mix_of_an_outlet_adds_up_to_one(snapshot: Snapshot) -> None:
    mix = aggregates.attribution_mix(snapshot).group_by("publisher").agg(pl.col("share").sum())
    assert mix["share"].to_list() == pytest.approx([1.0] * mix.height)


def test_the_timeline_has_every_dated_claim_once(snapshot: Snapshot) -> None:
    counted, length = aggregates.timeline(snapshot)
    dated = snapshot.table("articles").filter(pl.col("published_on").is_not_null())["article_id"]
    claims = snapshot.table("claim_mentions").filter(pl.col("article_id").is_in(dated.to_list()))
    assert (length, counted["claims"].sum()) == ("day", claims.height)


def test_nobody_is_linked_to_themselves_in_the_network(snapshot: Snapshot) -> None:
    links = aggregates.who_about_whom(snapshot)
    assert links.height > 0
    assert links.filter(pl.col("speaker") == pl.col("about")).is_empty()


def test_a_missing_version_is_an_error_that_names_those_that_are_there(output) -> None:
    with pytest.raises(SnapshotError, match=r"no version 9\.9\.9; there are: .*2\.2\.1"):
        open_snapshot("9.9.9", output)


def test_a_folder_without_snapshots_is_an_error_that_says_what_to_do(tmp_path) -> None:
    with pytest.raises(SnapshotError, match="nothing was published to"):
        open_snapshot(output=tmp_path)
