"""The people of a text as its reader keeps them in mind: who is who, of which gender, and who has spoken so far."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from flows import lexicons
from flows.extract.mentions.find_mentions import Mention
from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.syntax.sentences import sentence_starts
from flows.spans import Span

REACH = 6
"""Sentences back in which a pronoun or `the expert` finds its name."""


class Attributed(Protocol):
    """What is needed of an attribution: its content, and its source and cue where it has them."""

    @property
    def spans(self) -> Sequence[Span]: ...
    @property
    def source(self) -> Span | None: ...
    @property
    def cue(self) -> Span | None: ...


@cache
def _genders() -> dict[str, str]:
    return lexicons.column("given_names", "name", "gender")


@cache
def _title_genders() -> dict[str, str]:
    return lexicons.column("honorifics", "word", "gender")


class Discourse:
    """The text, its names and who has spoken so far."""

    def __init__(self, text: str, attributions: Sequence[Attributed], mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = sorted(mentions)
        self.starts = [m.start for m in self.mentions]
        self.ends = [m.end for m in self.mentions]
        self.persons = [m for m in self.mentions if m.entity_type == "PERSON"]
        self.contents = sorted({span for a in attributions for span in a.spans})
        self.sources = {a.source for a in attributions if a.source}
        self.by_start = sorted(self.sources)
        self.person_starts = [m.start for m in self.persons]
        self._genders: dict[str, str] = {}
        self.sentences = sentence_starts(text)
        self.floor: list[tuple[int, Mention]] = []
        self.spoken: set[Span] = set()
        self.full = self._full_names()
        self.role_of = self._roles()

    def _full_names(self) -> dict[str, str]:
        """Last words of names, each with its full form, where only one person of the text has it."""
        full: dict[str, set[str]] = {}
        for m in self.persons:
            words = m.span.of(self.text).split()
            if len(words) > 1:
                full.setdefault(words[-1].lower(), set()).add(" ".join(words).lower())
        return {last: next(iter(names)) for last, names in full.items() if len(names) == 1}

    def who(self, mention: Mention) -> str:
        """One key a person of this text: the full name where the surname is nobody else's."""
        surface = " ".join(mention.span.of(self.text).split()).lower()
        return self.full.get(surface.split()[-1], surface)

    def _roles(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for m in self.persons:
            if m.role:
                found.setdefault(self.who(m), []).append(m.role.lower())
        return found

    def sentence(self, at: int) -> int:
        """Number of the sentence that holds a position."""
        return bisect_right(self.sentences, at)

    def spoke(self, speaker: Mention, source: Span) -> None:
        """Remembers who had the floor where."""
        self.floor.append((source.start, speaker))
        self.spoken.add(speaker.span)

    def beside(self, cue: Span | None) -> Mention | None:
        """The person whose name touches a cue without a source: nobody else can be meant."""
        if cue is None:
            return None
        for m in self.before(cue.end + 60, 1):
            between = self.text[m.end : cue.start] if m.end <= cue.start else self.text[cue.end : m.start]
            if between in (" ", ", ") and (m.end <= cue.start or m.start >= cue.end):
                return m
        return None

    def candidates(self, before: int, reach: int = REACH) -> list[tuple[float, Mention]]:
        """Persons named before a position, the likeliest first: near, subject of a sentence, having the floor."""
        here = self.sentence(before)
        last = self.floor[-1][1] if self.floor else None
        scored: dict[str, tuple[float, Mention]] = {}
        for m in self.before(before, reach):
            away = here - self.sentence(m.start)
            quoted = self._inside(self.contents, m) and m.span not in self.sources
            first = self.first_in_sentence(m)
            by_name = self._inside(self.by_start, m)
            named = by_name or m.span in self.spoken
            topic = first and not quoted and self._opens_sentence(m)
            introduced = m.role is not None and first
            score = 2.0 * (named or topic) + 1.0 * first + 0.7 * introduced - 0.7 * away - 2.5 * quoted
            score += 0.5 * (first and not away)
            key = self.who(m)
            if key not in scored or score >= scored[key][0]:
                scored[key] = (score, m)
        if last is not None and last.entity_type == "PERSON":
            at, _ = self.floor[-1]
            away = here - self.sentence(at)
            if away <= reach:
                key = self.who(last)
                score = 2.5 - 0.7 * away
                if key not in scored or score > scored[key][0]:
                    scored[key] = (score, last)
        return sorted(scored.values(), key=lambda c: (-c[0], -c[1].start))

    def _opens_sentence(self, mention: Mention) -> bool:
        """Whether a name is the first words of its sentence, a few words of transition aside."""
        start = self.sentences[self.sentence(mention.start) - 1]
        return re.fullmatch(r"(?:[\w ]{0,24},\s)?", self.text[start : mention.start]) is not None

    def before(self, position: int, reach: int) -> list[Mention]:
        """Persons named in the `reach` sentences before a position, in order."""
        last = bisect_left(self.person_starts, position)
        first = self.sentences[max(0, self.sentence(position) - 1 - reach)]
        return self.persons[bisect_left(self.person_starts, first) : last]

    @staticmethod
    def _inside(spans: list[Span], mention: Mention) -> bool:
        """Whether one of the sorted spans that start at or before a mention holds it; a few are looked at."""
        at = bisect_right(spans, (mention.start, mention.start + 1_000_000_000))
        return any(s.end >= mention.end for s in spans[max(0, at - 8) : at])

    def first_in_sentence(self, mention: Mention) -> bool:
        """Whether no person is named before it in its sentence."""
        start = self.sentences[self.sentence(mention.start) - 1]
        return bisect_left(self.person_starts, start) == bisect_left(self.person_starts, mention.start)

    def gender(self, mention: Mention) -> str:
        """m, f or nothing: by title, given name, role, or a pronoun that settled it."""
        key = self.who(mention)
        if key not in self._genders:
            self._genders[key] = self._gender(key)
        return self._genders[key]

    def _gender(self, key: str) -> str:
        for m in self.persons:
            if self.who(m) != key:
                continue
            title = re.search(r"(\w+)\.?\s+$", self.text[max(0, m.start - 12) : m.start])
            if title and _title_genders().get(title.group(1).lower()):
                return _title_genders()[title.group(1).lower()]
        for role in self.role_of.get(key, []):
            for word in WORD.findall(role):
                if word in roles() and roles()[word].gender:
                    return roles()[word].gender
        given = re.split(r"[\s-]", key)[0]
        return _genders().get(given, "") if " " in key else ""

    def has_floor(self, before: int, gender: str) -> Mention | None:
        """The person who most likely speaks on before a position, of a gender where one is given."""
        candidates = [(s, m) for s, m in self.candidates(before) if not gender or self.gender(m) in ("", gender)]
        return candidates[0][1] if candidates and candidates[0][0] > -1.0 else None

    def is_first(self, mention: Mention) -> bool:
        """Whether no earlier name is of the same person."""
        key = self.who(mention)
        return all(self.who(m) != key for m in self.persons[: bisect_left(self.person_starts, mention.start)])
