"""Backgrounds: what a statement looks back at stands before it, where the article says it and nowhere else."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from flows.extract.claims.claim_rows import alone
from schemas.statements import render
from tests.extract.claims.test_statements import PIECES, st

BACKGROUND = "background"


def without_brackets(statement):
    """The words outside brackets, in small letters: what brackets open with decides where a capital is."""
    return re.sub(r"\[[^\[\]]*\]", " ", statement).lower().split()


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
        ("The yard is shut. Ana Berg sold her house in Harwick last year.", "house"),
        ("The yard is shut. Those who worked there will be paid until the end of June.", "paid"),
        ("The yard is shut. This week Harwick will vote on the new budget for schools.", "vote"),
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


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_a_background_stands_before_its_statement_and_changes_nothing_in_it(extract, pieces):
    text = " ".join(pieces)
    for claim in extract(text).claims:
        kinds = [part["kind"] for part in claim["statement_parts"]]
        assert BACKGROUND not in kinds[1:]
        assert claim["statement"] == render(text, claim["statement_parts"])
        if kinds[0] == BACKGROUND:
            first, *others = claim["statement_parts"]
            assert first["end_char"] <= claim["end_char"]
            assert without_brackets(render(text, others)) == without_brackets(alone(claim))
        assert claim["proposition"] != claim["statement"]
