"""Sentences of a content that assert nothing alone."""

import pytest

from flows.extract.claims.no_assertions import asserts_nothing
from tests.builders.tagged_text import words


@pytest.mark.parametrize(
    ("written", "nothing"),
    [
        ("Who/WP paid/VBD for/IN it/PRP ?/.", True),
        ("No/DT town/NN would/MD pay/VB ,/, right/RB ?/. ”/''", True),
        ("Please/VB call/VB the/DT office/NN ./.", True),
        ("And/CC so/RB just/RB wait/VB ./.", True),
        ("Now/RB keep/VB the/DT boats/NNS out/RP of/IN it/PRP ./.", True),
        ("Now/RB we/PRP have/VBP boats/NNS ./.", False),
        ("Thank/VB you/PRP for/IN the/DT 40/CD boats/NNS ./.", True),
        ("Wait/VB ,/, but/CC it/PRP will/MD come/VB ./.", False),
        ("Thanks/NNS to/TO him/PRP we/PRP won/VBD ./.", False),
        ("Remember/VB ,/, the/DT bank/NN never/RB lost/VBD 40/CD ships/NNS ./.", False),
        ("Look/VB ,/, we/PRP lost/VBD 40/CD ships/NNS ./.", False),
        ("Cut/VB taxes/NNS and/CC the/DT town/NN will/MD grow/VB ./.", False),
        ("Thank/VB God/NNP the/DT bank/NN paid/VBD 40/CD ./.", False),
        ("Congratulations/NNS poured/VBD in/RP from/IN 40/CD towns/NNS ./.", False),
        ("Welcome/JJ changes/NNS have/VBP come/VBN to/TO Brod/NNP ./.", False),
        ("Welcome/VB to/TO Brod/NNP ,/, Ana/NNP Horvat/NNP ./.", True),
        ("Thank/VB you/PRP all/DT for/IN what/WP you/PRP did/VBD ./.", True),
        ("Ask/VB Ana/NNP Horvat/NNP ,/, who/WP paid/VBD ./.", True),
        ("See/VB what/WP the/DT bank/NN and/CC the/DT mill/NN did/VBD ./.", True),
        ("Remember/VB the/DT bank/NN and/CC the/DT mill/NN were/VBD warned/VBN ./.", True),
        ("The/DT office/NN will/MD call/VB ./.", False),
        ("“/``", False),
    ],
)
def test_questions_requests_and_thanks_assert_nothing(written, nothing):
    assert asserts_nothing(words(written)) is nothing


def test_a_question_is_no_row_but_stays_part_of_what_is_quoted(extract):
    text = "Mayor Ana Horvat spoke on Monday.\n\n“Who paid for the mill? The bank paid for the mill,” Horvat said."
    rows = [row for row in extract(text).claims if row["attribution"] == "direct"]
    assert [row["proposition"] or row["statement"] for row in rows] == ["The bank paid for the mill"]
    assert rows[0]["text"].startswith("“Who paid")
