"""Mentions of all articles to entities: within an article first, then across articles, then with ids that last."""

from collections.abc import Sequence

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.coreference.lone_surnames import join_lone_surnames
from flows.resolve.entities.coreference.short_forms import follow, join_explained_names, link_short_forms
from flows.resolve.entities.coreference.titles import with_couples_told_apart
from flows.resolve.entities.mentions import named_mentions, number_mentions
from flows.resolve.entities.name_nodes import make_nodes
from flows.resolve.entities.pairs.decide_pairs import EDGES
from flows.resolve.entities.pairs.join_bodies import join_state_bodies
from flows.resolve.entities.pairs.judged_names import judged_pairs_of_nodes, judged_sides, namesake_senses
from flows.resolve.entities.pairs.name_scoring import join_alike_names
from flows.resolve.entities.senses.find_senses import find_senses
from flows.resolve.entities.senses.namesake_persons import told_apart_senses
from flows.resolve.entities.tables.entity_edges import TABLE
from flows.resolve.entities.tables.entity_tables import EntityResolution, make_tables
from flows.resolve.entities.tables.resolved_names import ResolvedNames, places_of
from flows.resolve.identity.carry_ids import Parent
from flows.resolve.judgements.read_judgements import Decision, of_table
from flows.runtime.environment import collector_paused
from flows.settings import ResolveSettings
from schemas.intermediate import FoundMentions

__all__ = ["EntityResolution", "resolve_entities"]


def resolve_entities(
    articles: pl.DataFrame,
    found_mentions: DataFrame[FoundMentions],
    parent: Parent | None,
    judgements: Sequence[Decision],
    settings: ResolveSettings,
    version: str,
) -> EntityResolution:
    """Resolve the mentions of all articles to entities. The result does not depend on the order of rows.

    articles: article_id, text, published_on, revision_of. judgements: `read_judgements`; those of entities come
    before any score. Raises SettingsError where one of them names nothing in these articles.
    """
    with collector_paused():
        return _resolve(
            articles, found_mentions, parent, of_table(judgements, TABLE), settings.entity_threshold, version
        )


def _resolve(
    articles: pl.DataFrame,
    found_mentions: DataFrame[FoundMentions],
    parent: Parent | None,
    decisions: Sequence[Decision],
    threshold: float,
    version: str,
) -> EntityResolution:
    """By itself, so that all names are gone before the collector would go through each of them."""
    table = number_mentions(articles, found_mentions)
    names = _resolve_names(articles, table, parent, decisions, threshold)
    return make_tables(articles, table, names, parent, version)


def _resolve_names(
    articles: pl.DataFrame,
    table: pl.DataFrame,
    parent: Parent | None,
    decisions: Sequence[Decision],
    threshold: float,
) -> ResolvedNames:
    mentions, forms = named_mentions(table)
    about = {row[0]: row for row in articles.select("article_id", "text", "published_on").iter_rows()}
    in_order = [about[article] for article in table["article_id"].unique(maintain_order=True)]
    texts, dates = [text for _, text, _ in in_order], [day for _, _, day in in_order]
    mentions, forms = with_couples_told_apart(mentions, forms, texts)
    links = link_short_forms(mentions, forms, texts)
    meaning = {place: follow(place, links) for place in links}
    sides = judged_sides(decisions, mentions, meaning, [article for article, _, _ in in_order], parent)
    senses = find_senses(mentions, forms, texts, meaning)
    senses |= told_apart_senses(mentions, forms, texts, dates, meaning, table)
    senses |= namesake_senses(decisions, sides, mentions, meaning)
    nodes = make_nodes(mentions, forms, meaning, senses)
    sets = DisjointSets(len(nodes))
    edges = judged_pairs_of_nodes(decisions, sides, nodes)
    for edge in edges:
        if edge.joined:
            sets.join(edge.left, edge.right)
    apart = {(edge.left, edge.right) for edge in edges if not edge.joined}
    edges += join_state_bodies(nodes, sets, apart)
    edges += join_explained_names(nodes, links, sets, apart)
    alike = join_alike_names(nodes, sets, apart, threshold)
    alone = join_lone_surnames(nodes, sets, apart, dates)
    decided = pl.concat([pl.DataFrame(edges, EDGES, orient="row"), alike, pl.DataFrame(alone, EDGES, orient="row")])
    roots = sets.roots()
    return ResolvedNames(places_of(mentions, nodes, roots), nodes, roots, links, decided)
