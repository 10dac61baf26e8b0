"""Names across articles: which of them are one entity, by a table of features of two names and what is known of them.

A node is a name by its key (`flows.resolve.forms`), over all articles. Pairs come from `blocking`, are weighed here,
and are joined by `clustering`. Names alone must be much alike: among many people, likeness by chance is common.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.probabilities import logistic
from flows.resolve.clustering import Clusters, held_apart
from flows.resolve.entities.name_blocking import candidates
from flows.resolve.names.name_forms import Form
from flows.resolve.names.name_similarity import (
    ALIKE,
    NAME_WEIGHTS,
    PERSON_WEIGHTS,
    clashing,
    judged,
    name_features,
    token_similarity,
)
from flows.resolve.names.parse_name import GENERIC, given_gender

ENTITY_WEIGHTS = {
    "bias": -2.2,  # against chance: most pairs of alike names in a corpus are two
    "names": 1.0,  # log-odds of name_similarity
    "extended": 1.2,  # one name is the other with more words in the middle or an initial
    "role": 1.5,  # both are stated to have the same role
    "apart": -3.5,  # one article uses both, so its author takes them for two
    "gender": -4.0,  # given names of different gender
    "left": -3.0,  # a word that identifies stands in one name only (not persons, who have middle names)
    "unlike": -2.0,  # two words that identify are paired but spelt rather differently (not persons)
}
"""What each feature adds to the log-odds that two names across articles are one entity."""

NOTED = 0.25
"""Refused pairs from this score up are kept as negative edges: what a person may want to judge."""


@dataclass(slots=True)
class Node:
    """A name over all articles: its form, the articles that have it, and words of the roles stated with it."""

    form: Form
    articles: set[int] = field(default_factory=set)
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Edge:
    """Two nodes that were compared: joined or not, the score, and the features that decided."""

    left: int
    right: int
    score: float
    reason: str
    joined: bool


def match(
    nodes: Sequence[Node],
    usable: Sequence[int],
    clusters: Clusters,
    judged_apart: set[tuple[int, int]],
    threshold: float,
) -> list[Edge]:
    """Joins the `usable` nodes of each group in `clusters`; the decided edges, best first within a group."""
    out: list[Edge] = []
    groups: dict[str, list[int]] = {}
    for node in usable:
        groups.setdefault(nodes[node].form.group, []).append(node)
    for group in sorted(groups):
        out += _matched(nodes, groups[group], group == "PERSON", clusters, judged_apart, threshold)
    return out


def _matched(
    nodes: Sequence[Node],
    members: Sequence[int],
    is_person: bool,
    clusters: Clusters,
    judged_apart: set[tuple[int, int]],
    threshold: float,
) -> list[Edge]:
    scored: dict[tuple[int, int], tuple[float, str]] = {}
    for lefts, rights in candidates([nodes[m].form.name for m in members], is_person):
        for a, b in zip(lefts.tolist(), rights.tolist(), strict=True):
            left, right = members[a], members[b]
            score, reason = compare(nodes[left], nodes[right])
            if score >= NOTED:
                scored[left, right] = (score, reason)

    def forbidden(a: int, b: int) -> bool:
        return (min(a, b), max(a, b)) in judged_apart or never_one(nodes[a].form, nodes[b].form)

    positive = [(score, a, b) for (a, b), (score, _) in scored.items() if score >= threshold]
    decided = held_apart(clusters, positive, forbidden)
    edges = [Edge(a, b, score, scored[a, b][1], joined) for score, a, b, joined in decided]
    refused = [Edge(a, b, s, r, False) for (a, b), (s, r) in scored.items() if s < threshold]
    return [*edges, *sorted(refused, key=lambda e: (-e.score, e.left, e.right))]


def never_one(a: Form, b: Form) -> bool:
    """Whether two names cannot be one entity: two reviewed entities, or two full names with different first names."""
    if a.entry is not None and b.entry is not None:
        return a.entry.key != b.entry.key
    if a.group != "PERSON" or a.lone or b.lone:
        return False
    first_a, first_b = a.name.tokens[0], b.name.tokens[0]
    if token_similarity(first_a, first_b) >= 0.6:
        return False
    # `Orban Viktor` and `Viktor Orban`: the first name may stand elsewhere
    return not (
        any(token_similarity(first_a, t) >= 0.6 for t in b.name.tokens)
        and any(token_similarity(first_b, t) >= 0.6 for t in a.name.tokens)
    )


def _unpaired(tokens: Sequence[str], others: Sequence[str]) -> int:
    """Words that identify and have nothing like them on the other side."""
    return sum(t not in GENERIC and all(token_similarity(t, o) < ALIKE for o in others) for t in tokens)


def compare(a: Node, b: Node) -> tuple[float, str]:
    """Score of two nodes and the features that decided it."""
    is_person = a.form.group == "PERSON"
    if is_person and clashing(a.form.name, b.form.name):
        return 0.0, ""
    found = name_features(a.form.name, b.form.name, is_person)
    names = judged(found, PERSON_WEIGHTS if is_person else NAME_WEIGHTS)
    if names < 0.3:
        return 0.0, ""
    features = {"names": math.log(max(names, 1e-6) / max(1 - names, 1e-6))}
    tokens_a, tokens_b = a.form.name.tokens, b.form.name.tokens
    if is_person:
        short, long = sorted((tokens_a, tokens_b), key=len)
        features["extended"] = float(
            len(short) > 1 and len(short) < len(long) and short[0] == long[0] and short[-1] == long[-1]
        )
        genders = {given_gender(tokens_a[0]), given_gender(tokens_b[0])}
        features["gender"] = float(genders == {"m", "f"})
        features["role"] = float(len(a.roles & b.roles) >= 2)
    else:
        features["left"] = min(2.0, _unpaired(tokens_a, tokens_b) + _unpaired(tokens_b, tokens_a))
        features["unlike"] = float(found["weakest"] < 0.8)
    features["apart"] = float(bool(a.articles & b.articles)) * (1.0 - features.get("extended", 0.0))
    z = ENTITY_WEIGHTS["bias"] + sum(ENTITY_WEIGHTS[k] * v for k, v in features.items())
    score = logistic(z)
    if score < NOTED:
        return 0.0, ""
    reason = ", ".join(f"{k} {ENTITY_WEIGHTS[k] * v:+.2f}" for k, v in features.items() if v)
    return round(score, 4), reason
