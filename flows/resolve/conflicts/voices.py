"""Who may contradict whom, and what time makes of two figures.

Nobody contradicts himself in one text, nor an outlet by its own later report, nor an article by its corrected version;
a copy with another figure does. So of one outlet, as of one text, only two speakers who are known contradict each
other. What changes in time is no contradiction: a later count supersedes an earlier one, and that of the same outlet or
speaker is the same count, brought up to date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from flows.lexicons.stems import stem
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.conflicts.thresholds import THRESHOLDS
from schemas.derived import sources
from schemas.vocabularies import ConflictType

_CHANGING = frozenset({ConflictType.QUANTITY, ConflictType.POLARITY})
"""What may change from one day to the next."""


@dataclass(frozen=True)
class Voices:
    """The text of which each article is a version, by number, and its publisher where that is known; and what those
    who speak are called, by their ids.
    """

    version_of: Mapping[str, int]
    publisher: Mapping[str, str | None]
    called: Mapping[str, str]

    @classmethod
    def of(cls, articles: pl.DataFrame, called: Mapping[str, str]) -> "Voices":
        """Return those of `articles`: article_id, publisher, revision_of. called: names of entities by their ids."""
        revised = articles.select("article_id", "revision_of", duplicate_of=pl.lit(None, pl.String))
        publishers = dict(articles.select("article_id", "publisher").iter_rows())
        return cls(dict(sources(revised).iter_rows()), publishers, called)

    def among(self, rows: pl.DataFrame) -> "Voices":
        """Return those of some rows of `proposition_rows` alone: what a worker needs of them."""
        articles = rows["article_id"].unique().to_list()
        speakers = rows["speaker_ids"].explode().drop_nulls().unique().to_list()
        return Voices(
            {article: self.version_of[article] for article in articles},
            {article: self.publisher[article] for article in articles},
            {speaker: self.called[speaker] for speaker in speakers if speaker in self.called},
        )

    def articles(self) -> pl.DataFrame:
        """Return the articles: article_id, publisher, version (i64), the text of which each is a version."""
        numbers = [self.version_of[article] for article in self.publisher]
        columns = {"article_id": list(self.publisher), "publisher": list(self.publisher.values()), "version": numbers}
        return pl.DataFrame(columns, schema={"article_id": pl.String, "publisher": pl.String, "version": pl.Int64})

    def may_conflict(self, a: Proposition, b: Proposition) -> bool:
        """Tell whether two propositions of one story have different voices.

        In one text, and in two of one outlet, only two known speakers do: of 25 conflicts with an agency's own voice,
        or with nobody known, that were read none held.
        """
        if a.story is None or a.story != b.story:
            return False
        if a.article == b.article or self._one_outlet(a, b):
            known = bool(a.speakers) and bool(b.speakers) and not one_voice(a, b)
            return known and not self._revised(a, b)
        return not (self._revised(a, b) or _tells_two_things(a, b))

    def in_time(self, kind: ConflictType, a: Proposition, b: Proposition) -> ConflictType | None:
        """Return the type of a conflict where time may have passed between the two: an update, or none at all."""
        if kind not in _CHANGING or a.day is None or b.day is None or a.day == b.day:
            return kind
        one = self._one_outlet(a, b) or self._may_be_one_speaker(a, b)
        if one or abs((a.day - b.day).days) > THRESHOLDS.days_apart:
            return None
        return ConflictType.UPDATE if kind is ConflictType.QUANTITY else kind

    def _revised(self, a: Proposition, b: Proposition) -> bool:
        return a.article != b.article and self.version_of[a.article] == self.version_of[b.article]

    def _one_outlet(self, a: Proposition, b: Proposition) -> bool:
        outlet = self.publisher[a.article]
        return outlet is not None and outlet == self.publisher[b.article]

    def _may_be_one_speaker(self, a: Proposition, b: Proposition) -> bool:
        """Whether one speaker says both, or somebody whom nothing tells apart from the other: who is not known, or a
        body of the same name ("the fire service" of two articles that leave open of which state it is).
        """
        unknown = any(not p.narrated and not p.speakers for p in (a, b))
        names, others = ({self.called.get(speaker, speaker) for speaker in p.speakers} for p in (a, b))
        return unknown or not names.isdisjoint(others)


def _tells_two_things(a: Proposition, b: Proposition) -> bool:
    """Whether one speaker gives figures of two kinds of one thing: his gross profit does not contradict his net profit.

    Of the same words two outlets may have heard different ones.
    """
    if set(a.speakers).isdisjoint(b.speakers) or not (a.figures and b.figures):
        return False
    own, other = a.plain_stems - b.plain_stems, b.plain_stems - a.plain_stems
    kinds, others = _qualified(a), _qualified(b)
    return any(kinds[noun] in own and others[noun] in other for noun in kinds.keys() & others.keys())


def _qualified(proposition: Proposition) -> dict[str, str]:
    """The word before each, by stems: the kind of what a noun names."""
    words = [(stem(form) or form, kind) for form, kind in proposition.forms]
    return {noun: before for (before, _), (noun, kind) in pairwise(words) if kind == "word"}


def one_voice(a: Proposition, b: Proposition) -> bool:
    """Tell whether both are the publisher's own words, or one speaker makes both."""
    return (a.narrated and b.narrated) or bool(set(a.speakers) & set(b.speakers))
