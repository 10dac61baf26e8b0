"""Named mentions as resolution takes them: in order of time and place, each with the number of its form.

A form is a way to write a name, over all articles. A node is what is compared across articles: the articles in which
one form means itself, after the short forms of each article have been followed to the long ones.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from flows.lexicons import word_list
from flows.resolve.names.name_forms import Form, class_of, form_of
from flows.resolve.names.parse_name import folded
from flows.resolve.names.reference_entities import entries
from flows.resolve.names.state_bodies import StateBody, reviewed_state_bodies, state_body
from schemas import ids
from schemas.vocabularies import EntityType, MentionType

ONE_HOLDER = word_list("offices_of_one_holder")
"""Offices that one person holds at a time."""

_COMPLEMENT = re.compile(r"\s(?:to|for|of|at|in|with)\s")
_OWNED = re.compile(r"['’]s?\s")

Place = tuple[int, int]
"""Numbers of an article and of a form in it: where a name means one thing."""


class NamedMention(NamedTuple):
    """A named mention: its id, the number of its article in time, its place, the role beside it, its form's number."""

    mention_id: str
    article: int
    start: int
    end: int
    surface: str
    entity_type: str
    role: str | None
    form: int

    @property
    def place(self) -> Place:
        """Article and form of the mention."""
        return self.article, self.form


class Sense(NamedTuple):
    """What a form means in an article: the form itself, in one of its senses.

    form      number of the form that is meant
    within    number of the article that it is confined to, where it means another in each; -1 where it is not
    country   ISO code of the state of a body or place that several states have; else nothing
    reviewed  whether it is the reviewed entity that the form means by itself, if any
    """

    form: int
    within: int = -1
    country: str = ""
    reviewed: bool = True


@dataclass(slots=True)
class Node:
    """A name that is compared across articles: its form in one sense, the articles that have it, words of its roles.

    within, country: as in `Sense`. The form has a reference only where the sense is that of the reviewed entity.
    """

    form: Form
    within: int = -1
    country: str = ""
    articles: Set[int] = frozenset()
    roles: frozenset[str] = frozenset()


def number_mentions(articles: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Sort mentions by time and place and mint their ids; `rank` counts from the first evidence."""
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


def named_mentions(table: pl.DataFrame) -> tuple[list[NamedMention], list[Form]]:
    """Take the names out of numbered mentions; forms are in order of group and key, articles numbered in time."""
    articles = table.select(pl.col("article_id").unique(maintain_order=True)).with_row_index("article")
    named = (
        table.filter(pl.col("mention_type") == MentionType.NAME)
        .join(articles, on="article_id", how="left", maintain_order="left")
        .with_columns(group=pl.col("entity_type").replace({kind.value: class_of(kind.value) for kind in EntityType}))
    )
    forms, form_of_surface = _forms(named)
    joined = named.join(form_of_surface, on=["group", "surface"], how="left", maintain_order="left")
    columns = [name if name not in ("start", "end") else f"{name}_char" for name in NamedMention._fields]
    return list(map(NamedMention._make, joined.select(columns).iter_rows())), forms


def _forms(named: pl.DataFrame) -> tuple[list[Form], pl.DataFrame]:
    """One form a group and key, that of the least surface, in order of both; and a frame of surfaces with their form.

    named: `surface`, `entity_type`, `group`. The frame has `group`, `surface` and `form`, the number of the form.
    """
    distinct = named.unique(["group", "surface"], maintain_order=True).select("group", "surface", "entity_type")
    found = [form_of(surface, kind) for _, surface, kind in distinct.iter_rows()]
    keyed = distinct.with_columns(
        at=pl.int_range(pl.len()),
        group=pl.Series([form.group for form in found], dtype=pl.String),
        key=pl.Series([form.key for form in found], dtype=pl.String),
    ).sort("group", "key", "surface")
    keyed = keyed.with_columns(form=(pl.struct("group", "key").rle_id()).cast(pl.Int64))
    least = keyed.unique("form", keep="first", maintain_order=True)
    return [found[at] for at in least["at"].to_list()], keyed.select("group", "surface", "form")


def role_words(role: str | None) -> frozenset[str]:
    """Return the words of a role by which it is compared.

    An office of one holder counts for its holder: neither for `the president's daughter` nor an `aide to the king`.
    """
    if not role:
        return frozenset()
    held = folded(_OWNED.split(_COMPLEMENT.split(role)[0])[-1]).split()
    return frozenset(w for w in folded(role).split() if len(w) > 2 and (w in held or w not in ONE_HOLDER))


def _node(sense: Sense, form: Form) -> Node:
    reference = form.reference if sense.reviewed else None
    body = state_body(form) if sense.country else None
    if body is not None:
        reference = entries().get(reviewed_state_bodies().get(StateBody(body.office, sense.country), ""))
    known = form if reference is form.reference else form._replace(reference=reference)
    return Node(known, sense.within, sense.country)


def make_nodes(
    mentions: Iterable[NamedMention],
    forms: Sequence[Form],
    meaning: Mapping[Place, int],
    senses: Mapping[Place, Sense],
) -> tuple[list[Node], dict[Place, int]]:
    """Make the nodes, in order of their forms, and number the node of every place.

    meaning: the form that a place means, where that is not its own. senses: by article and the form that is meant,
    where it does not mean the same everywhere.
    """
    apart: dict[int, set[Sense]] = {}
    meant: dict[Place, Sense | int] = {}
    usual: set[int] = set()
    for mention in mentions:
        place = mention.place
        if place in meant:
            continue
        form = meaning.get(place, mention.form)
        sense = senses.get((mention.article, form))
        meant[place] = form if sense is None else sense
        if sense is None:
            usual.add(form)
        else:
            apart.setdefault(sense.form, set()).add(sense)
    order: dict[Sense | int, int] = {}
    nodes: list[Node] = []
    for form in sorted(usual | apart.keys()):
        if form not in apart:  # as most
            order[form] = len(nodes)
            nodes.append(Node(forms[form]))
            continue
        for sense in sorted(apart[form] | ({Sense(form)} if form in usual else set())):
            order[sense] = len(nodes)
            nodes.append(_node(sense, forms[form]))
        if form in usual:
            order[form] = order[Sense(form)]
    node_of = {place: order[sense] for place, sense in meant.items()}
    _add_articles(nodes, node_of)
    for mention in mentions:
        if mention.role:
            nodes[node_of[mention.place]].roles |= role_words(mention.role)
    return nodes, node_of


def _add_articles(nodes: Sequence[Node], node_of: Mapping[Place, int]) -> None:
    """Fill in the articles of nodes; those that have only one share its set, for a set is larger than all else."""
    alone: dict[int, frozenset[int]] = {}
    several: dict[int, set[int]] = {}
    for (article, _), number in node_of.items():
        node = nodes[number]
        if not node.articles:
            node.articles = alone.setdefault(article, frozenset((article,)))
        elif number in several:
            several[number].add(article)
        else:
            node.articles = several[number] = {*node.articles, article}
