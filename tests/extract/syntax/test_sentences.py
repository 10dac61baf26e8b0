"""Where sentences end: at stops, and not at the points of abbreviations that a name or number goes on behind."""

import re

import pytest

from flows.extract.syntax.sentences import Word, sentences, words_of


def cut(text: str, opening: str = "") -> list[str]:
    """The sentences of a text; the words in `opening` are tagged as pronouns, all others as names."""
    words = [
        Word(m.start(), m.end(), m[0].lower(), "PRP" if m[0] in opening.split() else "NNP")
        for m in re.finditer(r"\w+|[^\w\s]", text)
    ]
    return [text[sentence[0].start : sentence[-1].end] for sentence in sentences(text, words)]


@pytest.mark.parametrize(
    "text",
    [
        "The Rev. Ole Kask met Maj. Tore Aas and Cpl. Per Moe.",
        "Reps. Ana Berg and Ole Lund met Insp. Kask on Mt. Hoel.",
        "He serves in the U.S. Navy.",
        "A spokesman for Kask <KASK.OL> left.",
        "Kask Mills Inc. Chairman Per Moe left.",
    ],
)
def test_a_name_goes_on_behind_the_point_of_a_title(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Aas lives in the U.S.", "He left Brod in May."),
        ("The mill opens at 9 a.m.", "It shuts at noon."),
        ("Aas sold Kask Mills Inc.", "They paid in cash."),
        ("Aas owes it to Per Moe Jr.", "He paid in cash."),
    ],
)
def test_a_sentence_that_ends_in_an_abbreviation_ends_before_a_pronoun(first, second):
    assert cut(f"{first} {second}", opening="He It They") == [first, second]


def test_an_initial_ends_no_sentence_whatever_the_tagger_makes_of_the_name():
    assert cut("Per F. They left.", opening="They") == ["Per F. They left."]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("On Monday IS demanded a ransom from the family.", "IS", True),
        ("The family begged IS leader Omar Aziz to free her.", "IS", True),
        ("Health officials said WHO experts had met on Monday.", "WHO", True),
        ("The mayor said that it IS a sham.", "IS", False),
        ("THE MAYOR IS ILL AND THE TOWN WAITS", "IS", False),
        ("The mayor is ill and the town waits.", "is", False),
    ],
)
def test_an_acronym_that_is_also_a_word_is_a_name_in_capitals(reader, text, word, name):
    at = text.index(f"{word} ")
    assert (next(w.tag for w in words_of(reader.read(text)) if w.start == at) == "NNP") == name


@pytest.mark.parametrize("first", ["The mayor said that they didn’t.", "The mill was not Kask's."])
def test_what_stands_behind_an_apostrophe_is_no_initial(reader, first):
    text = f"{first} Berg sold it in May."
    words = words_of(reader.read(text))
    assert [text[found[0].start : found[-1].end] for found in sentences(text, words)] == [first, "Berg sold it in May."]
