"""Conflicts: claims about one thing that cannot both hold, and look-alikes that are none."""

from datetime import date

import pytest

from flows.resolve.conflicts.disagreements import differing_dates, differing_quantities, names_listed
from tests.builders.claims import Stated, resolve

MARCH, APRIL, NEXT_YEAR = date(2022, 3, 9), date(2022, 3, 20), date(2023, 3, 9)


def kinds(*stated: Stated) -> list[str]:
    return sorted(resolve(stated).conflicts["conflict_type"].to_list())


def test_two_counts_of_one_thing():
    one = Stated("the treaty of Norland passed the house with 94 votes", "one", published=MARCH)
    other = Stated("the treaty of Norland passed the house with 61 votes", "two", published=APRIL)
    result = resolve([one, other])
    assert result.conflicts["conflict_type"].to_list() == ["quantity"]
    row = result.conflicts.row(0, named=True)
    assert "94 votes" in row["explanation"]
    assert "61 votes" in row["explanation"]
    assert row["claim_id_a"] < row["claim_id_b"]
    assert row["entity_ids"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # two counts of two things
        ("the resolution won 94 votes in the parliament of Norland", "the bid of Sudland won 92 votes in the Academy"),
        # another unit
        (
            "the treaty of Norland passed the house with 94 votes",
            "the treaty of Norland passed the house after 61 days",
        ),
        # a bound that the other keeps
        ("the storm in Norland destroyed more than 90 houses", "the storm in Norland destroyed 104 houses"),
        # a rounded count
        ("the storm in Norland destroyed 198 houses", "the storm in Norland destroyed about 200 houses"),
    ],
)
def test_counts_that_may_both_be_right(one, other):
    assert kinds(Stated(one, "one"), Stated(other, "two")) == []


def test_a_change_over_time_is_no_conflict():
    one = Stated("the army of Norland has 5,000 regular soldiers", "one", published=MARCH)
    other = Stated("the army of Norland has 9,000 regular soldiers", "two", published=NEXT_YEAR)
    assert kinds(one, other) == []
    assert kinds(one, Stated(other.text, "two", published=APRIL)) == ["quantity"]


def test_two_events_of_one_kind_are_no_conflict():
    """A state lends every day, in the same words: only articles with the same actors can tell of one loan."""
    one = [
        Stated("Norland lent 500 crowns to builders", "one"),
        Stated("Sudland thanked Ostia and Westia", "one"),
    ]
    other = [
        Stated("Norland lent 900 crowns to builders", "two"),
        Stated("Middia warned Upland and Lowland", "two"),
    ]
    assert kinds(*one, *other) == []
    told_alike = Stated("Sudland was thankful to Ostia and Westia", "two")
    assert kinds(*one, other[0], told_alike) == ["quantity"]


def test_two_lists_of_one_group():
    one = Stated("three members, Ostia, Westia and Sudland, do not recognize the independence of Norland", "one",
                 polarity="negated")  # fmt: skip
    other = Stated("four members, Middia, Westia, Ostia and Sudland, do not recognize the independence of Norland",
                   "two", polarity="negated")  # fmt: skip
    assert "list" in kinds(one, other)
    same = Stated("three members, Sudland, Ostia and Westia, do not recognize the independence of Norland", "two",
                  polarity="negated")  # fmt: skip
    assert kinds(one, same) == []
    another = Stated("three members, Ostia, Westia and Upland, do not recognize the independence of Norland", "two",
                     polarity="negated")  # fmt: skip
    assert kinds(one, another) == []  # each has a name that the other lacks: of two groups, as likely


def test_affirmed_and_denied():
    one = Stated("Norland has signed the border treaty with Sudland", "one")
    other = Stated("Norland has not signed the border treaty with Sudland", "two", polarity="negated")
    assert kinds(one, other) == ["polarity"]


def test_opposite_judgements_of_one_matter():
    one = Stated("the entry of Norland will bring stability to the region", "one", "Ada Brandt", modality="future")
    other = Stated("the entry of Norland will bring destabilization to the region", "two", "Bo Lind", modality="future")
    result = resolve([one, other])
    assert result.conflicts["conflict_type"].to_list() == ["stance"]
    assert "destabilization" in result.conflicts["explanation"][0]


def test_a_few_words_without_a_verb_judge_nothing():
    other = Stated("the entry of Norland brings destabilization", "two", "Bo Lind")
    said, recalled = (
        Stated("the entry of Norland brings stability", "one", "Ada Brandt", finite=finite) for finite in (True, False)
    )
    assert kinds(said, other) == ["stance"]
    assert kinds(recalled, other) == []


def test_a_long_statement_with_a_denial_in_it_denies_nothing_shorter():
    one = Stated("Norland has signed the border treaty with Sudland", "one")
    other = Stated(
        "Norland has signed the border treaty with Sudland while its neighbours in the hills have not sent anybody",
        "two",
        polarity="negated",
    )
    assert kinds(one, other) == []


def test_opposite_words_about_different_actors_are_no_conflict():
    one = Stated("the entry of Norland will bring stability to the region", "one", "Ada Brandt", modality="future")
    other = Stated("the raids of Sudland will bring destabilization to the region", "two", "Bo Lind", modality="future")
    assert kinds(one, other) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("four states – Ostia, Westia and Sudland – agreed", [("Ostia", "Westia", "Sudland")]),
        ("countries such as Ostia, Westia and Sudland agreed", []),
        ("Ostia and Westia agreed", [("Ostia", "Westia")]),
        ("nobody agreed", []),
    ],
)
def test_complete_lists_of_names(text, names):
    assert names_listed(text) == names


def quantities(*stated):
    return {"quantities": [{"value": v, "unit": u, "surface": s} for v, u, s in stated]}


def test_quantities_are_compared_by_unit_and_in_both_directions():
    one, other = quantities((94.0, "vote", "94 votes")), quantities((61.0, "vote", "61 votes"))
    assert differing_quantities(one, other) == ("94 votes", "61 votes")
    assert differing_quantities(other, one) == ("61 votes", "94 votes")
    assert differing_quantities(one, quantities((61.0, None, "61"))) is None


def test_a_coarser_date_agrees_with_a_finer_one():
    def dated(*isos):
        return {"dates": [{"iso": iso, "surface": iso} for iso in isos]}

    assert differing_dates(dated("2008"), dated("2008-02-17")) is None
    assert differing_dates(dated("2008-02-17"), dated("2008-02-18")) == ("2008-02-17", "2008-02-18")
    assert differing_dates(dated("1999", "2008"), dated("2010")) is None


def test_one_narrator_does_not_contradict_himself_in_one_text():
    one = Stated("the treaty of Norland passed the house with 94 votes", "one", published=MARCH)
    other = Stated("the treaty of Norland passed the house with 61 votes", "one", published=MARCH)
    assert kinds(one, other) == []


def test_percentages_of_different_things_are_no_conflict():
    one = Stated("exports of Norland rose 4 percent in the quarter", "one", published=MARCH)
    other = Stated("oil exports of Norland rose 9 percent over the year", "two", published=APRIL)
    assert kinds(one, other) == []
