"""Text of others, made fit to be shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.report.display_text import one_line, seen, sentence


@given(st.text())
def test_what_is_seen_has_the_same_offsets_and_nothing_that_acts(text: str) -> None:
    shown = seen(text)
    assert len(shown) == len(text)
    assert all(unicodedata.category(c) != "Cc" or c in "\t\n" for c in shown)
    assert not set(shown) & set("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(), st.integers(2, 40))
def test_one_line_is_one_line_and_no_longer_than_asked(text: str, most: int) -> None:
    line = one_line(text, most)
    assert len(line) <= most
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("that the ferry is late", "The ferry is late"),
        ("That, he said, is so", "He said, is so"),
        ("thatched roofs burn", "Thatched roofs burn"),
        ("“the ferry is late”", "“the ferry is late”"),
        ("", ""),
    ],
)
def test_a_content_becomes_a_sentence(content: str, shown: str) -> None:
    assert sentence(content) == shown
