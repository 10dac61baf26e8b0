"""Columns of features say of every pair of names what the features of one pair say."""

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.resolve.names.name_similarity import name_features, token_similarity
from flows.resolve.names.parse_name import parse_person
from flows.resolve.names.person_features import PersonNames
from flows.resolve.names.thresholds import THRESHOLDS
from flows.resolve.names.token_pairs import TokenTable
from flows.resolve.names.words import Words

WORDS = [
    "marta", "martha", "marto", "marte", "m", "k", "ilves", "ilvesova", "ilvesem", "bill", "william", "liz",
    "elizabeth", "solberg", "solbergova", "cole", "coles", "oleksandr", "oleksandra", "7", "47", "yusuf",
    "joseph", "iosif", "lopez", "lopes", "opez", "ana", "anna", "hrytsenko", "gritsenko", "schmidt", "smith",
    "w", "x",
]  # fmt: skip
NAMES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=2, max_size=8)


def columns(names: list[tuple[str, ...]]) -> tuple[list[tuple[int, int]], dict[str, np.ndarray]]:
    people = PersonNames(Words.of(pl.Series(names, dtype=pl.List(pl.String))))
    pairs = list(itertools.combinations(range(len(names)), 2))
    left, right = np.array(pairs).T
    return pairs, people.features(left, right) | {"joined": people.likeness_as_one_word(left, right)}


def odd_one(tokens: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a token is like none of the other name."""
    return any(all(token_similarity(x, y) < THRESHOLDS.alike for y in others) for x in tokens)


def test_tokens_are_as_alike_in_columns_as_alone() -> None:
    table = TokenTable(sorted(WORDS))
    numbers = np.arange(len(WORDS))
    found = table.compare(*np.meshgrid(numbers, numbers, indexing="ij"))
    for a, b in itertools.product(numbers.tolist(), repeat=2):
        assert found.likeness[a, b] == pytest.approx(token_similarity(table.tokens[a], table.tokens[b])), (a, b)
    some = table.compare(*np.meshgrid(numbers, numbers, indexing="ij"), np.zeros((len(WORDS), len(WORDS)), bool))
    told = some.likeness == found.likeness
    assert (told | ((some.likeness == 0) & (found.likeness < THRESHOLDS.alike))).all()
    assert told.mean() < 0.9


@given(NAMES)
def test_names_are_as_alike_in_columns_as_alone(drawn: list[list[str]]) -> None:
    names = [parse_person(" ".join(words).title()) for words in drawn]
    names = [name for name in names if name.tokens]
    if len(names) < 2:
        return
    pairs, found = columns([name.tokens for name in names])
    for at, (a, b) in enumerate(pairs):
        one, other = names[a], names[b]
        odd = odd_one(one.tokens, other.tokens) and odd_one(other.tokens, one.tokens)
        alone = name_features(one, other, is_person=True) | {"clashing": odd}
        for feature, value in alone.items():
            if feature not in ("legal", "acronym"):
                assert found[feature][at] == pytest.approx(float(value)), (feature, one.tokens, other.tokens)


@pytest.mark.parametrize(
    ("left", "right", "feature", "expected"),
    [
        ("Marta Ilves", "Marta Liis Ilves", "extended", 1),
        ("Marta Ilves", "Marta Ilves Lopez", "second_surname", 1),
        ("Marta Ilves", "Ilves Marta", "turned", 1),
        ("Oleksandr Ilves", "Oleksandra Ilves", "gender", 1),
        ("Tov Ilves", "Tova Ilves", "gender", 1),
        ("Tovo Ilves", "Tova Ilves", "gender", 1),
        ("To Ilves", "Toa Ilves", "gender", 0),
        ("Marta Cole", "Marta Coles", "plural", 1),
        ("Marta Ilves", "M. Ilves", "given_initial", 1),
        ("Marta K. Ilves", "Marta Ilves", "given_initial", 0),
    ],
)
def test_features_of_persons(left: str, right: str, feature: str, expected: int) -> None:
    _, found = columns([parse_person(left).tokens, parse_person(right).tokens])
    assert found[feature][0] == expected


def test_a_rare_spelling_beside_a_common_one_is_a_slip_and_two_common_ones_are_two_names() -> None:
    given_names = ["".join(letters) for letters in itertools.product("bcdfg", "aeiou", "klmnr")]
    names = [(given_name, "ilves") for given_name in given_names[:40]]
    names += [(given_name, "ilvas") for given_name in given_names[50:80]]
    names += [("marta", "ilves"), ("marta", "ilvesk"), ("marta", "ilvas")]
    people = PersonNames(Words.of(pl.Series(names, dtype=pl.List(pl.String))))
    right, slip, other = len(names) - 3, len(names) - 2, len(names) - 1
    found = people.features(np.array([right, right]), np.array([slip, other]))
    assert found["slip"].tolist() == [1, 0]
    assert found["two_spellings"].tolist() == [0, 1]
