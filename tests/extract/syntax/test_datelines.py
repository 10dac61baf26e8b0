"""Datelines and times of entries: what opens a paragraph and says nothing itself."""

import pytest

from flows.extract.syntax.datelines import dateline_end, entry_time_end


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("PORT HOLM — The mill closed.", "The mill closed."),
        ("PORT HOLM and ROSTAD (March 4, 2024) — The mill closed.", "The mill closed."),
        ("ROSTAD/HOLM, Feb 24 (Newswire) - The mill closed.", "The mill closed."),
        ("HOLM, D.C. (NW) — The mill closed.", "The mill closed."),
        ("(NW) — The mill closed.", "The mill closed."),
        ("HOLM: The mill closed.", "The mill closed."),
        ("11:05 PM - The mill closed.", "The mill closed."),
        ("[23:20] The mill closed.", "The mill closed."),
        ("Holm — a town — lost its mill.", "Holm — a town — lost its mill."),
        ("A mill (the last) - closed.", "A mill (the last) - closed."),
        ("NATO said the mill closed.", "NATO said the mill closed."),
        ("The mill closed.", "The mill closed."),
    ],
)
def test_what_opens_a_paragraph(text, rest):
    assert text[dateline_end(text, 0) :] == rest


@pytest.mark.parametrize(
    ("text", "rest"), [("22.55: Rain", "Rain"), ("00:12 (CET) Rain", "Rain"), ("1833 Rain", "1833 Rain")]
)
def test_the_time_of_an_entry(text, rest):
    assert text[entry_time_end(text, 0) :] == rest
