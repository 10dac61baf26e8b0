"""Conflicts: claims that agree on all but a point, the words at issue, and look-alikes that are none."""

from datetime import date

import pytest

from tests.builders.claims import Stated, conflicts, conflicts_of, resolve

DAY, NEXT_DAY, NEXT_WEEK = date(2031, 3, 9), date(2031, 3, 10), date(2031, 3, 16)


def rows(*stated: Stated) -> list[dict]:
    return conflicts(stated).to_dicts()


def two(one: str, other: str, **of_other) -> tuple[Stated, Stated]:
    """The same matter told by two outlets."""
    return Stated(one, "one", published=DAY), Stated(other, "two", **{"published": DAY, **of_other})


@pytest.mark.parametrize(
    ("one", "other", "kind", "words"),
    [
        ("the treaty of Norland passed the house with 94 votes", "the treaty of Norland passed the house with 61 votes",
         "quantity", {"94 votes", "61 votes"}),
        ("the storm in Norland killed 57 people", "the storm killed 140 people in Norland",
         "quantity", {"57 people", "140 people"}),
        ("the minister of Norland resigned on 3 May 2031", "the minister of Norland resigned on 6 May 2031",
         "date", {"3 May 2031", "6 May 2031"}),
        ("the ferry sank off the coast of Norland", "the ferry sank off the coast of Sudland",
         "place", {"Norland", "Sudland"}),
    ],
)  # fmt: skip
def test_a_conflict_names_the_words_at_issue(one, other, kind, words):
    (row,) = rows(*two(one, other))
    assert row["conflict_type"] == kind
    assert {row["words_a"], row["words_b"]} == words
    assert all(word in row["explanation"] for word in words)
    assert row["claim_id_a"] < row["claim_id_b"]
    assert row["story_id"]


def test_affirmed_and_denied():
    told = two(
        "the car deck of the Norland was inspected in May",
        "the car deck of the Norland was not inspected in May",
        polarity="negated",
    )
    (row,) = rows(*told)
    assert row["conflict_type"] == "polarity"
    assert {row["words_a"], row["words_b"]} == {"was inspected in", "was not inspected"}


def test_the_words_are_those_of_their_claims():
    told = two("the storm in Norland killed 57 people", "the storm killed 140 people in Norland")
    result = resolve(told)
    text = dict(result.claims.select("claim_id", "text").iter_rows())
    (row,) = conflicts_of(result, told).to_dicts()
    assert row["words_a"] in text[row["claim_id_a"]]
    assert row["words_b"] in text[row["claim_id_b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the resolution won 94 votes in the parliament of Norland", "the bid of Sudland won 92 votes in the Academy"),
        ("the treaty of Norland passed the house with 94 votes", "the treaty of Norland passed the house in 61 days"),
        ("the storm in Norland destroyed more than 90 houses", "the storm in Norland destroyed 104 houses"),
        ("the storm in Norland destroyed 198 houses", "the storm in Norland destroyed about 200 houses"),
        ("Norland does not recognize the treaty of Sandvik", "Sudland does not recognize the treaty of Sandvik"),
        ("turnout in Norland was 61 percent in 2019", "turnout in Norland was 58 percent in 2024"),
        ("they were found in Norland after the storm", "they were found in Sudland after the storm"),
        ("the guards of Norland did not return to the camp", "the guards of Norland failed to return to the camp"),
        ("the port of T-Harbour reopened after the storm", "the port of THarbour reopened after the storm"),
        ("Norland has signed the border treaty with Sudland",
         "Norland has signed the border treaty with Sudland while its neighbours in the hills have not sent anybody"),
    ],
    ids=["two things", "two units", "a bound that is kept", "a rounded figure", "two actors", "two years",
         "nobody knows who", "denied in other words", "one spelling", "a denial"],
)  # fmt: skip
def test_what_may_both_hold(one, other):
    assert rows(*two(one, other)) == []


@pytest.mark.parametrize(
    ("published", "kinds"), [(DAY, ["quantity"]), (NEXT_DAY, ["update"]), (NEXT_WEEK, [])], ids=str
)
def test_figures_of_later_days_supersede_the_earlier_ones(published, kinds):
    told = two("the storm in Norland killed 57 people", "the storm in Norland killed 140 people", published=published)
    assert [row["conflict_type"] for row in rows(*told)] == kinds


def test_who_corrects_himself_contradicts_nobody():
    one = Stated("the storm killed 57 people", "one", "Ada Brandt", published=DAY)
    other = Stated("the storm killed 140 people", "two", "Ada Brandt", published=NEXT_DAY)
    assert rows(one, other) == []


def test_two_events_of_one_kind_are_no_conflict():
    one, other = two("Norland lent 500 crowns to builders", "Norland lent 900 crowns to builders", story="another")
    assert rows(one, other) == []


def test_one_narrator_does_not_contradict_himself_in_one_text():
    told = (
        "the treaty of Norland passed the house with 94 votes",
        "the treaty of Norland passed the house with 61 votes",
    )
    assert rows(*(Stated(text, "one", published=DAY) for text in told)) == []
    voices = [Stated(text, "one", speaker) for text, speaker in zip(told, ("Ada Brandt", "Bo Lind"), strict=True)]
    assert [row["conflict_type"] for row in rows(*voices)] == ["quantity"]
