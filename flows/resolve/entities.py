"""Mentions of all articles to entities: within an article first, then across articles, then with ids that last."""

import gc
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.carry import CarriedIds, Parent, carry_ids
from flows.resolve.clustering import Clusters
from flows.resolve.forms import Form, class_of, form_of
from flows.resolve.judgements import Decision, of_table, refuse_unmatched
from flows.resolve.known import Entry
from flows.resolve.matching import Edge, Node, match
from flows.resolve.moved import with_moved, with_revised
from flows.resolve.names import folded
from flows.resolve.profiles import Profile, Seen, profile
from flows.resolve.within import PIECE, Link, Local, ends_with, links_within
from flows.settings import ResolveSettings
from schemas import ids
from schemas.entities import Entities, EntityMentions
from schemas.rejects import ResolutionEdges
from schemas.stages import FoundMentions
from schemas.vocab import Judgement, MentionType

TABLE = "entity_mentions"

TOGETHER = 0.6
"""Share of the articles with a short name that must have the longer one too before it can stand for it."""

FOREMOST = 0.75
"""Share of the articles with persons of one surname from which one of them is meant by the surname alone."""

_BRACKET = re.compile(r"\s?\(\s?[\"“]?$")


@dataclass(frozen=True)
class EntityResolution:
    """Entities, their mentions, why they are one, and how the parent's ids go on.

    carried: `ids` by cluster and `redirects` of retired entity ids (retired_id, current_id).
    """

    entities: DataFrame[Entities]
    mentions: DataFrame[EntityMentions]
    edges: DataFrame[ResolutionEdges]
    carried: CarriedIds


@dataclass
class _Names:
    """Named mentions in order, a list a column; `node` and `article` are numbers."""

    mention: list[str]
    article: list[int]
    start: list[int]
    end: list[int]
    surface: list[str]
    kind: list[str]
    role: list[str | None]
    node: list[int]


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
    table = _numbered(articles, found_mentions)
    texts = dict(articles.select("article_id", "text").iter_rows())
    names, nodes, article_ids = _names(table)
    links = _links(names, nodes, [texts[a] for a in article_ids])
    assigned = {(article, link.short): link for article, found in links.items() for link in found}
    clusters = Clusters(len(nodes))
    edges = _judged(names, of_table(judgements, TABLE), clusters, parent)
    apart = {(min(e.left, e.right), max(e.left, e.right)) for e in edges if not e.joined}
    edges += _acronyms(nodes, links, clusters, apart)
    free = _free(names, nodes, assigned)
    edges += match(nodes, free, clusters, apart, settings.entity_threshold)
    lone = _surnames_across(nodes, names, assigned, clusters, apart)
    edges += lone.edges
    unit_of = _units(names, assigned, clusters, lone.alone)
    return _tables(articles, table, names, nodes, unit_of, assigned, edges, parent, version)


def _numbered(articles: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Mentions in order of time and place, with the mention id: `rank` counts from the first evidence."""
    dates = articles.select("article_id", "published_on")
    ordered = (
        found.join(dates, on="article_id", how="left")
        .sort("published_on", "article_id", "start_char", "end_char", nulls_last=True)
        .drop("published_on")
        .with_row_index("rank")
    )
    minted = [
        ids.mention_id(article, start, end)
        for article, start, end in ordered.select("article_id", "start_char", "end_char").iter_rows()
    ]
    return ordered.with_columns(mention_id=pl.Series(minted, dtype=pl.String))


def _names(table: pl.DataFrame) -> tuple[_Names, list[Node], list[str]]:
    """Named mentions with their nodes; nodes are numbered by group and key, articles by their order in time."""
    named = table.filter(pl.col("mention_type") == MentionType.NAME)
    article_ids = table["article_id"].unique(maintain_order=True).to_list()
    number = {article: i for i, article in enumerate(article_ids)}
    surfaces, kinds = named["surface"].to_list(), named["entity_type"].to_list()
    forms: dict[tuple[str, str], Form] = {}
    for surface, kind in zip(surfaces, kinds, strict=True):
        if (class_of(kind), surface) not in forms:
            forms[class_of(kind), surface] = form_of(surface, kind)
    kept: dict[tuple[str, str], Form] = {}
    for _, form in sorted(forms.items(), key=lambda item: (item[0][1], item[0][0])):
        kept.setdefault((form.group, form.key), form)
    order = sorted(kept)
    node_number = {key: i for i, key in enumerate(order)}
    nodes = [Node(kept[key]) for key in order]
    names = _Names(
        named["mention_id"].to_list(),
        [number[a] for a in named["article_id"].to_list()],
        named["start_char"].to_list(),
        named["end_char"].to_list(),
        surfaces,
        kinds,
        named["role"].to_list(),
        [],
    )
    for surface, kind, article, role in zip(surfaces, kinds, names.article, names.role, strict=True):
        form = forms[class_of(kind), surface]
        node = node_number[form.group, form.key]
        names.node.append(node)
        nodes[node].articles.add(article)
        if role:
            nodes[node].roles |= frozenset(w for w in folded(role).split() if len(w) > 2)
    return names, nodes, article_ids


def _links(names: _Names, nodes: Sequence[Node], texts: Sequence[str]) -> dict[int, list[Link]]:
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


def _acronyms(
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


def _judged(names: _Names, decisions: Sequence[Decision], clusters: Clusters, parent: Parent | None) -> list[Edge]:
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


def _free(names: _Names, nodes: Sequence[Node], assigned: dict[tuple[int, int], Link]) -> list[int]:
    """Nodes that stand for themselves in some article and can be compared: reviewed entities and lone surnames
    are settled otherwise.
    """
    own = {node for article, node in zip(names.article, names.node, strict=True) if (article, node) not in assigned}
    return [
        n for n in sorted(own) if nodes[n].form.entry is None and not nodes[n].form.lone and nodes[n].form.name.tokens
    ]


@dataclass(frozen=True)
class _Lone:
    """Lone surnames across articles: edges to the one full name, and nodes that are one entity an article."""

    edges: list[Edge]
    alone: set[int]


def _surnames_across(
    nodes: Sequence[Node],
    names: _Names,
    assigned: dict[tuple[int, int], Link],
    clusters: Clusters,
    apart: set[tuple[int, int]],
) -> _Lone:
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
    return _Lone(edges, alone)


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


def _units(
    names: _Names,
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


def _tables(
    articles: pl.DataFrame,
    table: pl.DataFrame,
    names: _Names,
    nodes: Sequence[Node],
    unit_of: Sequence[tuple[int, int]],
    assigned: dict[tuple[int, int], Link],
    edges: Sequence[Edge],
    parent: Parent | None,
    version: str,
) -> EntityResolution:
    number = {unit: i for i, unit in enumerate(sorted(set(unit_of)))}
    members = _members(table, dict(zip(names.mention, (number[u] for u in unit_of), strict=True)))
    reviewed = _reviewed(names, nodes, unit_of, number)
    profiles = _profiles(names, unit_of, number, reviewed)
    carried = _carried(articles, members, profiles, parent)
    entity_of = dict(carried.ids.select("cluster", "id").iter_rows())
    since = dict(carried.ids.select("cluster", "since_version").iter_rows())
    entities = _entities(members, reviewed, profiles, entity_of, since, version)
    return EntityResolution(
        entities,
        _mentions(members, profiles, entity_of),
        _edges(members, names, unit_of, assigned, edges),
        carried,
    )


def _members(table: pl.DataFrame, cluster_of: dict[str, int]) -> pl.DataFrame:
    """All mentions with their cluster: names by what they resolved to, others by their antecedent."""
    names = table.filter(pl.col("mention_type") == MentionType.NAME).with_columns(
        cluster=pl.col("mention_id").replace_strict(cluster_of, return_dtype=pl.Int64),
        antecedent_id=pl.lit(None, pl.String),
    )
    at = ["article_id", "start_char", "end_char"]
    others = (
        table.filter(pl.col("mention_type") != MentionType.NAME)
        .join(
            names.select(*at, "cluster", antecedent_id="mention_id", antecedent_type="entity_type"),
            left_on=["article_id", "antecedent_start_char", "antecedent_end_char"],
            right_on=at,
            how="inner",
        )
        .select(names.columns)
    )
    return pl.concat([names, others]).sort("rank")


def _profiles(
    names: _Names,
    unit_of: Sequence[tuple[int, int]],
    number: dict[tuple[int, int], int],
    reviewed: Sequence[Entry | None],
) -> list[Profile]:
    seen: list[list[Seen]] = [[] for _ in number]
    for order, unit in enumerate(unit_of):
        cluster = number[unit]
        seen[cluster].append(
            Seen(names.surface[order], names.kind[order], names.article[order], order, names.role[order])
        )
    return [profile(s, e) for s, e in zip(seen, reviewed, strict=True)]


def _reviewed(
    names: _Names, nodes: Sequence[Node], unit_of: Sequence[tuple[int, int]], number: dict[tuple[int, int], int]
) -> list[Entry | None]:
    """The reviewed entity that a cluster is, where one of its names is known."""
    found: list[Entry | None] = [None] * len(number)
    for node, unit in zip(names.node, unit_of, strict=True):
        for known in (nodes[unit[0]].form.entry, nodes[node].form.entry):
            if known is not None and found[number[unit]] is None:
                found[number[unit]] = known
    return found


def _carried(
    articles: pl.DataFrame, members: pl.DataFrame, profiles: Sequence[Profile], parent: Parent | None
) -> CarriedIds:
    own = members.select("cluster", pl.col("mention_id").alias("member_id"), "rank")
    if parent is None:
        return carry_ids(own, None, ids.entity_id)
    place = [
        pl.col("mention_id").alias("member_id"),
        "article_id",
        "start_char",
        "end_char",
        pl.col("surface").alias("words"),
    ]
    before, now = parent.entity_mentions.select(place), members.select(place)
    old = with_revised(with_moved(parent.entity_members(), before, now), before, now, articles)
    keys = pl.DataFrame({"cluster": range(len(profiles)), "key": [_carry_key(p.entity_type, p.name) for p in profiles]})
    old_keys = parent.entities.select(
        pl.col("entity_id").alias("id"),
        pl.struct("entity_type", "name")
        .map_elements(lambda e: _carry_key(e["entity_type"], e["name"]), return_dtype=pl.String)
        .alias("key"),
    )
    return carry_ids(
        own,
        old,
        ids.entity_id,
        keys=keys,
        parent_keys=old_keys,
        retired=parent.retired("entities"),
    )


def _carry_key(entity_type: str, name: str) -> str:
    return f"{class_of(entity_type)}:{folded(name)}"


def _entities(
    members: pl.DataFrame,
    reviewed: Sequence[Entry | None],
    profiles: Sequence[Profile],
    entity_of: dict[int, str],
    since: dict[int, str | None],
    version: str,
) -> DataFrame[Entities]:
    cluster_of_key = {entry.key: cluster for cluster, entry in enumerate(reviewed) if entry is not None}
    counts = {
        cluster: (mentions, articles)
        for cluster, mentions, articles in members.group_by("cluster")
        .agg(pl.len(), pl.col("article_id").n_unique().alias("articles"))
        .iter_rows()
    }
    order = range(len(profiles))
    stands = [cluster_of_key.get(entry.stands_for) if entry is not None else None for entry in reviewed]
    columns = {
        "entity_id": [entity_of[cluster] for cluster in order],
        "name": [about.name for about in profiles],
        "entity_type": [about.entity_type for about in profiles],
        "country_code": [(entry.country_code or None) if entry is not None else None for entry in reviewed],
        "wikidata_id": [(entry.wikidata_id or None) if entry is not None else None for entry in reviewed],
        "description": [about.description for about in profiles],
        "stands_for": [entity_of[state] if state is not None else None for state in stands],
        "mention_count": [counts[cluster][0] for cluster in order],
        "article_count": [counts[cluster][1] for cluster in order],
        "since_version": [since[cluster] or version for cluster in order],
    }
    schema = {name: column.dtype.type for name, column in Entities.to_schema().columns.items()}
    flat = pl.DataFrame(columns, schema={name: kind for name, kind in schema.items() if name != "aliases"})
    aliases = _lists(flat["entity_id"].to_list(), [about.aliases for about in profiles])
    return DataFrame[Entities](flat.join(aliases, on="entity_id").select(list(schema)).sort("entity_id"))


def _lists(keys: Sequence[object], values: Sequence[Sequence[str]]) -> pl.DataFrame:
    """A frame of entity_id and its aliases, built flat: polars makes a series of each list otherwise."""
    flat = pl.DataFrame(
        {
            "entity_id": [key for key, found in zip(keys, values, strict=True) for _ in found],
            "aliases": [alias for found in values for alias in found],
        },
        schema={"entity_id": pl.String, "aliases": pl.String},
    )
    return flat.group_by("entity_id", maintain_order=True).agg("aliases")


def _mentions(
    members: pl.DataFrame, profiles: Sequence[Profile], entity_of: dict[int, str]
) -> DataFrame[EntityMentions]:
    kinds = {cluster: about.entity_type for cluster, about in enumerate(profiles)}
    frame = members.select(
        "mention_id",
        "article_id",
        "start_char",
        "end_char",
        "surface",
        "mention_type",
        entity_type=pl.col("cluster").replace_strict(kinds, return_dtype=pl.String),
        entity_id=pl.col("cluster").replace_strict(entity_of, return_dtype=pl.String),
    )
    return DataFrame[EntityMentions](frame.sort("article_id", "start_char", "end_char", "mention_id"))


def _edges(
    members: pl.DataFrame,
    names: _Names,
    unit_of: Sequence[tuple[int, int]],
    assigned: dict[tuple[int, int], Link],
    edges: Sequence[Edge],
) -> DataFrame[ResolutionEdges]:
    """Positive edges that span every entity, and the pairs that were refused."""
    first_local: dict[tuple[int, int], str] = {}
    first: dict[tuple[int, tuple[int, int]], str] = {}
    rows: list[tuple[str, str, str, float, str]] = []

    def add(a: str, b: str, score: float, reason: str, positive: bool = True) -> None:
        judgement = Judgement.POSITIVE if positive else Judgement.NEGATIVE
        rows.append((min(a, b), max(a, b), judgement, score, reason))

    anchors: dict[int, str] = {}
    for mention, article, node, unit in zip(names.mention, names.article, names.node, unit_of, strict=True):
        if (article, node) in first_local:
            add(mention, first_local[article, node], 1.0, "same name in one article")
            continue
        first_local[article, node] = mention
        if (article, node) not in assigned:
            if (node, unit) in first:
                add(mention, first[node, unit], 1.0, "same name")
            else:
                first[node, unit] = mention
            anchors.setdefault(node, mention)
    for (article, node), link in sorted(assigned.items()):
        add(first_local[article, node], first_local[article, link.long], link.score, link.reason)
    everywhere = dict(anchors)
    for mention, node in zip(names.mention, names.node, strict=True):
        everywhere.setdefault(node, mention)
    for edge in edges:
        add(everywhere[edge.left], everywhere[edge.right], edge.score, edge.reason, edge.joined)
    for mention, antecedent in (
        members.filter(pl.col("antecedent_id").is_not_null()).select("mention_id", "antecedent_id").iter_rows()
    ):
        add(mention, antecedent, 0.9, "antecedent in the text")
    frame = pl.DataFrame(
        rows,
        schema={
            "left_id": pl.String,
            "right_id": pl.String,
            "judgement": pl.String,
            "score": pl.Float64,
            "reason": pl.String,
        },
        orient="row",
    ).select(pl.lit(TABLE).alias("table"), pl.all())
    unique = frame.unique(["left_id", "right_id"], keep="first", maintain_order=True)
    return DataFrame[ResolutionEdges](unique.sort("table", "left_id", "right_id"))
