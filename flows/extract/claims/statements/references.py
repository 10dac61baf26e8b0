"""Whom the words of a content mean: the fullest name of a speaker, and the names behind pronouns.

News names a person in full once and goes on with a surname or a pronoun. A statement that stands on its own needs the
full name. In reported speech a pronoun of the speaker's gender is the speaker ("Berg said he would …") unless somebody
else was named before it; elsewhere it is the person whom the text is about (`flows.extract.speakers`), or stays as it
is where two are about as likely.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from flows.extract.claims.statements.continued_subjects import Subjects
from flows.extract.claims.statements.described_sources import describes_person
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.mentions.name_span import Mention
from flows.extract.speakers.discourse.discourse_model import Attributed, Discourse
from flows.extract.speakers.reference.pronoun_reference import GENDERED, PRONOUNS, antecedent_of_pronoun
from flows.extract.speakers.resolve_speakers import Spoken
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import PRONOUN
from flows.lexicons import column, word_list
from flows.spans import SortedSpans, Span

_NO_NAMES = frozenset({"the", "a", "an"}) | frozenset(column("honorifics", "word", "gender"))
"""Words of which no name consists: "[Mrs] had resigned" says nothing of anybody."""
_OF_NO_PERSON = _NO_NAMES | word_list("surname_prefixes")
"""Words that are no given name: "St. Peter" and a pope called Peter are two."""
FIRST_PERSON = word_list("first_person")
_COMMON = frozenset({"NN", "NNS"})
_SUBJECTS = frozenset({"he", "she"})
_BEFORE_SUBJECT = frozenset({"IN", "DT", "CD", "NNP", "NN", "NNS", "JJ", "RB", "CC", ",", "JJR", "PRP$", "POS"})
"""Tags of the phrase that may stand before the subject of a sentence: "In May 2013, he …"."""


class Said(NamedTuple):
    """What a statement needs to know of the attribution that its proposition is part of.

    spans, source, cue: their ranges; source_words, cue_words: the words of the source, of the cue; speaker: the named
    mention that the source is; together: whether others speak with it; quoted: whether the content is direct speech;
    own: whether its first person is the speaker; says: whether its cue is a verb of saying; denied: whether the speaker
    denies the content; open: whether the speaker doubts it, or asks whether it is so.
    """

    spans: Sequence[Span]
    source: Span | None = None
    source_words: Sequence[Word] = ()
    cue: Span | None = None
    cue_words: Sequence[Word] = ()
    speaker: Mention | None = None
    together: bool = False
    quoted: bool = False
    own: bool = False
    says: bool = False
    denied: bool = False
    open: bool = False


@dataclass
class References:
    """The names of one text, and who has spoken so far, in order of the text."""

    discourse: Discourse
    subjects: Subjects
    _fullest: dict[str, Mention] = field(default_factory=dict)
    _turns: list[tuple[int, Mention]] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        indexed: IndexedWords,
        spoken: Sequence[Spoken[Attributed]],
        mentions: Sequence[Mention],
    ) -> "References":
        """Return the references of a text, of which it is known who says what."""
        text = indexed.text
        discourse = Discourse(text, [s.attribution for s in spoken], mentions)
        found = cls(discourse, Subjects(indexed, discourse.persons))
        for mention in found.discourse.persons:
            key = found.discourse.person_key(mention)
            known = found._fullest.get(key)
            if known is None or _words(text, mention) > _words(text, known):
                found._fullest[key] = mention
        turns = [(s.attribution.source, s.speaker) for s in spoken]
        for source, speaker in sorted((a, s) for a, s in turns if a and s is not None):
            found.discourse.add_turn([speaker], source)
        found._turns = list(found.discourse.turns)
        found._learn_genders(spoken, indexed)
        return found

    def _learn_genders(self, spoken: Sequence[Spoken[Attributed]], indexed: IndexedWords) -> None:
        """Learn the genders of persons, in order of the text, from the pronouns by which it goes on: those of who
        speaks, and those at the head of the publisher's own sentences.
        """
        contents = SortedSpans(span for s in spoken for span in s.attribution.spans)
        sources = {s.attribution.source.start: s.speaker for s in spoken if s.attribution.source}
        for word in indexed.words:
            kind = PRONOUNS.get(word.form, "") if word.tag in PRONOUN else ""
            if kind not in GENDERED or (word.start not in sources and contents.touching(word.start, word.end)):
                continue
            person = sources.get(word.start) or self._topic(word, indexed)
            if person is not None and person.entity_type == "PERSON":
                self.discourse.learn_gender(person, kind)

    def _topic(self, word: Word, indexed: IndexedWords) -> Mention | None:
        """Return the person whom a pronoun goes on about that is the first subject of its sentence, lately named."""
        kind, number = PRONOUNS.get(word.form, ""), indexed.sentence_number(word.start)
        before = indexed.between(indexed.sentences[number].start, word.start)
        if kind not in GENDERED or any(w.tag not in _BEFORE_SUBJECT for w in before):
            return None
        self.discourse.turns = self._turns[: bisect_left(self._turns, word.start, key=itemgetter(0))]
        found = antecedent_of_pronoun(self.discourse, kind, Span(word.start, word.end))
        near = found is not None and number - indexed.sentence_number(found.start) <= THRESHOLDS.sentences_back
        return found if near else None

    def name(self, mention: Mention) -> Span:
        """Return where the fullest name of the entity of a mention stands."""
        if mention.entity_type != "PERSON":
            return mention.span
        return self._fullest.get(self.discourse.person_key(mention), mention).span

    def given_names(self, at: int) -> tuple[str, Span] | None:
        """Return what a surname alone at a character lacks of the fullest name: the key of the person, and where the
        words before the surname stand. None where no surname stands there, where it only describes a noun ("a Berg
        rerun"), or where nothing fuller is known.
        """
        mention, text = self.discourse.person_from(at), self.discourse.text
        if mention is None or mention.start != at or self._describes(mention):
            return None
        surname, fullest = mention.span.of(text), self.name(mention)
        given = fullest.of(text).removesuffix(surname)
        words = {word.strip(".").lower() for word in given.split()}
        fuller = given.endswith(" ") and " " not in surname and not words <= _OF_NO_PERSON
        return (self.key(mention), Span(fullest.start, fullest.start + len(given.rstrip()))) if fuller else None

    def _describes(self, mention: Mention) -> bool:
        """Tell whether a name stands right before a common noun."""
        behind = self.subjects.indexed.between(mention.end, mention.end + 2)
        return bool(behind) and behind[0].tag in _COMMON

    def is_name(self, span: Span) -> bool:
        """Tell whether a range holds more than an article and a title."""
        return not _NO_NAMES.issuperset(word.strip(".").lower() for word in span.of(self.discourse.text).split())

    def possessive(self, mention: Mention) -> Span | None:
        """Return where a name stands with its genitive ending ("Berg's"), the fullest first; None where nowhere."""
        text, key = self.discourse.text, self.key(mention)
        owned = [m for m in self.discourse.mentions if self.key(m) == key and _genitive(text, m.end)]
        if not owned:
            return None
        best = max(owned, key=lambda m: (_words(text, m), -m.start))
        return Span(best.start, best.end + 2)

    def key(self, mention: Mention) -> str:
        """Return one key for all mentions of a person, or of one name."""
        if mention.entity_type == "PERSON":
            return self.discourse.person_key(mention)
        return mention.span.of(self.discourse.text)

    def third_person(self, pronoun: str, at: int, said: Said) -> Mention | None:
        """Return whom a pronoun of the third person at a character of a content means, or None."""
        kind = PRONOUNS.get(pronoun, "")
        speaker = said.speaker
        reported = speaker is not None and not said.quoted and self._fits(speaker, kind)
        if speaker is not None and reported and not self._another_named(speaker, kind, said.spans[0].start, at):
            return speaker
        if kind not in GENDERED:
            return None
        self.discourse.turns = self._turns[: bisect_left(self._turns, at, key=itemgetter(0))]
        found = antecedent_of_pronoun(self.discourse, kind, Span(at, at + len(pronoun)))
        if found is None or self._uncertain(found, kind, said.spans[0].start, at):
            return None
        sentence = self.subjects.indexed.sentence(at).end
        end = min(next((span.end for span in said.spans if span.start <= at < span.end), sentence), sentence)
        if pronoun in _SUBJECTS and self.named_in(found, at, end):
            return None  # "He put Berg in the shade": he is not Berg
        if not said.quoted:
            return found
        speaks = speaker is not None and self.key(found) == self.key(speaker)
        return None if speaks or (said.source is not None and said.source.contains(found.span)) else found

    def named_in(self, mention: Mention, start: int, end: int) -> bool:
        """Tell whether a range of the text names the bearer of a mention."""
        return self.key(mention) in self.keys_in(start, end)

    def keys_in(self, start: int, end: int) -> set[str]:
        """Return the keys of all who are named in a range of the text."""
        return {self.key(m) for m in self.discourse.mentions_between(start, end)}

    def _fits(self, speaker: Mention, kind: str) -> bool:
        if kind in GENDERED:
            return speaker.entity_type == "PERSON" and self.discourse.gender(speaker) in ("", kind)
        return kind in ("it", "they") and speaker.entity_type in ("ORG", "GPE")

    def _uncertain(self, found: Mention, kind: str, start: int, at: int) -> bool:
        """Tell whether a wrong name is likely: the gender is not known, or the content names another who fits."""
        known = self.discourse.gender(found) == kind or self._alone(found, at)
        return not known or self._another_named(found, kind, start, at)

    def _alone(self, found: Mention, at: int) -> bool:
        """Tell whether nobody but a person was named or described lately before a character: in its sentence and the
        one before.
        """
        indexed = self.subjects.indexed
        start = indexed.sentences[max(0, indexed.sentence_number(at) - 1)].start
        keys = {self.key(m) for m in self.discourse.persons_between(start, at)}
        between = indexed.between(max(start, found.end), at)
        return keys == {self.key(found)} and not describes_person(between)

    def _another_named(self, speaker: Mention, kind: str, start: int, end: int) -> bool:
        """Tell whether a content names another who fits before a character."""
        inside = self.discourse.mentions_between(start, end)
        return any(self.key(m) != self.key(speaker) and self._fits(m, kind) for m in inside)


def _words(text: str, mention: Mention) -> int:
    return len(mention.span.of(text).split())


def _genitive(text: str, end: int) -> bool:
    return text[end : end + 2] in ("'s", "’s") and not text[end + 2 : end + 3].isalnum()
