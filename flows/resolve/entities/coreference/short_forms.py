"""Short forms: names that mean a longer one of their article, and acronyms that mean one long form in all articles."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from flows import lexicons
from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.coreference.article_coreference import PIECE, RENAMED, links_in_article
from flows.resolve.entities.coreference.forms_in_article import FormInArticle, Glosses, Link
from flows.resolve.entities.name_nodes import NamedMention, Node, role_words
from flows.resolve.entities.name_scoring import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form

_BRACKET = re.compile(r"\s?\(\s?[\"“]?$")
_KNOWN_AS = re.compile(
    r"\s?[,(]?\s?(?:(?:also|better|otherwise|commonly)\s)?(?:known|abbreviated|called)\s(?:as|to)\s(?:the\s)?[\"“]?$"
)
_FORMERLY = re.compile(
    r"\s?[,(]\s?(?:née|nee|born|formerly|previously|once|also known as|a\.?k\.?a\.?)(?:\s(?:known as|called))?:?\s$"
)
_ONE_HOLDER = lexicons.word_list("offices_of_one_holder")
_TITLE = re.compile(r"\b(\w{1,12})\.?\s{1,3}$")

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
    glosses = _glosses(mentions, texts)
    links: dict[Place, Link] = {}
    for article, found in by_article.items():
        if len(found) == 1:
            continue
        here = [_in_article(form, at, texts[article]) for form, at in sorted(found.items())]
        for link in links_in_article(here, forms, glosses.get(article, Glosses())):
            circular = follow((article, link.long), links) == link.short
            if (article, link.short) not in links and not circular and _usual(link, forms, articles_of):
                links[article, link.short] = link
    return links


def _in_article(form: int, mentions: Sequence[NamedMention], text: str) -> FormInArticle:
    if len(mentions) == 1 and mentions[0].role is None:  # most names, and nothing to weigh
        only = mentions[0]
        gender = _title_gender(text, only.start) if only.entity_type == "PERSON" else ""
        return FormInArticle(form, only.entity_type, (only.start,), gender)
    persons = [m for m in mentions if m.entity_type == "PERSON"]
    genders = {gender for m in persons for gender in (_title_gender(text, m.start), _role_gender(m.role))} - {""}
    starts = tuple(mention.start for mention in mentions)
    gender = genders.pop() if len(genders) == 1 else ""
    return FormInArticle(form, _majority(mentions), starts, gender, _offices(persons))


def _offices(mentions: Sequence[NamedMention]) -> tuple[tuple[str, int], ...]:
    """Offices of one holder that are stated of a name, each with the first place that states it."""
    first: dict[str, int] = {}
    for mention in mentions:
        for office in role_words(mention.role) & _ONE_HOLDER:
            first.setdefault(office, mention.start)
    return tuple(sorted(first.items()))


def _title_gender(text: str, start: int) -> str:
    """The gender of `Mrs` or `Sir` right before a name, or nothing."""
    title = _TITLE.search(text[max(0, start - 16) : start]) if start else None
    return lexicons.column("honorifics", "word", "gender").get(title.group(1).lower(), "") if title else ""


def _role_gender(role: str | None) -> str:
    """The gender of a role that tells it (`spokeswoman`), or nothing."""
    genders = lexicons.column("roles", "noun", "gender")
    words = role.lower().split() if role else []
    return next((gender for word in words if (gender := genders.get(word, ""))), "")


def _glosses(mentions: Sequence[NamedMention], texts: Sequence[str]) -> dict[int, Glosses]:
    """By article, pairs of neighbouring names of which the text says that they are one."""
    defined: dict[int, set[tuple[int, int]]] = defaultdict(set)
    renamed: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for one, other in pairwise(mentions):
        if one.article != other.article or not 0 <= other.start - one.end <= THRESHOLDS.gloss_characters:
            continue
        between = texts[one.article][one.end : other.start]
        if _BRACKET.match(between) or (one.entity_type != "PERSON" and _KNOWN_AS.match(between)):
            defined[one.article].add((one.form, other.form))
        elif one.entity_type == other.entity_type == "PERSON" and _FORMERLY.match(between):
            renamed[one.article].add((one.form, other.form))
    return {
        article: Glosses(tuple(sorted(defined.get(article, ()))), tuple(sorted(renamed.get(article, ()))))
        for article in defined.keys() | renamed.keys()
    }


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
    unexplained = {(n.form.group, n.form.key): number for number, n in enumerate(nodes) if n.within < 0}
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


def join_former_names(
    nodes: Sequence[Node],
    node_of: Mapping[Place, int],
    forms: Sequence[Form],
    links: Mapping[Place, Link],
    sets: DisjointSets,
    apart: set[tuple[int, int]],
) -> list[Edge]:
    """Join the names that a person had before with the one that an article says they have now, everywhere."""
    by_key = {node.form.key: number for number, node in enumerate(nodes) if node.form.group == "PERSON"}
    edges = []
    for (article, before), link in sorted(links.items()):
        if link.reason != RENAMED:
            continue
        now = node_of[article, before]
        tokens = forms[before].name.tokens
        given = nodes[now].form.name.tokens[:1]
        key = forms[before].key if not forms[before].single_token else " ".join((*given, *tokens))
        node = by_key.get(key)
        if node is not None and node != now and _pair(node, now) not in apart and sets.join(node, now):
            edges.append(Edge(*_pair(node, now), link.score, "former name that an article gives", True))
    return edges
