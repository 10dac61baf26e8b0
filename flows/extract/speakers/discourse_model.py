"""The discourse model of a text: its persons with their genders and roles, its sentences, and who has spoken so far."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.attributed import Attributed
from flows.extract.speakers.genders import given_gender, title_gender
from flows.extract.speakers.name_words import OWNS, SURNAME_FIRST, words_and_generation
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import sentence_starts
from flows.lexicons import one_of, word_list
from flows.spans import Span

_TRANSITION = re.compile(r"(?:[\w ]{0,32},\s|For\s)?(?:(?:[Tt]he|[Aa]n?)\s[^,.;:]{3,60},\s)?")
"""What may stand before the subject of a sentence: `On Tuesday, `, `For `, `The mayor of the lake, `."""

_OF_PLACE = re.compile(r" of (?:the )?[A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,2}")
"""`President Lucien Morel of France`: what stands after a name belongs to the role before it."""

_ADDRESS = re.compile(rf"\b(?:{one_of(word_list('forms_of_address'))})\.? $", re.IGNORECASE)
"""`Mrs ` before a name that opens its sentence."""

_NOUN_BEFORE = re.compile(r"\b([a-z]{2,20}) $")
_TITLE = re.compile(r"(?:(?:The|[A-Z][\w.’'-]{0,20})\s){1,4}$")
"""What stands before the role that stands before a name: `The Lake Board `."""

_GOVERNED = re.compile(
    r"\b(?:by|to|of|against|with|for|from)\s+(?:(?:[A-Z][a-z]{1,9}\.?|the|an?|its|his|her|their)\s+)?$"
)
"""What stands before a name that is no subject: `delivered by`, `in a letter to Mr `, `met by its (abbot, Ilves)`."""

_OPENS_CLAUSE = re.compile(rf"(?:(?:But|And|Yet|Even)\s)?(?:{one_of(word_list('subordinators'))})\s", re.IGNORECASE)
SUBJECT = re.compile(r", (?:[A-Z][a-z]{1,3}\.? )?$")
"""What stands before the subject behind a clause that opens its sentence: `As rain fell, Mr `."""

_CALLED = re.compile(r" (?:[A-Za-z-]{1,20} ){0,3}([A-Za-z-]{1,20}) ")
_OWNS = re.compile(rf"{OWNS} (?:[a-z-]{{1,20}},? ){{1,4}}")
"""What stands between a person and whose relative or aide is named: `'s older brother `."""

QUOTES = tuple("\"“”'‘«„")


class Discourse:
    """The text, its names and who has spoken so far.

    `turns` are the speakers so far with the position of their source, in order; the last one is the current speaker.
    `together` are all who spoke in the last turn. `unnamed` is where a pronoun, by its gender, last stood that may mean
    somebody without a name.
    """

    def __init__(self, text: str, attributions: Sequence[Attributed], mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = sorted(mentions)
        self.starts = [m.start for m in self.mentions]
        self.ends = [m.end for m in self.mentions]
        self.persons = [m for m in self.mentions if m.entity_type == "PERSON"]
        self.person_starts = [m.start for m in self.persons]
        self.contents = sorted({span for a in attributions for span in a.spans})
        self._quotations = [span for span in self.contents if text.startswith(QUOTES, span.start)]
        self.sources = {a.source for a in attributions if a.source}
        self.sources_in_order = sorted(self.sources)
        self.sentences = sentence_starts(text)
        self.turns: list[tuple[int, Mention]] = []
        self.together: tuple[Mention, ...] = ()
        self.unnamed: dict[str, int] = {}
        self._have_spoken: set[Span] = set()
        self._genders: dict[str, str] = {}
        self._keys: dict[Mention, str] = {}
        self._full_names_of = self._full_names()
        self._roles = self._stated_roles()

    def _full_names(self) -> dict[str, set[str]]:
        """Full names by their surname, with and without the mark of a generation."""
        full: dict[str, set[str]] = {}
        for m in self.persons:
            surface = m.span.of(self.text)
            words, generation = words_and_generation(surface)
            if len(words) > 1:
                name = " ".join([*words, generation]).strip()
                full.setdefault(words[0 if SURNAME_FIRST.fullmatch(surface) else -1], set()).add(name)
                if generation:
                    full.setdefault(f"{words[-1]} {generation}", set()).add(name)
        return full

    def person_key(self, mention: Mention) -> str:
        """Return one key a person of this text: the full name where the surname is nobody else's.

        `Mrs Kask` is not Peeter Kask, and a surname that father and son share is neither.
        """
        if mention not in self._keys:
            self._keys[mention] = self._person_key(mention)
        return self._keys[mention]

    def _person_key(self, mention: Mention) -> str:
        words, generation = words_and_generation(mention.span.of(self.text))
        surface = " ".join([*words, generation]).strip()
        if len(words) > 1:
            return surface
        names = self._full_names_of.get(surface, set())
        title = title_gender(self.text, mention.start)
        if title:
            names = {name for name in names if given_gender(name) in ("", title)}
        if len(names) == 1:
            return next(iter(names))
        return f"{surface}, {title}" if title and self._full_names_of.get(surface) and not names else surface

    def _stated_roles(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for m in self.persons:
            if m.role:
                of = _OF_PLACE.match(self.text, m.end)
                role = f"{m.role} {of.group()}" if of else m.role
                found.setdefault(self.person_key(m), []).append(role.lower())
        return found

    def roles_of(self, mention: Mention) -> list[str]:
        """Return the roles that the text states of a person, in lower case."""
        return self._roles.get(self.person_key(mention), [])

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that holds a position, from 1 on."""
        return bisect_right(self.sentences, at)

    def sentence_start(self, at: int) -> int:
        """Return where the sentence that holds a position starts."""
        return self.sentences[self.sentence(at) - 1]

    def add_turn(self, speakers: Sequence[Mention], source: Span) -> None:
        """Record that persons or bodies speak together from a source on; the first is the current speaker."""
        self.turns.append((source.start, speakers[0]))
        self.together = tuple(speakers)
        self._have_spoken.update(speaker.span for speaker in speakers)

    def person_beside(self, cue: Span | None) -> Mention | None:
        """Return the person whose name touches a cue without a source: nobody else can be meant."""
        if cue is None:
            return None
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
        spoke = _holds(self.sources_in_order, mention) or mention.span in self._have_spoken
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
        return _GOVERNED.search(before[-THRESHOLDS.governed_characters :]) is not None

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
        last = bisect_left(self.person_starts, position)
        first = self.sentences[max(0, self.sentence(position) - 1 - reach)]
        return self.persons[bisect_left(self.person_starts, first) : last]

    def first_in_sentence(self, mention: Mention) -> bool:
        """Return whether no person is named before it in its sentence, or in the main clause of it.

        Whom only a quotation names before it does not count.
        """
        start = self._main_clause(self.sentence_start(mention.start))
        first, at = bisect_left(self.person_starts, start), bisect_left(self.person_starts, mention.start)
        before = [m for m in self.persons[first:at] if self._whose(m) is None]
        whose = self._whose(mention)
        if whose is not None and not self._in_quotation(whose):
            return False
        return mention.start >= start and (
            not before or (not self._in_quotation(mention) and all(map(self._in_quotation, before)))
        )

    def _whose(self, mention: Mention) -> Mention | None:
        """The person who is named as somebody's: `[Ann Kask]'s brother Peeter`, `[Kask] campaign chairman Peeter`."""
        at = bisect_left(self.person_starts, mention.end)
        after = self.persons[at] if at < len(self.persons) else None
        if after is None or after.start - mention.end > THRESHOLDS.governed_characters:
            return None
        noun = _CALLED.fullmatch(self.text, mention.end, after.start)
        titled = noun is not None and noun.group(1).lower() in roles()
        return after if titled or _OWNS.fullmatch(self.text, mention.end, after.start) else None

    def _main_clause(self, start: int) -> int:
        """Where the main clause starts of a sentence that opens with another and then names its subject."""
        opening = _OPENS_CLAUSE.match(self.text, start)
        if opening is None:
            return start
        for m in self.persons[bisect_left(self.person_starts, opening.end()) :]:
            if self.sentence_start(m.start) != start:
                break
            if SUBJECT.search(self._before_title(m, opening.end() - 1)):
                return m.start
        return start

    def _in_quotation(self, mention: Mention) -> bool:
        return _holds(self._quotations, mention) and mention.span not in self.sources

    def gender(self, mention: Mention) -> str:
        """Return m, f or nothing: by title, role or given name."""
        key = self.person_key(mention)
        names = self._full_names_of.get(key, set())
        if len(names) > 1:  # of a wife and her husband
            given = {given_gender(name) for name in names}
            return title_gender(self.text, mention.start) or (given.pop() if len(given) == 1 else "")
        if key not in self._genders:
            self._genders[key] = self._gender(key)
        return self._genders[key]

    def _gender(self, key: str) -> str:
        for m in self.persons:
            if self.person_key(m) == key and (known := title_gender(self.text, m.start) or self._noun_gender(m)):
                return known
        for role in self._roles.get(key, []):
            for word in WORD.findall(role):
                if word in roles() and roles()[word].gender:
                    return roles()[word].gender
        return given_gender(key)

    def _noun_gender(self, mention: Mention) -> str:
        """Return the gender of the noun right before a name: `her grandfather Kask`."""
        noun = _NOUN_BEFORE.search(self.text, max(0, mention.start - THRESHOLDS.governed_characters), mention.start)
        return roles()[noun.group(1)].gender if noun and noun.group(1) in roles() else ""

    def learn_gender(self, mention: Mention, gender: str) -> None:
        """Record that the text calls a person `he` or `she` of whom nothing else tells it: the same from there on."""
        if not self.gender(mention):
            self._genders[self.person_key(mention)] = gender

    def current_speaker(self, before: int, gender: str) -> Mention | None:
        """Return the person who most likely speaks on before a position, of a gender where one is given."""
        likely = [(s, m) for s, m in self.candidates(before) if not gender or self.gender(m) in ("", gender)]
        return likely[0][1] if likely and likely[0][0] > THRESHOLDS.least_for_description else None

    def is_first(self, mention: Mention) -> bool:
        """Return whether no earlier name is of the same person."""
        key = self.person_key(mention)
        earlier = self.persons[: bisect_left(self.person_starts, mention.start)]
        return all(self.person_key(m) != key for m in earlier)


def _holds(spans: Sequence[Span], mention: Mention) -> bool:
    """Whether one of the spans, in order of their starts, holds a mention; the nearest few are looked at."""
    at = bisect_right(spans, mention.start, key=lambda span: span.start)
    return any(s.end >= mention.end for s in spans[max(0, at - THRESHOLDS.nearest_spans) : at])
