"""The published tables with their keys and orders, and the references across them, as data."""

from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from schemas.articles import Articles
from schemas.claims import ClaimConflicts, ClaimMentions, Claims
from schemas.entities import Entities, EntityMentions
from schemas.lineage import Redirects, ResolutionEdges
from schemas.rejects import Rejects
from schemas.stories import Coverage, Statements, Stories


def polars_schema(model: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    """Return names and Polars types of a model's columns, in order."""
    return {str(name): column.dtype.type for name, column in model.to_schema().columns.items()}


@dataclass(frozen=True)
class Reference:
    """A column whose every value (or list element) is a key of another table; null refers to nothing."""

    column: str
    to_table: str
    to_column: str


@dataclass(frozen=True)
class Table:
    """A published table: its model, primary key, the order of its rows and what it refers to."""

    name: str
    model: type[pa.DataFrameModel]
    key: tuple[str, ...]
    order: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in their published order."""
        return tuple(self.model.to_schema().columns)


_ARTICLE = Reference("article_id", "articles", "article_id")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "articles",
            Articles,
            key=("article_id",),
            order=("article_id",),
            references=(
                Reference("duplicate_of", "articles", "article_id"),
                Reference("story_id", "stories", "story_id"),
            ),
        ),
        Table(
            "entity_mentions",
            EntityMentions,
            key=("mention_id",),
            order=("article_id", "start_char", "end_char", "mention_id"),
            references=(_ARTICLE, Reference("entity_id", "entities", "entity_id")),
        ),
        Table(
            "entities",
            Entities,
            key=("entity_id",),
            order=("entity_id",),
            references=(
                Reference("described_in", "articles", "article_id"),
                Reference("stands_for", "entities", "entity_id"),
            ),
        ),
        Table(
            "claim_mentions",
            ClaimMentions,
            key=("claim_mention_id",),
            order=("article_id", "start_char", "end_char", "claim_mention_id"),
            references=(
                _ARTICLE,
                Reference("claim_id", "claims", "claim_id"),
                Reference("speaker_id", "entities", "entity_id"),
                Reference("speaker_ids", "entities", "entity_id"),
                Reference("entity_ids", "entities", "entity_id"),
            ),
        ),
        Table(
            "claims",
            Claims,
            key=("claim_id",),
            order=("claim_id",),
            references=(
                Reference("entity_ids", "entities", "entity_id"),
                Reference("speaker_ids", "entities", "entity_id"),
            ),
        ),
        Table(
            "claim_conflicts",
            ClaimConflicts,
            key=("conflict_id",),
            order=("conflict_id",),
            references=(
                Reference("claim_id_a", "claims", "claim_id"),
                Reference("claim_id_b", "claims", "claim_id"),
                Reference("story_id", "stories", "story_id"),
                Reference("entity_ids", "entities", "entity_id"),
            ),
        ),
        Table(
            "stories",
            Stories,
            key=("story_id",),
            order=("story_id",),
            references=(Reference("entity_ids", "entities", "entity_id"),),
        ),
        Table(
            "coverage",
            Coverage,
            key=("story_id", "claim_id", "publisher"),
            order=("story_id", "claim_id", "publisher"),
            references=(
                Reference("story_id", "stories", "story_id"),
                Reference("claim_id", "claims", "claim_id"),
                Reference("speaker_ids", "entities", "entity_id"),
                Reference("article_ids", "articles", "article_id"),
            ),
        ),
        Table(
            "statements",
            Statements,
            key=("claim_mention_id",),
            order=("article_id", "start_char", "end_char", "claim_mention_id"),
            references=(
                Reference("claim_mention_id", "claim_mentions", "claim_mention_id"),
                Reference("claim_id", "claims", "claim_id"),
                Reference("story_id", "stories", "story_id"),
                _ARTICLE,
            ),
        ),
        Table(
            "resolution_edges",
            ResolutionEdges,
            key=("table", "left_id", "right_id"),
            order=("table", "left_id", "right_id"),
        ),
        Table("redirects", Redirects, key=("table", "retired_id"), order=("table", "retired_id")),
        Table(
            "rejects",
            Rejects,
            key=("stage", "source_uri", "reason", "detail"),
            order=("stage", "source_uri", "reason", "detail"),
        ),
    )
}
"""Every published table by name, in the order in which people read them."""
