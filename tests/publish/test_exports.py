"""A snapshot as databases, CSV and JSON Lines: the rows of the tables, and views that answer what people ask."""

import datetime as dt
import json
import shutil
import sqlite3
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.errors import PlaceError, SettingsError
from flows.publish.exports.views import VIEWS
from flows.snapshots import Snapshot, open_snapshot
from tests.builders import report_corpus


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_corpus.output(tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def snapshot(output: Path) -> Snapshot:
    return open_snapshot(output=output)


def export(output: Path, form: str, path: Path) -> Path:
    """Export as a person would."""
    done = CliRunner().invoke(app, ["export", "--to", form, str(path), "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert str(path) in done.stdout
    return path


def test_duckdb_has_every_table_with_its_types_and_the_views(output: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    path = export(output, "duckdb", tmp_path / "news.duckdb")
    with duckdb.connect(str(path), read_only=True) as database:
        for name, frame in snapshot.tables.items():
            assert database.table(name).order("all").pl().equals(duckdb.from_arrow(frame.to_arrow()).order("all").pl())
        _check_views(snapshot, {name: database.table(name).fetchall() for name in VIEWS})


def test_sqlite_has_every_row_and_the_views(output: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    path = export(output, "sqlite", tmp_path / "news.sqlite")
    database = sqlite3.connect(path)
    for name, frame in snapshot.tables.items():
        rows = database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - names of tables
        assert len(rows) == frame.height
        for row, expected in zip(rows, frame.iter_rows(), strict=True):
            assert [_read(value, like) for value, like in zip(row, expected, strict=True)] == list(expected)
    views = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in VIEWS}  # noqa: S608
    _check_views(snapshot, views)


def _read(value: object, like: object) -> object:
    if isinstance(like, list):
        return json.loads(str(value))
    if isinstance(like, bool):
        return bool(value)
    return dt.date.fromisoformat(str(value)) if isinstance(like, dt.date) else value


def _check_views(snapshot: Snapshot, views: dict[str, list[tuple]]) -> None:
    quoted = pl.col("attribution").is_in(["direct", "mixed"]) & pl.col("speakers").is_not_null()
    assert len(views["quotes"]) == snapshot.table("statements").filter(quoted).height > 0
    assert len(views["possible_conflicts"]) == snapshot.table("claim_conflicts").height > 0
    assert len(views["who_carries_what"]) == snapshot.table("coverage").height


def test_csv_and_json_lines_have_a_file_a_table(output: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    as_csv, as_jsonl = export(output, "csv", tmp_path / "csv"), export(output, "jsonl", tmp_path / "jsonl")
    for name, frame in snapshot.tables.items():
        assert pl.read_csv(as_csv / f"{name}.csv", infer_schema=False).height == frame.height
        lines = (as_jsonl / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == json.loads(json.dumps(frame.to_dicts(), default=str))


@pytest.mark.parametrize("form", ["csv", "jsonl", "jsonld", "sqlite"])
def test_an_export_has_the_same_bytes_every_time(output: Path, tmp_path: Path, form: str) -> None:
    one, two = export(output, form, tmp_path / "one"), export(output, form, tmp_path / "two")
    if one.is_file():
        assert one.read_bytes() == two.read_bytes()
        return
    for path in sorted(one.iterdir()):
        assert path.read_bytes() == (two / path.name).read_bytes()


@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite", "duckdb"])
def test_a_full_disk_is_a_fault_of_the_place(output: Path, form: str, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 2**13))
    done = CliRunner().invoke(app, ["export", "--to", form, str(small_disk / "news"), "--output", str(output)])
    assert isinstance(done.exception, PlaceError)
    assert "cannot be written" in str(done.exception)


@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_a_name_that_is_taken_by_another_kind_of_file_is_a_fault_of_the_name(
    output: Path, form: str, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("in the way") if form == "csv" else taken.mkdir()
    done = CliRunner().invoke(app, ["export", "--to", form, str(taken), "--output", str(output)])
    assert isinstance(done.exception, SettingsError)


def test_without_a_path_it_is_named_by_its_version(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["export", "--to", "sqlite"], env={"ONRECORD_OUTPUT": str(output)})
    assert done.stdout.strip() == "onrecord-2.2.1.sqlite"
    assert (tmp_path / "onrecord-2.2.1.sqlite").is_file()
