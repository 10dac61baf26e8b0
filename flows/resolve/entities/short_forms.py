"""Short forms: names that mean a longer one of their article, and surnames that mean one person in all articles."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flows.resolve.clustering import Clusters
from flows.resolve.entities.article_coreference import PIECE, Link, Local, ends_with, links_within
from flows.resolve.entities.name_nodes import Names
from flows.resolve.entities.name_scoring import Edge, Node

TOGETHER = 0.6
"""Share of the articles with a short name that must have the longer one too before it can stand for it."""

FOREMOST = 0.75
"""Share of the articles with persons of one surname from which one of them is meant by the surname alone."""

_BRACKET = re.compile(r"\s?\(\s?[\"“]?$")


def links_of(names: Names, nodes: Sequence[Node], texts: Sequence[str]) -> dict[int, list[Link]]:
    """Short forms that mean a longer one, by article."""
    by_article: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    brackets: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for i, (article, node) in enumerate(zip(names.article, names.node, strict=True)):
        by_article[article][node].append(i)
        if i + 1 < len(names.node) and names.article[i + 1] == article:
            between = texts[article][names.end[i] : names.start[i + 1]]
            if len(between) <= 4 and _BRACKET.match(between):
                brackets[article].add((node, names.node[i + 1]))
    forms = [n.form for n in nodes]
    out = {}
    for article, rows in by_article.items():
        if len(rows) > 1:
            locals_ = [
                Local(node, _majority(names.kind[i] for i in at), tuple(names.start[i] for i in at))
                for node, at in sorted(rows.items())
            ]
            found = [link for link in links_within(locals_, forms, sorted(brackets[article])) if _usual(link, nodes)]
            if found:
                out[article] = found
    return out


def _usual(link: Link, nodes: Sequence[Node]) -> bool:
    """Whether a part of a name may stand for the whole: not where the part stands alone in most of its articles."""
    short, long = nodes[link.short], nodes[link.long]
    if link.reason != PIECE or long.form.entry is not None:
        return True
    return len(short.articles & long.articles) >= TOGETHER * len(short.articles)


def acronyms(
    nodes: Sequence[Node], links: dict[int, list[Link]], clusters: Clusters, apart: set[tuple[int, int]]
) -> list[Edge]:
    """Acronyms that mean one long form in every article that says so mean it everywhere."""
    meant: dict[int, set[int]] = defaultdict(set)
    for found in links.values():
        for link in found:
            if (
                nodes[link.short].form.name.acronym
                and nodes[link.short].form.entry is None
                and len(nodes[link.short].form.name.acronym) > 2
            ):
                meant[link.short].add(link.long)
    edges = []
    for short, longs in sorted(meant.items()):
        long = min(longs)
        if len({clusters.find(x) for x in longs}) == 1 and (min(short, long), max(short, long)) not in apart:
            clusters.join(short, long)
            edges.append(Edge(min(short, long), max(short, long), 0.95, "acronym defined in an article", True))
    return edges


def _majority(kinds: object) -> str:
    counts = Counter(kinds)  # type: ignore[call-overload]
    return min(counts, key=lambda k: (-counts[k], k))


@dataclass(frozen=True)
class Lone:
    """Lone surnames across articles: edges to the one full name, and nodes that are one entity an article."""

    edges: list[Edge]
    alone: set[int]


def surnames_across(
    nodes: Sequence[Node],
    names: Names,
    assigned: dict[tuple[int, int], Link],
    clusters: Clusters,
    apart: set[tuple[int, int]],
) -> Lone:
    """A surname that its article does not explain is the one person of that surname in all articles, or the one
    whom most articles with that surname are about; otherwise it is a person of its own in each article.
    """
    by_last, by_first = defaultdict(set), defaultdict(set)
    for number, node in enumerate(nodes):
        if node.form.group == "PERSON" and not node.form.lone and node.form.name.tokens:
            by_last[node.form.name.tokens[-1]].add(number)
            by_first[node.form.name.tokens[0]].add(number)
    open_ = {n for a, n in zip(names.article, names.node, strict=True) if nodes[n].form.lone and (a, n) not in assigned}
    edges, alone = [], set()
    for number in sorted(open_):
        part = nodes[number].form.name.tokens
        full = {n for n in by_last.get(part[-1], ()) if ends_with(part, nodes[n].form.name.tokens)} or {
            n for n in by_first.get(part[0], ()) if nodes[n].form.name.tokens[: len(part)] == part
        }
        target, reason = _foremost(full, nodes, clusters)
        if target is not None and (min(number, target), max(number, target)) not in apart:
            clusters.join(number, target)
            edges.append(Edge(min(number, target), max(number, target), 0.8, reason, True))
        elif full:
            alone.add(number)
    return Lone(edges, alone)


def _foremost(full: set[int], nodes: Sequence[Node], clusters: Clusters) -> tuple[int | None, str]:
    """Of the persons of one surname the only one, or the one in at least FOREMOST of their articles."""
    articles: dict[int, set[int]] = defaultdict(set)
    for node in full:
        articles[clusters.find(node)].update(nodes[node].articles)
    if len(articles) == 1:
        return min(full), "surname of the one person in all articles"
    ranked = sorted(articles, key=lambda root: (-len(articles[root]), root))
    total = len(set().union(*articles.values())) if articles else 0
    if total >= 3 and len(articles[ranked[0]]) >= FOREMOST * total:
        best = min(n for n in full if clusters.find(n) == ranked[0])
        return best, "surname of the person whom most articles mean"
    return None, ""
