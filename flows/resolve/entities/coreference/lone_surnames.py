"""Surnames that their article does not explain: a person of that article, unless its story or the role says who.

That nobody else of the corpus has the surname says nothing: there are more people than a corpus has. A surname takes a
full name only where both articles tell of one matter (they share names, and are of near days) or state one role.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain
from math import log2

import numpy as np

from flows.lexicons import column
from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.coreference.person_links import ends_with
from flows.resolve.entities.name_nodes import ONE_HOLDER, Node, Nodes
from flows.resolve.entities.pairs.decide_pairs import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form
from flows.resolve.names.parse_name import Name, given_gender

_KIN = frozenset(noun for noun, kind in column("roles", "noun", "kind").items() if kind == "kin")


class Stories:
    """How much two articles have in common: the names that both have, the rarer the more, and their days."""

    def __init__(
        self,
        nodes: Nodes,
        sets: DisjointSets,
        dates: Sequence[date | None],
        asking: set[int],
        compared: set[int],
    ) -> None:
        """asking: articles of which one is in each pair that is asked about. compared: these and all others of pairs.

        A name that no article of `asking` has is in nothing that two articles share.
        """
        self._dates = dates
        self._names: dict[int, set[int]] = defaultdict(set)
        self._articles: dict[int, Set[int]] = {}
        self._weights: dict[int, float] = {}
        weights = _kind_weights(nodes)
        for root in set(map(sets.find, nodes.in_articles(asking).tolist())):
            named = [n for n in sets.members(root) if nodes.within[n] < 0 or not nodes.forms.single[nodes.form[n]]]
            if not named:
                continue
            articles = nodes.articles[named[0]] if len(named) == 1 else set().union(*[nodes.articles[n] for n in named])
            self._weights[root] = min(map(weights.item, named)) / max(1.0, log2(len(articles)))
            self._articles[root] = articles & compared
            for article in self._articles[root]:
                self._names[article].add(root)

    def sharing(self, article: int) -> set[int]:
        """Return the articles that have a name in common with one of those that ask."""
        return set().union(*(self._articles[root] for root in self._names[article]))

    def share(self, a: int, b: int) -> bool:
        """Return whether two articles have a name in common."""
        return not self._names[a].isdisjoint(self._names[b])

    def likeness(self, a: int, b: int, without: set[int]) -> float:
        """Return the summed weights of the names that two articles share, `without` some; half if days are far."""
        shared = sum(self._weights[root] for root in (self._names[a] & self._names[b]) - without)
        return shared / 2 if self.days_apart(a, b) > THRESHOLDS.days_of_a_story else shared

    def days_apart(self, a: int, b: int) -> int:
        """Return how many days lie between two articles; 0 where a day is not known."""
        one, other = self._dates[a], self._dates[b]
        return abs((one - other).days) if one is not None and other is not None else 0


def _kind_weights(nodes: Nodes) -> np.ndarray:
    """States and their like are in many stories; a person or a company says more."""
    weights = np.full(len(nodes), THRESHOLDS.place_vote)
    weights[nodes.of_group("PERSON")] = 1.0
    for number in nodes.of_group("NAMED").tolist():
        reference = nodes.made[number].form.reference
        if reference is None:
            weights[number] = 1.0
        elif reference.entity_type not in ("GPE", "LOC"):
            weights[number] = THRESHOLDS.reviewed_vote
    return weights


@dataclass(frozen=True)
class _Names:
    """What surnames are linked by: the nodes, what was joined and judged, the stories, and who is called by surname.

    called: for each node of a full name, the articles that call the person by the surname alone.
    """

    nodes: Nodes
    sets: DisjointSets
    apart: set[tuple[int, int]]
    stories: Stories
    called: Mapping[int, set[int]]

    def best(self, number: int, candidates: Sequence[int]) -> Edge | None:
        """The edge to the candidate for whom most speaks, where it is enough and clearly more than for any other."""
        scored: dict[int, tuple[float, str, int]] = {}
        (article,) = self.nodes.articles[number]
        sharing = self.stories.sharing(article)
        for root, other in self._one_of_each(number, candidates):
            if number not in self.nodes.roles and self._strange(root, sharing):
                continue
            if not _one_gender(self.nodes.made[number].form, self.nodes.made[other].form):
                continue
            score, reason = self._agreement(number, other)
            scored[root] = max(scored.get(root, (0.0, "", other)), (score, reason, other))
        ranked = sorted(scored.values(), key=lambda s: (-s[0], s[2]))
        if not ranked or ranked[0][0] < THRESHOLDS.least_agreement:
            return None
        if len(ranked) > 1 and ranked[0][0] < THRESHOLDS.agreement_lead * ranked[1][0]:
            return None
        _, reason, other = ranked[0]
        return Edge(min(number, other), max(number, other), 0.8, reason, True)

    def _one_of_each(self, number: int, candidates: Sequence[int]) -> list[tuple[int, int]]:
        """Roots of the candidates that are not judged apart, each with its last full name: what speaks for one speaks
        for all names of a person; and with each lone surname, of which roles are counted only by itself.
        """
        full: dict[int, int] = {}
        alone: list[tuple[int, int]] = []
        for other in candidates:
            if self.apart and (min(number, other), max(number, other)) in self.apart:
                continue
            root = self.sets.find(other)
            if self.nodes.forms.single[self.nodes.form[other]]:
                alone.append((root, other))
            else:
                full[root] = max(other, full.get(root, other))
        return [*full.items(), *alone]

    def _strange(self, root: int, sharing: set[int]) -> bool:
        """Whether no article of a person is among those that share a name with the surname's: as of most persons."""
        return all(sharing.isdisjoint(self.nodes.articles[m]) for m in self.sets.members(root))

    def _agreement(self, number: int, other: int) -> tuple[float, str]:
        """How much speaks for a surname's being the person of another node: the role, and the story."""
        node, lone = self.nodes.made[number], self.nodes.forms.single[self.nodes.form[other]]
        members = self.sets.members(self.sets.find(other))
        (article,) = node.articles
        articles = set().union(*(self.nodes.made[m].articles for m in members))
        story = self._story(number, other, members, articles)
        stated: frozenset[str] = frozenset()
        if node.roles:
            stated = stated.union(
                *(self.nodes.made[m].roles for m in members if not self.nodes.made[m].form.single_token)
            )
            roles = node.roles & (stated or self.nodes.made[other].roles)
            in_time = any(self.stories.days_apart(article, a) <= THRESHOLDS.days_of_an_office for a in articles)
            if (len(roles) > 1 or roles & ONE_HOLDER) and in_time:
                return story + THRESHOLDS.role_agrees, "surname and role of a full name"
        if not lone and article in articles:
            return 0.0, ""  # a full name of the same article, which the surname there does not mean
        other_office = node.roles & ONE_HOLDER and stated
        return story * (THRESHOLDS.other_office if other_office else 1.0), "surname in the story of a full name"

    def _story(self, number: int, other: int, members: Sequence[int], articles: set[int]) -> float:
        """How much the article of a surname has in common with the nearest ones of a person."""
        (article,) = self.nodes.articles[number]
        near: Iterable[int] = articles
        if len(articles) > THRESHOLDS.lone_neighbours:
            near = sorted(articles, key=lambda a: (abs(a - article), a))[: THRESHOLDS.lone_neighbours]
        shared = [a for a in near if self.stories.share(article, a)]
        if not shared:
            return 0.0
        called = set().union(*(self.called.get(m, set()) for m in members))
        without = {self.sets.find(number), self.sets.find(other)}
        likeness = (
            self.stories.likeness(article, a, without) * (1.0 if a in called else THRESHOLDS.never_alone)
            for a in shared
        )
        return max(likeness)


def _one_gender(surname: Form, full: Form) -> bool:
    """Whether a full name may be that of a woman, where the surname is."""
    return not surname.gender or given_gender(full.name.tokens[0]) in ("", surname.gender)


def join_lone_surnames(
    nodes: Nodes, sets: DisjointSets, apart: set[tuple[int, int]], dates: Sequence[date | None]
) -> list[Edge]:
    """Join surnames with a full name, or with the same surname of another article, where story or role agree.

    dates: of the articles by their number.
    """
    lone: dict[str, list[int]] = defaultdict(list)
    for number in np.flatnonzero(nodes.forms.single[nodes.form] & (nodes.within >= 0)).tolist():
        node = nodes.made[number]
        if node.form.name.tokens and not _called_by_given_name(node):
            lone[node.form.key].append(number)
    full = _full_names(nodes, lone)
    asked = {m for number in chain(*lone.values(), *full.values()) for m in sets.members(sets.find(number))}
    asking, compared = nodes.articles_of(chain(*lone.values())), nodes.articles_of(asked)
    stories = Stories(nodes, sets, dates, asking, compared)
    names = _Names(nodes, sets, apart, stories, _articles_by_surname(nodes))
    return [edge for key in sorted(lone) for edge in _joined(lone[key], full[key], names)]


def _called_by_given_name(node: Node) -> bool:
    """Whether one word is the given name of somebody's relative: `Kask's son Hunter`."""
    given = node.form.name.tokens[-1] in column("given_names", "name", "gender")
    return given and not node.roles.isdisjoint(_KIN)


def _full_names(nodes: Nodes, lone: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The nodes of full names that each surname may stand for."""
    surnames = {key: nodes.made[numbers[0]].form.name for key, numbers in lone.items()}
    by_last: dict[str, list[int]] = {name.tokens[-1]: [] for name in surnames.values()}
    words = nodes.forms.words
    full = np.flatnonzero(nodes.forms.full[nodes.form])
    last = words.last[nodes.form[full]]
    asked = np.isin(last, words.distinct.is_in(list(by_last)).arg_true())
    for number, word in zip(full[asked].tolist(), words.distinct.gather(last[asked]), strict=True):
        by_last[word].append(number)
    return {
        key: by_last[name.tokens[-1]]
        if len(name.tokens) == 1 and not name.generation
        else [n for n in by_last[name.tokens[-1]] if _may_be_called(name, nodes.made[n].form.name)]
        for key, name in surnames.items()
    }


def _may_be_called(surname: Name, name: Name) -> bool:
    return ends_with(surname.tokens, name.tokens) and surname.generation in ("", name.generation)


def _joined(lone: Sequence[int], full: Sequence[int], names: _Names) -> list[Edge]:
    """Edges of the nodes of one surname, each to the likeliest full name, or else to another article's surname."""
    edges: list[Edge] = []
    unnamed: list[int] = []
    for number in lone:
        edge = names.best(number, full)
        if edge is None:
            edge = names.best(number, unnamed[-THRESHOLDS.lone_neighbours :])
            unnamed.append(number)
        if edge is not None and names.sets.join(edge.left, edge.right):
            edges.append(edge)
    return edges


def _articles_by_surname(nodes: Nodes) -> dict[int, set[int]]:
    """For each node the articles that call the person by one word, as by the surname."""
    called: dict[int, set[int]] = defaultdict(set)
    alone = nodes.forms.single[nodes.places & 0xFFFFFFFF]
    for node, article in zip(nodes.meant[alone].tolist(), (nodes.places[alone] >> 32).tolist(), strict=True):
        called[node].add(article)
    return called
