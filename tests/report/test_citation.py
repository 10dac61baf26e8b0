"""A citation says who, in which words, where and when, and leaves out what is not stated."""

import datetime as dt

import pytest

from flows.report.citation import citation

ROW = {
    "text": "“the pier is safe”",
    "attribution": "direct",
    "speakers": "Ada Brook",
    "publisher": "Harwick Courier",
    "title": "Pier",
    "published_on": dt.date(2024, 1, 2),
    "url": "https://news.example/1",
    "claim_mention_id": "cmn_0123456789abcdef",
}
END = " onrecord 2.2.1, cmn_0123456789abcdef."


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Ada Brook, “the pier is safe”, in “Pier”, Harwick Courier, 2024-01-02, https://news.example/1."),
        ({"attribution": "indirect", "url": None},
         "Ada Brook, reported: “the pier is safe”, in “Pier”, Harwick Courier, 2024-01-02."),
        ({"speakers": None, "title": None, "published_on": None, "publisher": None, "url": None},
         "a speaker who is not named, “the pier is safe”."),
        ({"attribution": "narrated", "speakers": None, "title": None, "url": None},
         "Harwick Courier in its own voice, “the pier is safe”, Harwick Courier, 2024-01-02."),
    ],
)  # fmt: skip
def test_what_is_stated_is_cited(changed: dict, said: str) -> None:
    assert citation({**ROW, **changed}, "2.2.1") == said + END


def test_a_citation_is_one_line_that_acts_on_no_terminal() -> None:
    cited = citation({**ROW, "text": "one\nline\x1b[2J\u202e", "title": "a\tb"}, "2.2.1")
    assert not set(cited) & set("\n\t\x1b\u202e")
