"""Polarity and modality of a content: of its main clause and of nothing else."""

import pytest

from flows.extract.syntax.modality import modality
from flows.extract.syntax.polarity import polarity
from flows.extract.syntax.sentences import Word
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
    ("no/UH ,/, the/DT dam/NN is/VBZ safe/JJ", "affirmed"),
    ("no/UH ,/, the/DT dam/NN is/VBZ not/RB safe/JJ", "negated"),
    ("never/RB mind/VB the/DT smell/NN ,/, the/DT dam/NN is/VBZ safe/JJ", "affirmed"),
    ("she/PRP left/VBD not/RB because/IN she/PRP was/VBD ill/JJ but/CC because/IN it/PRP rained/VBD", "affirmed"),
    ("she/PRP did/VBD not/RB leave/VB because/IN it/PRP rained/VBD", "negated"),
    ("Foss/NNP was/VBD wrong/JJ to/TO claim/VB that/IN the/DT dam/NN leaks/VBZ", "negated"),
    ("Foss/NNP lied/VBD when/WRB he/PRP said/VBD that/IN the/DT dam/NN leaks/VBZ", "negated"),
    ("Foss/NNP was/VBD not/RB wrong/JJ to/TO say/VB that/IN the/DT dam/NN leaks/VBZ", "negated"),
    ("the/DT dam/NN is/VBZ anything/NN but/CC safe/JJ", "negated"),
    ("the/DT dam/NN is/VBZ far/RB from/IN the/DT town/NN", "affirmed"),
    ("claims/NNS that/IN the/DT dam/NN leaks/VBZ were/VBD false/JJ", "negated"),
    ("claims/NNS that/IN the/DT dam/NN leaks/VBZ were/VBD true/JJ", "affirmed"),
    ("I/PRP deny/VBP that/IN the/DT dam/NN leaks/VBZ", "negated"),
    ("we/PRP flatly/RB reject/VBP the/DT idea/NN that/IN the/DT dam/NN leaks/VBZ", "negated"),
    ("we/PRP reject/VBP the/DT offer/NN", "affirmed"),
    ("children/NNS not/RB in/IN school/NN have/VBP doubled/VBN", "affirmed"),
    ("children/NNS are/VBP not/RB in/IN school/NN", "negated"),
    ("make/VB no/DT mistake/NN ,/, the/DT dam/NN leaks/VBZ", "affirmed"),
    ("Foss/NNP was/VBD hurt/VBN and/CC said/VBD that/IN the/DT dam/NN leaks/VBZ", "affirmed"),
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
    ("no/DT fewer/JJR than/IN 12/CD mills/NNS closed/VBD", "affirmed"),
    ("no/DT more/JJR than/IN 12/CD mills/NNS closed/VBD", "affirmed"),
    ("it/PRP is/VBZ no/DT better/JJR than/IN the/DT mill/NN", "negated"),
    ("the/DT road/NN is/VBZ no/RB longer/RBR safe/JJ", "negated"),
    ("they/PRP ate/VBD nothing/NN but/CC bread/NN", "affirmed"),
    ("they/PRP ate/VBD nothing/NN", "negated"),
    ("they/PRP had/VBD no/DT choice/NN but/CC to/TO sell/VB", "affirmed"),
    ("they/PRP had/VBD no/DT choice/NN", "negated"),
    ("mill/NN no/NN ./. 4/CD is/VBZ shut/JJ", "affirmed"),
    ("never/RB to/TO have/VB met/VBN the/DT mayor/NN", "negated"),
    ("he/PRP is/VBZ in/IN debt/NN ,/, not/RB to/TO mention/VB his/PRP$ mill/NN", "affirmed"),
    ("nobody/NN doubts/VBZ that/IN the/DT mill/NN is/VBZ safe/JJ", "affirmed"),
    ("we/PRP do/VBP not/RB deny/VB that/IN the/DT mill/NN leaks/VBZ", "affirmed"),
    ("we/PRP do/VBP not/RB deny/VB the/DT charge/NN", "negated"),
    ("the/DT lake/NN stinks/NNS because/IN the/DT pumps/NNS do/VBP not/RB work/VB", "affirmed"),
    ("the/DT lake/NN ,/, because/IN of/IN them/PRP ,/, does/VBZ not/RB stink/VB", "negated"),
    ("wardens/NNS who/WP are/VBP not/RB paid/VBN work/NN at/IN night/NN", "affirmed"),
    ("how/WRB much/JJ ,/, we/PRP do/VBP not/RB know/VB", "negated"),
    ("Never/NNP Again/NNP is/VBZ a/DT charity/NN", "negated"),
    ("the/DT charity/NN Never/NNP Again/NNP is/VBZ open/JJ", "affirmed"),
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


@pytest.mark.parametrize(
    ("words_and_marks", "expected"),
    [
        (("the", "no", "-", "fly", "zone", "is", "shut"), "affirmed"),
        (("no", "-", "one", "is", "in"), "negated"),
        (("the", "do", "-", "nothing", "board", "is", "in"), "affirmed"),
        (("the", "not", "-", "for", "-", "profit", "mill", "is", "shut"), "affirmed"),
    ],
)
def test_a_word_with_a_hyphen_denies_nothing(words_and_marks, expected):
    tags = {"is": "VBZ", "no": "DT", "nothing": "NN", "not": "RB", "-": "HYPH"}
    found, at = [], 0
    for form in words_and_marks:
        glued = form == "-" or (found and found[-1].form == "-")
        start = at if glued else at + 1
        found.append(Word(start, start + len(form), form, tags.get(form, "NN")))
        at = start + len(form)
    assert polarity(found) == expected
