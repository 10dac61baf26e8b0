"""One proposition, one claim: what is merged, what never is, who is counted, and that order plays no part."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import SettingsError
from flows.resolve.claims.claim_mentions import speaking_as
from flows.resolve.judgements.read_judgements import Decision
from tests.builders.claims import Stated, conflicts_of, groups, resolve

MEMBERS = "four members of the League do not recognize the independence of Norland"


def test_one_proposition_in_other_words_and_voices_is_one_claim():
    result = resolve(
        [
            Stated(MEMBERS, "one", polarity="negated"),
            Stated("there are four members of the League that do not recognize the independence of Norland", "two",
                   speaker="Ada Brandt", polarity="negated"),
            Stated("the harbour of Norland was built with 300 million euros", "two"),
        ]
    )  # fmt: skip
    assert len(groups(result)) == 1
    claim = result.claims.filter(pl.col("mention_count") == 2)
    assert claim["article_count"].to_list() == [2]
    assert len(claim["speaker_ids"][0]) == 1


SAME = [
    ("the council of Norland approved the tram on Monday", "the tram was approved by the council of Norland on Monday"),
    ("Norland bought 12 ferries from Sudland", "Norland has bought twelve ferries from Sudland"),
    ("the mayor said that the bridge of Norby would reopen on 3 June", "the bridge of Norby will reopen on 3 June"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_turned_round_is_the_same(one, other):
    assert len(groups(resolve([Stated(one, "one"), Stated(other, "two")]))) == 1


TRAPS = [
    ("the resolution won 94 votes in the parliament of Norland", "the bid of Norland won 92 votes in the Academy"),
    ("the plan passed with 94 votes in Norland", "the plan passed with 61 votes in Norland"),
    ("Norland invaded Sudland with ten ships", "Sudland invaded Norland with ten ships"),
    ("the bridge of Norland was closed in 2008", "the bridge of Norland was closed in 2015"),
    ("the bridge of Norland was closed for repairs", "the bridge of Sudland was closed for repairs"),
    ("Norland Steel had hired 300 workers in Norby", "Norland Steel had fired 300 workers in Norby"),
    ("a judge had freed the captain of the Norland", "a judge had jailed the captain of the Norland"),
    ("gate 5 of the Norland hospital was closed", "gate 9 of the Norland hospital was closed"),
    ("Norland is the third state to sign the treaty", "Norland is the fifth state to sign the treaty"),
]


@pytest.mark.parametrize(("one", "other"), TRAPS)
def test_one_word_that_says_something_else_makes_two_claims(one, other):
    assert groups(resolve([Stated(one, "one"), Stated(other, "two")])) == []


def test_a_negated_or_weaker_statement_is_another_claim():
    asserted = Stated("Norland recognizes the court of Sudland", "one")
    negated = Stated("Norland does not recognize the court of Sudland", "two", polarity="negated")
    assert groups(resolve([asserted, negated])) == []
    certain = Stated("the dam at Norby would be repaired in spring", "one")
    possible = Stated("the dam at Norby might be repaired in spring", "two", modality="possible")
    assert groups(resolve([certain, possible])) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("no one was injured", 2),  # is said of every fire
        ("Norland Steel cut jobs", 2),  # and this of every year
        ("the bank of Norland was fined 15 million euros for hiding its losses", 1),
    ],
)
def test_the_same_words_in_two_stories(text, count):
    told = [Stated(text, "one", story="one"), Stated(text, "two", story="two")]
    assert resolve(told).claims.height == count
    assert resolve([told[0], Stated(text, "two", story="one")]).claims.height == 1


def test_the_same_words_about_other_days_are_two_claims():
    text = "the shares of Norland Steel fell by 4 percent on Monday"
    days = [date(2031, 3, 4), date(2031, 6, 4)]
    assert resolve([Stated(text, str(d), story=str(d), published=d) for d in days]).claims.height == 2


def test_a_capital_that_speaks_is_itself_and_makes_the_claim_of_its_state():
    result = resolve(
        [Stated("the treaty is void", "one", speaker="Norby"), Stated("the treaty is void", "two", speaker="Norland")],
        stands_for={"Norby": "Norland"},
    )
    assert result.mentions["speaker_id"].n_unique() == 2
    assert result.mentions["claim_id"].n_unique() == 1
    assert result.claims["speaker_ids"].list.len().to_list() == [2]


def test_copies_and_copies_of_copies_are_one_source():
    stated = [Stated(MEMBERS, name, polarity="negated") for name in ("one", "two", "three", "four")]
    row = resolve(stated, copies={"two": "one", "three": "two"}).claims.row(0, named=True)
    counts = ("mention_count", "article_count", "independent_count", "publisher_count")
    assert [row[name] for name in counts] == [4, 4, 2, 4]


def test_dates_of_a_claim_are_those_of_its_articles():
    days = [date(2022, 3, 9), date(2022, 3, 11)]
    result = resolve([Stated(MEMBERS, str(d), polarity="negated", published=d) for d in days])
    assert result.claims.select("first_published_on", "last_published_on").row(0) == tuple(days)


def test_cohesion_is_the_weakest_link_and_one_for_one_wording():
    same = [Stated(MEMBERS, name, polarity="negated") for name in ("one", "two")]
    assert resolve(same).claims["cohesion"].to_list() == [1.0]
    other = Stated("Norland's independence is not recognized by four League members", "three", polarity="negated")
    result = resolve([*same, other])
    assert result.claims.height == 1
    links = result.edges.filter((pl.col("judgement") == "positive") & (pl.col("reason") != "same wording"))
    assert result.claims["cohesion"][0] == pytest.approx(links["score"].min())


def test_what_is_told_before_a_statement_is_no_part_of_what_it_says():
    same = "the council of Norland approved the tram on Monday"
    told = [Stated(same, "one", background="Sudland"), Stated(same, "two", background="Harwick")]
    assert len(groups(resolve(told))) == 1
    plain = resolve([*told, Stated("the tram was approved by the council of Norland on Monday", "three")])
    assert plain.claims["text"].to_list() == ["The tram was approved by the council of Norland on Monday"]
    assert set(plain.mentions["statement"]) > {"[Sudland.] The council of Norland approved the tram on Monday"}
    other = Stated("the council of Norland rejected the tram on Monday", "two", background="Sudland")
    assert groups(resolve([told[0], other])) == []


def test_the_text_of_a_claim_stands_alone():
    told = [
        Stated("they were closing the harbour of Norland for good because of the storm", "one"),
        Stated("the harbour of Norland was closed for good because of the storm", "two"),
    ]
    result = resolve(told, judgements=(Decision("claim_mentions", told[0].text, told[1].text, True, 2),))
    assert result.claims["text"].to_list() == ["The harbour of Norland was closed for good because of the storm"]


MIXED = [
    Stated(MEMBERS, "one", polarity="negated"),
    Stated("four League members do not recognize the independence of Norland", "two", polarity="negated"),
    Stated("three members of the League recognize the independence of Norland", "three"),
    Stated("Sudland bought 12 ships from Norland in 2004", "one"),
    Stated("in 2004 Sudland bought 12 ships from Norland", "three", "Bo Lind"),
    Stated("Sudland sold 12 ships to Norland in 2004", "two"),
    Stated("the harbour will stay closed", "two", "Ada Brandt", direct=True),
    Stated("Norland's independence is not recognized by four League members", "three", polarity="negated"),
]


@settings(max_examples=10)
@given(st.permutations(range(len(MIXED))))
def test_the_order_of_rows_plays_no_part(order):
    expected, other = resolve(MIXED), resolve(MIXED, order=order)
    assert other.mentions.equals(expected.mentions)
    assert other.claims.equals(expected.claims)
    assert other.edges.equals(expected.edges)
    assert conflicts_of(other, MIXED).equals(conflicts_of(expected, MIXED))


def test_positive_edges_span_every_claim_and_give_their_reasons():
    result = resolve([*MIXED, Stated(MEMBERS, "four", polarity="negated")])
    claim_of = dict(result.mentions.select("claim_mention_id", "claim_id").iter_rows())
    positive = result.edges.filter(pl.col("judgement") == "positive")
    assert all(claim_of[a] == claim_of[b] for a, b in positive.select("left_id", "right_id").iter_rows())
    assert positive.height == result.mentions.height - result.claims.height
    assert {"same wording", "pair model"} <= set(positive["reason"])
    assert all(a < b for a, b in result.edges.select("left_id", "right_id").iter_rows())


def test_what_keeps_alike_claims_apart_has_a_name():
    told = [
        Stated("the plan passed with 94 votes in Norland", "one"),
        Stated("the plan passed with 61 votes in Norland"),
    ]
    negative = resolve([told[0], Stated(told[1].text, "two")]).edges.filter(pl.col("judgement") == "negative")
    assert negative.select("reason", "score").rows() == [("figures differ", 0.0)]


def test_a_person_decides_before_any_score():
    one, other = MIXED[0], MIXED[3]
    joined = resolve(MIXED, judgements=(Decision("claim_mentions", one.text, other.text, True, 2),))
    assert any({one.text, other.text} <= set(texts) for texts in groups(joined))
    assert "judgement" in joined.edges["reason"].to_list()
    apart = resolve(MIXED, judgements=(Decision("claim_mentions", MIXED[3].text, MIXED[4].text, False, 2),))
    assert all(not {MIXED[3].text, MIXED[4].text} <= set(texts) for texts in groups(apart))


def test_a_judgement_of_nothing_is_refused():
    with pytest.raises(SettingsError, match="match nothing"):
        resolve(MIXED, judgements=(Decision("claim_mentions", "nobody said this", MIXED[0].text, True, 7),))


def test_no_claims_give_empty_tables():
    result = resolve([Stated(MEMBERS)], order=[])
    assert result.claims.is_empty()
    assert conflicts_of(result, [Stated(MEMBERS)]).is_empty()


def test_a_capital_is_compared_as_its_state():
    entities = pl.DataFrame(
        {"entity_id": ["ent_a", "ent_b"], "stands_for": ["ent_b", None]},
        schema={"entity_id": pl.String, "stands_for": pl.String},
    )
    speakers = {"ent_a": ["ent_b"], "ent_b": ["ent_b"]}
    for said in ([["ent_a"], ["ent_b"], ["ent_b", "ent_a"], []], [["ent_a"], ["ent_b"]], [[], []], [["ent_a"]]):
        spoken = pl.DataFrame({"speaker_ids": said}, schema={"speaker_ids": pl.List(pl.String)})
        expected = [[id_ for one in row for id_ in speakers[one]] for row in said]
        assert speaking_as(spoken, entities)["speaker_ids"].to_list() == expected


def test_open_pairs_are_read_whole_stories_at_a_time():
    figures = ("40", "60", "90")
    stated = [
        Stated(f"the storm in {story} injured {count} sailors of the ferry", f"{story} {count}", story=story)
        for story in ("Norland", "Sudland", "Westland")
        for count in figures
    ]
    found = resolve(stated).open_pairs
    parts = list(found.by_story(found.pairs, found.measuring, 1))
    assert [len(known) for _, known in parts] == [len(figures)] * 3
    assert all(len({said.story for said in known.values()}) == 1 for _, known in parts)
    assert all({*pairs["left"], *pairs["right"]} <= known.keys() for pairs, known in parts)
    ((pairs, _),) = found.by_story(found.pairs, found.measuring)
    assert sum(part.height for part, _ in parts) == pairs.height > 0
    ((none, known),) = found.by_story(found.pairs.clear(), found.in_stories[:2])
    assert none.is_empty()
    assert list(known) == found.in_stories[:2].to_list()
    articles = {known[row].article for row in known}
    assert {told.article for told in found.told_in(articles)} == articles
