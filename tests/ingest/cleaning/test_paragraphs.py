"""Hard-wrapped lines: joined to paragraphs at any width that prose is set at, with the words that were broken."""

import textwrap

import pytest

from flows.ingest.cleaning.paragraphs import paragraphs

PROSE = (
    "A county engineer told residents on Wednesday evening that the new culvert under Mill Lane had been inspected "
    "twice and would carry the spring floods. Two farmers along the road asked for a report before the end of May."
)


@pytest.mark.parametrize("width", [32, 38, 45, 60, 72, 100])
def test_wrapped_prose_is_one_paragraph(width: int) -> None:
    assert (
        paragraphs("\n".join(textwrap.wrap(PROSE, width)) + "\n\n" + "\n".join(textwrap.wrap(PROSE, width)))
        == [PROSE] * 2
    )


@pytest.mark.parametrize("width", [32, 45, 72, 100])
def test_an_indented_first_line_starts_a_paragraph(width: int) -> None:
    wrapped = textwrap.fill(PROSE, width, initial_indent="   ")
    assert paragraphs("\n".join([wrapped] * 3)) == [PROSE] * 3
    indented = textwrap.fill(f"{PROSE} {PROSE}", width, initial_indent="   ", subsequent_indent="   ")
    assert paragraphs(indented) == [f"{PROSE} {PROSE}"]


def test_lines_of_uneven_width_in_which_sentences_go_on_are_wrapped() -> None:
    copy = (
        "The ferry company will\nlay up two of its older ships in the\nspring, its chairman said.\n"
        "Both have carried cars to the outer islands\nsince they were built and\nneither has found a buyer.\n"
        "The company did not say what\nwould become of the crews."
    )
    assert paragraphs(copy)[0].endswith("will lay up two of its older ships in the spring, its chairman said.")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("the brick fac-", "tory"), "the brick factory"),
        (("a former cross-", "country skier"), "a former cross-country skier"),
        (("he is called Karl-", "Heinz"), "he is called Karl-Heinz"),
        (("a plan of 12-", "month terms"), "a plan of 12-month terms"),
        (("it was over-", "come in the end"), "it was overcome in the end"),
    ],
)
def test_broken_words(lines: tuple[str, str], joined: str) -> None:
    head = textwrap.wrap(PROSE, 40)
    (text,) = paragraphs("\n".join([*head, *lines, "and so it went on for some more years."]))
    assert joined in text


def test_verse_and_lists_stay() -> None:
    verse = ["The tide is high,", "the moon is low,", "and where the ferries went", "nobody", "can ever know."]
    assert len(paragraphs("\n".join(verse))) >= 4
    items = ["Bread: 2 kroner", "Milk and butter: 14 kroner", "Fish: 9", "Coal for the winter: 120", "Salt: 1"]
    assert paragraphs("\n".join(items)) == items
