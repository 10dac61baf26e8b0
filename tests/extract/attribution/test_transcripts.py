"""Transcripts: who speaks stands before the colon; headings in capitals are no speakers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.attribution.transcripts import find_turns
from flows.spans import Span

TALK = """Kask was interviewed on Sunday.

"BERG: Mayor Peeter Kask is here. Will the ferry run?

"KASK: It will.

"In June, I hope.

"(CROSSTALK.)

"BERG: And after June?

"KASK: We will see."

Follow us on the radio.
"""


def test_each_turn_is_a_statement_of_its_speaker():
    turns = [
        (turn.source.of(TALK), turn.mark.of(TALK), [span.of(TALK) for span in turn.content])
        for turn in find_turns(TALK, list)
    ]
    assert turns == [
        ("BERG", ":", ["Mayor Peeter Kask is here. Will the ferry run?"]),
        ("KASK", ":", ["It will.", "In June, I hope."]),
        ("BERG", ":", ["And after June?"]),
        ("KASK", ":", ['We will see."']),
    ]


def test_labels_in_capitals_are_no_speakers():
    assert not find_turns("RELATED: The ferry\n\nRELATED: The harbour\n\nPHOTOS: The ferry\n\nPHOTOS: More", list)
    assert not find_turns(
        "BERG: One turn is an address, not a talk.\n\nKASK: Two are none either. Peeter Kask left.", list
    )


DESK = """HOST: Welcome back. Is the harbour broke?

INA FOSS, HARBOUR CHIEF: We are not broke.

RASK (voice-over): The ice came early.

FOSS (on camera): We lost one tug.

HOST: Thank you.
"""


def test_offices_and_stage_directions_are_no_part_of_a_name():
    turns = [(turn.source.of(DESK), turn.content[0].of(DESK)) for turn in find_turns(DESK, list)]
    assert turns == [
        ("HOST", "Welcome back. Is the harbour broke?"),
        ("INA FOSS", "We are not broke."),
        ("RASK", "The ice came early."),
        ("FOSS", "We lost one tug."),
        ("HOST", "Thank you."),
    ]


HOUSE = """Hon. Per Rask (Lake East): The road was paid for twice.

Hon. (Mrs.) Ina Foss: The vouchers are forged.

Hon. Rask: They carry a stamp.
"""


def test_a_title_in_brackets_stands_before_the_name_of_a_label():
    known = [Span(at, at + 8) for at in map(HOUSE.index, ("Per Rask", "Ina Foss"))]
    turns = [(turn.source.of(HOUSE), turn.content[0].of(HOUSE)) for turn in find_turns(HOUSE, lambda: known)]
    assert turns == [
        ("Per Rask", "The road was paid for twice."),
        ("Ina Foss", "The vouchers are forged."),
        ("Rask", "They carry a stamp."),
    ]


ANSWERS = """Ole Rist has run the mill since 1999.

Q: Is the mill safe?

A: It is.

Q: And the dam?

A: Ask the county. I have no key.
"""


def named(text, *names):
    return [Span(found.start(), found.end()) for name in names for found in re.finditer(name, text)]


def test_answers_are_of_the_person_introduced_before_the_first_question():
    turns = find_turns(ANSWERS, lambda: named(ANSWERS, "Ole Rist"))
    assert [(turn.source.of(ANSWERS), turn.content[0].of(ANSWERS)) for turn in turns] == [
        ("Ole Rist", "It is."),
        ("Ole Rist", "Ask the county. I have no key."),
    ]


def test_answers_are_nobodys_where_two_are_introduced():
    text = f"We met Pia Lunde.\n\n{ANSWERS}"
    assert {turn.source for turn in find_turns(text, lambda: named(text, "Ole Rist", "Pia Lunde"))} == {None}


def test_one_word_of_a_headline_introduces_nobody():
    text = f"Keeper answers\n\n{ANSWERS}"
    assert {turn.source.of(text) for turn in find_turns(text, lambda: named(text, "Ole Rist", "Keeper"))} == {
        "Ole Rist"
    }


INITIALS = """Ole Rist keeps the old dam. He spoke to Pia Lunde.

PL: Is the dam safe?

OR: It is.

PL: And the mill?

OR: The mill has stood empty for years.
"""


def test_initials_are_of_who_is_named_before_them():
    turns = find_turns(INITIALS, lambda: named(INITIALS, "Ole Rist"))
    assert [(turn.source and turn.source.of(INITIALS), turn.content[0].of(INITIALS)) for turn in turns] == [
        (None, "Is the dam safe?"),
        ("Ole Rist", "It is."),
        (None, "And the mill?"),
        ("Ole Rist", "The mill has stood empty for years."),
    ]


def test_initials_of_nobody_or_of_two_are_no_speaker():
    assert find_turns(INITIALS, list) == []
    text = f"Ove Rust left. {INITIALS}"
    assert find_turns(text, lambda: named(text, "Ole Rist", "Ove Rust")) == []


INTERVIEW = """Vera Holt has moved back to the island.

The Courier: Did the bank object?

Vera Holt: Their lawyer wrote to me twice.
"""


@pytest.mark.parametrize("form", ["{}:", "(({}))", "[{}]"])
def test_a_full_name_in_an_interview_is_a_speaker_and_who_asks_is_none(form):
    text = re.sub("(?m)^(.+):", lambda label: form.format(label[1]), INTERVIEW)
    turns = find_turns(text, lambda: named(text, "Vera Holt"))
    assert [(turn.source.of(text), turn.content[0].of(text)) for turn in turns] == [
        ("Vera Holt", "Their lawyer wrote to me twice.")
    ]
    listed = text.replace("?", ".")
    assert not find_turns(listed, lambda: named(listed, "Vera Holt"))


DEBATE = """Oral questions

Mr. Speaker: Order. The member for Lake East.

Ms. Eva Lind (Lake East): The mill has leaked since May.

Order Paper: question four

The Minister for Mills (Hon. Per van Koss): The pipe was mended on Friday. It holds.

Ms. Eva Lind: It does not.

(Interruption)

Koss: Then I shall go and look.

The House rose at 6 p.m.
"""


def test_the_names_of_a_debate_are_speakers_without_what_they_are_called_by():
    turns = find_turns(DEBATE, lambda: named(DEBATE, "Eva Lind", "van Koss"))
    assert [(turn.source.of(DEBATE), [span.of(DEBATE) for span in turn.content]) for turn in turns] == [
        ("Mr. Speaker", ["Order. The member for Lake East."]),
        ("Eva Lind", ["The mill has leaked since May."]),
        ("Per van Koss", ["The pipe was mended on Friday. It holds."]),
        ("Eva Lind", ["It does not."]),
        ("Koss", ["Then I shall go and look."]),
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "Ms. Eva Lind: 42 votes\n\nMr. Per Koss: 40 votes\n\nMs. Eva Lind: 12 seats\n\nMr. Per Koss: 11 seats\n",
        "Eva Lind: 42.\n\nPer Koss: 40.\n\nLind: 12.\n\nKoss: 11.\n",
        "Eva Lind: A baker.\n\nPer Koss: A miller.\n\nTea Rand: A nurse.\n",
        "Lake East: It rains.\n\nLake West: It snows.\n\nLake East: It rains again.\n",
    ],
)
def test_lists_of_persons_and_of_places_are_no_debate(listed):
    assert not find_turns(listed, lambda: named(listed, "Eva Lind", "Per Koss", "Tea Rand"))


@given(st.lists(st.sampled_from(["BERG:", "KASK:", "Peeter Kask", '"', "\n", "(noise)", "We go.", " "]), max_size=40))
def test_any_arrangement_gives_ordered_spans_inside_the_text(parts):
    text, end = "".join(parts), 0
    for turn in find_turns(text, list):
        for span in (turn.source, turn.mark, *turn.content):
            assert end <= span.start < span.end <= len(text)
            end = span.end
