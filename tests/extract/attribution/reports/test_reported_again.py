"""Quotations that a paper reports: the words are of whom it quotes, not of the paper."""

import pytest

from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.reports.reported_again import spoken_by_whom_it_reports
from flows.spans import Span


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        ("“It rains,” Ann Lee said, according to the Lake Post.", "“It rains,”", "Ann Lee", "said"),
        ('"It rains," she said in a talk, according to the Post.', '"It rains,"', "she", "said"),
        ("'It rains,' said Ann Lee, according to the Post.", "'It rains,'", "Ann Lee", "said"),
        ("Ann Lee said that it rains, according to the Post.", "Ann Lee said that it rains", "Post", "according to"),
        ("“It rains,” according to the Post.", "“It rains,”", "Post", "according to"),
    ],
)
def test_a_quotation_is_of_whom_the_paper_quotes(text: str, content: str, source: str, cue: str) -> None:
    at = text.index("according to")
    post = text.index("Post")
    found = Attribution(
        (Span(0, len(text[:at].rstrip(" ,"))),), Span(post, post + 4), Span(at, at + 12), "mixed", 0.9, False
    )
    read = spoken_by_whom_it_reports(text, found)
    assert read.source is not None
    assert read.cue is not None
    assert (read.spans[0].of(text), read.source.of(text), read.cue.of(text)) == (content, source, cue)
