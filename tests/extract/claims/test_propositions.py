"""Contents divided into propositions: what stands alone is a row of its own, what depends on it stays with it."""

import pytest

from flows.extract.claims.propositions import divide
from tests.builders.tagged_text import tagged, words


def divided(written: str) -> list[str]:
    """The propositions of a content in one sentence, each with the subject that it shares."""
    text = tagged(written).text
    found = divide(words(written), lambda _: 0)
    return [
        "".join(f"[{text[p.subject[0].start : p.subject[-1].end]}] " if p.subject else "")
        + text[p.words[0].start : p.words[-1].end]
        for p in found
    ]


@pytest.mark.parametrize(
    ("written", "propositions"),
    [
        (  # two subjects
            "that/IN the/DT dam/NN leaks/VBZ ,/, and/CC the/DT bridge/NN is/VBZ shut/VBN",
            ["that the dam leaks,", "and the bridge is shut"],
        ),
        (  # a subject shared
            "Lind/NNP has/VBZ sold/VBN the/DT mill/NN but/CC has/VBZ not/RB paid/VBN the/DT old/JJ debt/NN",
            ["Lind has sold the mill", "[Lind] but has not paid the old debt"],
        ),
        (  # a list of facts
            "that/IN the/DT mill/NN is/VBZ sold/VBN and/CC that/IN the/DT owner/NN left/VBD",
            ["that the mill is sold", "and that the owner left"],
        ),
        ("the/DT dam/NN leaks/VBZ ;/: the/DT road/NN is/VBZ shut/VBN", ["the dam leaks;", "the road is shut"]),
        # what depends on a clause stays with it
        ("the/DT dam/NN leaks/VBZ because/IN the/DT gate/NN broke/VBD", None),
        ("if/IN it/PRP rains/VBZ and/CC the/DT gate/NN breaks/VBZ ,/, the/DT dam/NN will/MD go/VB", None),
        (
            "soon/RB ,/, as/IN it/PRP warms/VBZ and/CC the/DT snow/NN melts/VBZ in/IN May/NNP ,/, towns/NNS "
            "will/MD flood/VB",
            None,
        ),
        ("men/NNS who/WP deal/VBP in/IN stocks/NNS and/CC bonds/NNS lost/VBD a/DT great/JJ fortune/NN", None),
        ("the/DT man/NN who/WP came/VBD and/CC took/VBD the/DT last/JJ boat/NN is/VBZ back/RB", None),
        ("the/DT court/NN told/VBD him/PRP that/IN Berg/NNP lied/VBD and/CC Lund/NNP slept/VBD", None),
        # too short for a row, alternatives, purposes, things
        ("Berg/NNP came/VBD and/CC left/VBD", None),
        ("the/DT gate/NN holds/VBZ or/CC the/DT dam/NN will/MD go/VB", None),
        ("we/PRP waited/VBD so/IN more/JJR guests/NNS can/MD come/VB", None),
        (
            "by/IN saying/VBG it/PRP pays/VBZ the/DT mayor/NN and/CC Lund/NNP have/VBP hurt/VBN the/DT town/NN",
            None,
        ),
        ("the/DT mayor/NN and/CC the/DT council/NN want/VBP a/DT new/JJ dam/NN", None),
    ],
)
def test_a_sentence_is_divided_where_another_assertion_begins(written, propositions):
    assert divided(written) == (propositions or [tagged(written).text])


def test_sentences_are_propositions_and_those_without_a_verb_go_with_a_neighbour():
    written = "“/`` No/UH ./. The/DT dam/NN is/VBZ safe/JJ ./. No/DT doubt/NN ./. We/PRP stay/VBP ./. ”/''"
    text, said = tagged(written).text, words(written)
    stops = [word.start for word in said if word.form == "."]
    found = divide(said, lambda at: sum(stop < at for stop in stops))
    assert [text[p.words[0].start : p.words[-1].end] for p in found] == [
        "“No. The dam is safe. No doubt.",
        "We stay.”",
    ]
    assert [text[p.said[0].start : p.said[-1].end] for p in found] == ["The dam is safe.", "We stay.”"]


def test_a_content_without_a_verb_is_one_proposition():
    assert divided("the/DT old/JJ dam/NN") == ["the old dam"]
