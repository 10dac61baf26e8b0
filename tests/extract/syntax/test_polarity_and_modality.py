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
    ("5/CD tons/NNS were/VBD lost/VBN ,/, not/RB 50/CD", "affirmed"),
    ("it/PRP opened/VBD in/IN 1960/CD ,/, not/RB in/IN 1970/CD", "affirmed"),
    ("the/DT judge/NN ,/, not/RB the/DT mayor/NN ,/, decides/VBZ", "affirmed"),
    ("the/DT fare/NN is/VBZ 5/CD euros/NNS ,/, no/DT more/JJR", "affirmed"),
    ("it/PRP was/VBD false/JJ that/IN he/PRP left/VBD", "negated"),
    ("it/PRP was/VBD not/RB true/JJ that/IN he/PRP left/VBD", "negated"),
    ("it/PRP was/VBD not/RB false/JJ that/IN he/PRP left/VBD", "affirmed"),
    ("he/PRP had/VBD no/DT doubt/NN that/IN the/DT mill/NN was/VBD safe/JJ", "affirmed"),
    ("it/PRP was/VBD not/RB until/IN June/NNP that/IN the/DT dam/NN broke/VBD", "affirmed"),
    ("they/PRP did/VBD ,/, however/RB ,/, not/RB vote/VB", "negated"),
    ("the/DT road/NN is/VBZ shut/JJ ,/, isn/VBZ '/'' t/RB it/PRP ?/.", "affirmed"),
    ("the/DT road/NN is/VBZ n't/RB shut/JJ ,/, is/VBZ it/PRP ?/.", "negated"),
    ("drivers/NNS who/WP have/VBP no/DT licence/NN must/MD stay/VB", "affirmed"),
    ("drivers/NNS who/WP have/VBP a/DT licence/NN must/MD not/RB stay/VB", "negated"),
    ("the/DT man/NN who/WP was/VBD never/RB tried/VBN is/VBZ guilty/JJ", "affirmed"),
    ("anyone/NN with/IN no/DT ticket/NN pays/VBZ double/RB", "affirmed"),
    ("neither/CC the/DT gate/NN nor/CC the/DT road/NN is/VBZ shut/JJ", "negated"),
    ("the/DT dam/NN is/VBZ safe/JJ ./. we/PRP will/MD not/RB move/VB ./.", "affirmed"),
    ("no/UH ./. there/EX is/VBZ less/JJR of/IN it/PRP ./.", "affirmed"),
    ("the/DT U/NNP ./. S/NNP ./. army/NN did/VBD not/RB move/VB", "negated"),
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
    ("the/DT dam/NN is/VBZ safe/JJ ./. we/PRP will/MD move/VB ./.", "asserted"),
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
