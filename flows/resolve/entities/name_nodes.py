"""Nodes: what is compared across articles, the articles in which one form means itself.

The short forms of each article have been followed to the long ones before.
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from flows.lexicons import word_list
from flows.resolve.entities.forms import Forms
from flows.resolve.entities.mentions import Place, Sense
from flows.resolve.entities.on_demand import OnDemand
from flows.resolve.names.name_forms import Form
from flows.resolve.names.parse_name import folded
from flows.resolve.names.reference_entities import entries
from flows.resolve.names.state_bodies import StateBody, reviewed_state_bodies, state_body

ONE_HOLDER = word_list("offices_of_one_holder")
"""Offices that one person holds at a time."""

_COMPLEMENT = re.compile(r"\s(?:to|for|of|at|in|with)\s")
_OWNED = re.compile(r"['’]s?\s")
_PLACE = {"article": pl.Int64, "form": pl.Int64}
_SENSE = {"meant": pl.Int64, "within": pl.Int64, "country": pl.String, "reviewed": pl.Boolean}
"""As `Sense`; meant: its form."""


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


def role_words(role: str | None) -> frozenset[str]:
    """Return the words of a role by which it is compared.

    An office of one holder counts for its holder: neither for `the president's daughter` nor an `aide to the king`.
    """
    if not role:
        return frozenset()
    held = folded(_OWNED.split(_COMPLEMENT.split(role)[0])[-1]).split()
    return frozenset(w for w in folded(role).split() if len(w) > 2 and (w in held or w not in ONE_HOLDER))


def _in_sense(form: Form, sense: Sense) -> Form:
    """The form as it is meant: without the reviewed entity that it is elsewhere, or with that of another state."""
    reference = form.reference if sense.reviewed else None
    body = state_body(form) if sense.country else None
    if body is not None:
        reference = entries().get(reviewed_state_bodies().get(StateBody(body.office, sense.country), ""))
    return form if reference is form.reference else form._replace(reference=reference)


@dataclass(frozen=True)
class Nodes:
    """The nodes, by number, in order of their forms; a node as an object where that is asked for.

    table     a row each: the `meant` form, and `within`, `country` and `reviewed` of the `Sense` in which it is
    places    a row for each form of an article: `article`, `form`, and the `node` that it means there
    roles     words of the roles of those that have any
    forms     the forms of all names
    """

    table: pl.DataFrame
    places: pl.DataFrame
    roles: Mapping[int, frozenset[str]]
    forms: Forms

    def __len__(self) -> int:
        """Return how many there are."""
        return self.table.height

    @cached_property
    def form(self) -> np.ndarray:
        """The form of each."""
        return self.table["meant"].to_numpy()

    @cached_property
    def within(self) -> np.ndarray:
        """The article that each is confined to, or -1."""
        return self.table["within"].to_numpy()

    def of_group(self, group: str) -> np.ndarray:
        """Return those of a class of types."""
        return np.flatnonzero(self.forms.of_group(group)[self.form])

    @cached_property
    def made(self) -> Mapping[int, Node]:
        """The nodes as objects."""
        # what makes them holds not `self`: such a cycle would stay in memory until garbage is collected
        forms, form, senses, articles, roles = self.forms.made, self.form, self._senses, self.articles, self.roles

        def node(number: int) -> Node:
            known, stated = forms[int(form[number])], roles.get(number, frozenset())
            sense = senses.get(number)
            if sense is None:  # as most
                return Node(known, articles=articles[number], roles=stated)
            return Node(_in_sense(known, sense), sense.within, sense.country, articles[number], stated)

        return OnDemand(node)

    @cached_property
    def _senses(self) -> dict[int, Sense]:
        """The senses of those that are not what their form means by itself."""
        apart = (pl.col("within") >= 0) | (pl.col("country") != "") | ~pl.col("reviewed")
        return {number: Sense(*sense) for number, *sense in self.table.with_row_index().filter(apart).iter_rows()}

    @cached_property
    def articles(self) -> Mapping[int, frozenset[int]]:
        """The articles that have a node."""
        articles, ends = self._articles
        return OnDemand(lambda number: frozenset(articles[ends[number] : ends[number + 1]].tolist()))

    @cached_property
    def _articles(self) -> tuple[np.ndarray, np.ndarray]:
        """The articles of all nodes, one node after another, and where those of each begin and end."""
        distinct = self.places.select("node", "article").unique().sort("node", "article")
        counts = np.bincount(distinct["node"].to_numpy(), minlength=len(self))
        return distinct["article"].to_numpy(), np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def one_article(self) -> np.ndarray:
        """The article of each that has only one; -1 for others."""
        articles, ends = self._articles
        return np.where(np.diff(ends) == 1, articles[ends[:-1]], -1)

    def meant_at(self, places: Iterable[Place]) -> dict[Place, int]:
        """Return the nodes of some places, of which each has one."""
        asked = pl.DataFrame(list(places), _PLACE, orient="row")
        return {(article, form): node for article, form, node in asked.join(self.places, on=list(_PLACE)).iter_rows()}


def make_nodes(
    mentions: pl.DataFrame, forms: Forms, meaning: Mapping[Place, int], senses: Mapping[Place, Sense]
) -> Nodes:
    """Make the nodes.

    mentions: as `named_mentions` returns them. meaning: the form that a place means, where that is not its own.
    senses: by article and the form that is meant, where it does not mean the same everywhere.
    """
    linked = pl.DataFrame([(*place, form) for place, form in meaning.items()], {**_PLACE, "to": pl.Int64}, orient="row")
    apart = pl.DataFrame([(*place, *sense) for place, sense in senses.items()], {**_PLACE, **_SENSE}, orient="row")
    placed = (
        mentions.select(list(_PLACE))
        .unique(maintain_order=True)
        .join(linked, on=list(_PLACE), how="left", maintain_order="left")
        .with_columns(meant=pl.coalesce("to", "form"))
        .join(apart, left_on=["article", "meant"], right_on=list(_PLACE), how="left", maintain_order="left")
        .select(
            *_PLACE,
            meant=pl.coalesce("meant_right", "meant"),
            within=pl.col("within").fill_null(Sense(0).within),
            country=pl.col("country").fill_null(Sense(0).country),
            reviewed=pl.col("reviewed").fill_null(Sense(0).reviewed),
        )
    )
    table = placed.select(list(_SENSE)).unique().sort(list(_SENSE))
    numbered = table.with_columns(node=pl.int_range(pl.len(), dtype=pl.Int64))
    places = placed.join(numbered, on=list(_SENSE), how="left", maintain_order="left").select(*_PLACE, "node")
    return Nodes(table, places, _roles(mentions, places), forms)


def _roles(mentions: pl.DataFrame, places: pl.DataFrame) -> dict[int, frozenset[str]]:
    stated = mentions.filter(pl.col("role").is_not_null()).join(places, on=list(_PLACE)).select("node", "role").unique()
    found: dict[int, frozenset[str]] = {}
    for node, role in stated.iter_rows():
        found[node] = found.get(node, frozenset()) | role_words(role)
    return {node: words for node, words in found.items() if words}
