"""Backgrounds: what a statement looks back at stands before it, where the article says it and nowhere else."""

import re
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from flows.extract.claims.claim_rows import alone
from schemas.statements import MOST_BACKGROUNDS, backgrounds, render, what_is_said
from tests.extract.claims.test_statements import PIECES, st

BACKGROUND = "background"


def without_brackets(statement):
    """The words and marks outside brackets, in small letters: what brackets open with decides where a capital is."""
    return re.findall(r"\w+|[^\w\s]", re.sub(r"\[[^\[\]]*\]", " ", statement).lower())


def said(extract, text, about):
    """The statement of the claim whose words hold `about`."""
    return next(claim["statement"] for claim in extract(text).claims if about in claim["text"])


@pytest.mark.parametrize(
    ("text", "about", "statement"),
    [
        (
            "The navy found a wooden boat off Harwick on Monday. Nobody was aboard. The boat had been stolen in May.",
            "stolen",
            "[The navy found a wooden boat off Harwick on Monday. Nobody was aboard.] The boat had been stolen in May",
        ),
        (
            "Harwick sold two ferries to a yard in Norway. Such sales have become common since the war.",
            "common",
            "[Harwick sold two ferries to a yard in Norway.] Such sales have become common since the war",
        ),
        (
            "Prices of timber fell, and Ana Berg said that they would not recover before summer.",
            "recover",
            "[Prices of timber fell, and Ana Berg said that] they would not recover before summer",
        ),
        (
            "Harwick will let its people choose a mayor, but parties have failed to agree on rules for such a vote.",
            "agree on rules",
            "[Harwick will let its people choose a mayor, but] parties have failed to agree on rules for such a vote",
        ),
        (
            "The police named two suspects on Friday. The two brothers had fled to Norway, reports say.",
            "Norway",
            "[The police named two suspects on Friday.] The two brothers had fled to Norway",
        ),
        (
            "The council asked Ana Berg and Peeter Kask about the yard. Both had sold their shares in May.",
            "sold",
            "[The council asked Ana Berg and Peeter Kask about the yard.] Both had sold their shares in May",
        ),
        (
            "The ferry to Norland sank on Friday. Nobody was hurt. The ferry carried 40 cars, said the coast guard.",
            "cars",
            "[The ferry to Norland sank on Friday. Nobody was hurt.] The ferry carried 40 cars",
        ),
        (
            "Police arrested Peeter Kask in Harwick after he left his house. The 16-year-old was handed to a court.",
            "handed",
            "[Police arrested Peeter Kask in Harwick after he left his house.] The 16-year-old was handed to a court",
        ),
    ],
)
def test_what_a_statement_looks_back_at_stands_before_it(extract, text, about, statement):
    assert said(extract, text, about) == statement


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Ana Berg sold her house in Harwick last year. The yard is shut.", "house"),
        (  # what stands before it looks back itself, and tells nothing of it
            "They wept. “It is over,” he said. Ana Berg, the mayor of Harwick, sold the paper mill of the town to the "
            "Norland Paper Company of Oslo for 40 million euros in May 2019.",
            "Norland",
        ),
    ],
)
def test_a_statement_that_needs_nothing_gets_nothing(extract, text, about):
    claims = [claim for claim in extract(text).claims if about in claim["text"]]
    assert claims
    assert all(claim["proposition"] is None for claim in claims)


def test_of_an_article_that_ships_some_statements_get_nothing_and_others_do(extract):
    text = Path("seeds/articles/03-russia-and-kosovo.txt").read_text(encoding="utf-8")
    told = [claim["statement_parts"][0]["kind"] == BACKGROUND for claim in extract(text).claims]
    assert not told[0]
    assert any(told) and told.count(False) > 1


def test_a_caption_and_what_is_far_away_are_no_background(extract):
    text = "Harwick sold a ferry.\n\nPhoto: A quay\n\nThis is what the town had feared since the strike of 2019."
    assert not any("Photo" in claim["statement"] for claim in extract(text).claims)


def test_a_statement_whose_only_word_gave_way_to_a_name_is_read_like_others(extract):
    text = "Governor Per Aas has already won two primaries. The state party endorsed him last week."
    assert "[The state party endorsed Aas]" in [alone(claim) for claim in extract(text).claims]


def test_two_sentences_stand_before_a_statement_where_one_tells_who_and_another_what(extract):
    text = (
        "Harwick council voted on Monday to shut the paper mill by the river. Residents had complained of its smoke. "
        "The town is in debt.\n\nAna Berg, who leads the union of the workers, met the mayor on Friday. Rain fell. "
        "She will appeal against the decision, she said."
    )
    claim = next(claim for claim in extract(text).claims if "appeal" in claim["text"])
    told = [render(text, [part]) for part in claim["statement_parts"] if part["kind"] == BACKGROUND]
    assert len(told) == 2
    assert claim["statement"].startswith(
        "[Harwick council voted on Monday to shut the paper mill by the river.] [Ana Berg"
    )


def test_what_reads_on_is_in_one_pair_of_brackets(extract):
    text = (
        "Harwick sold two old ferries in May. A yard in Norway bought both. Rain fell. They will sail under its flag, "
        "the mayor said."
    )
    told = "[Harwick sold two old ferries in May. A yard in Norway bought both. Rain fell.]"
    assert said(extract, text, "flag") == f"{told} They will sail under its flag"


def test_backgrounds_have_brackets_of_their_own_and_a_sentence_begins_behind_one():
    text = "the navy found a boat, it said. Nobody was aboard. Rain fell. it was empty."
    parts = [
        {"start_char": 0, "end_char": 21, "kind": BACKGROUND},
        {"start_char": 32, "end_char": 50, "kind": BACKGROUND},
        {"start_char": 62, "end_char": 74, "kind": "verbatim"},
    ]
    assert render(text, parts) == "[The navy found a boat] [Nobody was aboard.] It was empty"
    assert render(text, [parts[0], parts[2]]) == "[The navy found a boat] it was empty"
    rows = pl.DataFrame(
        {
            "statement": [render(text, parts[first:]) for first in range(3)],
            "statement_parts": [parts, parts[1:], parts[2:]],
        }
    )
    assert rows.select(backgrounds()).to_series().to_list() == [2, 1, 0]
    assert rows.select(what_is_said()).to_series().to_list() == ["It was empty"] * 3


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_backgrounds_stand_before_their_statement_and_change_nothing_in_it(extract, pieces):
    text = " ".join(pieces)
    for claim in extract(text).claims:
        parts = claim["statement_parts"]
        told = [part for part in parts if part["kind"] == BACKGROUND]
        assert len(told) <= MOST_BACKGROUNDS
        assert parts[: len(told)] == told
        assert all(one["end_char"] <= other["start_char"] for one, other in pairwise(told))
        assert claim["statement"] == render(text, parts)
        written = [f"[{render(text, [{**part, 'kind': 'verbatim'}])}] " for part in told]
        assert claim["statement"].startswith("".join(written))
        if told:
            assert told[-1]["end_char"] <= claim["end_char"]
            assert without_brackets(render(text, parts[len(told) :])) == without_brackets(alone(claim))
        assert claim["proposition"] != claim["statement"]
