"""Pronouns of a statement: the name that one stands for takes its place, or stands beside it.

A pronoun of the third person gives way to the name, as long as the statement has not named its bearer already; so does
"I" before a verb that goes with a name as well ("I will resign"). Where the name would need another form of the verb,
or of itself ("we have", "my father"), it stands behind the pronoun: "we [Ana Berg] have no choice".
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flows.extract.claims.statements.content_words import Part
from flows.extract.claims.statements.described_sources import (
    IT,
    THEY,
    WE,
    describes_person,
    expletive,
    pronouns_of,
    represented,
    speaks_for_itself,
)
from flows.extract.claims.statements.inner_quotations import quoted_inside
from flows.extract.claims.statements.references import FIRST_PERSON, References, Said
from flows.extract.claims.statements.referents import CONTINUED, DESCRIBED, SPEAKER, TOPIC, Meant, certainty
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.mentions.name_span import Mention
from flows.extract.syntax.sentences import Word, speech_verbs
from flows.extract.syntax.tags import APOSTROPHES, FINITE, NOUN, PLURAL, PRONOUN
from flows.spans import Span
from schemas.vocabularies import StatementPart

_ANY_PERSON = frozenset({"MD", "VBD"})
"""Tags of verbs that have one form for all persons; "were" is not among them."""
_AFTER_NAMES = frozenset({",", "(", ";", "<", ">"})
"""Marks behind which an apposition stands, or the sign of a share."""
_DESCRIBED = "described"
"""Key of a speaker whom nobody is named for."""
_CONTINUED = "continued"
"""Key of what a text goes on about without a name."""
_REFLEXIVE = ("self", "selves")


class _Shown(NamedTuple):
    """The name of a pronoun's bearer, and whether it takes the pronoun's place."""

    name: Span
    replaces: bool


@dataclass
class Names:
    """The names that one statement gives for its pronouns: one for each person, at the first place."""

    references: References
    said: Said
    rate: Callable[[Meant, Said, References], float] = certainty
    known: set[str] = field(default_factory=set)

    def behind(self, word: Word) -> Span | None:
        """Return where the name of a word's bearer stands; None where it is no pronoun, or its bearer is not known or
        named already.
        """
        if word.tag not in PRONOUN or word.form.endswith(_REFLEXIVE):
            return None
        person = self._person((word,), 0)
        name = self._given(person)
        if person is None or name is None or not self._sure(Meant(word, name, person, self._way(person))):
            return None
        return self.references.possessive(person) if word.tag == "PRP$" else name

    def _way(self, person: Mention) -> str:
        speaker = self.said.speaker
        return SPEAKER if speaker and self.references.key(person) == self.references.key(speaker) else TOPIC

    def _sure(self, meant: Meant) -> bool:
        """Tell whether it is likely that a pronoun means what was found; who speaks says "I"."""
        if meant.pronoun.form in FIRST_PERSON:
            return True
        return self.rate(meant, self.said, self.references) >= THRESHOLDS.least_certain_referent

    def parts(self, runs: Iterable[Sequence[Word]]) -> Iterator[Part]:
        """Yield runs of words as parts, the pronouns replaced by names or followed by them."""
        listed = [list(run) for run in runs]
        flat = [word for run in listed for word in run]
        number = -1
        for run in listed:
            start = run[0].start
            for word in run:
                number += 1
                shown = self._shown(flat, number) if word.tag in PRONOUN else None
                if shown is None:
                    continue
                end = word.start if shown.replaces and not _fused(flat, number) else _contracted(flat, number)
                if start < end:
                    yield Part(start, end, StatementPart.VERBATIM)
                yield Part(*shown.name, StatementPart.BRACKET)
                start = max(end, word.end)
            if start < run[-1].end:
                yield Part(start, run[-1].end, StatementPart.VERBATIM)

    def _shown(self, words: Sequence[Word], index: int) -> _Shown | None:
        """Return the name to show for a pronoun, and whether in its place; None where there is none."""
        word = words[index]
        if word.form.endswith(_REFLEXIVE):
            return None
        if word.form == "it" and expletive(words, index):
            return None
        known = set(self.known)
        person = self._person(words, index)
        if person is not None:
            name = self._given(person)
            if name is None:
                return None
            replaced = self._replaced(words, index, person)
            found: _Shown | None = _Shown(replaced or name, replaced is not None)
            meant = Meant(word, name, person, self._way(person))
        else:
            described = self._described(words, index)
            found = described or self._continued(words, index)
            if found is None:
                return None
            meant = Meant(word, found.name, None, DESCRIBED if described else CONTINUED)
        if not self._sure(meant):
            self.known = known
            return None
        return found

    def _described(self, words: Sequence[Word], index: int) -> _Shown | None:
        """Return the source itself where nobody is named for it: "[officials] would resign", "we [the owners] …"."""
        said, word = self.said, words[index]
        group = self._group() if word.form in THEY | WE else ()
        source = group or _without_edges(said.source_words)
        if not source or source[-1].tag not in NOUN or _DESCRIBED in self.known:
            return None
        if said.speaker is not None and not group:
            return None
        own = said.own and word.form in FIRST_PERSON and speaks_for_itself(source) and not self._nested(word)
        several = bool(group) and word.form in THEY and not said.quoted and not self._others_before(word)
        fits = (self._may_be_source(word) or several) and index <= THRESHOLDS.subject_words
        if _another_before(words, index) or (word.form not in IT | THEY | FIRST_PERSON and self._another_described()):
            return None
        if not own and not fits:
            return None
        self.known.add(_DESCRIBED)
        return _Shown(Span(source[0].start, source[-1].end), fits and word.tag == "PRP" and not own)

    def _group(self) -> Sequence[Word]:
        """Return the words for those whom a source means by "we": all who speak together, or the body whose voice it
        is; nothing where that is the speaker alone.
        """
        said = self.said
        if said.together:
            whole = _without_edges(said.source_words, appositions=True)
            return whole if len(whole) <= THRESHOLDS.subject_words else ()
        described = _without_edges(said.source_words)
        return represented(said.source_words) or (described if pronouns_of(described) == THEY else ())

    def _others_before(self, pronoun: Word) -> bool:
        """Tell whether a content speaks of others before a pronoun: of several, or of somebody who says it, or of all
        that they did.
        """
        before = self.references.subjects.indexed.between(self.said.spans[0].start, pronoun.start)
        counted = bool(before) and before[-1].tag in {"DT", "PDT"}
        return counted or any(word.tag in PLURAL for word in before) or describes_person(before)

    def _another_described(self) -> bool:
        """Tell whether somebody else stands between source and content: "a guard found his wife and said [she …]"."""
        said = self.said
        start, end = (said.source.end if said.source else 0), said.spans[0].start
        return describes_person(self.references.subjects.indexed.between(start, end) if start < end else ())

    def _continued(self, words: Sequence[Word], index: int) -> _Shown | None:
        """Return what the publisher goes on about: "[The ferry] sank in May", "Its [the ferry] owner paid"."""
        said = self.said
        attributed = said.cue is not None or said.source is not None or said.quoted
        if _CONTINUED in self.known or not _is_subject(words, index):
            return None
        first = said.spans[0].start if attributed else 0
        found = self.references.subjects.continued(words[index], first)
        if found is None or (attributed and not any(span.contains(found) for span in said.spans)):
            return None  # what he spoke of, not what others say between
        self.known.add(_CONTINUED)
        return _Shown(found, words[index].tag == "PRP")

    def mention(self, words: Sequence[Word]) -> None:
        """Remember whom words name, so that no pronoun behind them is explained."""
        self.known |= self.references.keys_in(words[0].start, words[-1].end)
        source = self.said.source
        if source is not None and words[0].start < source.end and source.start < words[-1].end:
            self.known.add(_DESCRIBED)

    def _given(self, person: Mention | None) -> Span | None:
        """Return the name of a person who is not named yet, and remember it."""
        if person is None or self.references.key(person) in self.known:
            return None
        name = self.references.name(person)
        if not self.references.is_name(name):
            return None
        self.known.add(self.references.key(person))
        return name

    def _person(self, words: Sequence[Word], index: int) -> Mention | None:
        """Return whom a pronoun among words means, where that is known and not named in the words before it."""
        said, word = self.said, words[index]
        if word.form in FIRST_PERSON:
            own = said.own and not self._nested(word) and not (word.form in WE and self._group())
            return said.speaker if own else None
        if word.form in THEY and (said.together or self._others_before(word)):
            return None
        if said.source is not None and said.source.start <= word.start < said.source.end:
            one = said.speaker is not None and said.speaker.entity_type == "PERSON"
            return None if one and word.form in THEY else said.speaker
        found = self.references.third_person(word.form, word.start, said)
        if found is None or self._may_be_source(word):
            return None
        if word.form in IT | THEY and any(other.form in speech_verbs("report") for other in words[:index]):
            return None  # "the paper quoted a guard saying that they …": whom he means, not the paper
        if word.form == "it" and len(words) > 1 and not _is_subject(words, index):
            return None  # "customers say it is slow": mostly what they speak of, and not the outlet that reports it
        if found.entity_type == "PERSON" and describes_person(words[:index]):
            return None
        return None if self.references.named_in(found, words[0].start, word.start) else found

    def _nested(self, word: Word) -> bool:
        """Tell whether a word stands in a quotation inside a quotation, whose first person is somebody else."""
        text = self.references.discourse.text
        start = max((span.start for span in self.said.spans if span.start <= word.start), default=word.start)
        return quoted_inside(text[start : word.start])

    def _may_be_source(self, word: Word) -> bool:
        """Tell whether a pronoun fits a source that nobody is named for."""
        said = self.said
        return said.speaker is None and not said.quoted and word.form in pronouns_of(_without_edges(said.source_words))

    def _replaced(self, words: Sequence[Word], index: int, person: Mention) -> Span | None:
        """Return what takes the place of a pronoun, None where the name must stand behind it."""
        word, name = words[index], self.references.name(person)
        if word.form not in FIRST_PERSON:
            return self.references.possessive(person) if word.tag == "PRP$" else name
        if word.form == "me":
            return name
        following = words[index + 1] if index + 1 < len(words) else None
        alone = sum(other.form in FIRST_PERSON for other in words) == 1
        fits = following is not None and following.tag in _ANY_PERSON and following.form != "were"
        return name if word.form == "i" and alone and fits else None


def _another_before(words: Sequence[Word], index: int) -> bool:
    """Tell whether a pronoun among words may mean what stands before it, and not who says them."""
    form = words[index].form
    if form in IT:
        return not _is_subject(words, index)
    if form in THEY:
        return any(word.tag in PLURAL for word in words[:index])
    return form not in FIRST_PERSON and describes_person(words[:index])


def _is_subject(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word is the first that somebody is named by, and its verb follows, or its noun."""
    following = words[index + 1].tag if index + 1 < len(words) else ""
    first = not any(other.tag in NOUN for other in words[:index])
    return first and (words[index].tag == "PRP$" or following in FINITE or following == "RB")


def _contracted(words: Sequence[Word], index: int) -> int:
    """Return one past a pronoun and what is contracted with it: "we’ve"."""
    end = words[index].end
    if index + 2 < len(words) and words[index + 1].form in APOSTROPHES and words[index + 1].start == end:
        return words[index + 2].end if words[index + 2].start == words[index + 1].end else end
    return end


def _fused(words: Sequence[Word], index: int) -> bool:
    """Tell whether a verb is contracted with a pronoun as with no name: "they’re", "he’ll"."""
    return _contracted(words, index) > words[index].end and words[index + 2].form != "s"


def _without_edges(words: Sequence[Word], appositions: bool = False) -> Sequence[Word]:
    """Return the words of a source without marks at its edges; an apposition is left out."""
    start, end = 0, len(words)
    while start < end and not words[start].form[0].isalnum():
        start += 1
    if not appositions:
        end = next((i for i in range(start, end) if words[i].form in _AFTER_NAMES), end)
    while end > start and not words[end - 1].form[0].isalnum():
        end -= 1
    return words[start:end]
