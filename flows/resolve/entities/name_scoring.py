"""Names across articles: which of them are one entity, by the features of two names and what is known of them.

Pairs of nodes come from `name_blocking`, are weighed here with the weights of `seeds/models/entity_pairs.csv`, and are
joined best first. Names alone must be much alike: among many people, likeness by chance is common.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.lexicons.weights import BIAS, load_weights
from flows.probabilities import logistic
from flows.resolve.clustering import DisjointSets, join_best_first
from flows.resolve.entities.name_blocking import candidate_pairs
from flows.resolve.entities.name_nodes import Node
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_similarity import (
    clashing,
    name_features,
    names_probability,
    token_similarity,
)
from flows.resolve.names.parse_name import GENERIC, given_gender
from flows.resolve.names.thresholds import THRESHOLDS as NAMES


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that were compared: joined or not, the score, and the features that decided."""

    left: int
    right: int
    score: float
    reason: str
    joined: bool


def join_alike_names(
    nodes: Sequence[Node],
    sets: DisjointSets,
    judged_apart: set[tuple[int, int]],
    threshold: float,
) -> list[Edge]:
    """Join nodes of alike names; the decided edges, best first within a group of types.

    Reviewed entities and single names of persons are settled otherwise.
    """
    groups: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        form = node.form
        if form.reference is None and not form.single_token and form.name.tokens and node.within < 0:
            groups.setdefault(form.group, []).append(number)
    out: list[Edge] = []
    for group in sorted(groups):
        scored = _scored_pairs(nodes, groups[group], group == "PERSON")
        out += _decided(nodes, scored, sets, judged_apart, threshold)
    return out


def _scored_pairs(nodes: Sequence[Node], members: Sequence[int], is_person: bool) -> dict[tuple[int, int], Edge]:
    """Pairs with a score that is worth a decision or a note."""
    scored: dict[tuple[int, int], Edge] = {}
    for lefts, rights in candidate_pairs([nodes[m].form.name for m in members], is_person):
        for a, b in zip(lefts.tolist(), rights.tolist(), strict=True):
            left, right = members[a], members[b]
            score, reason = compare(nodes[left], nodes[right])
            if score >= THRESHOLDS.noted:
                scored[left, right] = Edge(left, right, score, reason, False)
    return scored


def _decided(
    nodes: Sequence[Node],
    scored: dict[tuple[int, int], Edge],
    sets: DisjointSets,
    judged_apart: set[tuple[int, int]],
    threshold: float,
) -> Iterable[Edge]:
    def forbidden(a: int, b: int) -> bool:
        return (min(a, b), max(a, b)) in judged_apart or never_one(nodes[a], nodes[b])

    positive = [(edge.score, *pair) for pair, edge in scored.items() if edge.score >= threshold]
    for score, a, b, joined in join_best_first(sets, positive, forbidden):
        yield Edge(a, b, score, scored[a, b].reason, joined)
    refused = [edge for edge in scored.values() if edge.score < threshold]
    yield from sorted(refused, key=lambda e: (-e.score, e.left, e.right))


def never_one(left: Node, right: Node) -> bool:
    """Return whether two names cannot be one entity.

    Two reviewed ones, bodies or places of two states, father and son, or full names with different first names.
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
    first_a, first_b = a.name.tokens[0], b.name.tokens[0]
    if _one_given_name(first_a, first_b):
        return False
    # `Orban Viktor` and `Viktor Orban`: the first name may stand elsewhere
    return not (
        any(_one_given_name(first_a, t) for t in b.name.tokens)
        and any(_one_given_name(first_b, t) for t in a.name.tokens)
    )


def _one_given_name(a: str, b: str) -> bool:
    return token_similarity(a, b) >= THRESHOLDS.same_given_name


def _unpaired(tokens: Sequence[str], others: Sequence[str]) -> int:
    """Words that identify and have nothing like them on the other side."""
    return sum(t not in GENERIC and all(token_similarity(t, o) < NAMES.alike for o in others) for t in tokens)


def compare(a: Node, b: Node) -> tuple[float, str]:
    """Score two nodes and name the features that decided; 0 and nothing where the score is not worth a note."""
    is_person = a.form.group == "PERSON"
    if is_person and clashing(a.form.name, b.form.name):
        return 0.0, ""
    found = name_features(a.form.name, b.form.name, is_person)
    names = names_probability(found, is_person)
    if names < THRESHOLDS.least_names:
        return 0.0, ""
    features = {"names": math.log(max(names, 1e-6) / max(1 - names, 1e-6))}
    features |= _person_features(a, b) if is_person else _body_features(a, b, found)
    features["apart"] = float(bool(a.articles & b.articles)) * (1.0 - features.get("extended", 0.0))
    weights = load_weights("entity_pairs")
    score = logistic(weights[BIAS] + sum(weights[k] * v for k, v in features.items()))
    if score < THRESHOLDS.noted:
        return 0.0, ""
    reason = ", ".join(f"{k} {weights[k] * v:+.2f}" for k, v in features.items() if v)
    return round(score, 4), reason


def _person_features(a: Node, b: Node) -> dict[str, float]:
    tokens_a, tokens_b = a.form.name.tokens, b.form.name.tokens
    short, long = sorted((tokens_a, tokens_b), key=len)
    genders = {given_gender(tokens_a[0]), given_gender(tokens_b[0])}
    several = len(short) > 1 and len(short) < len(long)
    return {
        "extended": float(several and short[0] == long[0] and short[-1] == long[-1]),
        "second_surname": float(several and short == long[: len(short)]),
        "turned": float(sorted(tokens_a) == sorted(tokens_b) and tokens_a != tokens_b),
        "gender": float(genders == {"m", "f"} or _feminine_of(tokens_a[0], tokens_b[0])),
        "role": float(len(a.roles & b.roles) >= 2),
        "roles_differ": float(
            bool(a.roles)
            and bool(b.roles)
            and not a.roles & b.roles
            and not several
            and sorted(tokens_a) != sorted(tokens_b)
        ),
        "plural": float(any(_plural(x, y) for x, y in zip(tokens_a, tokens_b, strict=False))),
    }


def _feminine_of(a: str, b: str) -> bool:
    """Whether one given name is the other with an ending of women's names: `Oleksandr`, `Oleksandra`."""
    short, long = sorted((a, b), key=len)
    ended = len(long) > THRESHOLDS.stem_letters and long[:-1] == short and long[-1] in "ae"
    return ended or (len(a) == len(b) > THRESHOLDS.stem_letters and a[:-1] == b[:-1] and {a[-1], b[-1]} == {"a", "o"})


def _plural(a: str, b: str) -> bool:
    """Whether two surnames differ in an `s` at the end, as `Cole` and `Coles`, which are two."""
    return len(a) != len(b) and (a + "s" == b or b + "s" == a)


def _body_features(a: Node, b: Node, found: dict[str, float]) -> dict[str, float]:
    tokens_a, tokens_b = a.form.name.tokens, b.form.name.tokens
    return {
        "left": min(2.0, _unpaired(tokens_a, tokens_b) + _unpaired(tokens_b, tokens_a)),
        "unlike": float(found["weakest"] < THRESHOLDS.unlike_words),
    }
