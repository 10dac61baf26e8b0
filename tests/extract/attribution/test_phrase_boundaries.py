"""Spans that end in the middle of a phrase are continued to its end, over free words of the same line only."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from flows.extract.attribution.phrase_boundaries import phrases_of
from flows.extract.reader.reading import Reading
from flows.spans import Span


@dataclass
class Read(Reading):
    """A reading written out by hand: words with tags, nothing of the model."""

    named: list[str] = field(default_factory=list)

    def tags(self) -> list[str]:
        return self.named


def read(written: str, content: float = 0.0) -> Read:
    """`The/DT dam/NN` as a reading; `|` is a line end; a word that starts with `+` touches the one before it."""
    text, starts, ends, gaps, tags = "", [], [], [], []
    gap = 0
    for piece in written.split():
        if piece == "|":
            text, gap = text + "\n", 2
            continue
        form, tag = piece.rsplit("/", 1)
        touches = form.startswith("+")
        if text and not touches and not gap:
            text, gap = text + " ", 1
        form = form.removeprefix("+")
        starts.append(len(text))
        text += form
        ends.append(len(text))
        gaps.append(gap)
        tags.append(tag)
        gap = 0
    size = len(tags)
    heads = {"content": np.full((size, 3), [1 - content, content / 2, content / 2])}
    nothing = np.zeros((size + 1, 1))
    return Read(
        text, np.array(starts), np.array(ends), np.array(gaps), np.zeros(size, int), heads, {}, nothing, nothing, {},
        nothing, tags,
    )  # fmt: skip


def ended(written: str, words: str, taken: str = "", content: float = 0.0) -> str:
    reading = read(written, content)
    start = reading.text.index(words)
    others = [Span(reading.text.index(taken), reading.text.index(taken) + len(taken))] if taken else []
    return phrases_of(reading, others).ended(Span(start, start + len(words))).of(reading.text)


@pytest.mark.parametrize(
    ("written", "words", "expected"),
    [
        ("a/DT flood/NN because/IN of/IN the/DT dam/NN +,/,", "a flood because of", "a flood because of the dam"),
        ("in/IN a/DT viable/JJ solution/NN in/IN May/NNP", "in a viable", "in a viable solution"),
        ("the/DT town/NN +'/POS +s/POS mayor/NN came/VBD", "the town", "the town's mayor"),
        ("for/IN the/DT U/NNP +./. +S/NNP +./. Treasury/NNP +./.", "for the U.S", "for the U.S"),
        ("told/VBD her/PRP that/IN Ms/NNP +./. Zander/NNP left/VBD", "that Ms", "that Ms. Zander"),
        ("was/VBD shut/VBN by/IN Dec/NNP +./. 11/CD", "shut by Dec", "shut by Dec. 11"),
        ("was/VBD shut/VBN in/IN Dec/NNP +./. Kask/NNP paid/VBD", "shut in Dec", "shut in Dec"),
        ("than/IN many/JJ have/VBP expected/VBN here/RB", "than many have", "than many have expected"),
        # what may end a phrase ends it
        ("than/IN many/JJ have/VBP here/RB", "than many have", "than many have"),
        ("it/PRP looks/VBZ for/IN +./. Rain/NNP", "it looks for", "it looks for"),
        ("the/DT dam/NN broke/VBD in/IN May/NNP", "the dam broke", "the dam broke"),
        ("the/DT cost/NN of/IN | the/DT dam/NN", "the cost of", "the cost of"),
    ],
)
def test_a_phrase_is_finished(written: str, words: str, expected: str) -> None:
    assert ended(written, words) == expected


def test_words_of_another_span_are_left_to_it() -> None:
    assert ended("rain/NN in/IN Riga/NNP said/VBD", "rain in", taken="Riga") == "rain in"


def test_a_finished_phrase_goes_on_while_the_reader_sees_content() -> None:
    written = "because/IN of/IN rain/NN that/WDT fell/VBD +./."
    assert ended(written, "because of") == "because of rain"
    assert ended(written, "because of", content=0.4) == "because of rain that fell"
    written = "for/IN the/DT U/NNP +./. +S/NNP +./. Treasury/NNP +./."
    assert ended(written, "for the U.S", content=0.4) == "for the U.S. Treasury"


def test_a_phrase_begins_with_its_first_word() -> None:
    reading = read("said/VBD this/DT year/NN +'/POS +s/POS fair/NN opened/VBD")
    start = reading.text.index("'s fair")
    assert phrases_of(reading, [Span(0, 4)]).begun(Span(start, start + 7)).of(reading.text) == "this year's fair"


def test_pieces_of_one_content_with_a_few_words_between_them_are_one() -> None:
    reading = read("the/DT mayor/NN and/CC her/PRP$ friends/NNS to/TO leave/VB +,/, he/PRP said/VBD to/TO stay/VB")
    pieces = [Span(reading.text.index(w), reading.text.index(w) + len(w)) for w in ("the mayor", "to leave", "to stay")]
    joined = phrases_of(reading, [Span(reading.text.index("said"), reading.text.index("said") + 4)]).joined(pieces)
    assert [span.of(reading.text) for span in joined[:1]] == ["the mayor and her friends to leave"]
    assert len(joined) == 2


@pytest.mark.parametrize(
    ("between", "one"),
    [
        ("of/IN the/DT old/JJ town/NN of/IN Brod/NNP", True),
        ("+,/, who/WP owns/VBZ the/DT mill/NN in/IN", True),  # no mark tells where the insertion ends
        ("+,/, who/WP owns/VBZ the/DT mill/NN +,/,", False),
        ("of/IN Brod/NNP +./. The/DT town/NN is/VBZ", False),
    ],
)
def test_pieces_of_one_content_are_one_unless_marks_set_apart_what_is_between(between, one) -> None:
    reading = read(f"the/DT mayor/NN {between} Vale/NNP has/VBZ left/VBN")
    pieces = [Span(0, len("the mayor")), Span(reading.text.index("Vale"), len(reading.text))]
    assert len(phrases_of(reading, []).joined(pieces)) == (1 if one else 2)


def test_what_is_left_of_a_relative_clause_that_no_mark_ends_is_no_piece() -> None:
    reading = read("the/DT mayor/NN +,/, who/WP owns/VBZ the/DT mill/NN in/IN Upper/NNP Vale/NNP")
    pieces = [Span(0, len("the mayor")), Span(reading.text.index("Upper"), len(reading.text))]
    assert phrases_of(reading, []).joined(pieces) == pieces[:1]


def test_a_phrase_begins_with_the_whole_number() -> None:
    reading = read("Some/DT 1/CD +./. +8/CD million/CD people/NNS want/VBP it/PRP")
    start = reading.text.index("8")
    assert phrases_of(reading, []).begun(Span(start, start + 16)).of(reading.text) == "Some 1.8 million people"


@pytest.mark.parametrize(
    ("written", "words", "expected"),
    [
        ("The/DT mill/NN closed/VBD +./. | Dr/NNP +./. Ames/NNP", ".\nDr. Ames", "Dr. Ames"),
        ("by/IN U/NNP +./. +S/NNP +./. Minerals/NNPS", ". Minerals", "U.S. Minerals"),
        ("Mr/NNP +./. Ames/NNP", ". Ames", "Mr. Ames"),
        ("the/DT union/NN and/CC civil/JJ groups/NNS", "and civil groups", "civil groups"),
        ("Al/NNP +-/HYPH +Noor/NNP radio/NN", "-Noor radio", "Al-Noor radio"),
        ("the/DT office/NN for/IN Lowland/NNP chief/NN", "for Lowland chief", "the office for Lowland chief"),
        ("Lowland/NNP +,/, dairies/NNS", ",", None),
        ("a/DT friend/NN of/IN the/DT old/JJ mayor/NN said/VBD", "a friend of the", "a friend of the old mayor"),
    ],
)
def test_a_source_begins_with_its_phrase_and_not_with_a_mark(written, words, expected):
    reading = read(written)
    start = reading.text.index(words)
    found = phrases_of(reading, []).sourced(Span(start, start + len(words)))
    assert (found.of(reading.text) if found else None) == expected
