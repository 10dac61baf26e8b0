"""The quality gate reads written files: a good snapshot passes, each kind of error is refused and named."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from flows.publish.commit import stage
from flows.snapshots.output_folder.store import publishing
from flows.validate.gate import summaries
from flows.validate.gate.expectations import run_gate, suite
from flows.validate.gate.result import GateResult
from schemas.tables import TABLES
from tests.builders import synthetic
from tests.builders.synthetic import documents


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with publishing(tmp_path_factory.mktemp("gate")) as store:
        return stage(store, synthetic.build(documents(6))).folder


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "snapshot"
    folder.mkdir()
    for file in written.glob("*.parquet"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def rewrite(folder: Path, table: str, change) -> None:
    path = folder / f"{table}.parquet"
    change(pl.read_parquet(path)).write_parquet(path)


def refused(result: GateResult) -> list[str]:
    assert not result.success
    return [check.meaning for check in result.checks if not check.success]


def judged(folder: Path, parent: Path | None = None, *, max_shrink: float = 0.5, docs: bool = False) -> GateResult:
    return run_gate(folder, parent, max_shrink=max_shrink, min_words=3, docs=docs)


def test_a_good_snapshot_passes_with_docs_that_fetch_nothing(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in copy.glob("*.parquet")}
    result = judged(copy, docs=True)
    assert result.success
    assert len(result.checks) == len(suite())
    assert {path.name: path.read_bytes() for path in copy.glob("*.parquet")} == before
    assert capfd.readouterr() == ("", "")
    pages = list((copy / "validation").rglob("*.html"))
    assert copy / "validation/index.html" in pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert 'src="http' not in text
        assert "url('http" not in text
        assert '<link rel="stylesheet" href="http' not in text
        assert str(copy) not in text
    files = [path for path in (copy / "validation").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".html", ".css"}


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("entities", lambda f: f.head(f.height - 1), "every id that a table refers to"),
        ("articles", lambda f: f.clear(), "every id that a table refers to"),
        ("articles", lambda f: f.with_columns(word_count=pl.lit(2, pl.Int32)), "neither shorter than the settings"),
        ("articles", lambda f: f.with_columns(language=pl.lit("de")), "a language that the reader knows"),
        ("claim_mentions", lambda f: pl.concat([f, f.head(1)]), "a claim mention is one row"),
        ("claims", lambda f: f.with_columns(independent_count=pl.col("article_count") + 1), "independent support"),
        ("claim_conflicts", lambda f: f.with_columns(claim_id_a="claim_id_b"), "the lesser id first"),
    ],
)
def test_a_fault_is_refused(copy: Path, table: str, change, said: str) -> None:
    rewrite(copy, table, change)
    result = judged(copy)
    assert any(said in meaning for meaning in refused(result))
    assert re.search(
        f"expectations fail: table ({table}|references|texts): ", str(result.error(Path("failed/2.2.1-1")))
    )


def test_rejects_alone_are_a_snapshot(copy: Path) -> None:
    """A folder in which every file is refused publishes why."""
    for table in TABLES:
        rewrite(copy, table, lambda f: f.clear())
    result = judged(copy)
    assert result.success, result.error(written)


def many(folder: Path, times: int) -> None:
    """Every table `times` over (keys repeat: only shares and counts matter)."""
    for table in TABLES:
        rewrite(folder, table, lambda f: pl.concat([f] * times))


def speakers(folder: Path, phrase: str) -> None:
    """Every attributed claim by a speaker of its own: `phrase` with a number in it."""
    surface = pl.when(pl.col("speaker_surface").is_not_null()).then(pl.format(phrase, pl.int_range(pl.len())))
    rewrite(folder, "claim_mentions", lambda f: f.with_columns(speaker_surface=surface))


def without_speakers(folder: Path) -> None:
    """As a build leaves it in which speakers are found and never resolved."""
    rewrite(folder, "claim_mentions", lambda f: f.with_columns(speaker_id=pl.lit(None, pl.String)))


def unknown(folder: Path) -> bool:
    """Whether the gate complains of speakers who are not known (and not only of keys that `many` repeats)."""
    return any("a speaker who is named is usually known" in said for said in refused(judged(folder, max_shrink=1)))


def test_a_build_that_resolves_no_speaker_is_refused(copy: Path) -> None:
    many(copy, 20)
    speakers(copy, "spokesman Ana{}")
    assert not unknown(copy)
    without_speakers(copy)
    assert unknown(copy)


def test_speakers_without_a_name_need_not_be_known(copy: Path) -> None:
    many(copy, 20)
    speakers(copy, "The harbour master of berth {}")
    without_speakers(copy)
    assert not unknown(copy)


def test_a_speaker_is_judged_once_however_often_the_phrase_comes(copy: Path) -> None:
    many(copy, 20)
    without_speakers(copy)
    frame = summaries.shares(copy, None).set_index("figure")
    assert frame.loc["attributed claims with a resolved speaker", "rows"] >= 200
    assert frame.loc["speaker phrases with a name that are resolved", "rows"] < 10
    assert not unknown(copy)


@pytest.mark.parametrize(("ending", "judged_pages"), [("html", True), ("warc.gz#7", True), ("txt", False)])
def test_pages_of_a_line_are_refused_and_notes_of_a_line_are_not(copy: Path, ending: str, judged_pages: bool) -> None:
    many(copy, 20)
    short = {
        "word_count": pl.lit(9, pl.Int32),
        "source_uri": pl.format("{}.{}", pl.int_range(pl.len()), pl.lit(ending)),
    }
    rewrite(copy, "articles", lambda f: f.with_columns(**short))
    said = refused(judged(copy, max_shrink=1))
    assert any("holds more than a line" in meaning for meaning in said) == judged_pages


def test_texts_that_lose_their_words_are_refused(copy: Path, tmp_path: Path) -> None:
    many(copy, 20)
    parent = tmp_path / "parent"
    parent.mkdir()
    for file in copy.glob("*.parquet"):
        (parent / file.name).write_bytes(file.read_bytes())
    rewrite(copy, "articles", lambda f: f.with_columns(word_count=pl.col("word_count") // 3))
    assert any("loses no more of its words" in said for said in refused(judged(copy, parent)))


def test_drift_against_the_parent(copy: Path, written: Path, tmp_path: Path) -> None:
    parent = tmp_path / "parent"
    parent.mkdir()
    for file in written.glob("*.parquet"):
        (parent / file.name).write_bytes(file.read_bytes())
    many(parent, 20)
    small = summaries.drift(copy, parent)
    assert small["lost_share"].round(2).tolist() == [0.95] * 5
    result = judged(copy, parent)
    assert any("loses more of its rows" in said for said in refused(result))
    said = str(result.error(Path("output/failed/2.2.1-1")))
    for wanted in ("table drift", "expect_column_values_to_be_between(lost_share", "rows do not", "0.95"):
        assert wanted in said
    assert said.endswith("see its report.html. If that is as it should be, set validation.max_shrink for this run.")
    assert "output/failed/2.2.1-1" in said
    assert summaries.drift(copy, copy)["lost_share"].isna().all(), "six articles may shrink as they like"


def test_a_share_that_jumps_is_refused(copy: Path, tmp_path: Path) -> None:
    many(copy, 20)
    parent = tmp_path / "parent"
    parent.mkdir()
    for file in copy.glob("*.parquet"):
        (parent / file.name).write_bytes(file.read_bytes())
    rewrite(copy, "claim_mentions", lambda f: f.with_columns(polarity=pl.lit("negated")))
    differences = summaries.shares(copy, parent).set_index("figure")["difference"]
    assert differences["claims that are negated"] > 0.3
    assert any("moves by more than 30 points" in said for said in refused(judged(copy, parent, max_shrink=1)))


def test_the_suite_is_data_that_says_what_it_means() -> None:
    entries = suite()
    assert len({(entry.table, entry.meaning) for entry in entries}) == len(entries)
    assert {entry.table for entry in entries} <= {*TABLES, "references", "shares", "texts", "drift"}
    assert json.dumps([entry.arguments for entry in entries])
