"""Short forms: names that mean a longer one of their article, and acronyms that mean one long form in all articles."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

import numpy as np
import polars as pl

from flows import lexicons
from flows.lexicons.pronoun_gender import pronoun_gender
from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.coreference.article_coreference import links_in_article
from flows.resolve.entities.coreference.body_links import PIECE
from flows.resolve.entities.coreference.forms_in_article import FormInArticle, Link
from flows.resolve.entities.coreference.glosses import Glosses, find_glosses
from flows.resolve.entities.coreference.person_links import ALSO, RENAMED
from flows.resolve.entities.coreference.titles import title_before, title_gender
from flows.resolve.entities.forms import Forms
from flows.resolve.entities.mentions import NamedMention, Place, each
from flows.resolve.entities.name_nodes import ONE_HOLDER, Nodes, place_numbers, role_words
from flows.resolve.entities.pairs.decide_pairs import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form
from flows.resolve.names.parse_name import given_gender
from flows.resolve.sorted_values import once, repeated

_PEERS_AND_KNIGHTS = frozenset({"baron", "lord", "sir"})

_Explained = tuple[tuple[str, str], int, float, str]
"""Group and key of a form, the node that it means, a score, and why."""


def link_short_forms(mentions: pl.DataFrame, forms: Forms, texts: Sequence[str]) -> dict[Place, Link]:
    """Link short forms to the longer ones of their article; by place, at most one link a place.

    mentions: as `named_mentions` returns them.
    """
    bodies = mentions.filter(forms.of_group("NAMED")[mentions["form"].to_numpy()]).select("form", "article")
    articles_of = {form: set(articles) for form, articles in bodies.group_by("form").agg("article").iter_rows()}
    glosses = find_glosses(mentions, texts)
    links: dict[Place, Link] = {}
    asked = mentions.filter(pl.col("article").is_in(_with_likely_links(mentions, forms, glosses)))
    for article, in_article in groupby(each(asked), key=attrgetter("article")):
        found: dict[int, list[NamedMention]] = {}
        for mention in in_article:
            found.setdefault(mention.form, []).append(mention)
        here = [_in_article(form, at, texts[article]) for form, at in sorted(found.items())]
        if any(x.gender and forms.made[x.form].single_token for x in here):
            here = _with_genders(here, found, forms.made, texts[article])
        for link in links_in_article(here, forms.made, glosses.get(article, Glosses())):
            circular = follow((article, link.long), links) == link.short
            if (article, link.short) not in links and not circular and _usual(link, forms.made, articles_of):
                links[article, link.short] = link
    return links


def _with_likely_links(mentions: pl.DataFrame, forms: Forms, glosses: Mapping[int, Glosses]) -> list[int]:
    """The articles in which one form may be short for another.

    Not those of one form, nor those of full names of persons of which no two begin or end with one word: a full name is
    short for a longer one, or has a given name in short. Unless the text explains one.
    """
    places = once(place_numbers(mentions))
    article, form = places >> 32, places & 0xFFFFFFFF
    told = np.isin(article, list(glosses)) | ~forms.full[form]
    some = forms.words.sizes[form] > 0
    ends = (repeated(article[some] << 32 | word[form[some]]) >> 32 for word in (forms.words.first, forms.words.last))
    return np.intersect1d(repeated(article), np.concatenate([article[told], *ends])).tolist()


def _in_article(form: int, mentions: Sequence[NamedMention], text: str) -> FormInArticle:
    if len(mentions) == 1 and mentions[0].role is None:  # most names, and nothing to weigh
        only = mentions[0]
        title = title_before(text, only.start) if only.entity_type == "PERSON" else ""
        gender = title_gender(text, only.start) if title else ""
        return FormInArticle(form, only.entity_type, (only.start,), gender, (), frozenset({title} & _PEERS_AND_KNIGHTS))
    persons = [m for m in mentions if m.entity_type == "PERSON"]
    genders = {gender for m in persons for gender in (title_gender(text, m.start), _role_gender(m.role))} - {""}
    starts = tuple(mention.start for mention in mentions)
    gender = genders.pop() if len(genders) == 1 else ""
    ranks = frozenset(title_before(text, m.start) for m in persons) & _PEERS_AND_KNIGHTS
    return FormInArticle(form, _majority(mentions), starts, gender, _offices(persons), ranks)


def _with_genders(
    here: Sequence[FormInArticle],
    found: Mapping[int, Sequence[NamedMention]],
    forms: Mapping[int, Form],
    text: str,
) -> list[FormInArticle]:
    """The forms with what their sentences say of persons whose gender nothing else tells."""
    starts = sorted(start for x in here if x.entity_type == "PERSON" for start in x.starts)

    def gender(mention: NamedMention) -> str:
        following = bisect_left(starts, mention.end)
        return pronoun_gender(text, mention.end, starts[following] if following < len(starts) else len(text) + 1)

    out = []
    for x in here:
        told = x.gender or x.entity_type != "PERSON" or given_gender(forms[x.form].name.tokens[0])
        genders = set() if told else set(map(gender, found[x.form])) - {""}
        out.append(replace(x, gender=genders.pop()) if len(genders) == 1 else x)
    return out


def _offices(mentions: Sequence[NamedMention]) -> tuple[tuple[str, int], ...]:
    """Offices of one holder that are stated of a name, each with the first place that states it."""
    first: dict[str, int] = {}
    for mention in mentions:
        for office in role_words(mention.role) & ONE_HOLDER:
            first.setdefault(office, mention.start)
    return tuple(sorted(first.items()))


def _role_gender(role: str | None) -> str:
    """The gender of a role that tells it (`spokeswoman`), or nothing."""
    genders = lexicons.column("roles", "noun", "gender")
    words = role.lower().split() if role else []
    return next((gender for word in words if (gender := genders.get(word, ""))), "")


def _majority(mentions: Sequence[NamedMention]) -> str:
    counts = Counter(mention.entity_type for mention in mentions)
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _usual(link: Link, forms: Mapping[int, Form], articles_of: Mapping[int, set[int]]) -> bool:
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
    nodes: Nodes, links: Mapping[Place, Link], sets: DisjointSets, apart: set[tuple[int, int]]
) -> list[Edge]:
    """Join what articles explain with what it means, in all other articles: acronyms of one long form, former names."""
    node_of = nodes.meant_at(links)
    explained = [*_former_names(nodes, node_of, links), *_acronyms(nodes.forms.made, node_of, links, sets)]
    wanted = pl.DataFrame([key for key, *_ in explained], {"group": pl.String, "key": pl.String}, orient="row")
    known = nodes.forms.numbers_of(wanted)
    named = np.flatnonzero(np.isin(nodes.form, list(known.values())) & (nodes.within < 0)).tolist()
    last = {int(nodes.form[number]): number for number in named}
    edges = []
    for key, meant, score, reason in explained:
        node = last.get(known.get(key, -1))
        if node is None or node == meant:
            continue
        pair = min(node, meant), max(node, meant)
        if pair not in apart and sets.join(*pair):
            edges.append(Edge(*pair, score, reason, True))
    return edges


def _acronyms(
    forms: Mapping[int, Form], node_of: Mapping[Place, int], links: Mapping[Place, Link], sets: DisjointSets
) -> Iterator[_Explained]:
    """Acronyms with the one long form that they mean in every article that says so."""
    meant: dict[int, set[int]] = defaultdict(set)
    for article, short in links:
        if forms[short].reference is None and len(forms[short].name.acronym) > 2:
            meant[short].add(node_of[article, short])
    for short, longs in sorted(meant.items()):
        if len({sets.find(x) for x in longs}) == 1:
            yield (forms[short].group, forms[short].key), min(longs), 0.95, "acronym defined in an article"


def _former_names(nodes: Nodes, node_of: Mapping[Place, int], links: Mapping[Place, Link]) -> Iterator[_Explained]:
    """Other names of a person, had before or used beside it; a former surname with the given name."""
    for (article, before), link in sorted(links.items()):
        now, form = node_of[article, before], nodes.forms.made[before]
        if link.reason != RENAMED and (link.reason != ALSO or form.single_token):
            continue
        given = nodes.made[now].form.name.tokens[:1]
        key = " ".join((*given, *form.name.tokens)) if form.single_token else form.key
        yield ("PERSON", key), now, link.score, f"{link.reason} that an article gives"
