"""Which words are a clause, and which have only the verb of a clause inside them."""

import pytest

from flows.extract.syntax.finite_clauses import is_clause
from tests.builders.tagged_text import words


@pytest.mark.parametrize(
    ("written", "clause"),
    [
        ("the/DT man/NN who/WP left/VBD is/VBZ back/RB", True),
        ("the/DT man/NN who/WP left/VBD", False),
        ("a/DT record/NN that/WDT stood/VBD for/IN years/NNS", False),
        ("the/DT dam/NN leaks/VBZ because/IN it/PRP is/VBZ old/JJ", True),
        ("to/TO go/VB", False),
        ("papers/NNS showing/VBG ,/, she/PRP thinks/VBZ ,/, that/IN he/PRP paid/VBD", True),
        ("papers/NNS showing/VBG ,/, for/IN once/RB ,/, that/IN he/PRP paid/VBD", False),
        ("the/DT bank/NN as/IN saying/VBG it/PRP failed/VBD", False),
        ("knowing/VBG when/WRB to/TO stop/VB is/VBZ hard/JJ", True),
        ("meeting/VBG the/DT men/NNS who/WP paid/VBD yesterday/NN was/VBD hard/JJ", True),
        ("running/VBG a/DT town/NN that/WDT has/VBZ no/DT money/NN is/VBZ hard/JJ", True),
        ("knowing/VBG what/WP they/PRP want/VBP now/RB is/VBZ hard/JJ", True),
        ("knowing/VBG when/WRB to/TO stop/VB", False),
        ("meeting/VBG the/DT men/NNS who/WP paid/VBD yesterday/NN", False),
        ("meeting/VBG the/DT men/NNS who/WP paid/VBD bills/NNS and/CC left/VBD", False),
        ("meeting/VBG the/DT men/NNS who/WP said/VBD yesterday/NN they/PRP paid/VBD", False),
        ("the/DT dam/NN broke/VBD after/IN leaking/VBG for/IN years/NNS", True),
        ("soon/RB after/IN their/PRP$ talk/NN ,/, Aas/NNP backed/VBD Moe/NNP", True),
        ("towns/NNS such/JJ as/IN Bonn/NNP and/CC Brod/NNP will/MD pay/VB", True),
        ("a/DT man/NN known/VBN as/IN Otto/NNP left/VBD after/IN he/PRP paid/VBD", True),
        ("the/DT fee/NN ,/, if/IN due/JJ ,/, is/VBZ small/JJ", True),
        ("the/DT day/NN after/IN Aas/NNP had/VBD paid/VBN", False),
        ("the/DT need/NN for/IN boots/NNS when/WRB on/IN ice/NN has/VBZ grown/VBN", True),
        ("why/WRB Aas/NNP slept/VBD and/CC the/DT dog/NN barked/VBD", False),
        ("a/DT law/NN that/WDT helped/VBD Brod/NNP and/CC soon/RB made/VBD it/PRP rich/JJ", False),
        ("a/DT law/NN that/WDT helped/VBD Brod/NNP and/CC made/VBD it/PRP rich/JJ fell/VBD", True),
        ("a/DT man/NN who/WP ’/VBZ s/VBZ back/RB", False),
        ("he/PRP ’/VBZ s/POS back/RB", True),
        ("the/DT title/NN of/IN books/NNS she/PRP wrote/VBD", False),
        ("in/IN a/DT taped/VBN speech/NN he/PRP blamed/VBD Moe/NNP", True),
        ("the/DT mayor/NN himself/PRP has/VBZ paid/VBN", True),
        ("how/WRB Aas/NNP was/VBD stopped/VBN and/CC was/VBD fined/VBN", False),
    ],
)
def test_a_clause_has_a_verb_that_is_not_of_a_clause_inside(written, clause):
    assert is_clause(words(written)) is clause
