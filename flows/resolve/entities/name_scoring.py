"""Names across articles: which of them are one entity, by the features of two names and what is known of them.

Pairs of nodes come from `name_blocking`, are weighed here with the weights of `seeds/models/entity_pairs.csv`, and are
joined best first. Names alone must be much alike: among many people, likeness by chance is common.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from flows.lexicons.weights import BIAS, load_weights
from flows.probabilities import logistic
from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.name_blocking import body_blocks, candidate_pairs, person_keys, sorted_sounds
from flows.resolve.entities.name_nodes import Node
from flows.resolve.entities.person_scoring import SCORED, score_persons
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_similarity import (
    name_features,
    names_probability,
    token_similarity,
)
from flows.resolve.names.parse_name import GENERIC
from flows.resolve.names.person_features import PersonNames
from flows.resolve.names.thresholds import THRESHOLDS as NAMES


class Edge(NamedTuple):
    """Two nodes that were compared: joined or not, the score, and the features that decided."""

    left: int
    right: int
    score: float
    reason: str
    joined: bool


EDGES = {"left": pl.Int64, "right": pl.Int64, "score": pl.Float64, "reason": pl.String, "joined": pl.Boolean}
"""Rows as `Edge`."""


def join_alike_names(
    nodes: Sequence[Node],
    sets: DisjointSets,
    judged_apart: set[tuple[int, int]],
    threshold: float,
) -> pl.DataFrame:
    """Join nodes of alike names; return the decided edges, `EDGES`, best first within a group of types.

    Reviewed entities and single names of persons are settled otherwise.
    """
    groups: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        form = node.form
        if form.reference is None and not form.single_token and form.name.tokens and node.within < 0:
            groups.setdefault(form.group, []).append(number)
    out = [pl.DataFrame(schema=EDGES)]
    for group in sorted(groups):
        numbers = pl.Series(groups[group], dtype=pl.Int64)
        scored = _scored_pairs([nodes[number] for number in groups[group]], group == "PERSON")
        scored = scored.with_columns(numbers.gather(scored[side]).alias(side) for side in ("left", "right"))
        in_order = scored.sort("score", "left", "right", descending=[True, False, False])
        out.append(_decided(nodes, in_order, sets, judged_apart, threshold))
    return pl.concat(out)


def _scored_pairs(nodes: Sequence[Node], is_person: bool) -> pl.DataFrame:
    """Pairs of positions with a score that is worth a decision or a note, and the features that decided: `SCORED`."""
    if is_person:
        people = PersonNames([node.form.name.tokens for node in nodes])
        return score_persons(nodes, people, candidate_pairs(people.sounds, person_keys(people)))
    names = [node.form.name for node in nodes]
    pairs = candidate_pairs([sorted_sounds(name.tokens) for name in names], iter([body_blocks(names)]))
    compared = ((a, b, *compare_bodies(nodes[a], nodes[b]), False) for a, b in pairs.iter_rows())
    return pl.DataFrame([row for row in compared if row[2] >= THRESHOLDS.noted], SCORED, orient="row")


def _decided(
    nodes: Sequence[Node],
    scored: pl.DataFrame,
    sets: DisjointSets,
    judged_apart: set[tuple[int, int]],
    threshold: float,
) -> pl.DataFrame:
    """Join or refuse pairs, the best first; scored: nodes, by score and then by node. Rows as `Edge`."""
    likely, refused = (scored.filter(found) for found in (pl.col("score") >= threshold, pl.col("score") < threshold))
    alike = set(likely.filter("respelt").select("left", "right").iter_rows())
    given = {
        n: _given_name(nodes[n]) for n in {*likely["left"].unique().to_list(), *likely["right"].unique().to_list()}
    }

    def forbidden(a: int, b: int) -> bool:
        if judged_apart and (min(a, b), max(a, b)) in judged_apart:
            return True
        one, middle = given.get(a) or given.setdefault(a, _given_name(nodes[a]))
        other, middle_too = given.get(b) or given.setdefault(b, _given_name(nodes[b]))
        if not one or not other or (middle and middle_too):
            return never_one(nodes[a], nodes[b])
        known = one == other or (a, b) in alike or (b, a) in alike
        return not (known or _one_given_name(one, other)) and never_one(nodes[a], nodes[b])

    pairs = zip(likely["left"].to_list(), likely["right"].to_list(), strict=True)
    joined = pl.Series([sets.join_unless(forbidden, a, b) for a, b in pairs], dtype=pl.Boolean)
    decided = likely.with_columns(joined=joined).filter(joined.is_not_null())
    return pl.concat([decided, refused.with_columns(joined=pl.lit(value=False))]).select(list(EDGES))


def _given_name(node: Node) -> tuple[str, bool]:
    """The given name of a person of whom no generation or state is known, and whether there is a middle name."""
    form = node.form
    plain = form.group == "PERSON" and not form.single_token
    if not plain or form.name.generation or node.country or form.reference is not None:
        return "", False
    return form.name.tokens[0], len(form.name.tokens) > 2


def never_one(left: Node, right: Node) -> bool:
    """Return whether two names cannot be one entity.

    Two reviewed ones, bodies or places of two states, father and son, or full names with different first names or
    middle initials.
    """
    a, b = left.form, right.form
    if left.country != right.country and left.country and right.country:
        return True
    if a.name.generation != b.name.generation:
        return True
    if a.reference is not None and b.reference is not None:
        return a.reference.key != b.reference.key
    if a.group != "PERSON" or a.single_token or b.single_token:
        return False
    if _other_initials(a.name.tokens[1:-1], b.name.tokens[1:-1]):
        return True
    first_a, first_b = a.name.tokens[0], b.name.tokens[0]
    if _one_given_name(first_a, first_b):
        return False
    # `Orban Viktor` and `Viktor Orban`: the first name may stand elsewhere
    return not (
        any(_one_given_name(first_a, t) for t in b.name.tokens)
        and any(_one_given_name(first_b, t) for t in a.name.tokens)
    )


def _other_initials(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether middle names of which one side has but initials begin with no letter of the other: `Ada K.`, `Ada Q.`"""
    if not a or not b:
        return False
    initials = any(len(token) == 1 for token in (*a, *b))
    return initials and not {token[0] for token in a} & {token[0] for token in b}


@lru_cache(maxsize=1 << 16)
def _one_given_name(a: str, b: str) -> bool:
    return a == b or token_similarity(a, b) >= THRESHOLDS.same_given_name


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
