"""What the wording of a statement shows: a name, a number, brackets are one word each; a feature stands once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.claims.statements.statement_wording import wording, wording_features


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("She paid Berg 40 crowns", ["she", "paid", "Name", "0", "crowns"]),
        ("[Mira Aas] paid [the whole sum]", ["[", "paid", "["]),
        ("We don’t know, I said", ["we", "don’t", "know", ",", "i", "said"]),
        ("[cut off", ["["]),
        ("", []),
    ],
)
def test_the_words_of_a_statement(statement, words):
    assert wording(statement) == words


def test_what_a_statement_shows():
    found = set(wording_features("[Aas] paid in May", "direct", "He", "said", "that", "."))
    assert {"has [", "pair [ paid", "word 2 is paid", "last but 0 is Name", "opens [ paid", "direct ["} <= found
    assert {"source he", "cue said", "before that", "after .", "words 1", "brackets 1"} <= found


@given(st.text(max_size=60), st.sampled_from(["direct", "narrated"]))
def test_whatever_is_written_each_feature_stands_once(statement, voice):
    found = list(wording_features(statement, voice, "", "", "", ""))
    assert len(found) == len(set(found))
