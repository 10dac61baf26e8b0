"""One doing told from its two sides, and denials in other words: one claim, and what only looks so."""

from dataclasses import replace

import pytest

from flows.resolve.claims.matching.converses import converse
from flows.resolve.claims.matching.decisions import SAME_WORDING, cheap
from flows.resolve.claims.matching.denied_alike import complements, denied_alike
from flows.resolve.claims.matching.opposites import opposites
from tests.resolve.claims.test_differences import said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland Steel sold its pier to Bo Lind", "Bo Lind bought the pier from Norland Steel"),
        ("the pier was sold to Bo Lind by Norland Steel", "Bo Lind bought the pier from Norland Steel"),
        ("Norby had beaten Sandvik 3-0 in the final", "Sandvik had lost the final 3-0 to Norby"),
        ("Ada Brandt lent Bo Lind 90 euros", "Bo Lind borrowed 90 euros from Ada Brandt"),
        ("the barn belonged to Bo Lind", "Bo Lind owned the barn"),
        ("Norby is bigger than Sandvik", "Sandvik is smaller than Norby"),
        ("Norby lies north of Sandvik", "Sandvik lies south of Norby"),
        ("more eels were caught in Norby than in Sandvik", "fewer eels were caught in Sandvik than in Norby"),
        ("the bell of Norby rang before the gate shut", "the gate shut after the bell of Norby rang"),
        ("Bo Lind inherited the barn from his aunt", "Bo Lind's aunt left him the barn"),
    ],
)
def test_one_doing_from_its_two_sides_is_one_claim(one, other):
    for a, b in ((said(one), said(other)), (said(other), said(one))):
        assert converse(a, b)
        assert cheap(a, b) == (1.0, SAME_WORDING)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland Steel sold its pier to Bo Lind", "Norland Steel bought its pier from Bo Lind"),
        ("Norby had beaten Sandvik 3-0", "Norby had lost 3-0 to Sandvik"),
        ("Norby had beaten Sandvik 3-0", "Sandvik had lost 4-0 to Norby"),
        ("Ada Brandt praised Bo Lind", "Bo Lind condemned Ada Brandt"),
        ("more eels were caught in Norby than in Sandvik", "fewer eels were caught in Norby than in Sandvik"),
        ("the bell of Norby rang before the gate shut", "the bell of Norby rang after the gate shut"),
        ("Norland Steel sold its pier to Bo Lind", "Bo Lind did not buy the pier from Norland Steel"),
    ],
)
def test_what_only_looks_like_the_other_side(one, other):
    assert not converse(said(one), said(other))
    assert cheap(said(one), said(other))[0] != 1.0


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("the clerk failed to send the bill", "the clerk did not send the bill", "the clerk not send the bill"),
        ("Bo Lind declined to testify", "Bo Lind would not testify", "Bo Lind would not testify"),
        ("the club lacked a coach", "the club had no coach", "the club had no coach"),
        ("nobody survived the fire", "everyone died in the fire", "everyone died the fire"),
        ("the shed was not legal", "the shed was illegal", "the shed was illegal"),
        ("the price had not risen", "the price had fallen", "the price had not risen"),
        ("not all survived the fire", "all died in the fire", "not all survived the fire"),
        ("the pier has not reopened", "the pier is closed", "the pier has closed"),
    ],
)
def test_denials_are_told_alike_where_they_say_the_same(one, other, told):
    assert denied_alike(said(one), said(other))[0].statement == told
    assert denied_alike(said(other), said(one))[1].statement == told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the fair in Norby was put off", "the fair in Norby was postponed"),
        ("Ada Brandt would step down in May", "Ada Brandt will resign in May"),
        ("a dozen boats had sunk off Norby", "12 boats have sunk off Norby"),
        ("three-quarters of the cows had died", "of the cows, 75 percent have died"),
        ("one in five wells was dry", "20 percent of the wells were dry"),
        ("at most 30 cows had died in Norby", "no more than 30 cows had died in Norby"),
        ("the shop opens at 7 p.m. in Norby", "the shop opens at 19:00 in Norby"),
    ],
)
def test_the_same_in_words_of_one_meaning_is_one_claim(one, other):
    assert cheap(said(one), said(other)) == (1.0, SAME_WORDING)
    assert cheap(said(other), said(one)) == (1.0, SAME_WORDING)


def test_what_is_told_by_a_complement_denies_no_more():
    denying = replace(said("the shed was not legal"), negated=True)
    one, other = denied_alike(denying, said("the shed was illegal"))
    assert not (one.denied or other.denied)
    assert cheap(one, other) == (1.0, SAME_WORDING)


def test_complements_are_opposites_or_say_so_by_their_form():
    assert all(known for known in complements().values())
    assert "fall" not in complements().get("rise", frozenset()) and "fall" in opposites()["rise"]
