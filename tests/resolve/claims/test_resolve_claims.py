"""One proposition, one claim: what is merged, what never is, who is counted, and that order plays no part."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import SettingsError
from flows.resolve.claims.claim_blocking import candidates
from flows.resolve.claims.claim_clusters import clusters
from flows.resolve.judgements.read_judgements import Decision
from tests.builders.claims import Stated, groups, resolve

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


TRAPS = [
    ("the resolution won 94 votes in the parliament of Norland", "the bid of Norland won 92 votes in the Academy"),
    ("the plan passed with 94 votes in Norland", "the plan passed with 61 votes in Norland"),
    ("Norland invaded Sudland with ten ships", "Sudland invaded Norland with ten ships"),
    ("the bridge of Norland was closed in 2008", "the bridge of Norland was closed in 2015"),
]


@pytest.mark.parametrize(("one", "other"), TRAPS)
def test_other_numbers_bodies_roles_and_dates_are_other_claims(one, other):
    assert groups(resolve([Stated(one, "one"), Stated(other, "two")])) == []


def test_a_negated_or_weaker_statement_is_another_claim():
    asserted = Stated("Norland recognizes the court of Sudland", "one")
    negated = Stated("Norland does not recognize the court of Sudland", "two", polarity="negated")
    assert groups(resolve([asserted, negated])) == []


def test_a_phrase_without_a_verb_says_nothing_without_its_speaker():
    """Who "refuses" and who "promises" to recognize the court is not told by these words."""
    one = Stated("to recognize the court of Sudland", "one", finite=False, speaker="Ada Brandt")
    other = Stated("to recognize the court of Sudland", "two", finite=False, speaker="Bo Lind")
    assert groups(resolve([one, other])) == []
    unknown = Stated("to recognize the court of Sudland", "two", finite=False, speaker="deputies")
    assert groups(resolve([one, unknown])) == []
    again = Stated("to recognize the court of Sudland", "two", finite=False, speaker="Ada Brandt")
    assert len(groups(resolve([one, again]))) == 1
    whole = [replace(s, text="Norland will recognize the court of Sudland", finite=True) for s in (one, other)]
    assert len(groups(resolve(whole))) == 1


def test_who_tells_of_a_belief_does_not_share_it_and_who_tells_of_a_demand_tells_the_demand():
    belief = "the ferry to Sudland will return and carry all the cars of Norland in June"
    outer = Stated(f"Bo Lind thinks {belief}", "one", "Ada Brandt", direct=True)
    inner = Stated(belief, "one", "Bo Lind", cue="thinks", modality="future", inside=True)
    assert groups(resolve([outer, inner])) == []
    demand = (
        "the League to send all the ferries of Norland back to Sudland in June and to see to it, with its partners, "
        "that no harbour is left without a boat"
    )
    outer = Stated(f"Bo Lind asks {demand}", "one", "Ada Brandt", direct=True)
    inner = Stated(demand, "one", "Bo Lind", cue="asks", modality="imperative", inside=True)
    assert groups(resolve([outer, inner])) == [sorted([outer.text, inner.text])]


def test_a_quotation_after_its_indirect_report_is_one_claim_with_two_mentions():
    result = resolve(
        [
            Stated("the League to deploy a permanent base in Norland", speaker="Ada Brandt", modality="imperative"),
            Stated("I repeat my call for the League to deploy a permanent base in Norland to promote peace",
                   speaker="Ada Brandt", direct=True),
        ]
    )  # fmt: skip
    assert result.claims["mention_count"].to_list() == [2]
    assert result.claims["independent_count"].to_list() == [1]


def test_acts_on_one_thing_are_two_claims():
    thing = "the invasion of the island of Norland"
    result = resolve(
        [Stated(thing, "one", "Ada Brandt", cue="condemned"), Stated(thing, "one", "Bo Lind", cue="praised")]
    )
    assert result.claims.height == 2


def test_a_capital_speaks_for_its_state():
    result = resolve(
        [Stated("the treaty is void", "one", speaker="Norby"), Stated("the treaty is void", "two", speaker="Norland")],
        stands_for={"Norby": "Norland"},
    )
    assert result.mentions["speaker_id"].n_unique() == 1


def test_copies_and_copies_of_copies_are_one_witness():
    stated = [Stated(MEMBERS, name, polarity="negated") for name in ("one", "two", "three", "four")]
    result = resolve(stated, copies={"two": "one", "three": "two"})
    row = result.claims.row(0, named=True)
    assert (row["mention_count"], row["article_count"], row["independent_count"], row["publisher_count"]) == (
        4,
        4,
        2,
        4,
    )


def test_dates_of_a_claim_are_those_of_its_articles():
    days = [date(2022, 3, 9), date(2023, 1, 1)]
    result = resolve([Stated(MEMBERS, str(d), polarity="negated", published=d) for d in days])
    assert result.claims.select("first_published_on", "last_published_on").row(0) == tuple(days)


MIXED = [
    Stated(MEMBERS, "one", polarity="negated"),
    Stated("four League members do not recognize the independence of Norland", "two", polarity="negated"),
    Stated("three members of the League recognize the independence of Norland", "three"),
    Stated("Sudland bought 12 ships from Norland in 2004", "one"),
    Stated("in 2004 Sudland bought 12 ships from Norland", "three", "Bo Lind"),
    Stated("Sudland sold 12 ships to Norland in 2004", "two"),
    Stated("the harbour will stay closed", "two", "Ada Brandt", direct=True),
]


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(MIXED))))
def test_the_order_of_rows_plays_no_part(order):
    expected, other = resolve(MIXED), resolve(MIXED, order=order)
    assert other.mentions.equals(expected.mentions)
    assert other.claims.equals(expected.claims)
    assert other.edges.equals(expected.edges)
    assert other.conflicts.equals(expected.conflicts)


def test_positive_edges_span_every_claim_and_give_their_reasons():
    result = resolve([*MIXED, Stated(MEMBERS, "four", polarity="negated")])
    claim_of = dict(result.mentions.select("claim_mention_id", "claim_id").iter_rows())
    positive = result.edges.filter(pl.col("judgement") == "positive")
    assert all(claim_of[a] == claim_of[b] for a, b in positive.select("left_id", "right_id").iter_rows())
    assert positive.height == result.mentions.height - result.claims.height
    assert "same wording" in positive["reason"].to_list()
    assert all(a < b for a, b in result.edges.select("left_id", "right_id").iter_rows())


def test_a_person_decides_before_any_score():
    one, other = MIXED[0], MIXED[3]
    line = Decision("claim_mentions", one.text, other.text, True, 2)
    joined = resolve(MIXED, judgements=(line,))
    assert any({one.text, other.text} <= set(texts) for texts in groups(joined))
    assert "judgement" in joined.edges["reason"].to_list()
    apart = Decision("claim_mentions", MIXED[3].text, MIXED[4].text, False, 2)
    assert all(
        not {MIXED[3].text, MIXED[4].text} <= set(texts) for texts in groups(resolve(MIXED, judgements=(apart,)))
    )


def test_a_judgement_of_nothing_is_refused():
    with pytest.raises(SettingsError, match="match nothing"):
        resolve(MIXED, judgements=(Decision("claim_mentions", "nobody said this", MIXED[0].text, True, 7),))


def test_no_claims_give_empty_tables():
    result = resolve([Stated(MEMBERS)], order=[])
    assert result.claims.is_empty()
    assert result.conflicts.is_empty()


def scores_of(matrix: np.ndarray):
    return lambda left, right: matrix[left, right]


def test_one_odd_link_does_not_chain_two_groups():
    matrix = np.full((6, 6), 0.05)
    for group in ((0, 1, 2), (3, 4, 5)):
        for a in group:
            matrix[a, list(group)] = 0.9
    matrix[2, 3] = matrix[3, 2] = 0.8
    left, right = np.triu_indices(6, 1)
    labels = clusters(left, right, matrix[left, right], 6, 0.5, scores_of(matrix))
    assert labels.tolist() == [0, 0, 0, 1, 1, 1]


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 9), st.randoms(use_true_random=False))
def test_a_pair_judged_two_never_ends_in_one_group(size, random):
    matrix = np.array([[random.random() for _ in range(size)] for _ in range(size)])
    matrix = (matrix + matrix.T) / 2
    a, b = sorted(random.sample(range(size), 2))
    matrix[a, b] = matrix[b, a] = -1.0
    left, right = np.triu_indices(size, 1)
    labels = clusters(left, right, matrix[left, right], size, 0.3, scores_of(matrix))
    assert labels[a] != labels[b]
    assert candidates is not None
