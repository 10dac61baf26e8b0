"""The statements of a snapshot by speaker, story, outlet, subject and date, whatever the case and accents of a name.

The rows are those of the table `statements`, which `schemas.derived.statements` makes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import polars as pl

from flows.errors import SettingsError, UnknownNameError
from flows.snapshots.thresholds import THRESHOLDS
from schemas.statements import what_is_said

Scan = Callable[[str], pl.LazyFrame]
"""Gives a table of a snapshot by its name."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of the statements; None asks nothing."""

    speaker: str | None = None
    story: str | None = None
    outlet: str | None = None
    about: str | None = None
    since: str | date | None = None
    until: str | date | None = None


def find_statements(scan: Scan, wanted: Wanted) -> pl.LazyFrame:
    """Return the rows of `statements` that fit, newest first. Raises UnknownNameError and SettingsError."""
    found = scan("statements")
    if wanted.speaker:
        said = scan("claim_mentions").select("claim_mention_id", speaker_id="speaker_ids").explode("speaker_id")
        ids = speakers_called(scan, wanted.speaker)
        found = found.join(said.filter(pl.col("speaker_id").is_in(ids)), on="claim_mention_id", how="semi")
    if wanted.outlet:
        found = found.filter(pl.col("publisher").is_in(outlets_called(scan, wanted.outlet)))
    if wanted.story:
        found = found.filter(pl.col("story_id").is_in(stories_called(scan, wanted.story)))
    if wanted.about:
        found = found.join(_about(scan, wanted.about), on="claim_mention_id", how="semi")
    if wanted.since is not None:
        found = found.filter(pl.col("published_on") >= _first_day(wanted.since))
    if wanted.until is not None:
        found = found.filter(pl.col("published_on") < _day_after(wanted.until))
    newest = ["published_on", "article_id", "start_char", "end_char", "claim_mention_id"]
    return found.sort(newest, descending=[True, False, False, False, False], nulls_last=True)


def folded(text: pl.Expr) -> pl.Expr:
    """Return text for comparing names: small letters without accents."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()


def has_words(text: pl.Expr, words: str) -> pl.Expr:
    """Tell whether text has each of the words, whole and in any order, whatever their case and accents."""
    said = pl.select(folded(pl.lit(words))).item().split()
    low = folded(text.fill_null(""))
    return pl.all_horizontal(low.str.contains(rf"(?:^|\W){re.escape(word)}(?:\W|$)") for word in said)


def entities_with(scan: Scan, words: str) -> pl.LazyFrame:
    """Return ids and names of the entities one of whose spellings has all the words."""
    named = scan("entities").select("entity_id", "name", pl.concat_list(pl.concat_list("name"), "aliases").alias("by"))
    fits = pl.col("by").list.eval(has_words(pl.element(), words)).list.any()
    return named.filter(fits).select("entity_id", "name")


def speakers_called(scan: Scan, words: str) -> list[str]:
    """Return ids of who is called so and says something. Raises UnknownNameError with the nearest names."""
    speaking = scan("claim_mentions").select(entity_id="speaker_ids").explode("entity_id").drop_nulls().unique()
    found = entities_with(scan, words).join(speaking, on="entity_id", how="semi").sort("entity_id").collect()
    if found.is_empty():
        who = scan("entities").join(speaking, on="entity_id", how="semi").select("name", "aliases", "mention_count")
        named = {
            spelling: name
            for name, aliases in who.sort("mention_count", "name").select("name", "aliases").collect().iter_rows()
            for spelling in (*aliases, name)
        }
        raise UnknownNameError("speaker", words, nearest(words, named))
    return found["entity_id"].to_list()


def outlets_called(scan: Scan, words: str) -> list[str]:
    """Return the names of outlets that have all the words. Raises UnknownNameError with the nearest names."""
    outlets = scan("articles").select(pl.col("publisher").drop_nulls().unique().sort()).collect()
    found = outlets.filter(has_words(pl.col("publisher"), words))["publisher"].to_list()
    if not found:
        raise UnknownNameError("outlet", words, nearest(words, {name: name for name in outlets["publisher"]}))
    return found


def stories_called(scan: Scan, words: str) -> list[str]:
    """Return ids of the story of this id, or of those whose title has all the words. Raises UnknownNameError."""
    stories = scan("stories").select("story_id", "title").collect()
    found = stories.filter((pl.col("story_id") == words) | has_words(pl.col("title"), words))
    if found.is_empty():
        titles = {title: title for title in stories["title"].drop_nulls()}
        raise UnknownNameError("story", words, nearest(words, titles))
    return found["story_id"].to_list()


def nearest(words: str, named: dict[str, str]) -> list[str]:
    """Return up to three names, likest first, whose spelling, initials or one word of it is like the words.

    named: the name that stands for each spelling. Where nothing is much alike, what is a little.
    """
    low: dict[str, str] = {}
    for spelling, name in named.items():
        capitals = [word[0] for word in spelling.split() if word[0].isupper()]
        initials = ("".join(capitals[at:]) for at in range(2) if len(capitals) > at + 1)
        for part in (*initials, spelling, *spelling.split()):
            low[part.casefold()] = name
    wanted = words.casefold()
    close = get_close_matches(wanted, low, n=12) or get_close_matches(wanted, low, n=12, cutoff=THRESHOLDS.little_alike)
    return list(dict.fromkeys(low[spelling] for spelling in close))[:3]


def _about(scan: Scan, words: str) -> pl.LazyFrame:
    """Return ids of claim mentions that have the words in what they say, or name an entity that is called so."""
    ids = entities_with(scan, words).collect()["entity_id"].to_list()
    named = pl.col("entity_ids").list.eval(pl.element().is_in(ids)).list.any()
    return scan("claim_mentions").filter(has_words(what_is_said(), words) | named).select("claim_mention_id")


def _first_day(when: str | date) -> date:
    """The first day of a year, a month or a day."""
    if isinstance(when, date):
        return when
    year, month, day = (*_numbers(when), 1, 1)[:3]
    return _date(when, year, month, day)


def _day_after(when: str | date) -> date:
    """The day after the last day of a year, a month or a day."""
    if isinstance(when, date):
        return date.fromordinal(when.toordinal() + 1)
    parts = _numbers(when)
    if len(parts) == 1:
        return _date(when, parts[0] + 1, 1, 1)
    if len(parts) == 2:
        month = _date(when, *parts, 1)
        return date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(_date(when, *parts).toordinal() + 1)


def _numbers(when: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", when):
        raise SettingsError(f"{when!r} is no date; a date looks like 2019, 2019-01 or 2019-01-31")
    return tuple(map(int, when.split("-")))


def _date(said: str, *parts: int) -> date:
    try:
        return date(*parts)
    except (ValueError, TypeError) as error:
        raise SettingsError(f"{said!r} is no date: {error}") from error
