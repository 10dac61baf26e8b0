"""Nodes: what is compared across articles, the articles in which one form means itself.

The short forms of each article have been followed to the long ones before.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Set
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
from flows.resolve.names.reference_entities import entries, state_of_code, states_by_shared_name
from flows.resolve.names.state_bodies import StateBody, reviewed_state_bodies, state_body
from flows.resolve.sorted_values import once

ONE_HOLDER = word_list("offices_of_one_holder")
"""Offices that one person holds at a time."""

_COMPLEMENT = re.compile(r"\s(?:to|for|of|at|in|with)\s")
_OWNED = re.compile(r"['’]s?\s")


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


def held_words(role: str) -> list[str]:
    """Return the words of what somebody is, without whose or of what: `judge` of `Kask's judge at the Lake Court`."""
    return folded(_OWNED.split(_COMPLEMENT.split(role)[0])[-1]).split()


def role_words(role: str | None) -> frozenset[str]:
    """Return the words of a role by which it is compared.

    An office of one holder counts for its holder: neither for `the president's daughter` nor an `aide to the king`.
    """
    if not role:
        return frozenset()
    held = held_words(role)
    return frozenset(w for w in folded(role).split() if len(w) > 2 and (w in held or w not in ONE_HOLDER))


def _in_sense(form: Form, sense: Sense) -> Form:
    """The form as it is meant: without the reviewed entity that it is elsewhere, or with that of another state."""
    reference = form.reference if sense.reviewed else None
    if sense.country and form.key in states_by_shared_name():
        return form._replace(reference=state_of_code(sense.country))
    body = state_body(form) if sense.country else None
    if body is not None:
        reference = entries().get(reviewed_state_bodies().get(StateBody(body.office, sense.country), ""))
    return form if reference is form.reference else form._replace(reference=reference)


@dataclass(frozen=True)
class Nodes:
    """The nodes, by number, in order of their forms; a node as an object where that is asked for.

    form      the form of each
    senses    the senses of those that are not what their form means by itself
    places    the `Place` of each form of an article as one number (`place_numbers`), in order
    meant     the node that each place means
    roles     words of the roles of those that have any
    forms     the forms of all names
    """

    form: np.ndarray
    senses: Mapping[int, Sense]
    places: np.ndarray
    meant: np.ndarray
    roles: Mapping[int, frozenset[str]]
    forms: Forms

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.form)

    @cached_property
    def within(self) -> np.ndarray:
        """The article that each is confined to, or -1."""
        within = np.full(len(self), Sense(0).within)
        within[list(self.senses)] = [sense.within for sense in self.senses.values()]
        return within

    def of_group(self, group: str) -> np.ndarray:
        """Return those of a class of types."""
        return np.flatnonzero(self.forms.of_group(group)[self.form])

    @cached_property
    def made(self) -> Mapping[int, Node]:
        """The nodes as objects."""
        # what makes them holds not `self`: such a cycle would stay in memory until garbage is collected
        forms, form, senses, articles, roles = self.forms.made, self.form, self.senses, self.articles, self.roles

        def node(number: int) -> Node:
            known, stated = forms[int(form[number])], roles.get(number, frozenset())
            sense = senses.get(number)
            if sense is None:  # as most
                return Node(known, articles=articles[number], roles=stated)
            return Node(_in_sense(known, sense), sense.within, sense.country, articles[number], stated)

        return OnDemand(node)

    def articles_of(self, numbers: Iterable[int]) -> set[int]:
        """Return the articles that have one of some nodes."""
        articles, ends = self._articles
        asked = np.zeros(len(self), bool)
        asked[list(numbers)] = True
        return set(articles[np.repeat(asked, np.diff(ends))].tolist())

    def in_articles(self, articles: Iterable[int]) -> np.ndarray:
        """Return the nodes that some articles have, in order."""
        return once(self.meant[np.isin(self.places >> 32, list(articles))])

    @cached_property
    def articles(self) -> Mapping[int, frozenset[int]]:
        """The articles that have a node."""
        articles, ends = self._articles
        return OnDemand(lambda number: frozenset(articles[ends[number] : ends[number + 1]].tolist()))

    @cached_property
    def _articles(self) -> tuple[np.ndarray, np.ndarray]:
        """The articles of all nodes, one node after another, and where those of each begin and end."""
        distinct = once(self.meant << 32 | self.places >> 32)
        counts = np.bincount(distinct >> 32, minlength=len(self))
        return distinct & 0xFFFFFFFF, np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def one_article(self) -> np.ndarray:
        """The article of each that has only one; -1 for others."""
        articles, ends = self._articles
        return np.where(np.diff(ends) == 1, articles[ends[:-1]], -1)

    def meant_at(self, places: Collection[Place]) -> dict[Place, int]:
        """Return the nodes of some places."""
        numbers = np.array([article << 32 | form for article, form in places], dtype=np.int64)
        return dict(zip(places, self.at(numbers).tolist(), strict=True))

    def at(self, places: np.ndarray) -> np.ndarray:
        """Return the nodes of places as numbers."""
        return self.meant[np.searchsorted(self.places, places)]


def place_numbers(mentions: pl.DataFrame) -> np.ndarray:
    """Return the `Place` of each mention as one number, the article in its upper 32 bits."""
    return mentions["article"].to_numpy() << 32 | mentions["form"].to_numpy()


def make_nodes(
    mentions: pl.DataFrame, forms: Forms, meaning: Mapping[Place, int], senses: Mapping[Place, Sense]
) -> Nodes:
    """Make the nodes.

    mentions: as `named_mentions` returns them. meaning: the form that a place means, where that is not its own.
    senses: by article and the form that is meant, where it does not mean the same everywhere.
    """
    places = once(place_numbers(mentions))
    form = places & 0xFFFFFFFF
    form[np.searchsorted(places, [article << 32 | short for article, short in meaning])] = list(meaning.values())
    sense_of = {article << 32 | form: sense for (article, form), sense in senses.items()}
    meant = places >> 32 << 32 | form
    apart = np.isin(meant, list(sense_of))
    usual, special = once(form[~apart]), sorted({sense_of[place] for place in meant[apart].tolist()})
    of_node = np.concatenate([usual, np.array([sense.form for sense in special], dtype=np.int64)])
    order = np.argsort(of_node, kind="stable")  # of a form what it means by itself is the first
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    number_of = {sense: int(number[len(usual) + at]) for at, sense in enumerate(special)}
    node = np.empty(len(places), np.int64)
    node[~apart] = number[np.searchsorted(usual, form[~apart])]
    node[apart] = [number_of[sense_of[place]] for place in meant[apart].tolist()]
    known = {at: sense for sense, at in number_of.items()}
    return Nodes(of_node[order], known, places, node, _roles(mentions, places, node), forms)


def _roles(mentions: pl.DataFrame, places: np.ndarray, node: np.ndarray) -> dict[int, frozenset[str]]:
    stated = mentions.filter(pl.col("role").is_not_null())
    numbers = node[np.searchsorted(places, place_numbers(stated))]
    found: dict[int, frozenset[str]] = {}
    for number, role in set(zip(numbers.tolist(), stated["role"], strict=True)):
        found[number] = found.get(number, frozenset()) | role_words(role)
    return {number: words for number, words in found.items() if words}
