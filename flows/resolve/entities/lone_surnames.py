"""Surnames that their article does not explain: the one person of that surname, or a person of each article."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.article_coreference import ends_with
from flows.resolve.entities.name_nodes import Node
from flows.resolve.entities.name_scoring import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form


class FullNames:
    """Full names of persons by their last and first words."""

    def __init__(self, forms: Iterable[tuple[int, Form]]) -> None:
        self._by_last: dict[str, set[int]] = defaultdict(set)
        self._by_first: dict[str, set[int]] = defaultdict(set)
        self._tokens: dict[int, tuple[str, ...]] = {}
        for number, form in forms:
            if form.group == "PERSON" and not form.single_token and form.name.tokens:
                self._by_last[form.name.tokens[-1]].add(number)
                self._by_first[form.name.tokens[0]].add(number)
                self._tokens[number] = form.name.tokens

    def with_part(self, part: tuple[str, ...]) -> set[int]:
        """Return the full names that end with these words, or where there are none those that begin with them."""
        ended = {n for n in self._by_last.get(part[-1], ()) if ends_with(part, self._tokens[n])}
        return ended or {n for n in self._by_first.get(part[0], ()) if self._tokens[n][: len(part)] == part}


def confined_places(unlinked: Iterable[tuple[int, int]], forms: Sequence[Form]) -> dict[tuple[int, int], int]:
    """Return the places of lone surnames of which there is a full name: each is first a person of its article."""
    full = FullNames(enumerate(forms))
    return {
        (article, form): article
        for article, form in unlinked
        if forms[form].single_token and full.with_part(forms[form].name.tokens)
    }


def join_lone_surnames(nodes: Sequence[Node], sets: DisjointSets, apart: set[tuple[int, int]]) -> list[Edge]:
    """Join surnames that are confined to their article with the only person of that surname, or the foremost."""
    full = FullNames((number, node.form) for number, node in enumerate(nodes))
    edges = []
    for number, node in enumerate(nodes):
        if node.within is None or not node.form.single_token:
            continue
        target, reason = _foremost(full.with_part(node.form.name.tokens), nodes, sets)
        pair = (min(number, target), max(number, target)) if target is not None else None
        if target is not None and pair is not None and pair not in apart:
            sets.join(number, target)
            edges.append(Edge(*pair, 0.8, reason, True))
    return edges


def _foremost(full: set[int], nodes: Sequence[Node], sets: DisjointSets) -> tuple[int | None, str]:
    """Of the persons of one surname the only one, or the one in most of their articles."""
    articles: dict[int, set[int]] = defaultdict(set)
    for node in full:
        articles[sets.find(node)].update(nodes[node].articles)
    if len(articles) == 1:
        return min(full), "surname of the one person in all articles"
    ranked = sorted(articles, key=lambda root: (-len(articles[root]), root))
    total = len(set().union(*articles.values())) if articles else 0
    if total >= THRESHOLDS.foremost_articles and len(articles[ranked[0]]) >= THRESHOLDS.foremost * total:
        return min(n for n in full if sets.find(n) == ranked[0]), "surname of the person whom most articles mean"
    return None, ""
