"""Where a claim stands in its article: headlines, and quotations that bear out the report before them."""

import polars as pl
import pytest

from flows.resolve.claims.article_position import ELABORATION_CHARS, borne_out, in_headline


def mentions(*rows: tuple[int, int, str, str]) -> pl.DataFrame:
    """(start, end, attribution, text) of claims of one article."""
    return pl.DataFrame(
        [("art", *row) for row in rows],
        schema=["article_id", "start_char", "end_char", "attribution", "text"],
        orient="row",
    )


def test_a_quotation_bears_out_the_report_right_before_it():
    found = borne_out(
        mentions(
            (0, 40, "indirect", "the dam was safe"),
            (45, 90, "narrated", "the dam is old"),
            (100, 160, "direct", "“It holds,”"),
            (200, 260, "direct", "“It will hold,”"),
        )
    )
    assert found.tolist() == [[-1, -1], [-1, -1], [0, -1], [-1, -1]]


def test_one_report_may_stand_between():
    found = borne_out(
        mentions(
            (0, 40, "indirect", "the dam was safe"),
            (45, 60, "indirect", "to drain it"),
            (100, 160, "direct", "“It holds,”"),
        )
    )
    assert found[2].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("start", "text"),
    [(50, "“But the gates are weak,”"), (41 + ELABORATION_CHARS, "“It holds,”")],
    ids=["it turns against the report", "it stands too far away"],
)
def test_other_quotations_do_not(start, text):
    found = borne_out(mentions((0, 40, "indirect", "the dam was safe"), (start, start + 30, "direct", text)))
    assert (found == -1).all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland votes to join\n\nThe house voted on Monday.", [True, False]),
        ("The house of Norland voted\non Monday to join the League.", [False, False]),
        ("Norland voted on Monday.\n\nThe house met.", [False, False]),
    ],
    ids=["a line of its own", "a wrapped line", "a sentence"],
)
def test_headlines_are_lines_of_their_own_that_are_no_sentences(text, expected):
    placed = mentions((0, 5, "narrated", "a"), (text.rindex("on Monday"), len(text), "narrated", "b"))
    if not any(expected):
        placed = placed.with_columns(start_char=pl.Series([0, 20]))
    articles = pl.DataFrame({"article_id": ["art"], "text": [text]})
    assert in_headline(placed, articles).tolist() == expected
