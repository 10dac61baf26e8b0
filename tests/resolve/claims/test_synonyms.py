"""Words and figures of one meaning made equal, and those that stay as they are."""

from dataclasses import replace

import pytest

from flows.lexicons import LEXICONS, rows
from flows.lexicons.stems import stem
from flows.resolve.claims.matching.decisions import same_wording
from flows.resolve.claims.matching.meanings import all_meanings
from flows.resolve.claims.matching.proposition import Name
from flows.resolve.claims.matching.synonyms import in_figures_of, in_names_of, in_words_of
from tests.resolve.claims.test_differences import said


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("the mill will shed 30 jobs", "the mill will cut 30 jobs", "the mill will cut 30 jobs"),
        ("two men were detained", "police arrested two men", "two men were arrested"),
        ("Ada Brandt hid the losses", "the losses were concealed", "Ada Brandt concealed the losses"),
        ("the mill hired a lawyer", "the mill fired a lawyer", "the mill hired a lawyer"),
        ("the mill will shortly close", "the mill will soon close", "the mill will soon close"),
        ("the ferry went on, down the river", "the ferry continued", "the ferry continued, down the river"),
        ("Norland Steel cut 30 jobs", "Norland Steel cut or shed 30 jobs", "Norland Steel cut 30 jobs"),
    ],
)
def test_a_word_is_told_with_its_synonym(one, other, told):
    assert in_words_of(said(one), said(other), all_meanings()).statement == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("the road is 40 kilometers long", "the road is 25 miles long", "the road is 25 miles long"),
        ("1.5 million people voted", "1,500,000 people voted", "1,500,000 people voted"),
        ("about 9,800 people came", "some 10,000 people came", "some 10,000 people came"),
        ("40 percent of them voted", "41 percent of them voted", "40 percent of them voted"),
        ("at least 5 people died", "at least 7 people died", "at least 5 people died"),
    ],
)
def test_a_figure_is_told_in_the_other_ones_unit_where_both_are_one(one, other, told):
    assert in_figures_of(said(one), said(other)).statement == told


def test_one_that_both_name_is_told_by_one_name():
    one = replace(said("the ONR closed the weir"), names=(Name("1", "ORG", "ONR"),))
    long = replace(
        said("the Office for Norland Rivers shut the weir"), names=(Name("2", "ORG", "Office for Norland Rivers"),)
    )
    assert in_names_of(one, long).statement == "the Office for Norland Rivers closed the weir"
    assert in_names_of(one, long).entities == ("2",)
    another = replace(long, names=(Name("2", "PERSON", "Office for Norland Rivers"),))
    assert in_names_of(one, another) is one


def test_what_nothing_changes_is_the_same_object():
    one = said("the mill in Norby burned down")
    assert in_words_of(one, one, all_meanings()) is one and in_figures_of(one, one) is one


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Norland Steel sued the bank", "Norland Steel was sued by the bank", False),
        ("Norland Steel sued the bank", "the bank was sued by Norland Steel", True),
        ("the dog chased her cat", "the dog chased his cat", False),
        ("the dog chased a cat on Monday", "on Monday the dog chased the cat", True),
    ],
)
def test_function_words_that_turn_a_wording(one, other, same):
    assert same_wording(said(one), said(other)) is same


def test_no_synonym_is_listed_as_an_opposite():
    known = all_meanings()
    for row in rows(LEXICONS, "antonyms", ("word", "opposite")):
        one, other = known.of(row["word"]), known.of(row["opposite"])
        told_apart = stem(row["word"]) != stem(row["opposite"])
        assert not (one & other and told_apart), row
