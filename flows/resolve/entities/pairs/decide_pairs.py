"""Pairs of names that are alike, the best first: which of them become one entity, and which cannot.

An object for each name is made only where it takes more than a person's tokens to tell two names apart.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA

from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.name_nodes import Node, Nodes
from flows.resolve.entities.on_demand import OnDemand
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_similarity import token_similarity


class Edge(NamedTuple):
    """Two nodes that were compared: joined or not, the score, and the features that decided."""

    left: int
    right: int
    score: float
    reason: str
    joined: bool


EDGES = {"left": pl.Int64, "right": pl.Int64, "score": pl.Float64, "reason": pl.String, "joined": pl.Boolean}
"""Rows as `Edge`."""


def decide_pairs(scored: pl.DataFrame, people: "People", threshold: float) -> pl.DataFrame:
    """Join or refuse pairs, the best first; scored: nodes, by score and then by node. Rows as `Edge`."""
    likely, refused = (scored.filter(found) for found in (pl.col("score") >= threshold, pl.col("score") < threshold))
    people.respelt.update(likely.filter("respelt").select("left", "right").iter_rows())
    pairs = zip(likely["left"].to_list(), likely["right"].to_list(), strict=True)
    joined = pl.Series([people.join(a, b) for a, b in pairs], dtype=pl.Boolean)
    decided = likely.with_columns(joined=joined).filter(joined.is_not_null())
    return pl.concat([decided, refused.with_columns(joined=pl.lit(value=False))]).select(list(EDGES))


class People:
    """Sets of names, and what keeps two of them apart though names are alike.

    Most sets have one given name, and members without middle names: whether two of them can be one is told without
    asking each member about each.
    """

    def __init__(self, nodes: Nodes, sets: DisjointSets, judged_apart: set[tuple[int, int]]) -> None:
        self._nodes, self._sets, self._apart = nodes, sets, judged_apart
        self.respelt: set[tuple[int, int]] = set()
        """Pairs whose given names are two spellings of one."""
        words, form = nodes.forms.words, nodes.form
        given = np.where(nodes.forms.full & ~nodes.forms.of_generation, words.first, -1)
        self._words = distinct = words.distinct.to_list()
        ends = words.starts + words.sizes
        self._tokens = OnDemand(
            lambda number: [distinct[word] for word in words.flat[words.starts[form[number]] : ends[form[number]]]]
        )
        self._given, self._middle = given[form].tolist(), (words.sizes > 2)[form].tolist()
        self._of_set, self._middle_of_set = self._given.copy(), self._middle.copy()
        for root in sets.of_several():
            for member in sets.members(root):
                self._told_of_both(root, root, member)

    def _told_of_both(self, root: int, a: int, b: int) -> None:
        """Keep of a set of what two had what is told of both: the given name, and whether one has a middle name."""
        given, middle = self._of_set, self._middle_of_set
        given[root] = given[a] if given[a] == given[b] else -1
        middle[root] = middle[a] or middle[b]

    def join(self, a: int, b: int) -> bool | None:
        """Make one set of two and return True; False where two members cannot be one, None where they were one."""
        a, b = self._sets.find(a), self._sets.find(b)
        joined = self._sets.join_unless(self._never_one, a, b, self._of_one_given_name)
        if joined:
            self._told_of_both(min(a, b), a, b)
        return joined

    def _of_one_given_name(self, a: int, b: int) -> bool:
        both_middle = self._middle_of_set[a] and self._middle_of_set[b]
        return self._of_set[a] == self._of_set[b] >= 0 and not both_middle and not self._apart

    def _never_one(self, a: int, b: int) -> bool:
        pair = (min(a, b), max(a, b))
        if pair in self._apart:
            return True
        one, other = self._given[a], self._given[b]
        if one < 0 or other < 0:
            return never_one(self._nodes.made[a], self._nodes.made[b])
        if self._middle[a] and self._middle[b]:
            return _two_people(self._tokens[a], self._tokens[b])
        if one == other or pair in self.respelt or _one_given_name(self._words[one], self._words[other]):
            return False
        return _two_people(self._tokens[a], self._tokens[b])


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
    return _two_people(a.name.tokens, b.name.tokens)


def _two_people(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two full names have different first names or middle initials."""
    if _other_initials(a[1:-1], b[1:-1]):
        return True
    if _one_given_name(a[0], b[0]):
        return False
    # `Orban Viktor` and `Viktor Orban`: the first name may stand elsewhere
    return not (any(_one_given_name(a[0], t) for t in b) and any(_one_given_name(b[0], t) for t in a))


def _other_initials(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether middle names of which one side has but initials begin with no letter of the other: `Ada K.`, `Ada Q.`"""
    if not a or not b:
        return False
    initials = any(len(token) == 1 for token in (*a, *b))
    return initials and not {token[0] for token in a} & {token[0] for token in b}


@lru_cache(maxsize=1 << 16)
def _one_given_name(a: str, b: str) -> bool:
    if a == b:
        return True
    # most are told by their letters: what words that begin alike sound like makes them no less alike
    letters = a[0] == b[0] and min(len(a), len(b)) > 1 and not a.isdigit() and not b.isdigit()
    spelt = OSA.normalized_similarity(a, b) if letters else 0.0
    return spelt >= THRESHOLDS.same_given_name or token_similarity(a, b) >= THRESHOLDS.same_given_name
