"""What must be true of a row beyond its columns' types and bounds, as data: one expression a rule.

An expression is true where the row is right. Rules across tables (keys, references, offsets, counts) are
checked by `flows.validate`; those that need one row only are all here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from schemas import ids
from schemas.statements import MOST_BACKGROUNDS
from schemas.vocabularies import Bound, StatementPart


@dataclass(frozen=True)
class Rule:
    """A rule of a table: its name, the column it is reported under, what it says, and when a row keeps it.

    Where `holds` is null the row has nothing that the rule could judge, and keeps it.
    """

    name: str
    column: str
    meaning: str
    holds: pl.Expr
    field: str | None = None

    def applies_to(self, schema: Mapping[str, pl.DataType]) -> bool:
        """Return whether a table has all that the rule reads; a contract version without it does not have the rule.

        `field` is one of the structs in the list `column`.
        """
        if not {*self.holds.meta.root_names()} <= {*schema}:
            return False
        return self.field is None or self.field in {field.name for field in schema[self.column].inner.fields}  # type: ignore[attr-defined]


ISO_DATE = r"^[0-9]{4}(-W(0[1-9]|[1-4][0-9]|5[0-3])|-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""A year, a week (`2022-W08`), a month or a day."""


def _range(start: str, end: str) -> Rule:
    return Rule("range", start, f"{start} is before {end}", pl.col(start) < pl.col(end))


def _surface(surface: str, start: str, end: str) -> list[Rule]:
    """A surface with its range: all three are there or none, and the range is as long as the surface."""
    together = (pl.col(surface).is_null() == pl.col(start).is_null()) & (
        pl.col(start).is_null() == pl.col(end).is_null()
    )
    as_long = pl.col(surface).is_null() | (pl.col(end) - pl.col(start) == pl.col(surface).str.len_chars())
    return [
        Rule("together", surface, f"{surface}, {start} and {end} are all there or all null", together),
        Rule("length", surface, f"the range from {start} to {end} is as long as {surface}", as_long),
        _range(start, end),
    ]


def _not_itself(column: str, key: str, meaning: str) -> Rule:
    return Rule("itself", column, meaning, pl.col(column) != pl.col(key))


def _ids(column: str, key: str = "entity_id") -> Rule:
    """A list whose elements are ids of one kind."""
    is_id = pl.element().str.contains(ids.pattern(key)).fill_null(False)
    return Rule("ids", column, f"every element of {column} is an {key}", pl.col(column).list.eval(is_id).list.all())


def _id_list(column: str, key: str = "entity_id") -> list[Rule]:
    """A list of ids: ascending, each once, each an id."""
    return [
        Rule(
            "ascending",
            column,
            f"{column} is in ascending order, each id once",
            pl.col(column) == pl.col(column).list.unique().list.sort(),
        ),
        _ids(column, key),
    ]


def _speakers() -> list[Rule]:
    """Everyone who speaks together: each once, the first is the speaker."""
    return [
        Rule(
            "once",
            "speaker_ids",
            "a speaker is listed once",
            pl.col("speaker_ids").list.n_unique() == pl.col("speaker_ids").list.len(),
        ),
        Rule(
            "first",
            "speaker_ids",
            "speaker_id is the first of speaker_ids; both are empty or none",
            pl.col("speaker_id").eq_missing(pl.col("speaker_ids").list.first()),
        ),
        _ids("speaker_ids"),
    ]


def _ordered_spans() -> pl.Expr:
    start = pl.element().struct.field("start_char")
    end = pl.element().struct.field("end_char")
    inside = (start < end).fill_null(False)
    after = (start >= end.shift(1)).fill_null(True)
    return (pl.col("spans").list.len() > 0) & pl.col("spans").list.eval(inside & after).list.all()


def _backgrounds() -> Rule:
    """What is told before a statement."""
    part, parts = pl.element().struct, pl.col("statement_parts").list
    told = (part.field("kind") == StatementPart.BACKGROUND).fill_null(False)
    after = (part.field("start_char") >= part.field("end_char").shift(1)).fill_null(True)
    behind = parts.eval(~told | (told.shift(1, fill_value=True) & after)).list.all()
    holds = behind & (parts.eval(told).list.sum() <= MOST_BACKGROUNDS)
    meaning = f"backgrounds are the first parts of a statement, {MOST_BACKGROUNDS} at most, in order, not overlapping"
    return Rule("backgrounds", "statement_parts", meaning, holds, "kind")


def _elements(column: str, field: str, name: str, meaning: str, condition: Callable[[pl.Expr], pl.Expr]) -> Rule:
    """A rule of a field of the structs in a list."""
    value = pl.element().struct.field(field)
    return Rule(name, column, meaning, pl.col(column).list.eval(condition(value).fill_null(False)).list.all(), field)


_FIRST = pl.col("spans").list.first().struct.field("start_char")
_LAST = pl.col("spans").list.last().struct.field("end_char")
_NARRATED = pl.col("attribution") == "narrated"

RULES: dict[str, tuple[Rule, ...]] = {
    "articles": (
        _not_itself("duplicate_of", "article_id", "an article is no copy of itself"),
        _not_itself("revision_of", "article_id", "an article is no revision of itself"),
    ),
    "entity_mentions": (
        _range("start_char", "end_char"),
        Rule(
            "length",
            "surface",
            "the range is as long as the surface",
            pl.col("end_char") - pl.col("start_char") == pl.col("surface").str.len_chars(),
        ),
    ),
    "entities": (
        Rule(
            "once",
            "aliases",
            "an alias is listed once and is not empty",
            (pl.col("aliases").list.n_unique() == pl.col("aliases").list.len())
            & pl.col("aliases").list.eval((pl.element().str.len_chars() > 0).fill_null(False)).list.all(),
        ),
        Rule(
            "counts",
            "article_count",
            "an entity has at least one mention an article",
            pl.col("article_count") <= pl.col("mention_count"),
        ),
        Rule(
            "together",
            "described_in",
            "a role has the article that states it, and nothing else has one",
            pl.col("description").is_null() == pl.col("described_in").is_null(),
        ),
        Rule(
            "together",
            "described_on",
            "the day of a role is that of the article that states it",
            pl.col("described_on").is_null() | pl.col("described_in").is_not_null(),
        ),
        _not_itself("stands_for", "entity_id", "an entity does not stand for itself"),
    ),
    "claim_mentions": (
        _range("start_char", "end_char"),
        Rule("spans", "spans", "there is a span; spans are in order and do not overlap", _ordered_spans()),
        Rule(
            "envelope",
            "spans",
            "start_char and end_char enclose the spans",
            (pl.col("start_char") == _FIRST) & (pl.col("end_char") == _LAST),
        ),
        *_surface("speaker_surface", "speaker_start_char", "speaker_end_char"),
        *_surface("cue", "cue_start_char", "cue_end_char"),
        Rule(
            "narrated",
            "attribution",
            "what the publisher says in its own voice has no speaker and no cue",
            ~_NARRATED
            | (pl.col("speaker_id").is_null() & pl.col("speaker_surface").is_null() & pl.col("cue").is_null()),
        ),
        Rule(
            "attributed",
            "attribution_id",
            "what is attributed has an attribution_id, what the publisher says in its own voice has none",
            pl.col("attribution_id").is_null() == _NARRATED,
        ),
        Rule(
            "context",
            "context_start_char",
            "the context encloses the words",
            (pl.col("context_start_char") <= pl.col("start_char")) & (pl.col("context_end_char") >= pl.col("end_char")),
        ),
        *_speakers(),
        _elements(
            "statement_parts",
            "kind",
            "kind",
            "a part of a statement is verbatim, a bracket, a negation or its background",
            lambda kind: kind.is_in([*StatementPart]),
        ),
        _backgrounds(),
        *_id_list("entity_ids"),
        _elements(
            "quantities",
            "bound",
            "bound",
            "a quantity's bound is of the vocabulary",
            lambda bound: bound.is_null() | bound.is_in([*Bound]),
        ),
        _elements("quantities", "value", "finite", "a quantity is a finite number", lambda value: value.is_finite()),
        _elements(
            "quantities",
            "surface",
            "surface",
            "a quantity has the words that state it",
            lambda surface: surface.str.len_chars() > 0,
        ),
        _elements(
            "dates",
            "iso",
            "iso",
            "a date is a year, a month, a week or a day of ISO 8601",
            lambda iso: iso.str.contains(ISO_DATE),
        ),
    ),
    "claims": (
        *_id_list("entity_ids"),
        *_id_list("speaker_ids"),
        Rule(
            "counts",
            "article_count",
            "a claim is made at least once in each of its articles",
            pl.col("article_count") <= pl.col("mention_count"),
        ),
        Rule(
            "counts",
            "independent_count",
            "support is at most one an article",
            pl.col("independent_count") <= pl.col("article_count"),
        ),
        Rule(
            "counts",
            "publisher_count",
            "there are no more publishers than articles",
            pl.col("publisher_count") <= pl.col("article_count"),
        ),
        Rule(
            "dates",
            "first_published_on",
            "first_published_on is not after last_published_on; both are there or both null",
            (pl.col("first_published_on").is_null() & pl.col("last_published_on").is_null())
            | (pl.col("first_published_on") <= pl.col("last_published_on")).fill_null(False),
        ),
    ),
    "claim_conflicts": (
        Rule(
            "pair",
            "claim_id_a",
            "claim_id_a is less than claim_id_b",
            pl.col("claim_id_a") < pl.col("claim_id_b"),
        ),
        *_id_list("entity_ids"),
    ),
    "stories": (
        *_id_list("entity_ids"),
        Rule(
            "counts",
            "independent_count",
            "support is at most one an article",
            pl.col("independent_count") <= pl.col("article_count"),
        ),
    ),
    "coverage": (
        *_id_list("speaker_ids"),
        *_id_list("article_ids", "article_id"),
        Rule(
            "absent",
            "article_ids",
            "an outlet that leaves a claim out has no article and no speaker of it; another has an article",
            (pl.col("article_ids").list.len() == 0) == (pl.col("stance") == "absent"),
        ),
    ),
    "resolution_edges": (
        Rule("pair", "left_id", "left_id is less than right_id", pl.col("left_id") < pl.col("right_id")),
    ),
    "redirects": (_not_itself("current_id", "retired_id", "an id is not redirected to itself"),),
}
"""The rules of every table that has any, in the order in which they are reported."""
