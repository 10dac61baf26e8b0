"""Noise on purpose: labels follow their characters."""

import random

from hypothesis import given
from hypothesis import strategies as st

from flows.train.data.augmentation import Edit, Moved, noisy

STORY = (
    'HARBOUR NEWS\n\nThe mayor said, "We will rebuild. It will take years." The council agreed.\n\n'
    '“Nobody leaves,” said the warden. “Not this year.” A spokesman said: "The plan stands."'
)


def seeded(number: int) -> random.Random:
    return random.Random(number)  # noqa: S311 - test data


def test_a_span_keeps_its_characters_through_insertions_and_cuts():
    moved = Moved("He said yes.", [Edit(3, 3, "never "), Edit(0, 3, "")])
    assert moved.text == "never said yes."
    start, end = moved.span(8, 11)
    assert moved.text[start:end] == "yes"


def test_what_is_inserted_at_an_edge_stays_outside():
    moved = Moved("ab cd", [Edit(0, 0, "X"), Edit(2, 2, "Y"), Edit(3, 3, "Z")])
    assert moved.text == "XabY Zcd"
    assert moved.text[slice(*moved.span(0, 2))] == "ab"
    assert moved.text[slice(*moved.span(3, 5))] == "cd"


def test_a_span_that_is_cut_away_is_empty():
    start, end = Moved("one two", [Edit(0, 4, "")]).span(0, 3)
    assert start == end


def test_the_same_seed_gives_the_same_noise():
    assert [noisy(STORY, seeded(n)).text for n in range(20)] == [noisy(STORY, seeded(n)).text for n in range(20)]


def test_noise_is_made_and_some_copies_stay_clean():
    copies = [noisy(STORY, seeded(n)).text for n in range(60)]
    assert 5 < copies.count(STORY) < 40
    assert len(set(copies)) > 20


@given(st.integers(0, 10_000))
def test_words_keep_their_labels_through_any_noise(seed):
    moved = noisy(STORY, seeded(seed))
    for word in ("mayor", "rebuild", "council", "warden", "spokesman", "plan"):
        at = STORY.index(word)
        start, end = moved.span(at, at + len(word))
        assert moved.text[start:end].casefold() == word
