"""Blocking of names against all pairs: what is never compared cannot be joined."""

import itertools
import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from flows.resolve.entities.name_nodes import Node
from flows.resolve.entities.pairs.name_blocking import Parts, body_blocks, candidate_pairs, person_keys, sorted_sounds
from flows.resolve.entities.pairs.name_scoring import compare_bodies
from flows.resolve.entities.pairs.person_scoring import Stated, score_persons
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import form_of
from flows.resolve.names.person_features import PersonNames
from flows.resolve.names.words import Words

GIVEN = ["Marta", "Peeter", "Robert", "Oleksandr", "Yusuf", "Jean-Marc", "Anneli", "Viktor", "Sigrun", "Li"]
FAMILY = [
    "Ilves",
    "Kaskivirta",
    "Hrytsenko",
    "Stone",
    "Haddad",
    "van der Berg",
    "Lindqvist",
    "Nowak",
    "O'Hara",
    "Quint",
]
PLACES = ["Kestrel", "Tarn", "Orlov", "Vardal", "Ebro", "Norddal", "Halland", "Mirko"]
BODIES = ["{} Ministry of Health", "Bank of {}", "{} Fisheries Board", "University of {}", "{} Steel Works", "{} Post"]


def slips(word: str, rng: random.Random) -> str:
    """A word with one letter lost, doubled or exchanged for one that sounds alike."""
    at = rng.randrange(1, len(word))
    return rng.choice(
        [word[:at] + word[at + 1 :], word[:at] + word[at - 1 :], word.replace("v", "w").replace("k", "c")]
    )


def written(name: str, rng: random.Random) -> list[str]:
    """A name and three ways in which others write it."""
    words = name.split()
    return [
        name,
        " ".join([slips(words[0], rng), *words[1:]]),
        " ".join([*words[:-1], slips(words[-1], rng)]),
        " ".join([*words[1:], words[0]]),
    ]


@pytest.mark.parametrize(
    ("names", "entity_type"),
    [
        ([f"{given} {family}" for given in GIVEN for family in FAMILY], "PERSON"),
        ([body.format(place) for body in BODIES for place in PLACES], "ORG"),
    ],
)
def test_blocking_finds_what_all_pairs_find(names: list[str], entity_type: str) -> None:
    """Of the pairs that scoring would join among all pairs, blocking proposes at least 95 in 100, and few others."""
    rng = random.Random(7)  # noqa: S311  # a fixed sample
    forms = [form_of(surface, entity_type) for name in names for surface in written(name, rng)]
    forms = [form for form in dict.fromkeys(forms) if form.name.tokens]
    nodes, tokens = [Node(form) for form in forms], [form.name.tokens for form in forms]
    every = list(itertools.combinations(range(len(nodes)), 2))
    if entity_type == "PERSON":
        people = PersonNames(Words.of(pl.Series(tokens, dtype=pl.List(pl.String))))
        pairs = pl.DataFrame(every, schema=["left", "right"], orient="row")
        numbers = np.arange(len(nodes))
        strangers = Stated(one_article=numbers, articles={}, roles={})
        scored = {(a, b): score for a, b, score, *_ in score_persons(people, pairs, numbers, strangers).iter_rows()}
        blocks = person_keys(people)
    else:
        scored = {(a, b): compare_bodies(nodes[a], nodes[b])[0] for a, b in every}
        blocks = iter([body_blocks([form.name for form in forms])])
    joined = {pair for pair, score in scored.items() if score >= 0.5}
    proposed = set(candidate_pairs([sorted_sounds(name) for name in tokens], blocks).iter_rows())
    assert len(joined) > 70
    assert len(joined & proposed) >= 0.95 * len(joined)
    assert len(proposed) < 10 * len(nodes)


HEARD = st.lists(st.text("abc", min_size=0, max_size=9) | st.sampled_from(["kristian", "k"]), min_size=1, max_size=6)


@given(st.lists(HEARD.map(sorted).map(" ".join), min_size=2, max_size=8))
@settings(max_examples=300)
def test_what_is_not_measured_is_not_contained(heard: list[str]) -> None:
    """Of texts only such are left unmeasured as are unlike, and would not reach the likeness of a part either."""
    left, right = np.array(list(itertools.combinations(range(len(heard)), 2))).T
    parts = Parts(pl.Series(heard))
    asked, alike = parts.may_contain(left, right), parts.may_be_alike(left, right)
    for a, b, measured, whole in zip(left.tolist(), right.tolist(), asked.tolist(), alike.tolist(), strict=True):
        if fuzz.ratio(heard[a], heard[b]) < THRESHOLDS.least_sound_ratio - 1:
            likeness = fuzz.token_set_ratio(heard[a], heard[b])
            assert measured or likeness < THRESHOLDS.contained_sound_ratio - 1
        else:
            assert whole
