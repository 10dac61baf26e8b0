"""Mentions of all articles to entities: within an article first, then across articles, then with ids that last."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.clustering import Clusters
from flows.resolve.entities.article_coreference import Link
from flows.resolve.entities.entity_edges import TABLE
from flows.resolve.entities.entity_tables import EntityResolution, tables
from flows.resolve.entities.name_nodes import Names, names_of, numbered
from flows.resolve.entities.name_scoring import Edge, Node, match
from flows.resolve.entities.short_forms import acronyms, links_of, surnames_across
from flows.resolve.identity.carry_ids import Parent
from flows.resolve.judgements.read_judgements import Decision, of_table, refuse_unmatched
from flows.settings import ResolveSettings
from schemas.intermediate import FoundMentions

__all__ = ["EntityResolution", "resolve_entities"]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without cyclic garbage collection: millions of live names make each of its passes long and fruitless."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def resolve_entities(
    articles: pl.DataFrame,
    found_mentions: DataFrame[FoundMentions],
    parent: Parent | None,
    judgements: Sequence[Decision],
    settings: ResolveSettings,
    version: str,
) -> EntityResolution:
    """Entities of all articles. The result does not depend on the order of rows.

    articles: article_id, text, published_on, revision_of. judgements: `read_judgements`; those of entities come
    before any score. Raises SettingsError where one of them names nothing in these articles.
    """
    with _collector_paused():
        return _resolved(articles, found_mentions, parent, judgements, settings, version)


def _resolved(
    articles: pl.DataFrame,
    found_mentions: pl.DataFrame,
    parent: Parent | None,
    judgements: Sequence[Decision],
    settings: ResolveSettings,
    version: str,
) -> EntityResolution:
    table = numbered(articles, found_mentions)
    texts = dict(articles.select("article_id", "text").iter_rows())
    names, nodes, article_ids = names_of(table)
    links = links_of(names, nodes, [texts[a] for a in article_ids])
    assigned = {(article, link.short): link for article, found in links.items() for link in found}
    clusters = Clusters(len(nodes))
    edges = _judged(names, of_table(judgements, TABLE), clusters, parent)
    apart = {(min(e.left, e.right), max(e.left, e.right)) for e in edges if not e.joined}
    edges += acronyms(nodes, links, clusters, apart)
    free = _free(names, nodes, assigned)
    edges += match(nodes, free, clusters, apart, settings.entity_threshold)
    lone = surnames_across(nodes, names, assigned, clusters, apart)
    edges += lone.edges
    unit_of = _units(names, assigned, clusters, lone.alone)
    return tables(articles, table, names, nodes, unit_of, assigned, edges, parent, version)


def _judged(names: Names, decisions: Sequence[Decision], clusters: Clusters, parent: Parent | None) -> list[Edge]:
    """Edges of the human decisions, joined at once; sides that are nowhere are refused."""
    if not decisions:
        return []
    by_surface: dict[tuple[str, str], set[int]] = defaultdict(set)
    by_mention = dict(zip(names.mention, names.node, strict=True))
    for surface, kind, node in zip(names.surface, names.kind, names.node, strict=True):
        by_surface[kind, surface].add(node)
    members = {} if parent is None else _nodes_of_ids(parent, by_mention)

    def side(text: str) -> set[int]:
        kind, _, surface = text.partition(":")
        return members.get(text, set()) or by_surface.get((kind, surface), set())

    refuse_unmatched([d for d in decisions if not side(d.left) or not side(d.right)])
    edges = []
    for decision in decisions:
        for a in sorted(side(decision.left)):
            for b in sorted(side(decision.right)):
                if a != b:
                    edges.append(Edge(min(a, b), max(a, b), float(decision.same), "judgement", decision.same))
                    if decision.same:
                        clusters.join(a, b)
    return list(dict.fromkeys(edges))


def _nodes_of_ids(parent: Parent, by_mention: dict[str, int]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for mention, entity in parent.entity_members().select("member_id", "id").iter_rows():
        if mention in by_mention:
            found[entity].add(by_mention[mention])
    return found


def _free(names: Names, nodes: Sequence[Node], assigned: dict[tuple[int, int], Link]) -> list[int]:
    """Nodes that stand for themselves in some article and can be compared: reviewed entities and lone surnames
    are settled otherwise.
    """
    own = {node for article, node in zip(names.article, names.node, strict=True) if (article, node) not in assigned}
    return [
        n for n in sorted(own) if nodes[n].form.entry is None and not nodes[n].form.lone and nodes[n].form.name.tokens
    ]


def _units(
    names: Names,
    assigned: dict[tuple[int, int], Link],
    clusters: Clusters,
    alone: set[int],
) -> list[tuple[int, int]]:
    """For each named mention its entity as (root node, article or -1): links first, then the node's cluster."""
    units = []
    for article, node in zip(names.article, names.node, strict=True):
        at, seen = node, {node}
        while (article, at) in assigned and assigned[article, at].long not in seen:
            at = assigned[article, at].long
            seen.add(at)
        units.append((clusters.find(at), article if at in alone else -1))
    return units
