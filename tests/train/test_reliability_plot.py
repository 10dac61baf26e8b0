"""The plot of the card: every bin is a dot at its place, and the shipped one shows the card's own table."""

import re
from xml.etree import ElementTree

import pytest

from flows.lexicons.paths import asset
from flows.train.evaluation.reliability_plot import MARGIN, SIDE, reliability

SVG = "{http://www.w3.org/2000/svg}"


def test_each_bin_is_a_dot_at_its_place():
    drawn = ElementTree.fromstring(reliability([(0.0, 0.0, 4), (0.5, 1.0, 1), (1.0, 0.25, 9)]))  # noqa: S314 - drawn by the line itself
    dots = [(float(d.get("cx")), float(d.get("cy")), float(d.get("r"))) for d in drawn.iter(f"{SVG}circle")]
    assert [(x, y) for x, y, _ in dots] == [
        (MARGIN, MARGIN + SIDE),
        (MARGIN + SIDE / 2, MARGIN),
        (MARGIN + SIDE, MARGIN + SIDE * 0.75),
    ]
    assert dots[1][2] < dots[0][2] < dots[2][2]


def test_a_plot_of_nothing_is_a_plot():
    assert ElementTree.fromstring(reliability([])).tag == f"{SVG}svg"  # noqa: S314 - drawn by the line itself


def test_the_shipped_plot_shows_the_table_of_the_card():
    folder = asset("models/reader")
    table = (folder / "README.md").read_text(encoding="utf-8").split("| mean confidence")[1]
    bins = re.findall(r"\| (\d\.\d+) \| (\d\.\d+) \| (\d+) \|", table)
    if not bins:
        pytest.fail("the card has no table of confidence")
    assert (folder / "reliability.svg").read_text(encoding="utf-8") == reliability(
        [(float(mean), float(share), int(number)) for mean, share, number in bins]
    )
