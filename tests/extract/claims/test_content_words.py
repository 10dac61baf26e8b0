"""The words that a statement shows, on contents with their tags written out."""

import pytest

from flows.extract.claims.statements.content_words import bare_words
from flows.extract.syntax.sentences import words_of
from tests.builders.tagged_text import tagged


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("its/PRP$ independence/NN in/IN 2008/CD with/IN", "its independence in 2008"),
        ("the/DT house/NN that/WDT she/PRP asked/VBD for/IN", "the house that she asked for"),
        ("the/DT year/NN before/IN", "the year before"),
        ("A/DT ship/NN sinks/VBZ while/IN", "a ship sinks"),
        ("that/IN the/DT mill/NN burned/VBD ,/, and/CC", "the mill burned"),
        ("the/DT plan/NN agreed/VBN on/IN", "the plan agreed on"),
        ("a/DT dish/NN of/IN Leon/NNP (/-LRB- although/IN it/PRP is/VBZ old/JJ", "a dish of leon"),
        ("a/DT dish/NN (/-LRB- an/DT old/JJ one/CD )/-RRB- of/IN Leon/NNP", "a dish ( an old one ) of leon"),
        ("So/CC far/RB the/DT mill/NN stands/VBZ", "so far the mill stands"),
        ("So/CC the/DT mill/NN stands/VBZ", "the mill stands"),
        ("That/DT ship/NN sank/VBD", "that ship sank"),
        ("that/DT people/NNS left/VBD", "people left"),
        ("That/DT Aas/NNP left/VBD", "aas left"),
    ],
)
def test_what_only_ties_the_words_to_their_sentence_is_left_out(written, shown):
    reading = tagged(written)
    assert " ".join(word.form for word in bare_words(reading.text, words_of(reading), quoted=False)) == shown
