"""What brackets say of pronouns when two statements of one story are compared."""

from dataclasses import replace

import pytest

from flows.resolve.claims.matching.as_told import as_told
from flows.resolve.claims.matching.decisions import cheap
from flows.resolve.claims.matching.proposition import Name, Proposition

PEOPLE = ("Ada Brandt", "Bo Lind")


def told(statement: str, story: str | None = "story") -> Proposition:
    """A statement that names PEOPLE."""
    names = tuple(Name(person, "PERSON", person) for person in PEOPLE if person in statement)
    return Proposition(statement, "asserted", names, (), (), statement, story)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I [Ada Brandt] saw the ferry sink", "I saw the ferry sink"),
        ("I’m [Ada Brandt] glad that the ferry sank", "I’m [a passenger] glad that the ferry sank"),
        ("I [Ada Brandt] saw my [Ada Brandt] ferry sink", "I [Bo Lind] saw my ferry sink"),
        ("He [Bo Lind] sold the harbour of Sandvik to a bank in Norland in May",
         "He sold the harbour of Sandvik to a bank in Norland in May"),
        ("[Bo Lind] sold the harbour of Sandvik to a bank in Norland in May",
         "[Ada Brandt] sold the harbour of Sandvik to a bank in Norland in May"),
    ],
    ids=["not explained", "a description", "two names of one speaker", "a long report", "a subject"],
)  # fmt: skip
def test_one_wording_of_one_story_whomever_brackets_name(one, other):
    a, b = as_told(told(one), told(other))
    assert "[" not in a.statement + b.statement
    assert cheap(a, b) == (1.0, "same wording")


def test_who_speaks_of_himself_is_told_by_his_name_where_the_other_names_him():
    own = told("We [Bo Lind] will not sell our pier")
    assert as_told(own, told("[Bo Lind] will not sell his pier"))[0].statement == "Bo Lind will not sell his pier"
    assert as_told(own, told("[Ada Brandt] will not sell her pier"))[0].statement != "Bo Lind will not sell her pier"


@pytest.mark.parametrize(
    ("statement", "speaker", "told_so"),
    [
        ("The harbour minister had broken her word on rents", "x", "Ada Brandt had broken her word on rents"),
        ("The harbour minister had broken her word on rents", "y", None),
        ("The harbour minister had broken her word on ferries", "x", None),
        ("The long pier had broken her word on rents", "x", None),
    ],
    ids=["one speaker", "another speaker", "something else", "no person"],
)
def test_who_is_described_by_one_speaker_is_told_by_the_name_that_he_gives_elsewhere(statement, speaker, told_so):
    named = replace(told("Ada Brandt has broken her word on rents"), speakers=("x",))
    described = replace(told(statement), speakers=(speaker,))
    assert as_told(described, named)[0].statement == (told_so or statement)
    assert as_told(named, described)[1].statement == (told_so or statement)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (told("He [Ada Brandt] was charged with murder"), told("He [Bo Lind] was charged with murder")),
        (told("I [Ada Brandt] saw the ferry sink"), told("I [Bo Lind] saw the ferry sink", "another story")),
        (told("I [Ada Brandt] saw the ferry sink", None), told("I saw the ferry sink", None)),
        (told("I [Ada Brandt] saw the ferry sink"), told("I never heard of a storm near Sandvik")),
        (told("[Bo Lind opposes] the sale of the harbour of Sandvik to a bank in Norland"),
         told("[Bo Lind supports] the sale of the harbour of Sandvik to a bank in Norland")),
        (told("[Ada Brandt said that] the ferry sank"), told("[Bo Lind said that] the ferry sank")),
        (told("I [Ada Brandt] killed the keeper of the yard"), told("He killed the keeper of the yard")),
    ],
    ids=["two men", "two stories", "no story", "other words", "what brackets tell", "no pronoun", "I and he"],
)  # fmt: skip
def test_else_they_are_left_as_they_are(a, b):
    assert as_told(a, b) == (a, b)
    assert as_told(b, a) == (b, a)
