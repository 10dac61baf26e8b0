"""Named mentions as resolution takes them: in order of time and place, each with the number of its form.

A form is a way to write a name, over all articles. A node is what is compared across articles: the articles in which
one form means itself, after the short forms of each article have been followed to the long ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from flows.resolve.names.name_forms import Form, class_of, form_of
from flows.resolve.names.parse_name import folded
from flows.resolve.names.reference_entities import entries
from flows.resolve.names.state_bodies import StateBody, reviewed_state_bodies, state_body
from schemas import ids
from schemas.vocabularies import MentionType

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
    articles: set[int] = field(default_factory=set)
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
    number = {article: i for i, article in enumerate(table["article_id"].unique(maintain_order=True))}
    named = table.filter(pl.col("mention_type") == MentionType.NAME)
    form_of_surface: dict[tuple[str, str], Form] = {}
    for surface, kind in named.select("surface", "entity_type").iter_rows():
        group = class_of(kind)
        if (group, surface) not in form_of_surface:
            form_of_surface[group, surface] = form_of(surface, kind)
    forms = _distinct(form_of_surface)
    number_of_form = {(form.group, form.key): i for i, form in enumerate(forms)}
    number_of_surface = {at: number_of_form[form.group, form.key] for at, form in form_of_surface.items()}
    columns = named.select("mention_id", "article_id", "start_char", "end_char", "surface", "entity_type", "role")
    mentions = [
        NamedMention(
            mention, number[article], start, end, surface, kind, role, number_of_surface[class_of(kind), surface]
        )
        for mention, article, start, end, surface, kind, role in columns.iter_rows()
    ]
    return mentions, forms


def _distinct(form_of_surface: Mapping[tuple[str, str], Form]) -> list[Form]:
    """One form a group and key, that of the least surface, in order of group and key."""
    least: dict[tuple[str, str], str] = {}
    for (_, surface), form in form_of_surface.items():
        key = form.group, form.key
        if key not in least or surface < least[key]:
            least[key] = surface
    return [form_of_surface[group, least[group, key]] for group, key in sorted(least)]


def role_words(role: str | None) -> frozenset[str]:
    """Return the words of a role by which it is compared."""
    return frozenset(w for w in folded(role).split() if len(w) > 2) if role else frozenset()


def _node(sense: Sense, form: Form) -> Node:
    reference = form.reference if sense.reviewed else None
    body = state_body(form) if sense.country else None
    if body is not None:
        reference = entries().get(reviewed_state_bodies().get(StateBody(body.office, sense.country), ""))
    known = form if reference is form.reference else Form(form.group, form.key, form.name, reference)
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
    places: dict[Place, Sense] = {}
    for mention in mentions:
        if mention.place not in places:
            form = meaning.get(mention.place, mention.form)
            places[mention.place] = senses.get((mention.article, form), Sense(form))
    order = {sense: i for i, sense in enumerate(sorted(set(places.values())))}
    nodes = [_node(sense, forms[sense.form]) for sense in order]
    node_of = {place: order[key] for place, key in places.items()}
    for mention in mentions:
        node = nodes[node_of[mention.place]]
        node.articles.add(mention.article)
        if mention.role:
            node.roles |= role_words(mention.role)
    return nodes, node_of
