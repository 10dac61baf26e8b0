"""What a text explains of its names: two neighbouring names of which it says that they are one."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from flows.resolve.entities.mentions import NamedMention, each
from flows.resolve.entities.thresholds import THRESHOLDS

_BRACKET = re.compile(r"\s?\(\s?[\"“]?$")
_ENDS = re.compile(r"[\"”’']{0,2}\s?(?:[),;:/]|or\b|and\b|in\b|$)")
"""What follows a name in brackets that is another one of what stands before them: not `the Lake Army (AP Photo/…`."""
_KNOWN_AS = re.compile(
    r"\s?[,(]?\s?(?:(?:also|better|otherwise|commonly)\s)?(?:known|abbreviated|called)\s(?:as|to)\s(?:the\s)?[\"“]?$"
)
_OR = re.compile(r", or (?:the )?$")
_FORMERLY = re.compile(
    r"\s?[,(]\s?(?:(?:who|and)\s(?:was|is)\s)?(?:née|nee|born|formerly|previously|once)(?:\s(?:known as|called))?:?\s$"
)
_ALSO = re.compile(
    r"[\"”]?\s?[,(]?\s?(?:"
    r"(?:who\s(?:is|was)\s)?(?:also|better|best|widely|popularly|professionally|otherwise|commonly)\s(?:known|called)"
    r"(?:\s[a-z]{2,14}){0,2}\sas|(?:who\s(?:is|was)\s)?known\s(?:[a-z]{3,14}ly|to\s[a-z]{3,10})\sas"
    r"|(?:who\s)?(?:performs|performed|performing|writes|wrote|writing|records|recorded|recording|goes|went|going)\s"
    r"(?:as|by|under)(?:\sthe\s(?:\w{3,5}\s)?(?:name|pseudonym)(?:\sof)?)?"
    r"|(?:whose|his|her|their)\s(?:real|birth|full|stage|pen)\sname\s(?:is|was)|(?:real|birth|stage)\sname:?"
    r"|a\.?k\.?a\.?|alias|the\s(?:stage|pen)\sname\sof"
    r"),?\s[\"“]?(?:[A-Z][a-z]{1,9}\.?\s)?$"
)
"""A title may stand before the other name: `better known as Lady Kask`."""


@dataclass(frozen=True)
class Glosses:
    """Pairs of forms of one article of which the text says that they are one: (long, short) or (now, before).

    defined  an acronym in brackets after its long form, or `known as`
    renamed  a former name (`née Prentice`)
    also     another name of a person, borne beside the first (`better known as`)
    """

    defined: tuple[tuple[int, int], ...] = ()
    renamed: tuple[tuple[int, int], ...] = ()
    also: tuple[tuple[int, int], ...] = ()


def find_glosses(mentions: pl.DataFrame, texts: Sequence[str]) -> dict[int, Glosses]:
    """Return, by article, pairs of neighbouring names of which the text says that they are one."""
    found: dict[int, dict[str, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    gap = pl.col("start").shift(-1) - pl.col("end")
    near = (pl.col("article").shift(-1) == pl.col("article")) & gap.is_between(0, THRESHOLDS.gloss_characters)
    first = mentions.select(near.fill_null(value=False)).to_series()
    for one, other in zip(
        each(mentions.filter(first)), each(mentions.filter(first.shift(1, fill_value=False))), strict=True
    ):
        kind = _kind(one, other, texts[one.article])
        if kind:
            found[one.article][kind].add((one.form, other.form))
    return {article: Glosses(**{k: tuple(sorted(v)) for k, v in kinds.items()}) for article, kinds in found.items()}


def _kind(one: NamedMention, other: NamedMention, text: str) -> str:
    """The field of `Glosses` that two neighbouring names belong to, or nothing."""
    between = text[one.end : other.start]
    bracketed = _BRACKET.match(between) is not None and _ENDS.match(text, other.end) is not None
    if bracketed or (one.entity_type != "PERSON" and _KNOWN_AS.match(between)):
        return "defined"
    if _OR.fullmatch(between) and text.startswith(",", other.end) and _has_initials(one.surface, other.surface):
        return "defined"
    if one.entity_type == other.entity_type == "PERSON":
        if _FORMERLY.match(between):
            return "renamed"
        if _ALSO.fullmatch(between) and not text.startswith(("'s ", "’s "), other.end):
            return "also"
    return ""


def _has_initials(long: str, short: str) -> bool:
    """Whether the letters of an acronym are capitals of a longer name, in order: `the Lake Farmers Party, or LFP,`."""
    capitals = iter(filter(str.isupper, long))
    return short.isupper() and len(short) > 1 and all(letter in capitals for letter in short)
