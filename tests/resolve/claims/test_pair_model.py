"""The pair model at run time: symmetric, the same whatever else is asked, and right on plain pairs."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import ModelError
from flows.resolve.claims.pairs.pair_differences import FEATURES, differences
from flows.resolve.claims.pairs.pair_input import MARKS, PairInput, clean, pair_marks, word_form
from flows.resolve.claims.pairs.pair_model import (
    ANSWERS,
    CONTRADICTS,
    FOLDER,
    MIRRORED,
    OTHER,
    SAME,
    SECOND_MORE,
    PairModel,
)

STATEMENTS = (
    "The harbour of Velm was closed on Monday after 14 sailors fell ill.",
    "Velm's harbour closed on Monday when fourteen sailors fell ill.",
    "The harbour of Velm was closed on Monday after 41 sailors fell ill.",
    "The harbour of Velm was not closed.",
    "Orna Tessel won the singing contest for the third time.",
    "the contest",
    "",
)


@pytest.fixture(scope="module")
def model() -> PairModel:
    return PairModel.load()


@pytest.fixture(scope="module")
def made() -> PairInput:
    return PairInput(FOLDER / "tokenizer.json")


pairs_of_statements = st.lists(st.tuples(st.sampled_from(STATEMENTS), st.sampled_from(STATEMENTS)), max_size=6)


@given(pairs=pairs_of_statements)
@settings(max_examples=15)
def test_answers_are_probabilities_and_mirror_the_other_order(model: PairModel, pairs: list[tuple[str, str]]) -> None:
    found = model.judge(pairs)
    assert found.shape == (len(pairs), len(ANSWERS)) and found.dtype == np.float32
    assert np.allclose(found.sum(axis=1), 1, atol=1e-3)
    assert np.array_equal(found, model.judge([(b, a) for a, b in pairs])[:, MIRRORED])


def test_a_pair_has_one_answer_whatever_else_is_asked(model: PairModel) -> None:
    pairs = [(a, b) for a in STATEMENTS for b in STATEMENTS]
    together = model.judge(pairs)
    alone = np.concatenate([PairModel.load().judge([pair]) for pair in pairs[:12]])
    assert np.array_equal(together[:12], alone)
    assert np.array_equal(PairModel.load(threads=3).judge(pairs), together)
    assert np.array_equal(model.judge(pairs[::-1])[::-1], together)
    assert np.array_equal(model.judge([*pairs, *pairs]), np.concatenate([together, together]))


CASES = [
    ("The bridge at Ostrel was opened in May.", "The bridge at Ostrel was opened in May.", SAME),
    ("The fire killed 12 people.", "The fire killed twelve people.", SAME),
    ("The bank paid $3 million for the ship.", "The bank paid 3 million dollars for the ship.", SAME),
    ("The fire in the Ostrel mill killed 12 people.", "The fire in the Ostrel mill killed 19 people.", CONTRADICTS),
    ("The council of Velm will sell the port.", "The council of Velm will not sell the port.", CONTRADICTS),
    ("The mayor resigned.", "The mayor resigned after a quarrel about the port of Velm.", SECOND_MORE),
    ("The mayor resigned.", "Rain is expected in the north tomorrow.", OTHER),
]


@pytest.mark.parametrize(("a", "b", "answer"), CASES)
def test_plain_pairs(model: PairModel, a: str, b: str, answer: int) -> None:
    assert ANSWERS[model.judge([(a, b)])[0].argmax()] == ANSWERS[answer]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Velm's", "velm"),
        ("1,200", "1200"),
        ("twelve", "12"),
        ("3.50", "3.5"),
        ("wasn't", "not"),
        ("Harbour", "harbour"),
    ],
)
def test_forms_of_words(word: str, form: str) -> None:
    assert word_form(word)[0] == form


def test_marks_tell_what_one_side_has_alone(made: PairInput) -> None:
    a, b = made.statement("Velm sold 3 million tons"), made.statement("Ostrel sold 3,000,000 tons, not ore")
    left, right = pair_marks(a, b)
    names = [[MARKS[mark % len(MARKS)] for mark in marks] for marks in (left, right)]
    assert "own name" in names[0] and "own name" in names[1]
    assert "own number" not in names[0] + names[1]
    assert "own negation" in names[1] and "own negation" not in names[0]
    assert max(left) < len(MARKS) <= min(right)
    assert len(left) == len(a.pieces) + 2 and len(right) == len(b.pieces) + 2


def test_what_differs_is_counted(made: PairInput) -> None:
    a, b = made.statement("Velm sold 3 ships"), made.statement("Velm sold 4 ships")
    found = dict(zip(FEATURES, differences(a, b), strict=True))
    assert found["own number on both sides"] == 1 and found["own name on both sides"] == 0
    assert found["same words"] == 0 and differences(a, a)[FEATURES.index("same words")] == 1


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("that [the mayor] “will not resign” ...", "The mayor will not resign"),
        ("that year", "That year"),
        ("  the port, ", "The port"),
        ("", ""),
    ],
)
def test_statements_are_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_an_altered_folder_is_refused(tmp_path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json was altered"):
        PairModel.load(folder)
    spec = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    (folder / "model.json").write_text(json.dumps({**spec, "interface": 0}), encoding="utf-8")
    with pytest.raises(ModelError, match="interface 0"):
        PairModel.load(folder)
    with pytest.raises(ModelError, match=r"model\.json is missing"):
        PairModel.load(tmp_path)
