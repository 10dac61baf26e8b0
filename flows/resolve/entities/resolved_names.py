"""Names of all articles with what they were resolved to: what edges and tables are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from flows.resolve.entities.coreference.forms_in_article import Link
from flows.resolve.entities.coreference.person_links import RENAMED
from flows.resolve.entities.name_nodes import NamedMention, Node, Place
from flows.resolve.names.name_forms import Form


@dataclass(frozen=True)
class ResolvedNames:
    """Named mentions with what they were resolved to.

    places   the named mentions in order, with the numbers of their `article`, `form`, `node` and `cluster`
    forms    the forms, by number
    nodes    the nodes, by number
    roots    the cluster of each node: the least node of its entity
    links    short forms that mean a longer one, by place
    edges    pairs of nodes that were decided, `EDGES`
    """

    places: pl.DataFrame
    forms: Sequence[Form]
    nodes: Sequence[Node]
    roots: Sequence[int]
    links: Mapping[Place, Link]
    edges: pl.DataFrame

    @cached_property
    def former(self) -> frozenset[int]:
        """Forms of which an article says that somebody was called so before."""
        return frozenset(form for (_, form), link in self.links.items() if link.reason == RENAMED)


def places_of(mentions: Sequence[NamedMention], node_of: Mapping[Place, int], roots: Sequence[int]) -> pl.DataFrame:
    """Return `ResolvedNames.places`: columns, so that nothing is left of each mention when tables are made."""
    nodes = pl.Series([node_of[mention.place] for mention in mentions], dtype=pl.Int64)
    return pl.DataFrame(
        {
            "article": pl.Series([mention.article for mention in mentions], dtype=pl.Int64),
            "form": pl.Series([mention.form for mention in mentions], dtype=pl.Int64),
            "node": nodes,
            "cluster": pl.Series(roots, dtype=pl.Int64).gather(nodes),
        }
    )
