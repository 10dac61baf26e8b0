"""Transcripts: who speaks stands before the colon; headings in capitals are no speakers."""

from hypothesis import given
from hypothesis import strategies as st

from flows.extract.attribution.transcripts import find_turns

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
        (turn.source.of(TALK), turn.colon.of(TALK), [span.of(TALK) for span in turn.content])
        for turn in find_turns(TALK)
    ]
    assert turns == [
        ("BERG", ":", ["Mayor Peeter Kask is here. Will the ferry run?"]),
        ("KASK", ":", ["It will.", "In June, I hope."]),
        ("BERG", ":", ["And after June?"]),
        ("KASK", ":", ['We will see."']),
    ]


def test_labels_in_capitals_are_no_speakers():
    assert not find_turns("RELATED: The ferry\n\nRELATED: The harbour\n\nPHOTOS: The ferry\n\nPHOTOS: More")
    assert not find_turns("BERG: One turn is an address, not a talk.\n\nKASK: Two are none either. Peeter Kask left.")


@given(st.lists(st.sampled_from(["BERG:", "KASK:", "Peeter Kask", '"', "\n", "(noise)", "We go.", " "]), max_size=40))
def test_any_arrangement_gives_ordered_spans_inside_the_text(parts):
    text, end = "".join(parts), 0
    for turn in find_turns(text):
        for span in (turn.source, turn.colon, *turn.content):
            assert end <= span.start < span.end <= len(text)
            end = span.end
