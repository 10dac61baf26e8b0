"""Who speaks: the name that the source of an attribution stands for, or nothing where it cannot be known.

A source is a name, a pronoun, or a description. News introduces a speaker by name and role and then goes on with
"he", "the expert", "the minister"; the rules here follow that order: a description goes to a person of whom the
article stated that role, "the expert" to the person who has the floor, a pronoun to the person whom the text is
about, in this order of certainty. Collective and indefinite speakers (`analysts`, `a spokesperson`) stay unnamed.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from flows import lexicons
from flows.extract.boundaries import INSTITUTIONS
from flows.extract.gazetteer import WORD, load_gazetteer
from flows.extract.mentions import Mention
from flows.extract.roles import roles
from flows.text import Span
from schemas.vocab import MentionType

HE, SHE = "m", "f"
_PRONOUNS = {
    "he": HE, "him": HE, "his": HE, "himself": HE, "she": SHE, "her": SHE, "hers": SHE, "herself": SHE,
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "themselves": "they",
    "i": "own", "me": "own", "my": "own", "we": "own", "us": "own", "our": "own", "who": "who", "whom": "who",
}  # fmt: skip

_STATE_ORGANS_WORDS = (
    "government parliament side authorities leadership administration cabinet assembly state republic regime"
)
STATE_ORGANS = frozenset(_STATE_ORGANS_WORDS.split())
"""What acts for a state without a name of its own: the state itself is the body that speaks."""

_PLURALS = re.compile(r"^(?!.*(?:ss|us|is)$).*s$")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[A-Z0-9•])|\n+")
_REACH = 6
"""Sentences back in which a pronoun or `the expert` finds its name."""


class Attributed(Protocol):
    """What is needed of an attribution: its content, and its source and cue where it has them."""

    @property
    def spans(self) -> Sequence[Span]: ...
    @property
    def source(self) -> Span | None: ...
    @property
    def cue(self) -> Span | None: ...


@dataclass(frozen=True)
class Reference:
    """A description or pronoun at `span` that stands for the named mention `antecedent`."""

    span: Span
    mention_type: MentionType
    antecedent: Mention


def resolve_speakers(
    text: str, attributions: Sequence[Attributed], mentions: Sequence[Mention]
) -> tuple[list[Reference], list[Mention | None]]:
    """References found in the sources, and for each attribution the name that its source stands for, or None."""
    discourse = _Discourse(text, attributions, mentions)
    speakers: list[Mention | None] = [None] * len(attributions)
    references: dict[Span, Reference] = {}
    order = sorted(range(len(attributions)), key=lambda i: ((attributions[i].source or attributions[i].spans[0]), i))
    for index in order:
        source = attributions[index].source
        if source is None:
            speakers[index] = beside = discourse.beside(attributions[index].cue)
            if beside is not None:
                discourse.spoke(beside, beside.span)
            continue
        speaker, kind = discourse.resolve(source)
        speakers[index] = speaker
        if speaker is not None:
            discourse.spoke(speaker, source)
            if kind is not MentionType.NAME:
                references.setdefault(source, Reference(source, kind, speaker))
    return sorted(references.values(), key=lambda r: r.span), speakers


@cache
def _genders() -> dict[str, str]:
    return lexicons.column("given_names", "name", "gender")


@cache
def _title_genders() -> dict[str, str]:
    return lexicons.column("honorifics", "word", "gender")


@cache
def _state_of() -> dict[str, str]:
    """State names and adjectives in lower case, each as the state's own name."""
    found = {}
    for state in lexicons.states():
        for name in (state.name, *state.aliases, *state.adjectives):
            found[name.lower()] = state.name
    return found


class _Discourse:
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
        self.sentences = [0, *(m.end() for m in _SENTENCE.finditer(text))]
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
        for m in self._before(cue.end + 60, 1):
            between = self.text[m.end : cue.start] if m.end <= cue.start else self.text[cue.end : m.start]
            if between in (" ", ", ") and (m.end <= cue.start or m.start >= cue.end):
                return m
        return None

    def resolve(self, source: Span) -> tuple[Mention | None, MentionType]:
        """The name behind a source, and how the source refers to it."""
        surface = source.of(self.text)
        words = [w.lower() for w in WORD.findall(surface)]
        bare = [w for w in words if w not in ("according", "to")]
        if len(bare) <= 2 and bare and bare[0] in _PRONOUNS and (len(bare) == 1 or bare[1] == "also"):
            return self._pronoun(_PRONOUNS[bare[0]], source), MentionType.PRONOUN
        first = bisect_right(self.ends, source.start)
        inside = self.mentions[first : bisect_left(self.starts, source.end)]
        head = self._head(source, inside)
        if head is not None:
            return head, MentionType.NAME
        return self._description(source, surface), MentionType.NOMINAL

    def _head(self, source: Span, inside: list[Mention]) -> Mention | None:
        """The name that a source is, not one that only describes it (`the head of NATO`, `Putin's spokesman`)."""
        for m in inside:
            before = self.text[source.start : max(m.start, source.start)]
            after = self.text[m.end : source.end]
            if m.entity_type == "PERSON":
                possessed = re.match(r"['’]s?\s+\w", after)
                belongs = _noun(before) and (
                    re.search(
                        r"\b(?:for|to|by|under|with)\s+(?:(?:[Pp]resident|[Mm]inister|[A-Z][a-z]{1,3}\.)\s+)*$",
                        before,
                    )
                    or re.search(r"\bof\s+(?:[A-Z][a-z]{1,3}\.?\s+|[Pp]resident\s+)?$", before)
                )
                if not possessed and not belongs:
                    return m
        if any(m.entity_type == "PERSON" for m in inside):
            return None
        for m in inside:
            before = self.text[source.start : max(m.start, source.start)].strip().lower()
            after = re.sub(r"^['’]s\b", "", self.text[m.end : source.end]).strip(' ,."”').lower()
            first = WORD.findall(after)
            if before in ("", "the", "according to", "according to the", "official", "and"):
                if not after or (m.entity_type == "GPE" and first and first[-1] in STATE_ORGANS and len(first) <= 2):
                    return m
                if re.match(r"^(?:,|\(|which|who|and\b|in a\b|on \w+day)", after):
                    return m
        organ = (
            re.match(r"(?:the\s+)?(\w+)\s+of\s+(?:the\s+)?$", self.text[source.start : inside[0].start].lower())
            if inside
            else None
        )
        if organ and organ.group(1) in STATE_ORGANS and inside[0].entity_type == "GPE":
            return inside[0]
        return None

    def _candidates(self, before: int, reach: int = _REACH) -> list[tuple[float, Mention]]:
        """Persons named before a position, the likeliest first: near, subject of a sentence, having the floor."""
        here = self.sentence(before)
        last = self.floor[-1][1] if self.floor else None
        scored: dict[str, tuple[float, Mention]] = {}
        for m in self._before(before, reach):
            away = here - self.sentence(m.start)
            quoted = self._inside(self.contents, m) and m.span not in self.sources
            first = self._first_in_sentence(m)
            by_name = self._inside(self.by_start, m)
            named = by_name or m.span in self.spoken
            topic = first and not quoted and self._opens_sentence(m)
            introduced = m.role is not None and first
            score = 2.0 * (named or topic) + 1.0 * first + 0.7 * introduced - 0.7 * away - 2.5 * quoted
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

    def _before(self, position: int, reach: int) -> list[Mention]:
        """Persons named in the `reach` sentences before a position, in order."""
        last = bisect_left(self.person_starts, position)
        first = self.sentences[max(0, self.sentence(position) - 1 - reach)]
        return self.persons[bisect_left(self.person_starts, first) : last]

    @staticmethod
    def _inside(spans: list[Span], mention: Mention) -> bool:
        """Whether one of the sorted spans that start at or before a mention holds it; a few are looked at."""
        at = bisect_right(spans, (mention.start, mention.start + 1_000_000_000))
        return any(s.end >= mention.end for s in spans[max(0, at - 8) : at])

    def _first_in_sentence(self, mention: Mention) -> bool:
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

    def _pronoun(self, kind: str, source: Span) -> Mention | None:
        if kind == "own":
            return self._enclosing(source)
        if kind == "who":
            before = [
                m for m in self.persons if m.end <= source.start and self.text[m.end : source.start].strip(" ,") == ""
            ]
            return before[-1] if before else None
        if kind in (HE, SHE):
            candidates = [(s, m) for s, m in self._candidates(source.start) if self.gender(m) in ("", kind)]
            return candidates[0][1] if candidates and candidates[0][0] > -1.5 else None
        if not self.floor:
            return None
        at, last = self.floor[-1]
        near = self.sentence(source.start) - self.sentence(at) <= 1
        if not near or last.entity_type == "PERSON" or (kind == "they" and last.entity_type not in ("ORG", "NORP")):
            return None
        return last

    def _enclosing(self, source: Span) -> Mention | None:
        """`I` and `we` inside a quotation: whoever had the floor last, if that was just now."""
        if not self.floor or not any(c.start <= source.start and source.end <= c.end for c in self.contents):
            return None
        at, last = self.floor[-1]
        return last if self.sentence(source.start) - self.sentence(at) <= 2 else None

    def _description(self, source: Span, surface: str) -> Mention | None:
        noun = _noun(surface)
        lower = surface.lower().strip()
        if noun is None or re.match(r"(?:an?|some|many|several|other|another|one|two|most)\b", lower):
            return None
        if noun in roles():
            return self._role(source, surface, noun)
        return self._body(source, noun)

    def _role(self, source: Span, surface: str, noun: str) -> Mention | None:
        wanted = _content(surface, noun)
        kind = roles()[noun]
        lead = self._named_after(source, noun)
        if lead is not None:
            return lead
        known = [
            m
            for m in self._by_role(source.start, noun, wanted)
            if not kind.gender or self.gender(m) in ("", kind.gender)
        ]
        if wanted:
            return known[-1] if known else None
        if known and (kind.kind != "expert" or self.sentence(source.start) - self.sentence(known[-1].start) <= _REACH):
            floor = self._has_floor(source.start, kind.gender)
            same = floor is not None and any(self.who(floor) == self.who(m) for m in known)
            return floor if same else known[-1] if kind.kind != "expert" else (floor or known[-1])
        floor = self._has_floor(source.start, kind.gender)
        if floor is None or kind.kind == "kin":
            return None
        stated = [w for role in self.role_of.get(self.who(floor), []) for w in WORD.findall(role)]
        kinds = {roles()[w].kind for w in stated if w in roles()}
        if kind.kind == "expert":
            return floor if not kinds or "expert" in kinds or "office" in kinds else None
        return floor if not kinds or noun in ("official", "politician", "leader", "head", "chief", "diplomat") else None

    def _has_floor(self, before: int, gender: str) -> Mention | None:
        candidates = [(s, m) for s, m in self._candidates(before) if not gender or self.gender(m) in ("", gender)]
        return candidates[0][1] if candidates and candidates[0][0] > -1.0 else None

    def _named_after(self, source: Span, noun: str) -> Mention | None:
        """The person named in the next sentence for the first time, without a role of their own.

        A paragraph that opens with a description and goes on with a new name tells who was described.
        """
        if roles()[noun].kind != "office":
            return None
        number = self.sentence(source.start)
        if self.sentences[number - 1] != source.start or not re.search(
            r"(?:^|\n)\s*$", self.text[max(0, source.start - 3) : source.start]
        ):
            return None
        end = self.text.find("\n", source.end)
        end = len(self.text) if end < 0 else end
        for m in self.persons:
            if source.end <= m.start < end and 0 < self.sentence(m.start) - number <= 1 and m.role is None:
                new = all(self.who(p) != self.who(m) for p in self.persons if p.start < source.start)
                return m if new and self._first_in_sentence(m) else None
        return None

    def _by_role(self, before: int, noun: str, wanted: frozenset[str]) -> list[Mention]:
        """Persons named before whose stated role has the noun and everything that the description asks for."""
        found = []
        for m in self.persons:
            if m.start >= before:
                break
            for role in self.role_of.get(self.who(m), []):
                stated = _content(role, "")
                if (_stem(noun) in stated or (noun in ("head", "chief") and "minist" in stated)) and wanted <= stated:
                    found.append(m)
        return found

    def _body(self, source: Span, noun: str) -> Mention | None:
        """`the alliance`, `the ministry`: the nearest organisation before that has this word in its name."""
        gazetteer = load_gazetteer()
        for m in reversed(self.mentions[: bisect_right(self.starts, source.start)]):
            if m.entity_type != "ORG" or m.end > source.start:
                continue
            surface = m.span.of(self.text)
            heads = {h.lower() for h in gazetteer.heads(surface)}
            heads |= {w.lower() for w in WORD.findall(surface) if w in INSTITUTIONS}
            if noun in heads:
                return m
        return None


def _noun(surface: str) -> str | None:
    """The head noun of a description in lower case: the last word before its first preposition or comma."""
    head = re.split(
        r"\s(?:of|for|at|in|from|to|on|with|who|that|under|by)\s|[,;(]", surface.lower().strip(), maxsplit=1
    )[0]
    words = WORD.findall(head)
    if not words:
        return None
    for size in (2, 1):
        noun = " ".join(words[-size:])
        if noun in roles():
            return noun
    noun = words[-1]
    return None if _PLURALS.match(noun) and noun not in STATE_ORGANS else noun


_FILLERS_WORDS = "the a an of for at in to on and his her its their former new senior top chief leading country s us"
_FILLERS = frozenset(_FILLERS_WORDS.split())


def _stem(word: str) -> str:
    word = re.sub(r"['’]s$", "", word.lower())
    state = _state_of().get(word)
    if state:
        return state.lower()
    return re.sub(r"(?:ers?|ry|ries|s)$", "", word).replace("defence", "defense")[:7]


def _content(description: str, without: str) -> frozenset[str]:
    """Stems of what a description says beside its noun; states by name whether as noun or adjective."""
    words = [w for w in WORD.findall(description) if w.lower() not in _FILLERS and w.lower() != without]
    return frozenset(_stem(w) for w in words if w.lower() != without)
