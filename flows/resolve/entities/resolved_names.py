"""Named mentions of all articles with what they were resolved to: what edges and tables are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.coreference.forms_in_article import Link
from flows.resolve.entities.coreference.person_links import RENAMED
from flows.resolve.entities.name_nodes import NamedMention, Node, Place
from flows.resolve.names.name_forms import Form


@dataclass(frozen=True)
class ResolvedNames:
    """Named mentions with what they were resolved to.

    forms    the forms, by the numbers that mentions have
    node_of  the node of each place
    links    short forms that mean a longer one, by place
    sets     nodes that are one entity
    edges    pairs of nodes that were decided, `EDGES`
    """

    mentions: Sequence[NamedMention]
    forms: Sequence[Form]
    nodes: Sequence[Node]
    node_of: Mapping[Place, int]
    links: Mapping[Place, Link]
    sets: DisjointSets
    edges: pl.DataFrame

    @cached_property
    def former(self) -> frozenset[int]:
        """Forms of which an article says that somebody was called so before."""
        return frozenset(form for (_, form), link in self.links.items() if link.reason == RENAMED)
