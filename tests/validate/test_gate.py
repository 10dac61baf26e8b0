"""The last gate reads written files: a good snapshot passes, each kind of fault is refused and named."""

import json
from pathlib import Path

import polars as pl
import pytest

from flows.publish.snapshot import stage
from flows.publish.store import publishing
from flows.validate import summaries
from flows.validate.gate import GateResult, run_gate, suite
from schemas.relations import TABLES
from tests import synthetic
from tests.synthetic import documents


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


def test_a_good_snapshot_passes_with_docs_that_fetch_nothing(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in copy.glob("*.parquet")}
    result = run_gate(copy, None, max_shrink=0.5)
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
        ("articles", lambda f: f.clear(), "at least one article"),
        ("articles", lambda f: f.with_columns(language=pl.lit("de")), "a language that the reader knows"),
        ("claim_mentions", lambda f: pl.concat([f, f.head(1)]), "a claim mention is one row"),
        ("claims", lambda f: f.with_columns(independent_count=pl.col("article_count") + 1), "independent support"),
        ("claim_conflicts", lambda f: f.with_columns(claim_id_a="claim_id_b"), "the lesser id first"),
    ],
)
def test_a_fault_is_refused(copy: Path, table: str, change, said: str) -> None:
    rewrite(copy, table, change)
    result = run_gate(copy, None, max_shrink=0.5, docs=False)
    assert any(said in meaning for meaning in refused(result))
    assert f"expectations fail: {table}: " in str(result.error()) or "references: " in str(result.error())


def many(folder: Path, times: int) -> None:
    """Every table `times` over (keys repeat: only shares and counts matter)."""
    for table in TABLES:
        rewrite(folder, table, lambda f: pl.concat([f] * times))


def test_shares_are_judged_from_enough_rows_on(copy: Path) -> None:
    rewrite(copy, "claim_mentions", lambda f: f.with_columns(speaker_id=pl.lit(None, pl.String)))
    assert run_gate(copy, None, max_shrink=0.5, docs=False).success
    many(copy, 20)
    assert any("some speakers are known" in said for said in refused(run_gate(copy, None, max_shrink=1, docs=False)))


def test_drift_against_the_parent(copy: Path, written: Path, tmp_path: Path) -> None:
    parent = tmp_path / "parent"
    parent.mkdir()
    for file in written.glob("*.parquet"):
        (parent / file.name).write_bytes(file.read_bytes())
    many(parent, 20)
    small = summaries.drift(copy, parent)
    assert small["lost_share"].round(2).tolist() == [0.95] * 5
    assert any("loses more of its rows" in said for said in refused(run_gate(copy, parent, max_shrink=0.5, docs=False)))
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
    assert any(
        "moves by more than 30 points" in said for said in refused(run_gate(copy, parent, max_shrink=1, docs=False))
    )


def test_the_suite_is_data_that_says_what_it_means() -> None:
    entries = suite()
    assert len({(entry.table, entry.meaning) for entry in entries}) == len(entries)
    assert {entry.table for entry in entries} <= {*TABLES, "references", "shares", "drift"}
    assert json.dumps([entry.arguments for entry in entries])


def test_great_expectations_is_imported_by_one_file() -> None:
    flows = Path(summaries.__file__).parents[1]
    importers = [
        path.name for path in flows.rglob("*.py") if "import great_expectations" in path.read_text(encoding="utf-8")
    ]
    assert importers == ["gate.py"]
