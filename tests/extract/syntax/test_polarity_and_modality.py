"""Polarity and modality of a content: of its main clause and of nothing else."""

import pytest

from flows.extract.syntax.polarity_and_modality import modality, polarity
from tests.builders.tagged_text import words

POLARITY = [
    ("the/DT port/NN is/VBZ open/JJ", "affirmed"),
    ("the/DT port/NN is/VBZ not/RB open/JJ", "negated"),
    ("they/PRP do/VBP not/RB recognize/VB the/DT court/NN", "negated"),
    ("there/EX is/VBZ no/DT plan/NN", "negated"),
    ("it/PRP can/MD in/IN no/DT way/NN claim/VB a/DT seat/NN", "negated"),
    ("they/PRP didn/VBD '/'' t/RB pay/VB", "negated"),
    ("it/PRP is/VBZ not/RB only/RB cheap/JJ but/CC safe/JJ", "affirmed"),
    ("the/DT mayor/NN knows/VBZ that/IN the/DT bridge/NN is/VBZ not/RB safe/JJ", "affirmed"),
    ("if/IN they/PRP do/VBP not/RB pay/VB ,/, the/DT court/NN will/MD act/VB", "affirmed"),
    ("nobody/NN has/VBZ paid/VBN", "negated"),
]

MODALITY = [
    ("the/DT house/NN adopted/VBD the/DT bill/NN", "asserted"),
    ("the/DT house/NN may/MD adopt/VB the/DT bill/NN", "possible"),
    ("the/DT house/NN must/MD adopt/VB the/DT bill/NN", "necessary"),
    ("a/DT new/JJ base/NN is/VBZ essential/JJ for/IN peace/NN", "necessary"),
    ("the/DT cabinet/NN will/MD ask/VB for/IN help/NN", "future"),
    ("the/DT firm/NN would/MD close/VB", "conditional"),
    ("if/IN the/DT river/NN rises/VBZ ,/, the/DT village/NN will/MD flood/VB", "conditional"),
    ("the/DT government/NN to/TO start/VB talks/NNS", "imperative"),
    ("join/VB us/PRP", "imperative"),
    ("the/DT invasion/NN of/IN the/DT island/NN", "asserted"),
    ("the/DT mayor/NN says/VBZ that/IN the/DT bridge/NN may/MD fall/VB", "asserted"),
]


@pytest.mark.parametrize(("content", "expected"), POLARITY)
def test_polarity(content, expected):
    assert polarity(words(content)) == expected


@pytest.mark.parametrize(("content", "expected"), MODALITY)
def test_modality(content, expected):
    assert modality(words(content)) == expected


def test_nothing_is_affirmed_and_asserted():
    assert polarity([]) == "affirmed"
    assert modality([]) == "asserted"
