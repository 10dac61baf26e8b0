"""The discourse model of a text: its names and sentences, who has spoken so far, and who is meant most likely."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.attributed import Attributed
from flows.extract.speakers.discourse.name_words import OWNS
from flows.extract.speakers.discourse.persons import Persons
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import sentence_starts
from flows.lexicons import one_of, word_list
from flows.spans import Span

_TRANSITION = re.compile(r"(?:[\w ]{0,32},\s|For\s)?(?:(?:[Tt]he|[Aa]n?)\s[^,.;:]{3,60},\s)?")
"""What may stand before the subject of a sentence: `On Tuesday, `, `For `, `The mayor of the lake, `."""

_ADDRESS = re.compile(rf"\b(?:{one_of(word_list('forms_of_address'))})\.? $", re.IGNORECASE)
"""`Mrs ` before a name that opens its sentence."""

_TITLE = re.compile(r"(?:(?:The|[A-Z][\w.’'-]{0,20})\s){1,4}(?:[a-z][\w’'-]{1,20}\s){0,3}$")
"""What stands before the role that stands before a name: `The Lake Board `, `The Estonian human rights `."""

_GOVERNED = re.compile(
    r"\b(?:by|to|of|against|with|for|from)\s+(?:(?:[A-Z][a-z]{1,9}\.?|the|an?|its|his|her|their)\s+)?$"
)
"""What stands before a name that is no subject: `delivered by`, `in a letter to Mr `, `met by its (abbot, Ilves)`."""

_SPOKEN_OF = re.compile(
    r"(?:(?:Asked |Speaking )?(?:[Aa]bout|[Oo]f)|Like|Unlike|As (?:for|to))\s(?:[^,.;:]{1,40},? )?$"
)
"""What opens a sentence before somebody who is not its subject: `Of her keeper, (Ann Lee, the coach said)`."""

_OPENS_CLAUSE = re.compile(rf"(?:(?:But|And|Yet|Even)\s)?(?:{one_of(word_list('subordinators'))})\s", re.IGNORECASE)
SUBJECT = re.compile(r", (?:[A-Z][a-z]{1,3}\.? )?$")
"""What stands before the subject behind a clause that opens its sentence: `As rain fell, Mr `."""

_CALLED = re.compile(r" (?:[A-Za-z-]{1,20} ){0,3}([A-Za-z-]{1,20}) ")
_OWNS = re.compile(rf"{OWNS} (?:[a-z-]{{1,20}},? ){{1,4}}")
"""What stands between a person and whose relative or aide is named: `'s older brother `."""

QUOTES = tuple("\"“”'‘«„")


class Discourse(Persons):
    """The text, its names and who has spoken so far.

    `turns` are the speakers so far with the position of their source, in order; the last one is the current speaker.
    `together` are all who spoke in the last turn. `unnamed` is where a pronoun, by its gender, last stood that may mean
    somebody without a name.
    """

    def __init__(self, text: str, attributions: Sequence[Attributed], mentions: Sequence[Mention]) -> None:
        self.mentions = sorted(mentions)
        super().__init__(text, [m for m in self.mentions if m.entity_type == "PERSON"])
        self._starts = [m.start for m in self.mentions]
        self._ends = [m.end for m in self.mentions]
        self.contents = sorted({span for a in attributions for span in a.spans})
        self._quotations = [span for span in self.contents if text.startswith(QUOTES, span.start)]
        self.sources = {a.source for a in attributions if a.source}
        self._sources_in_order = sorted(self.sources)
        self.sentences = sentence_starts(text)
        self.turns: list[tuple[int, Mention]] = []
        self.together: tuple[Mention, ...] = ()
        self.unnamed: dict[str, int] = {}
        self._have_spoken: set[Span] = set()

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that holds a position, from 1 on."""
        return bisect_right(self.sentences, at)

    def sentence_start(self, at: int) -> int:
        """Return where the sentence that holds a position starts."""
        return self.sentences[self.sentence(at) - 1]

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Return the names that begin from a position on and before another."""
        first, last = (bisect_left(self._starts, at) for at in (start, end))
        return self.mentions[first:last]

    def mentions_in(self, span: Span) -> list[Mention]:
        """Return the names that have a character in a range."""
        return self.mentions[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]

    def mention_ended(self, position: int) -> Mention | None:
        """Return the last name that has ended at a position."""
        at = bisect_right(self._ends, position)
        return self.mentions[at - 1] if at else None

    def sources_between(self, start: int, end: int) -> list[Span]:
        """Return the sources of attributions that begin from a position on and before another."""
        first, last = (bisect_left(self._sources_in_order, at, key=lambda s: s.start) for at in (start, end))
        return self._sources_in_order[first:last]

    def add_turn(self, speakers: Sequence[Mention], source: Span) -> None:
        """Record that persons or bodies speak together from a source on; the first is the current speaker."""
        self.turns.append((source.start, speakers[0]))
        self.together = tuple(speakers)
        self._have_spoken.update(speaker.span for speaker in speakers)

    def person_beside(self, cue: Span | None) -> Mention | None:
        """Return the person whose name touches a cue without a source: nobody else can be meant.

        Or whose name the cue is: `[Said] told them` of Mark Said.
        """
        if cue is None:
            return None
        named = self.persons_between(cue.start, cue.end)
        if named:
            return named[0]
        for m in self.persons_before(cue.end + 60, 1):
            between = self.text[m.end : cue.start] if m.end <= cue.start else self.text[cue.end : m.start]
            if between in (" ", ", ") and (m.end <= cue.start or m.start >= cue.end):
                return m
        return None

    def candidates(self, before: int) -> list[tuple[float, Mention]]:
        """Score the persons named before a position, the likeliest first: near, subject of a sentence, spoke last."""
        scored: dict[str, tuple[float, Mention]] = {}
        for m in self.persons_before(before, THRESHOLDS.reach):
            key, score = self.person_key(m), self._salience(m, before)
            if key not in scored or score >= scored[key][0]:
                scored[key] = (score, m)
        if self.turns and self.turns[-1][1].entity_type == "PERSON":
            at, last = self.turns[-1]
            away = self.sentence(before) - self.sentence(at)
            key, score = self.person_key(last), THRESHOLDS.last_speaker - THRESHOLDS.per_sentence * away
            if away <= THRESHOLDS.reach and (key not in scored or score > scored[key][0]):
                scored[key] = (score, last)
        return sorted(scored.values(), key=lambda c: (-c[0], -c[1].start))

    def _salience(self, mention: Mention, before: int) -> float:
        """How present one place with a person's name is to who reads on from a position."""
        away = self.sentence(before) - self.sentence(mention.start)
        quoted = _holds(self.contents, mention) and mention.span not in self.sources
        spoke = _holds(self._sources_in_order, mention) or mention.span in self._have_spoken
        first = self.first_in_sentence(mention) and (spoke or not self._governed(mention))
        topic = first and not quoted and self._opens_sentence(mention)
        score = (
            THRESHOLDS.named_source * (spoke or topic)
            + THRESHOLDS.first_in_sentence * first
            + THRESHOLDS.introduced * (mention.role is not None and first)
            - THRESHOLDS.per_sentence * away
            - THRESHOLDS.quoted * quoted
        )
        return score + THRESHOLDS.same_sentence * (first and not away)

    def _governed(self, mention: Mention) -> bool:
        """Whether a preposition stands before a name and its role: who is acted for or upon is no subject."""
        before = self._before_title(mention, self.sentence_start(mention.start))
        return _GOVERNED.search(before[-THRESHOLDS.beside_name :]) is not None

    def spoken_of(self, mention: Mention) -> bool:
        """Return whether a sentence opens with whom it is said of: `Of Ann Lee, the coach said`."""
        return _SPOKEN_OF.match(self.text, self.sentence_start(mention.start), mention.start) is not None

    def _before_title(self, mention: Mention, start: int) -> str:
        """The text from a position to a name, without the role that stands before it."""
        before = self.text[start : mention.start]
        described = before.rstrip(", ")
        if mention.role and described.endswith(mention.role):
            return described[: -len(mention.role)]
        return before

    def _opens_sentence(self, mention: Mention) -> bool:
        """Whether a name is the first words of its sentence, a few words of transition aside."""
        start = self.sentence_start(mention.start)
        before, untitled = self.text[start : mention.start], self._before_title(mention, start)
        before = _TITLE.sub("", untitled) if untitled != before else _ADDRESS.sub("", before)
        return _TRANSITION.fullmatch(before) is not None

    def persons_before(self, position: int, reach: int) -> list[Mention]:
        """Return the persons named in the `reach` sentences before a position, in order."""
        return self.persons_between(self.sentences[max(0, self.sentence(position) - 1 - reach)], position)

    def first_in_sentence(self, mention: Mention) -> bool:
        """Return whether no person is named before it in its sentence, or in the main clause of it.

        Whom only a quotation names before it does not count.
        """
        start = self._main_clause(self.sentence_start(mention.start))
        before = [m for m in self.persons_between(start, mention.start) if self._whose(m) is None]
        whose = self._whose(mention)
        if whose is not None and not self._in_quotation(whose):
            return False
        return mention.start >= start and (
            not before or (not self._in_quotation(mention) and all(map(self._in_quotation, before)))
        )

    def _whose(self, mention: Mention) -> Mention | None:
        """The person who is named as somebody's: `[Ann Kask]'s brother Peeter`, `[Kask] campaign chairman Peeter`."""
        after = self.person_from(mention.end)
        if after is None or after.start - mention.end > THRESHOLDS.beside_name:
            return None
        noun = _CALLED.fullmatch(self.text, mention.end, after.start)
        titled = noun is not None and noun.group(1).lower() in roles()
        return after if titled or _OWNS.fullmatch(self.text, mention.end, after.start) else None

    def _main_clause(self, start: int) -> int:
        """Where the main clause starts of a sentence that opens with another and then names its subject."""
        opening = _OPENS_CLAUSE.match(self.text, start)
        if opening is None:
            return start
        for m in self.persons_between(opening.end(), len(self.text)):
            if self.sentence_start(m.start) != start:
                break
            if SUBJECT.search(self._before_title(m, opening.end() - 1)):
                return m.start
        return start

    def _in_quotation(self, mention: Mention) -> bool:
        return _holds(self._quotations, mention) and mention.span not in self.sources

    def current_speaker(self, before: int, gender: str) -> Mention | None:
        """Return the person who most likely speaks on before a position, of a gender where one is given."""
        likely = [(s, m) for s, m in self.candidates(before) if not gender or self.gender(m) in ("", gender)]
        return likely[0][1] if likely and likely[0][0] > THRESHOLDS.least_for_description else None

    def is_first(self, mention: Mention) -> bool:
        """Return whether no earlier name is of the same person."""
        key = self.person_key(mention)
        earlier = self.persons_between(0, mention.start)
        return all(self.person_key(m) != key for m in earlier)


def _holds(spans: Sequence[Span], mention: Mention) -> bool:
    """Whether one of the spans, in order of their starts, holds a mention; the nearest few are looked at."""
    at = bisect_right(spans, mention.start, key=lambda span: span.start)
    return any(s.end >= mention.end for s in spans[max(0, at - THRESHOLDS.nearest_spans) : at])
