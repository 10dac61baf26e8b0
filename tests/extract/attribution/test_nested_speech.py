"""Speech inside quotations: named speakers of whole clauses and demands, nobody else."""

import pytest

from flows.extract.attribution.nested_speech import find_nested_speech
from tests.builders.tagged_text import tagged, words


def found(written: str) -> list[tuple[str, str, str]]:
    text = tagged(written).text
    return [
        (inner.source.of(text), inner.cue.of(text), inner.content.of(text))
        for inner in find_nested_speech(text, words(written))
    ]


def test_a_demand_and_a_belief_are_their_speakers():
    assert found(
        "“/`` The/DT parliament/NN of/IN Norland/NNP asks/NNS the/DT cabinet/NN to/TO sign/VB the/DT treaty/NN ./. "
        "Norland/NNP still/RB thinks/VBZ that/IN it/PRP will/MD help/VB ,/, ”/''"
    ) == [
        ("The parliament of Norland", "asks", "the cabinet to sign the treaty"),
        ("Norland", "thinks", "that it will help"),
    ]


def test_what_a_paper_reports_of_somebody_is_that_persons():
    assert found("that/IN Foss/NNP had/VBD told/VBN the/DT board/NN that/IN the/DT mill/NN leaks/VBZ ./.") == [
        ("Foss", "told", "that the mill leaks")
    ]


@pytest.mark.parametrize(
    "written",
    [
        "“/`` We/PRP think/VBP that/IN Norland/NNP will/MD help/VB ./.",  # the speaker himself
        "“/`` People/NNS think/VBP that/IN Norland/NNP will/MD help/VB ./.",  # nobody by name
        "“/`` Norland/NNP knows/VBZ the/DT old/JJ treaty/NN well/RB ./.",  # no clause
        "“/`` Norland/NNP helped/VBD us/PRP to/TO sign/VB the/DT treaty/NN ./.",  # no speech
    ],
)
def test_what_is_no_report_of_another(written):
    assert found(written) == []
