"""Names of all articles with what they were resolved to: what edges and tables are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from flows.resolve.entities.coreference.forms_in_article import Link
from flows.resolve.entities.coreference.person_links import RENAMED
from flows.resolve.entities.mentions import Place
from flows.resolve.entities.name_nodes import Nodes, place_numbers


@dataclass(frozen=True)
class ResolvedNames:
    """Named mentions with what they were resolved to.

    places   the named mentions in order, with the numbers of their `article`, `form`, `node` and `cluster`
    nodes    the nodes, with all forms
    roots    the cluster of each node: the least node of its entity
    links    short forms that mean a longer one, by place
    edges    pairs of nodes that were decided, `EDGES`
    """

    places: pl.DataFrame
    nodes: Nodes
    roots: np.ndarray
    links: Mapping[Place, Link]
    edges: pl.DataFrame

    @cached_property
    def former(self) -> frozenset[int]:
        """Forms of which an article says that somebody was called so before."""
        return frozenset(form for (_, form), link in self.links.items() if link.reason == RENAMED)


def places_of(mentions: pl.DataFrame, nodes: Nodes, roots: np.ndarray) -> pl.DataFrame:
    """Return `ResolvedNames.places`. mentions: as `named_mentions` returns them."""
    node = nodes.at(place_numbers(mentions))
    return mentions.select("article", "form").with_columns(node=node, cluster=roots[node])
