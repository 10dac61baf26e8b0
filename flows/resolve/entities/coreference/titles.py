"""Titles right before names: whether a man or a woman has the name, and which of two people of one surname."""

import re
from collections.abc import Sequence

import polars as pl

from flows import lexicons
from flows.resolve.entities.forms import Forms

_TITLE = re.compile(r"\b(\w{1,12})\.?\s{1,3}$")


def title_before(text: str, start: int) -> str:
    """Return the word in small letters right before a name, which may be a title."""
    title = _TITLE.search(text[max(0, start - 16) : start]) if start else None
    return title.group(1).lower() if title else ""


def title_gender(text: str, start: int) -> str:
    """Return the gender of `Mrs` or `Sir` right before a name, or nothing."""
    return lexicons.column("honorifics", "word", "gender").get(title_before(text, start), "")


def with_couples_told_apart(mentions: pl.DataFrame, forms: Forms, texts: Sequence[str]) -> tuple[pl.DataFrame, Forms]:
    """Return mentions and forms where `Mrs Kask` and `Mr Kask` of one article have forms of their own.

    mentions: as `named_mentions` returns them.
    """
    alone = mentions.with_row_index("row").filter(pl.Series(forms.single)[mentions["form"].to_numpy()])
    places = alone.select("article", "start").iter_rows()
    genders = pl.Series([title_gender(texts[article], start) for article, start in places], dtype=pl.String)
    titled = alone.with_columns(gender=genders).filter(pl.col("gender") != "")
    told = titled.filter(pl.col("gender").n_unique().over("article", "form") > 1)
    if told.is_empty():
        return mentions, forms
    more = told.select("form", "gender").unique().sort("form", "gender").with_row_index("number", forms.table.height)
    number = told.join(more, on=["form", "gender"], how="left", maintain_order="left")["number"].cast(pl.Int64)
    apart = mentions.with_columns(form=mentions["form"].scatter(told["row"], number))
    return apart, forms.with_genders(list(more.select("form", "gender").iter_rows()))
