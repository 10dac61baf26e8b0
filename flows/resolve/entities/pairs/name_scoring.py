"""Names across articles: which of them are one entity, by the features of two names and what is known of them.

Pairs of nodes come from `name_blocking`, are weighed here with the weights of `seeds/models/entity_pairs.csv`, and are
joined best first. Names alone must be much alike: among many people, likeness by chance is common.
"""

import math
from collections.abc import Sequence

import numpy as np
import polars as pl

from flows.lexicons.weights import BIAS, load_weights
from flows.probabilities import logistic
from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.forms import PERSON
from flows.resolve.entities.name_nodes import Node, Nodes
from flows.resolve.entities.pairs.decide_pairs import EDGES, People, decide_pairs
from flows.resolve.entities.pairs.name_blocking import body_blocks, candidate_pairs, person_keys, sorted_sounds
from flows.resolve.entities.pairs.person_scoring import SCORED, Stated, score_persons
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_similarity import (
    name_features,
    names_probability,
    token_similarity,
)
from flows.resolve.names.parse_name import GENERIC
from flows.resolve.names.person_features import PersonNames
from flows.resolve.names.thresholds import THRESHOLDS as NAMES


def join_alike_names(
    nodes: Nodes, sets: DisjointSets, judged_apart: set[tuple[int, int]], threshold: float
) -> pl.DataFrame:
    """Join nodes of alike names; return the decided edges, `EDGES`, best first within a group of types.

    Reviewed entities and single names of persons are settled otherwise.
    """
    out = [pl.DataFrame(schema=EDGES)]
    compared = (~nodes.forms.single & (nodes.forms.words.sizes > 0))[nodes.form] & (nodes.within < 0)
    people = People(nodes, sets, judged_apart)
    for group in nodes.forms.table["group"].unique().sort():
        numbers = nodes.of_group(group)
        numbers = numbers[compared[numbers]]
        scored = _persons(nodes, numbers) if group == PERSON else _others(nodes, numbers)
        in_order = scored.sort("score", "left", "right", descending=[True, False, False])
        out.append(decide_pairs(in_order, people, threshold))
    return pl.concat(out)


def _persons(nodes: Nodes, numbers: np.ndarray) -> pl.DataFrame:
    """Pairs with a score that is worth a decision or a note, and the features that decided: `SCORED`."""
    people = PersonNames(nodes.forms.words.some(nodes.form[numbers]))
    pairs = candidate_pairs(people.sounds, person_keys(people))
    return score_persons(people, pairs, numbers, Stated(nodes.one_article, nodes.articles, nodes.roles))


def _others(nodes: Nodes, numbers: np.ndarray) -> pl.DataFrame:
    """The same of bodies, places and things."""
    open_ = [number for number in numbers.tolist() if nodes.made[number].form.reference is None]
    names = [nodes.made[number].form.name for number in open_]
    pairs = candidate_pairs([sorted_sounds(name.tokens) for name in names], iter([body_blocks(names)]))
    numbered = ((open_[left], open_[right]) for left, right in pairs.iter_rows())
    compared = ((a, b, *compare_bodies(nodes.made[a], nodes.made[b]), False) for a, b in numbered)
    return pl.DataFrame([row for row in compared if row[2] >= THRESHOLDS.noted], SCORED, orient="row")


def _unpaired(tokens: Sequence[str], others: Sequence[str]) -> int:
    """Words that identify and have nothing like them on the other side."""
    return sum(t not in GENERIC and all(token_similarity(t, o) < NAMES.alike for o in others) for t in tokens)


def compare_bodies(a: Node, b: Node) -> tuple[float, str]:
    """Score two bodies, places or things and name the features that decided; 0 and nothing where it is not worth it."""
    found = name_features(a.form.name, b.form.name, is_person=False)
    names = names_probability(found, is_person=False)
    if names < THRESHOLDS.least_names:
        return 0.0, ""
    features = {"names": math.log(max(names, THRESHOLDS.kept_off) / max(1 - names, THRESHOLDS.kept_off))}
    features |= _body_features(a, b, found)
    features["apart"] = float(bool(a.articles & b.articles))
    weights = load_weights("entity_pairs")
    score = logistic(weights[BIAS] + sum(weights[k] * v for k, v in features.items()))
    if score < THRESHOLDS.noted:
        return 0.0, ""
    reason = ", ".join(f"{k} {weights[k] * v:+.2f}" for k, v in features.items() if v)
    return round(score, 4), reason


def _body_features(a: Node, b: Node, found: dict[str, float]) -> dict[str, float]:
    tokens_a, tokens_b = a.form.name.tokens, b.form.name.tokens
    return {
        "left": min(2.0, _unpaired(tokens_a, tokens_b) + _unpaired(tokens_b, tokens_a)),
        "unlike": float(found["weakest"] < THRESHOLDS.unlike_words),
    }
