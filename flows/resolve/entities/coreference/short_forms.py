"""Short forms: names that mean a longer one of their article, and acronyms that mean one long form in all articles."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from flows import lexicons
from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.coreference.article_coreference import links_in_article
from flows.resolve.entities.coreference.body_links import PIECE
from flows.resolve.entities.coreference.forms_in_article import FormInArticle, Glosses, Link
from flows.resolve.entities.coreference.person_links import RENAMED
from flows.resolve.entities.name_nodes import ONE_HOLDER, NamedMention, Node, Place, role_words
from flows.resolve.entities.name_scoring import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form

_BRACKET = re.compile(r"\s?\(\s?[\"“]?$")
_ENDS = re.compile(r"[\"”’']{0,2}\s?(?:[),;:/]|or\b|and\b|in\b|$)")
"""What follows a name in brackets that is another one of what stands before them: not `the Lake Army (AP Photo/…`."""
_KNOWN_AS = re.compile(
    r"\s?[,(]?\s?(?:(?:also|better|otherwise|commonly)\s)?(?:known|abbreviated|called)\s(?:as|to)\s(?:the\s)?[\"“]?$"
)
_FORMERLY = re.compile(
    r"\s?[,(]\s?(?:(?:who|and)\s(?:was|is)\s)?"
    r"(?:née|nee|born|formerly|previously|once|also known as|a\.?k\.?a\.?)(?:\s(?:known as|called))?:?\s$"
)
_TITLE = re.compile(r"\b(\w{1,12})\.?\s{1,3}$")

_Explained = tuple[tuple[str, str], int, float, str]
"""Group and key of a form, the node that it means, a score, and why."""


def link_short_forms(
    mentions: Sequence[NamedMention], forms: Sequence[Form], texts: Sequence[str]
) -> dict[Place, Link]:
    """Link short forms to the longer ones of their article; by place, at most one link a place.

    mentions: those of an article one after another.
    """
    articles_of: dict[int, set[int]] = defaultdict(set)
    for mention in mentions:
        if forms[mention.form].group == "NAMED":
            articles_of[mention.form].add(mention.article)
    glosses = _glosses(mentions, texts)
    links: dict[Place, Link] = {}
    for article, in_article in groupby(mentions, key=attrgetter("article")):
        found: dict[int, list[NamedMention]] = {}
        for mention in in_article:
            found.setdefault(mention.form, []).append(mention)
        if len(found) == 1 or (article not in glosses and _strangers([forms[form] for form in found])):
            continue
        here = [_in_article(form, at, texts[article]) for form, at in sorted(found.items())]
        for link in links_in_article(here, forms, glosses.get(article, Glosses())):
            circular = follow((article, link.long), links) == link.short
            if (article, link.short) not in links and not circular and _usual(link, forms, articles_of):
                links[article, link.short] = link
    return links


def _strangers(here: Sequence[Form]) -> bool:
    """Whether the forms are full names of persons without a word in common: none of them is short for another."""
    if any(form.group != "PERSON" or form.single_token for form in here):
        return False
    words = [word for form in here for word in set(form.name.tokens)]
    return len(set(words)) == len(words)


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
        for office in role_words(mention.role) & ONE_HOLDER:
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
        text = texts[one.article]
        between = text[one.end : other.start]
        bracketed = _BRACKET.match(between) is not None and _ENDS.match(text, other.end) is not None
        if bracketed or (one.entity_type != "PERSON" and _KNOWN_AS.match(between)):
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


def join_explained_names(
    nodes: Sequence[Node],
    node_of: Mapping[Place, int],
    forms: Sequence[Form],
    links: Mapping[Place, Link],
    sets: DisjointSets,
    apart: set[tuple[int, int]],
) -> list[Edge]:
    """Join what articles explain with what it means, in all other articles: acronyms of one long form, former names."""
    explained = [*_former_names(nodes, node_of, forms, links), *_acronyms(node_of, forms, links, sets)]
    wanted = {key for key, *_ in explained}
    keyed = (((n.form.group, n.form.key), number) for number, n in enumerate(nodes) if wanted and n.within < 0)
    number_of = {key: number for key, number in keyed if key in wanted}
    edges = []
    for key, meant, score, reason in explained:
        node = number_of.get(key)
        if node is None or node == meant:
            continue
        pair = min(node, meant), max(node, meant)
        if pair not in apart and sets.join(*pair):
            edges.append(Edge(*pair, score, reason, True))
    return edges


def _acronyms(
    node_of: Mapping[Place, int], forms: Sequence[Form], links: Mapping[Place, Link], sets: DisjointSets
) -> Iterator[_Explained]:
    """Acronyms with the one long form that they mean in every article that says so."""
    meant: dict[int, set[int]] = defaultdict(set)
    for article, short in links:
        if forms[short].reference is None and len(forms[short].name.acronym) > 2:
            meant[short].add(node_of[article, short])
    for short, longs in sorted(meant.items()):
        if len({sets.find(x) for x in longs}) == 1:
            yield (forms[short].group, forms[short].key), min(longs), 0.95, "acronym defined in an article"


def _former_names(
    nodes: Sequence[Node], node_of: Mapping[Place, int], forms: Sequence[Form], links: Mapping[Place, Link]
) -> Iterator[_Explained]:
    """Names that a person had before; a former surname with the given name."""
    for (article, before), link in sorted(links.items()):
        if link.reason != RENAMED:
            continue
        now, name = node_of[article, before], forms[before].name
        given = nodes[now].form.name.tokens[:1]
        key = " ".join((*given, *name.tokens)) if forms[before].single_token else forms[before].key
        yield ("PERSON", key), now, link.score, "former name that an article gives"
