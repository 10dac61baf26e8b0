"""Sources without a name: which pronouns mean them, and when "it" means nobody."""

import pytest

from flows.extract.claims.statements.described_sources import (
    IT,
    ONE,
    THEY,
    expletive,
    pronouns_of,
    represented,
    speaks_for_itself,
)
from tests.builders.tagged_text import words


@pytest.mark.parametrize(
    ("written", "pronouns"),
    [
        ("The/DT ferry/NN company/NN", IT),
        ("Vale/NNP Dairies/NNP Inc/NNP", IT),
        ("a/DT committee/NN of/IN the/DT farmers/NNS", IT),
        ("two/CD officials/NNS of/IN the/DT bank/NN", THEY),
        ("the/DT mayor/NN and/CC the/DT union/NN", THEY),
        ("the/DT owner/NN of/IN the/DT company/NN", ONE),
        ("the/DT last/JJ dictatorship/NN", frozenset()),
        ("the/DT statement/NN", frozenset()),
        ("on/IN Friday/RB", frozenset()),
    ],
)
def test_a_pronoun_means_a_source_of_its_number_and_kind(written, pronouns):
    assert pronouns_of(words(written)) == pronouns


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("a/DT spokesman/NN for/IN the/DT bank/NN", "the bank"),
        ("Ida/NNP Aas/NNP ,/, a/DT spokeswoman/NN for/IN the/DT Vale/NNP Bank/NNP ,/,", "the vale bank"),
        ("a/DT Home/NNP Office/NNP spokesman/NN", "home office"),
        ("Norland/NNP ’/POS s/POS spokeswoman/NN", "norland"),
        ("his/PRP$ spokesman/NN", ""),
        ("a/DT company/NN spokesman/NN", ""),
        ("the/DT owner/NN of/IN the/DT Vale/NNP Bank/NNP", ""),
        ("Ida/NNP Aas/NNP ,/, the/DT CEO/NN of/IN the/DT Vale/NNP Bank/NNP ,/,", "the vale bank"),
        ("Vale/NNP CEO/NNP Ida/NNP Aas/NNP", "vale"),
        ("Ida/NNP Aas/NNP ,/, chief/JJ executive/NN of/IN Vale/NNP", "vale"),
        ("Vale/NNP Chief/NNP Executive/NNP Ida/NNP Aas/NNP", "vale"),
        ("Vale/NNP chief/JJ executive/NN Ida/NNP Aas/NNP", "vale"),
        ("Ida/NNP Aas/NNP ,/, chief/JJ executive/NN officer/NN of/IN Vale/NNP", "vale"),
        ("Ida/NNP Aas/NNP ,/, an/DT executive/NN of/IN Vale/NNP", ""),
        ("the/DT chief/NN of/IN Vale/NNP", ""),
        ("former/JJ Vale/NNP CEO/NNP Ida/NNP Aas/NNP", ""),
        ("a/DT former/JJ Vale/NNP spokesman/NN", ""),
        ("a/DT spokesman/NN for/IN the/DT former/JJ Vale/NNP Bank/NNP", "the former vale bank"),
        ("Ida/NNP Aas/NNP ,/, CEO/NN of/IN Vale/NNP and/CC a/DT former/JJ mayor/NN", "vale"),
    ],
)
def test_a_spokesperson_is_the_voice_of_a_body_that_is_named(written, body):
    assert " ".join(word.form for word in represented(words(written))) == body


def test_no_document_speaks_for_itself():
    assert speaks_for_itself(words("the/DT owner/NN"))
    assert not speaks_for_itself(words("a/DT report/NN by/IN the/DT owner/NN"))


@pytest.mark.parametrize(
    ("written", "nobody"),
    [
        ("it/PRP was/VBD clear/JJ that/IN the/DT line/NN must/MD close/VB", True),
        ("it/PRP is/VBZ time/NN to/TO sell/VB", True),
        ("it/PRP seems/VBZ likely/JJ", True),
        ("it/PRP was/VBD confident/JJ that/IN the/DT line/NN would/MD stay/VB", False),
        ("it/PRP is/VBZ prepared/VBN to/TO sell/VB", False),
        ("it/PRP is/VBZ to/TO sell/VB", False),
        ("it/PRP remains/VBZ to/TO be/VB seen/VBN", True),
        ("it/PRP was/VBD hard/JJ for/IN them/PRP to/TO sell/VB", True),
        ("it/PRP remains/VBZ unclear/JJ why/WRB they/PRP left/VBD", True),
        ("it/PRP isn/VBZ ’/RB t/RB clear/JJ how/WRB they/PRP left/VBD", True),
        ("it/PRP has/VBZ been/VBN reported/VBN", True),
        ("it/PRP is/VBZ worth/JJ selling/VBG", True),
        ("it/PRP will/MD sell/VB two/CD ships/NNS", False),
    ],
)
def test_it_that_stands_for_nothing(written, nobody):
    assert expletive(words(written), 0) is nobody
