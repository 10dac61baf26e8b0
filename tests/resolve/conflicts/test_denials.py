"""Denials: what is told without the negation, and negations that turn no statement as a whole."""

import pytest

from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.conflicts.denials import denial, denies_the_other


def told(statement: str, *speakers: str, modality: str = "asserted") -> Proposition:
    """A statement of a story."""
    return Proposition(statement, modality, (), (), (), "one", "story", speakers)


@pytest.mark.parametrize(
    ("denied", "affirmed", "words", "exchanged"),
    [
        ("The ferry was not inspected in May", "The ferry was inspected in the spring",
         ("was not inspected", "was inspected in"), "The ferry was inspected in May"),
        ("The line won't close its yard", "The line is to close the yard of Sandvik",
         ("won't close its", "The line is to close the yard of Sandvik"), "The line will close its yard"),
        ("[It is not true that] Lind sold the yard", "[Bo] Lind sold the yard of Sandvik",
         ("It is not true that Lind sold the", "Lind sold the"), "Lind sold the yard"),
        ("No ferry sank off Sandvik", "A ferry sank off Sandvik",
         ("No ferry sank", "a ferry sank"), "a ferry sank off Sandvik"),
        ("No ferries sank off Sandvik", "Ferries sank off Sandvik",
         ("No ferries sank", "Ferries sank off Sandvik"), "all ferries sank off Sandvik"),
        ("Lind never sold the yard", "Lind sold the yard of Sandvik",
         ("never sold the", "sold the yard"), "Lind sold the yard"),
        ("The yard can’t take ships", "The yard can take ships of Sandvik",
         ("can’t take ships", "can take ships"), "The yard can take ships"),
        ("Lind had failed to sell the yard", "Lind sold the yard of Sandvik",
         ("failed to sell", "sold the yard"), "Lind had sold the yard"),
    ],
    ids=["a verb", "a short form", "all of it", "a noun", "nouns", "a time", "a short form of another root",
         "a failure"],
)  # fmt: skip
def test_a_denial_is_told_without_its_negation(denied, affirmed, words, exchanged):
    assert denial(told(denied), told(affirmed)) == (*words, exchanged, affirmed)
    assert denial(told(affirmed), told(denied)) == (*words[::-1], exchanged, affirmed)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (told("A ferry that was not inspected sank off Sandvik"), told("A ferry ran aground off the coast")),
        (told("The keeper is unharmed and was not captured"), told("The keeper is safe")),
        (told("Norland Rail closes the line, it won't sell it"), told("Norland Rail sells the line")),
        (told("The line was not sold to Norland Rail", "Lind"), told("Norland Rail bought the line in May", "Lind")),
        (told("The board has not named a chief"), told("The board will name a chief", modality="future")),
        (told("The police cannot name him", modality="possible"), told("The police name him")),
        (told("The line was not sold"), told("The board refused to sell the line")),
        (told("The line was not sold"), told("The line never was sold")),
        (told("It was not the first time that Lind sold a yard", "Lind"), told("Lind sold a yard", "Berg")),
        (told("The board has not announced a sale of the line"), told("The board sells the line to Norland Rail")),
        (told("Neither is named Lind"), told("The man is named Lind")),
        (told("The price of the line has not changed"), told("The price of the line remains unchanged")),
    ],
    ids=["a relative clause", "a second verb", "a second clause", "one speaker", "a promise", "what may be",
         "denied in other words", "both deny", "a rank", "what was told", "of a group", "by a prefix"],
)  # fmt: skip
def test_what_denies_nothing_that_the_other_affirms(a, b):
    assert not denies_the_other(a, b)
    assert denial(a, b) is None
    assert denial(b, a) is None


def test_in_one_wording_a_negation_may_stand_anywhere():
    denied = told("Lind, who runs the yard, was not charged in Sandvik", "Lind")
    affirmed = told("Lind, who runs the yard, was charged in Sandvik", "Lind")
    assert denies_the_other(denied, affirmed)


def test_the_other_tells_of_what_does_not_exist():
    assert denial(told("No one was hurt when the yard burned"), told("The yard burned on Friday")) is None
