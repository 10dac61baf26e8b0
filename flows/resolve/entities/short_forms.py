"""Short forms: names that mean a longer one of their article, and acronyms that mean one long form in all articles."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.article_coreference import PIECE, FormInArticle, Link, links_in_article
from flows.resolve.entities.name_nodes import NamedMention, Node
from flows.resolve.entities.name_scoring import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form

_BRACKET = re.compile(r"\s?\(\s?[\"“]?$")
_LONGEST_BRACKET = 4

Place = tuple[int, int]
"""Article and form."""


def link_short_forms(
    mentions: Sequence[NamedMention], forms: Sequence[Form], texts: Sequence[str]
) -> dict[Place, Link]:
    """Link short forms to the longer ones of their article; by place, at most one link a place."""
    by_article: dict[int, dict[int, list[NamedMention]]] = defaultdict(lambda: defaultdict(list))
    articles_of: dict[int, set[int]] = defaultdict(set)
    for mention in mentions:
        by_article[mention.article][mention.form].append(mention)
        articles_of[mention.form].add(mention.article)
    brackets = _brackets(mentions, texts)
    links: dict[Place, Link] = {}
    for article, found in by_article.items():
        if len(found) == 1:
            continue
        here = [
            FormInArticle(form, _majority(at), tuple(mention.start for mention in at))
            for form, at in sorted(found.items())
        ]
        for link in links_in_article(here, forms, sorted(brackets.get(article, ()))):
            circular = follow((article, link.long), links) == link.short
            if not circular and _usual(link, forms, articles_of):
                links[article, link.short] = link
    return links


def _brackets(mentions: Sequence[NamedMention], texts: Sequence[str]) -> dict[int, set[tuple[int, int]]]:
    """By article, the forms of two names of which the second stands in brackets after the first."""
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for at in range(len(mentions) - 1):
        one, other = mentions[at], mentions[at + 1]
        near = one.article == other.article and 0 <= other.start - one.end <= _LONGEST_BRACKET
        if near and _BRACKET.match(texts[one.article][one.end : other.start]):
            found[one.article].add((one.form, other.form))
    return found


def _majority(mentions: Sequence[NamedMention]) -> str:
    counts = Counter(mention.entity_type for mention in mentions)
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _usual(link: Link, forms: Sequence[Form], articles_of: Mapping[int, set[int]]) -> bool:
    """Whether a part of a name may stand for the whole: not where the part stands alone in most of its articles."""
    if link.reason != PIECE or forms[link.long].reference is not None:
        return True
    short, long = articles_of[link.short], articles_of[link.long]
    return len(short & long) >= THRESHOLDS.together * len(short)


def follow(place: Place, links: Mapping[Place, Link]) -> int:
    """Return the form that a place means, at the end of its chain of links."""
    article, form = place
    seen = {form}
    while (article, form) in links and links[article, form].long not in seen:
        form = links[article, form].long
        seen.add(form)
    return form


def join_acronyms(
    nodes: Sequence[Node],
    node_of: Mapping[Place, int],
    forms: Sequence[Form],
    links: Mapping[Place, Link],
    sets: DisjointSets,
    apart: set[tuple[int, int]],
) -> list[Edge]:
    """Join acronyms with the one long form that they mean in every article that says so, in all other articles."""
    meant: dict[int, set[int]] = defaultdict(set)
    for article, short in links:
        name, reference = forms[short].name, forms[short].reference
        if reference is None and len(name.acronym) > 2:
            meant[short].add(node_of[article, short])
    unexplained = {(node.form.group, node.form.key): number for number, node in enumerate(nodes)}
    edges = []
    for short, longs in sorted(meant.items()):
        node, long = unexplained.get((forms[short].group, forms[short].key)), min(longs)
        if node is None or len({sets.find(x) for x in longs}) != 1 or _pair(node, long) in apart:
            continue
        sets.join(node, long)
        edges.append(Edge(*_pair(node, long), 0.95, "acronym defined in an article", True))
    return edges


def _pair(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)
