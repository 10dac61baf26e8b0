"""What pronouns at the head of a clause go on about, on sentences with their tags written out."""

import pytest

from flows.extract.claims.statements.continued_subjects import Subjects
from flows.extract.mentions.name_span import Mention
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import words_of
from tests.builders.tagged_text import tagged

FERRY = "The/DT ferry/NN Norda/NNP left/VBD Brod/NNP in/IN May/NNP ./."


def continued(written, pronoun, persons=()):
    reading = tagged(written)
    text, words = reading.text, words_of(reading)
    named = [Mention(text.index(name), text.index(name) + len(name), "PERSON") for name in persons]
    subjects = Subjects(IndexedWords.of(text, words), named)
    found = subjects.continued([word for word in words if word.form == pronoun][-1])
    return found.of(text) if found else None


@pytest.mark.parametrize(
    ("written", "pronoun", "meant"),
    [
        (f"{FERRY} It/PRP sank/VBD there/RB ./.", "it", "The ferry Norda"),
        (f"{FERRY} Its/PRP$ owner/NN paid/VBD ./.", "its", "The ferry Norda"),
        (f"{FERRY} It/PRP sank/VBD there/RB ./. It/PRP was/VBD old/JJ ./.", "it", "The ferry Norda"),
        (f"{FERRY} They/PRP paid/VBD ./.", "they", None),
        ("The/DT mill/NN has/VBZ lost/VBN its/PRP$ roof/NN ./. It/PRP was/VBD old/JJ ./.", "it", "The mill"),
        ("Two/CD men/NNS left/VBD in/IN May/NNP ./. They/PRP paid/VBD ./.", "they", "Two men"),
        ("In/IN May/NNP ,/, the/DT mill/NN burned/VBD ./. It/PRP was/VBD old/JJ ./.", "it", "the mill"),
        ("The/DT mill/NN burned/VBD ,/, although/IN it/PRP was/VBD new/JJ ./.", "it", "The mill"),
        ("The/DT mill/NN of/IN Aas/NNP burned/VBD ./. It/PRP was/VBD old/JJ ./.", "it", "The mill of Aas"),
        ("The/DT driver/NN left/VBD ./. It/PRP was/VBD old/JJ ./.", "it", None),
        ("Aas/NNP left/VBD ./. It/PRP was/VBD old/JJ ./.", "it", None),
        ("The/DT council/NN said/VBD the/DT mill/NN burned/VBD ./. It/PRP was/VBD old/JJ ./.", "it", None),
        ("A/DT paper/NN ranked/VBD it/PRP first/RB ./. It/PRP was/VBD old/JJ ./.", "it", None),
        (
            "Nobody/NN slept/VBD ./. As/IN the/DT mill/NN burned/VBD ,/, he/PRP ran/VBD ./. It/PRP fell/VBD ./.",
            "it",
            None,
        ),
        ("None/NN of/IN the/DT mills/NNS burned/VBD ./. Its/PRP$ owner/NN left/VBD ./.", "its", None),
        ("Was/VBD the/DT mill/NN old/JJ ?/. It/PRP burned/VBD ./.", "it", None),
        ("It/PRP burned/VBD ./.", "it", None),
    ],
)
def test_a_pronoun_goes_on_about_the_subject_before_it(written, pronoun, meant):
    assert continued(written, pronoun, persons=("Aas",) if "Aas/NNP left" in written else ()) == meant


def test_a_paragraph_begins_anew():
    reading = tagged(FERRY + " It/PRP sank/VBD ./.")
    at = reading.text.index("It sank")
    text = reading.text[: at - 1] + "\n" + reading.text[at:]
    words = words_of(reading)
    subjects = Subjects(IndexedWords.of(text, words), ())
    assert subjects.continued(next(word for word in words if word.start == at)) is None
