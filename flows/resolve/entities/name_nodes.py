"""Named mentions as resolution takes them: in order of time and place, each with the node of its form."""

from dataclasses import dataclass

import polars as pl

from flows.resolve.entities.name_scoring import Node
from flows.resolve.names.name_forms import Form, class_of, form_of
from flows.resolve.names.parse_name import folded
from schemas import ids
from schemas.vocabularies import MentionType


@dataclass
class Names:
    """Named mentions in order, a list a column; `node` and `article` are numbers."""

    mention: list[str]
    article: list[int]
    start: list[int]
    end: list[int]
    surface: list[str]
    kind: list[str]
    role: list[str | None]
    node: list[int]


def numbered(articles: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Mentions in order of time and place, with the mention id: `rank` counts from the first evidence."""
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


def names_of(table: pl.DataFrame) -> tuple[Names, list[Node], list[str]]:
    """Named mentions with their nodes; nodes are numbered by group and key, articles by their order in time."""
    named = table.filter(pl.col("mention_type") == MentionType.NAME)
    article_ids = table["article_id"].unique(maintain_order=True).to_list()
    number = {article: i for i, article in enumerate(article_ids)}
    surfaces, kinds = named["surface"].to_list(), named["entity_type"].to_list()
    forms: dict[tuple[str, str], Form] = {}
    for surface, kind in zip(surfaces, kinds, strict=True):
        if (class_of(kind), surface) not in forms:
            forms[class_of(kind), surface] = form_of(surface, kind)
    kept: dict[tuple[str, str], Form] = {}
    for _, form in sorted(forms.items(), key=lambda item: (item[0][1], item[0][0])):
        kept.setdefault((form.group, form.key), form)
    order = sorted(kept)
    node_number = {key: i for i, key in enumerate(order)}
    nodes = [Node(kept[key]) for key in order]
    names = Names(
        named["mention_id"].to_list(),
        [number[a] for a in named["article_id"].to_list()],
        named["start_char"].to_list(),
        named["end_char"].to_list(),
        surfaces,
        kinds,
        named["role"].to_list(),
        [],
    )
    for surface, kind, article, role in zip(surfaces, kinds, names.article, names.role, strict=True):
        form = forms[class_of(kind), surface]
        node = node_number[form.group, form.key]
        names.node.append(node)
        nodes[node].articles.add(article)
        if role:
            nodes[node].roles |= frozenset(w for w in folded(role).split() if len(w) > 2)
    return names, nodes, article_ids
