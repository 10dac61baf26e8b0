"""Pictures: drawn the same every time, without anything that the page's policy would refuse."""

import polars as pl
import pytest

from flows.report.page import charts
from flows.report.page.network_chart import network

CELLS = pl.DataFrame({"speaker": ["Ann", "Bo"], "publisher": ["Post", "Wire"], "claims": [3, 1]})
MIX = pl.DataFrame({"publisher": ["Post", "Post"], "attribution": ["direct", "narrated"], "share": [0.25, 0.75]})
LINKS = pl.DataFrame({"speaker": ["Ann", "Bo", "Cy"], "about": ["Bo", "Cy", "Dee"], "claims": [4, 2, 1]})
DRAWN = {
    "heatmap": lambda: charts.heatmap(CELLS, "speaker", "publisher"),
    "shares": lambda: charts.shares(MIX),
    "bars": lambda: charts.bars(CELLS, "speaker", "claims"),
    "network": lambda: network(LINKS),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_the_same_every_time(name: str) -> None:
    assert DRAWN[name]() == DRAWN[name]()


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_no_style_no_script_and_the_colours_of_the_page(name: str) -> None:
    svg = DRAWN[name]()
    assert "style=" not in svg
    assert "<script" not in svg
    assert "var(--" in svg


def test_the_network_names_everyone_once_with_a_halo() -> None:
    svg = DRAWN["network"]()
    assert [svg.count(f">{name}<") for name in ("Ann", "Bo", "Cy", "Dee")] == [2, 2, 2, 2]


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "valueOf", "__defineGetter__", "length"])
def test_a_name_that_every_object_has_can_be_drawn(name: str) -> None:
    cells = CELLS.with_columns(speaker=pl.Series([name, "Bo"]), publisher=pl.Series(["Post", name]))
    assert charts.heatmap(cells, "speaker", "publisher").count(name) == 2
    assert name in charts.shares(MIX.with_columns(publisher=pl.lit(name)))
    assert name in charts.bars(cells, "speaker", "claims")
    assert network(LINKS.with_columns(speaker=pl.Series([name, "Bo", "Cy"]))).count(name) == 2


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\u202e", "\ufffe", "\uffff", "<", "&", '"', "\\", "🌊"])
def test_any_character_of_a_name_can_be_drawn(character: str) -> None:
    named = CELLS.with_columns(speaker=pl.col("speaker") + character)
    assert "Ann" in charts.heatmap(named, "speaker", "publisher")
    assert "Ann" in network(LINKS.with_columns(speaker=pl.col("speaker") + character))
