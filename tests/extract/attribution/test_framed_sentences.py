"""Sentences that open with in whose words they go on."""

import pytest

from flows.extract.attribution.framed_sentences import find_closed_sentences, find_framed_sentences
from tests.builders.tagged_text import attributed

DAM = "the/DT dam/NN is/VBZ a/DT sieve/NN ./."


def found(written: str) -> list[tuple[str, str, str]]:
    return attributed(find_framed_sentences, written)


def test_the_rest_of_the_sentence_is_of_who_stands_behind_the_phrase():
    framed = f"In/IN the/DT words/NNS of/IN the/DT warden/NN ,/, {DAM}"
    assert found(framed) == [("the dam is a sieve", "the warden", "In the words of")]


@pytest.mark.parametrize(
    "written",
    [
        f"In/IN the/DT words/NNS of/IN who/WP saw/VBD it/PRP ,/, {DAM}",
        "In/IN the/DT words/NNS of/IN the/DT warden/NN ,/, a/DT sieve/NN ./.",
        "It/PRP is/VBZ a/DT sieve/NN in/IN the/DT words/NNS of/IN the/DT warden/NN ./.",
    ],
)
def test_nothing_is_framed_without_a_source_and_a_clause(written):
    assert found(written) == []


def test_a_view_is_of_whom_it_is():
    assert found(f"In/IN the/DT warden/NN ’s/POS opinion/NN ,/, {DAM}") == [
        ("the dam is a sieve", "the warden ’s", "opinion")
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "The/DT dam/NN leaks/VBZ ,/, averred/VBD Foss/NNP ,/, the/DT warden/NN ./.",
            [("The dam leaks", "Foss", "averred")],
        ),
        ("The/DT dam/NN leaks/VBZ ,/, averred/VBD the/DT warden/NN ./.", []),  # nobody by name
        ("The/DT old/JJ dam/NN ,/, averred/VBD Foss/NNP ./.", []),  # no clause
    ],
)
def test_a_verb_of_saying_and_a_name_close_a_sentence(written, expected):
    assert attributed(find_closed_sentences, written) == expected
