"""What one claim mention asserts, as guards and conflicts read it: words, names, figures, dates."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from flows.lexicons import column, one_of, word_list
from flows.lexicons.stems import CONTENT_WEIGHT, stem, weight
from flows.resolve.claims.matching.opposites import opposites
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.whole_numbers import distinct
from schemas.vocabularies import Attribution

NAMES = pl.List(pl.Struct({"entity": pl.String, "entity_type": pl.String, "surface": pl.String}))
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_PRONOUNS = one_of({*column("pronouns", "pronoun", "antecedent"), *word_list("anaphoric_words")})
_EXPLAINED = re.compile(rf"\b({_PRONOUNS})((?:['’][a-z]{{1,2}})?) \[[^\[\]]*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as it is compared: value and unit, of the base unit of its kind where it has one, and its bound.

    measured: whether the unit is one of measurement (money, a share, a mass), which says nothing of what is measured;
    a noun that is counted does.
    """

    value: float
    unit: str | None
    bound: str | None
    surface: str
    measured: bool = False

    @classmethod
    def of(cls, quantity: Mapping[str, Any]) -> "Figure":
        """Return the figure of a list element of `schemas.claims.Quantities`; a share in words is one in percent."""
        value, surface = quantity["value"], quantity["surface"]
        if quantity["base_value"] is None and 0 < value < 1 and not any(map(str.isdigit, surface)):
            return cls(100 * value, "percent", quantity["bound"], surface.partition(" of ")[0], measured=True)
        based = quantity["base_value"] is not None
        return cls(
            quantity["base_value"] if based else value,
            quantity["base_unit"] if based else quantity["unit"],
            quantity["bound"],
            surface,
            based,
        )


@dataclass(frozen=True, slots=True)
class Name:
    """An entity that a proposition names: whom it stands for, its kind, and the words in the text."""

    entity: str
    kind: str
    surface: str


@dataclass(frozen=True)
class Proposition:
    """What one claim mention asserts, who says it, where and when.

    statement: its words, with those in brackets that a reader needs; modality: `schemas.vocabularies.Modality`; names
    in order of the text; figures, and dates as (ISO, surface), of its content; article and story (null: none known);
    speakers: everyone who speaks together, none where nobody is known; narrated: in the publisher's own voice; day:
    when it was said, else published; opening: whether it stands in the opening of its article; place: how far into it,
    0..1; early: how near it stands to its beginning, 1..0, nothing where the text is short.
    """

    statement: str
    modality: str
    names: tuple[Name, ...]
    figures: tuple[Figure, ...]
    dates: tuple[tuple[str, str], ...]
    article: str = ""
    story: str | None = None
    speakers: tuple[str, ...] = ()
    narrated: bool = False
    day: date | None = None
    opening: bool = False
    place: float = 0.0
    early: float = 0.0

    @cached_property
    def said(self) -> str:
        """The words that are said, in lower case, without those in brackets, which the article says elsewhere."""
        told = _BRACKETED.sub(" ", self.statement) if "[" in self.statement else self.statement
        return " ".join(told.split()).casefold()

    @cached_property
    def unexplained(self) -> "Proposition | None":
        """The same without what brackets say of its pronouns; None where none of them is explained."""
        statement = _EXPLAINED.sub(r"\1\2", self.statement) if "[" in self.statement else self.statement
        return None if statement == self.statement else self._telling(statement)

    @cached_property
    def outside_brackets(self) -> "Proposition":
        """The same without all that stands in brackets."""
        return self._telling(" ".join(_BRACKETED.sub(" ", self.statement).split()))

    @cached_property
    def inside_brackets(self) -> frozenset[str]:
        """The words in brackets that say something, without names."""
        forms = word_forms(" ".join(_BRACKETED.findall(self.statement)))
        return frozenset(form for form, kind in forms if kind not in ("function", "name"))

    def _telling(self, statement: str) -> "Proposition":
        return replace(self, statement=statement, names=tuple(name for name in self.names if name.surface in statement))

    @cached_property
    def in_first_person(self) -> bool:
        """Whether it is said in the first person, and all pronouns that brackets explain are of who speaks."""
        own = word_list("first_person")
        explained = {found[1].lower() for found in _EXPLAINED.finditer(self.statement)}
        return explained <= own and (bool(explained) or any(form in own for form, _ in self.forms))

    @cached_property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Form and kind of each word: function, name, number, negation or word (`pair_input.word_form`)."""
        return tuple(word_forms(self.statement))

    @cached_property
    def _by_kind(self) -> dict[str, list[str]]:
        """The forms of each kind in order, gone through once for all that follow."""
        found: dict[str, list[str]] = defaultdict(list)
        for form, kind in self.forms:
            found[kind].append(form)
        return found

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """The words that say something, in order: two propositions with the same ones are one wording."""
        return tuple([form for form, kind in self.forms if kind != "function"])

    @cached_property
    def words(self) -> frozenset[str]:
        """The same, each once."""
        return frozenset(self.wording)

    @cached_property
    def turns(self) -> frozenset[str]:
        """Function words that turn a wording into another proposition: `by`, and whom a pronoun stands for."""
        return word_list("turning_words").intersection(form for form, _ in self.forms)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that say something."""
        return self.plain_stems.union([stem(form) or form for form in self._by_kind["name"]])

    @cached_property
    def weight(self) -> float:
        """How much the words say that say something, rare ones more."""
        return stems_weight(self.stems)

    @cached_property
    def plain_stems(self) -> frozenset[str]:
        """The same without those of names."""
        return frozenset([stem(form) or form for form in self._by_kind["word"]])

    @cached_property
    def having_opposites(self) -> frozenset[str]:
        """Those of them that have an opposite."""
        known = opposites()
        return frozenset([found for found in self.plain_stems if found in known])

    @cached_property
    def plain_weight(self) -> float:
        """How much these say."""
        return stems_weight(self.plain_stems)

    @cached_property
    def content_stems(self) -> frozenset[str]:
        """Stems that are rare enough to say something by themselves."""
        return frozenset([found for found in self.stems if weight(found) >= CONTENT_WEIGHT])

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Figures, whatever they count or name."""
        return frozenset([form for form in self._by_kind["number"] if form[:1].isdigit()])

    @cached_property
    def ordinals(self) -> frozenset[str]:
        """Words that tell which of several, as `fifth`."""
        return word_list("ordinals").intersection([form for form, _ in self.forms])

    @cached_property
    def denied(self) -> bool:
        """Whether an odd number of words negate it."""
        return len(self._by_kind["negation"]) % 2 == 1

    @cached_property
    def opening_name(self) -> Name | None:
        """The name that the statement begins with, behind a bracket, a quotation mark or an article."""
        opening = self.statement.lstrip("[(\"“‘' ").removeprefix("The ").removeprefix("the ")
        return self.names[0] if self.names and opening.startswith(self.names[0].surface) else None

    @cached_property
    def entities(self) -> tuple[str, ...]:
        """Entities in order of their first naming."""
        return tuple(dict.fromkeys(name.entity for name in self.names))

    @cached_property
    def entity_set(self) -> frozenset[str]:
        """The same in no order."""
        return frozenset(self.entities)


def stems_weight(stems: frozenset[str]) -> float:
    """Return the summed weights of stems, the same in whatever order they come."""
    return math.fsum(map(weight, stems))


def likeness(a: Proposition, b: Proposition) -> float:
    """Return the Dice coefficient of the content stems of two propositions, rare ones counting more."""
    return _dice((a.stems, a.weight), (b.stems, b.weight))


def plain_likeness(a: Proposition, b: Proposition) -> float:
    """Return the same without the words of names: what is told, not of whom."""
    return _dice((a.plain_stems, a.plain_weight), (b.plain_stems, b.plain_weight))


def _dice(one: tuple[frozenset[str], float], other: tuple[frozenset[str], float]) -> float:
    """The Dice coefficient of weighted stems; where all of one are in common, what they weigh is known."""
    (a, weight_a), (b, weight_b) = one, other
    if not weight_a + weight_b:
        return 0.0
    shared = a & b
    known = weight_a if len(shared) == len(a) else weight_b if len(shared) == len(b) else stems_weight(shared)
    return 2 * known / (weight_a + weight_b)


def proposition_rows(mentions: pl.DataFrame, places: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Return all that a proposition is made of, a row a mention in the order given.

    mentions: article_id, start_char, statement, modality, quantities, dates, speaker_ids, attribution, said_on; places:
    row, entity, entity_type, surface, at; articles: article_id, story_id, published_on, text.
    """
    told = articles.select("article_id", "story_id", "published_on", length=pl.col("text").str.len_chars())
    long = (pl.col("length") >= THRESHOLDS.goes_on_chars).fill_null(value=False)
    return (
        mentions.with_row_index("row")
        .join(told, on="article_id", how="left", maintain_order="left")
        .join(_names(places), on="row", how="left", maintain_order="left")
        .select(
            "statement",
            "modality",
            pl.col("names").fill_null(pl.lit([], NAMES)),
            "quantities",
            "dates",
            "article_id",
            "story_id",
            "speaker_ids",
            narrated=pl.col("attribution") == Attribution.NARRATED,
            day=pl.coalesce("said_on", "published_on"),
            opening=(pl.col("start_char") < THRESHOLDS.opening_chars) & long,
            place=(pl.col("start_char") / pl.col("length").clip(1)).clip(0, 1).fill_null(0.0),
            early=pl.when(long).then((-pl.col("start_char") / THRESHOLDS.early_chars).exp()).otherwise(0.0),
        )
    )


def _names(places: pl.DataFrame) -> pl.DataFrame:
    """The names of each row in order of the text: row, names."""
    named = places.sort("row", "at", maintain_order=True).group_by("row", maintain_order=True)
    return named.agg(names=pl.struct("entity", "entity_type", "surface").cast(NAMES.inner))


def propositions(rows: pl.DataFrame, wanted: Iterable[int]) -> dict[int, Proposition]:
    """Return the propositions of the wanted rows of a frame of `proposition_rows`."""
    chosen = distinct(np.fromiter(wanted, np.int64))
    return {
        row: Proposition(
            statement,
            modality,
            tuple(Name(*name.values()) for name in names),
            tuple(Figure.of(quantity) for quantity in quantities if f"({quantity['surface']}" not in statement),
            tuple((date["iso"], date["surface"]) for date in dates),
            article,
            story,
            tuple(speakers),
            *rest,
        )
        for row, (statement, modality, names, quantities, dates, article, story, speakers, *rest) in zip(
            chosen.tolist(), rows[chosen].iter_rows(), strict=True
        )
    }
