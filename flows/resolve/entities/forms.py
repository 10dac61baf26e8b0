"""The forms of all articles by columns, in order of group and key; a form as an object where that is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from flows.resolve.entities.on_demand import OnDemand
from flows.resolve.names.name_forms import Form, form_of
from flows.resolve.names.plain_names import plain_name, plain_persons
from flows.resolve.names.words import Words

PERSON = "PERSON"


@dataclass(frozen=True)
class Forms:
    """The forms, by number.

    table   a row each: its `group` and `key`, the `words` that are its tokens, whether it is a `single` token, and
            whether it is `plain`: a full name of a person of which its words are all that is known (`plain_persons`)
    made    the forms as objects; those that are not plain are there from the first
    """

    table: pl.DataFrame
    made: Mapping[int, Form]

    def numbers_of(self, wanted: pl.DataFrame) -> dict[tuple[str, str], int]:
        """Return the numbers of forms by `group` and `key`, of those that are wanted and known."""
        numbered = self.table.select("group", "key").with_row_index("form")
        found = numbered.join(wanted, on=["group", "key"], how="semi")
        return {(group, key): form for form, group, key in found.iter_rows()}

    def of_group(self, group: str) -> np.ndarray:
        """Return which are of a class of types."""
        return (self.table["group"] == group).to_numpy()

    @cached_property
    def single(self) -> np.ndarray:
        """Which are persons by one word."""
        return self.table["single"].to_numpy()

    @cached_property
    def other(self) -> list[int]:
        """The forms that are not plain."""
        return (~self.table["plain"]).arg_true().to_list()

    @cached_property
    def full(self) -> np.ndarray:
        """Which are full names of persons."""
        return self.of_group(PERSON) & ~self.single

    @cached_property
    def of_generation(self) -> np.ndarray:
        """Which have the mark of a generation."""
        marked = np.zeros(self.table.height, bool)
        marked[[number for number in self.other if self.made[number].name.generation]] = True
        return marked

    @cached_property
    def words(self) -> Words:
        """The tokens of all forms."""
        words = self.table["words"].str.split(" ")
        return Words.of(words.list.eval(pl.element().filter(pl.element() != "")))

    def with_genders(self, more: Sequence[tuple[int, str]]) -> "Forms":
        """Return the forms and more of them: surnames by number, each as that of a man or of a woman."""
        numbers, genders = [number for number, _ in more], [gender for _, gender in more]
        added = self.table[numbers].with_columns(key=pl.col("key") + ", " + pl.Series(genders, dtype=pl.String))
        size, known = self.table.height, self.made

        def form(number: int) -> Form:
            if number < size:
                return known[number]
            base, gender = more[number - size]
            return known[base]._replace(key=f"{known[base].key}, {gender}", gender=gender)

        return Forms(pl.concat([self.table, added]), OnDemand(form))


def number_forms(named: pl.DataFrame) -> tuple[Forms, pl.DataFrame]:
    """Return one form a group and key, that of the least surface, and a frame of surfaces with their form.

    named: `surface`, `entity_type`, `group`. The frame has `group`, `surface` and `form`, the number of the form.
    """
    distinct = named.select("group", "surface", "entity_type").unique(["group", "surface"], maintain_order=True)
    persons = distinct.filter(group=PERSON)
    plain = persons.with_columns(key=plain_persons(persons["surface"])).drop_nulls("key")
    others = distinct.join(plain, on=["group", "surface"], how="anti", maintain_order="left")
    found = [form_of(surface, kind) for _, surface, kind in others.iter_rows()]
    keys = pl.Series([form.key for form in found], dtype=pl.String)
    keyed = pl.concat(
        [
            plain.select("group", "surface", "key", other=pl.lit(None, pl.Int64)),
            others.select("group", "surface", key=keys, other=pl.int_range(pl.len())),
        ]
    ).sort("group", "key", "surface")
    begins = pl.col("group").ne_missing(pl.col("group").shift()) | pl.col("key").ne_missing(pl.col("key").shift())
    keyed = keyed.with_columns(form=begins.cum_sum().cast(pl.Int64) - 1)
    least = keyed.unique("form", keep="first", maintain_order=True)
    return _forms(least.select("group", "key", "other"), found), keyed.select("group", "surface", "form")


def _forms(least: pl.DataFrame, found: Sequence[Form]) -> Forms:
    """The forms of `group` and `key`; other: which of those that were found it is, if it is not plain."""
    told = pl.DataFrame(
        {
            "other": range(len(found)),
            "words": [" ".join(form.name.tokens) for form in found],
            "single": [form.single_token for form in found],
        },
        {"other": pl.Int64, "words": pl.String, "single": pl.Boolean},
    )
    table = least.join(told, on="other", how="left", maintain_order="left").select(
        "group",
        "key",
        words=pl.coalesce("words", "key"),
        single=pl.col("single").fill_null(value=False),
        plain=pl.col("other").is_null(),
    )
    keys = table["key"]
    made = OnDemand(lambda number: _plain_form(keys[number]))
    numbers = least.with_row_index("form").drop_nulls("other").select("form", "other")
    made.update((number, found[at]) for number, at in numbers.iter_rows())
    return Forms(table, made)


def _plain_form(key: str) -> Form:
    """A form of which `plain_persons` has told the tokens, which are its key."""
    return Form(PERSON, key, plain_name(key))
