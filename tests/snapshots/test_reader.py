"""A snapshot opened by who works with it: lazy frames, statements by name, what a notebook shows."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from flows.errors import SettingsError, SnapshotError, UnknownNameError
from flows.snapshots import Snapshot, open_snapshot
from schemas.vocabularies import TABLE_NAMES
from tests.builders import report_corpus


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with one snapshot of 24 articles."""
    return report_corpus.output(tmp_path_factory.mktemp("reader"))


@pytest.fixture(scope="module")
def snapshot(output: Path) -> Snapshot:
    return open_snapshot(output=output)


def test_a_snapshot_is_opened_by_version_latest_its_folder_or_the_output_folder(output: Path) -> None:
    folders = [
        open_snapshot("2.2.1", output).folder,
        open_snapshot("latest", output).folder,
        open_snapshot(output / "snapshots" / "2.2.1").folder,
        open_snapshot(str(output / "latest")).folder,
        open_snapshot(output).folder,
    ]
    assert {folder.resolve() for folder in folders} == {(output / "snapshots" / "2.2.1").resolve()}


def test_what_is_no_snapshot_is_said(output: Path, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"there are: 2\.2\.1"):
        open_snapshot("2.2.7", output)
    with pytest.raises(SnapshotError, match="is no snapshot"):
        open_snapshot(tmp_path / "nothing")


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_every_table_is_a_lazy_frame(snapshot: Snapshot, name: str) -> None:
    frame = snapshot[name]
    assert isinstance(frame, pl.LazyFrame)
    assert frame.collect().equals(pl.read_parquet(snapshot.folder / f"{name}.parquet"))
    assert name in dir(snapshot)
    if name != "statements":
        assert getattr(snapshot, name).collect().equals(frame.collect())


def test_a_snapshot_of_an_earlier_contract_says_what_it_lacks(output: Path) -> None:
    earlier = Path(__file__).resolve().parents[1] / "golden" / "contract-1.0" / "1.0.0"
    assert open_snapshot(earlier).claims.collect().height > 0
    with pytest.raises(SnapshotError, match=r"1\.0\.0 keeps contract 1\.0, which has no statements"):
        open_snapshot(earlier).statements()


def test_a_table_that_is_not_there_is_no_attribute(snapshot: Snapshot) -> None:
    with pytest.raises(AttributeError, match="claim_mentions"):
        _ = snapshot.claimz
    with pytest.raises(KeyError, match="claim_mentions"):
        _ = snapshot["claimz"]


def test_statements_without_a_question_are_the_table_newest_first(snapshot: Snapshot) -> None:
    found = snapshot.statements().collect()
    assert found.height == snapshot.table("statements").height
    dates = found["published_on"].drop_nulls()
    assert dates.is_sorted(descending=True)
    assert found["published_on"].tail(found["published_on"].null_count()).null_count() == found.height - len(dates)


@pytest.mark.parametrize("asked", ["Søren Dahl", "soren dahl".replace("o", "ø"), "DAHL", "Dahl Søren"])
def test_a_speaker_is_found_whatever_the_case_and_order(snapshot: Snapshot, asked: str) -> None:
    found = snapshot.statements(speaker=asked).collect()
    everything = snapshot.table("statements")
    assert found.height == everything["speakers"].str.contains("Søren Dahl").sum() > 0


def test_accents_do_not_matter(tmp_path: Path) -> None:
    folder = report_corpus.build(tmp_path / "accents", articles=6)
    path = folder / "entities.parquet"
    renamed = pl.col("name").replace({"Tobias Renn": "Tobiaš Rénn"})
    pl.read_parquet(path).with_columns(name=renamed, aliases=pl.concat_list(renamed)).write_parquet(path)
    assert open_snapshot(folder).statements(speaker="renn").collect().height > 0
    assert open_snapshot(folder).statements(speaker="tobias rénn").collect().height > 0


def test_half_a_name_is_nobody_and_the_nearest_are_named(snapshot: Snapshot) -> None:
    with pytest.raises(UnknownNameError, match="no speaker is called 'Ren'; nearest: Tobias Renn"):
        snapshot.statements(speaker="Ren")
    with pytest.raises(UnknownNameError, match="no outlet is called 'Daily Leger'; nearest: Daily Ledger"):
        snapshot.statements(outlet="Daily Leger")
    with pytest.raises(UnknownNameError, match="no outlet is called 'cp'; nearest: The Coast Post"):
        snapshot.statements(outlet="cp")  # its initials, without the article
    with pytest.raises(UnknownNameError, match="no speaker is called 'North Quay'"):
        snapshot.statements(speaker="North Quay")  # is named, says nothing


def test_filters_hold_together(snapshot: Snapshot) -> None:
    found = snapshot.statements(outlet="coast post", about="breakwater", since="2024-01-08", until="2024-01").collect()
    expected = snapshot.table("statements").filter(
        pl.col("publisher") == "The Coast Post",
        pl.col("claim_mention_id").replace_strict(report_corpus.said(snapshot)).str.contains("breakwater"),
        pl.col("published_on").is_between(dt.date(2024, 1, 8), dt.date(2024, 1, 31)),
    )
    assert 0 < found.height == expected.height


def test_about_words_are_those_of_the_source_and_not_of_the_background(snapshot: Snapshot) -> None:
    said = {key for key, words in report_corpus.said(snapshot).items() if "dredging" in words.lower()}
    told = snapshot.table("statements").filter(pl.col("statement").str.contains("(?i)dredging"))
    assert (
        set(snapshot.statements(about="Dredging").collect()["claim_mention_id"]) == said < {*told["claim_mention_id"]}
    )


def test_about_finds_entities_by_another_name(tmp_path: Path) -> None:
    folder = report_corpus.build(tmp_path / "about", articles=6)
    path = folder / "entities.parquet"
    longer = pl.when(pl.col("name") == "Green Coast").then(pl.lit("Verde League")).otherwise(pl.col("name"))
    pl.read_parquet(path).with_columns(name=longer).write_parquet(path)
    found = open_snapshot(folder).statements(about="verde").collect()
    assert 0 < found.height == found["statement"].str.contains("Green Coast").sum()


def test_a_story_by_its_id_and_by_its_title(snapshot: Snapshot) -> None:
    story = snapshot.table("stories").row(0, named=True)
    by_id = snapshot.statements(story=story["story_id"]).collect()
    assert set(by_id["story_id"]) == {story["story_id"]}
    assert by_id.height <= snapshot.statements(story=story["title"]).collect().height


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2024", "2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-01-03", "2024-01-05", dt.date(2024, 1, 3), dt.date(2024, 1, 5)),
        (dt.date(2024, 1, 3), dt.date(2024, 1, 4), dt.date(2024, 1, 3), dt.date(2024, 1, 4)),
        (None, "2023-12", None, dt.date(2023, 12, 31)),
    ],
)
def test_dates_are_years_months_or_days_both_included(snapshot: Snapshot, since, until, first, last) -> None:
    found = snapshot.statements(since=since, until=until).collect()
    day = pl.col("published_on")
    expected = snapshot.table("statements").filter((day <= last) & (day >= first if first else True))
    assert found.height == expected.height


@pytest.mark.parametrize("when", ["yesterday", "2024-13", "2024-02-30", "24", "2024-1"])
def test_what_is_no_date_is_said(snapshot: Snapshot, when: str) -> None:
    with pytest.raises(SettingsError, match="is no date"):
        snapshot.statements(since=when)
    with pytest.raises(SettingsError, match="is no date"):
        snapshot.statements(until=when)


def test_a_notebook_shows_the_tables_and_nothing_that_acts(output: Path, snapshot: Snapshot) -> None:
    shown = snapshot._repr_html_()
    assert f"{snapshot.table('claims').height:,}" in shown
    assert all(f"<code>{name}</code>" in shown for name in TABLE_NAMES)
    evil = Snapshot(snapshot.folder, {"version": "<script>1</script>"})
    assert "<script>" not in evil._repr_html_()
