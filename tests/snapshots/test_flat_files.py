"""CSV that a spreadsheet takes for text, and that pandas, DuckDB and Polars read as it is."""

import datetime as dt
import io
import json
import unicodedata
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.snapshots.flat_files import to_csv, to_json, to_jsonl

ROWS = pl.DataFrame(
    {
        "name": ["=1+1", "+49 30", "-", "@SUM(A1)", "\tx", "plain, “quoted”\nand broken", None],
        "also": [["a", "b"], [], ["="], None, ["ä"], ["x; y"], ["z"]],
        "places": [[{"start": 1}], [], None, [{"start": 2}], [], [], []],
        "count": [-1, 0, 1, 2, 3, None, 5],
        "day": [dt.date(2024, 1, 2)] * 7,
    }
)


def test_what_begins_like_a_formula_becomes_text_and_numbers_stay() -> None:
    shown = pl.read_csv(to_csv(ROWS).encode())
    assert shown["name"].to_list() == [
        "'=1+1", "'+49 30", "'-", "'@SUM(A1)", "'\tx", "plain, “quoted”\nand broken", None,
    ]  # fmt: skip
    assert shown["count"].to_list() == ROWS["count"].to_list()
    assert shown["also"].to_list()[:3] == ["a; b", "", "'="]
    assert json.loads(shown["places"][0]) == [{"start": 1}]


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    cells = pl.read_csv(to_csv(pl.DataFrame({"a": [text], "b": ["x"]})).encode(), infer_schema=False)
    assert not str(cells["a"][0] or "").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_other_readers_read_it_with_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(to_csv(ROWS, bom=True), encoding="utf-8", newline="")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    for names in (
        pd.read_csv(path)["name"].to_list(),
        [row[0] for row in duckdb.read_csv(str(path)).project("name").fetchall()],
        pl.read_csv(path)["name"].to_list(),
    ):
        assert names[:2] == ["'=1+1", "'+49 30"]
        assert "“quoted”\nand broken" in names[5]


@given(st.text(), st.sampled_from([None, 2]))
def test_json_is_lossless_and_acts_on_no_terminal(text: str, indent: int | None) -> None:
    shown = to_json({"a": text}, indent)
    assert json.loads(shown) == {"a": text}
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c != "\n"]
    assert not set(shown) & set("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_row_is_a_line_of_json() -> None:
    lines = to_jsonl(ROWS).splitlines()
    assert [json.loads(line)["count"] for line in lines] == ROWS["count"].to_list()
    assert json.loads(lines[0])["day"] == "2024-01-02"
    assert pl.read_ndjson(io.StringIO(to_jsonl(ROWS)))["also"][0].to_list() == ["a", "b"]


@pytest.mark.parametrize("bom", [True, False])
def test_the_same_rows_give_the_same_text(bom: bool) -> None:
    assert to_csv(ROWS, bom=bom) == to_csv(ROWS.clone(), bom=bom)
