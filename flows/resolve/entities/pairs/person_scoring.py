"""Persons across articles: pairs of nodes scored by columns, all pairs of a chunk at once."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from sys import intern

import numpy as np
import polars as pl

from flows.lexicons.weights import BIAS, load_weights
from flows.probabilities import logistic
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.person_features import Columns, PersonNames

SCORED = {"left": pl.Int64, "right": pl.Int64, "score": pl.Float64, "reason": pl.String, "respelt": pl.Boolean}
"""Two nodes, their score, the features that decided, and whether their first words are two spellings of one."""


@dataclass(frozen=True)
class Stated:
    """What is known of nodes beside their names.

    one_article  the article of each that has only one; -1 for others
    articles     all articles of each
    roles        words of the roles of those that have any
    """

    one_article: np.ndarray
    articles: Mapping[int, Set[int]]
    roles: Mapping[int, frozenset[str]]

    def together(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return whether an article uses both names."""
        a, b = self.one_article[left], self.one_article[right]
        out = (a == b) & (a >= 0)
        for at in np.flatnonzero((a < 0) | (b < 0)).tolist():
            out[at] = not self.articles[int(left[at])].isdisjoint(self.articles[int(right[at])])
        return out

    def agreement(self, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return whether two words of their roles agree, and whether none does though both have a role."""
        same, differ = np.zeros((2, len(left)), bool)
        for at in np.flatnonzero(self._with_roles[left] & self._with_roles[right]).tolist():
            shared = len(self.roles[int(left[at])] & self.roles[int(right[at])])
            same[at], differ[at] = shared >= 2, shared == 0
        return same, differ

    @cached_property
    def _with_roles(self) -> np.ndarray:
        out = np.zeros(len(self.one_article), bool)
        out[list(self.roles)] = True
        return out


def score_persons(people: PersonNames, pairs: pl.DataFrame, numbers: np.ndarray, stated: Stated) -> pl.DataFrame:
    """Return pairs of nodes whose score is worth a decision or a note, as `SCORED`.

    pairs: `left` and `right`, names of `people` that are worth a comparison. numbers: the node of each name.
    """
    parts = (pairs.slice(start, THRESHOLDS.chunk) for start in range(0, pairs.height, THRESHOLDS.chunk))
    found = (_scored(part["left"].to_numpy(), part["right"].to_numpy(), people, numbers, stated) for part in parts)
    return pl.concat([pl.DataFrame(schema=SCORED), *found])


def _scored(
    left: np.ndarray, right: np.ndarray, people: PersonNames, numbers: np.ndarray, stated: Stated
) -> pl.DataFrame:
    found = people.features(left, right)
    left, right, found = _those(found["clashing"] == 0, left, right, found) if len(left) else (left, right, {})
    if not len(left):
        return pl.DataFrame(schema=SCORED)
    found["joined"] = people.likeness_as_one_word(left, right)
    weights = load_weights("name_pairs", "person")
    alike = sum((w * found[name] for name, w in weights.items() if name != BIAS), np.full(len(left), weights[BIAS]))
    names = logistic(alike)
    left, right, found = _those(names >= THRESHOLDS.least_names, left, right, found)
    names = names[names >= THRESHOLDS.least_names]
    left, right = numbers[left], numbers[right]
    columns = _weighed(left, right, found, stated)
    columns["names"] = np.log(np.maximum(names, THRESHOLDS.kept_off) / np.maximum(1 - names, THRESHOLDS.kept_off))
    weights = load_weights("entity_pairs")
    score = logistic(sum((weights[k] * v for k, v in columns.items()), np.full(len(left), weights[BIAS])))
    noted = np.flatnonzero(score >= THRESHOLDS.noted)
    told = _reasons({name: weights[name] * values[noted] for name, values in columns.items()}, len(noted))
    first = found["first"][noted]
    respelt = (first >= THRESHOLDS.same_given_name) & (first < 1)
    pairs = {"left": left[noted], "right": right[noted], "score": np.round(score[noted], 4)}
    return pl.DataFrame({**pairs, "reason": told, "respelt": respelt}, schema=SCORED)


def _those(
    keep: np.ndarray, left: np.ndarray, right: np.ndarray, found: Columns
) -> tuple[np.ndarray, np.ndarray, Columns]:
    return left[keep], right[keep], {name: values[keep] for name, values in found.items()}


def _weighed(left: np.ndarray, right: np.ndarray, found: Columns, stated: Stated) -> Columns:
    """The features of two persons that `entity_pairs` has weights for."""
    same, differ = stated.agreement(left, right)
    return {
        "extended": found["extended"],
        "second_surname": found["second_surname"],
        "turned": found["turned"],
        "gender": found["gender"],
        "role": same.astype(float),
        "roles_differ": differ * found["other_words"],
        "plural": found["plural"],
        **{name: found[name] for name in ("slip", "two_spellings", "given_initial")},
        "apart": stated.together(left, right) * (1.0 - found["extended"]),
    }


def _reasons(weighed: Columns, count: int) -> list[str]:
    """What decided, in words: each feature that is not 0 with its weight."""
    parts: list[list[str]] = [[] for _ in range(count)]
    for name in ("names", *(n for n in weighed if n != "names")):
        values = weighed[name]
        at = np.flatnonzero(values)
        distinct, place = np.unique(np.round(values[at], 2), return_inverse=True)
        texts = [f"{name} {value:+.2f}" for value in distinct.tolist()]
        for row, text in zip(at.tolist(), place.tolist(), strict=True):
            parts[row].append(texts[text])
    return [intern(", ".join(part)) for part in parts]
