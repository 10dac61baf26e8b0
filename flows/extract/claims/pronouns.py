"""Pronouns of a statement: the name that one stands for takes its place, or stands beside it.

A pronoun of the third person gives way to the name, as long as the statement has not named its bearer already; so does
"I" before a verb that goes with a name as well ("I will resign"). Where the name would need another form of the verb,
or of itself ("we have", "my father"), it stands behind the pronoun: "we [Ana Berg] have no choice".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from flows.extract.claims.content_words import Part
from flows.extract.claims.references import FIRST_PERSON, References, Said
from flows.extract.mentions.name_span import Mention
from flows.extract.syntax.sentences import Word
from flows.spans import Span
from schemas.vocabularies import StatementPart

_PRONOUN = frozenset({"PRP", "PRP$"})
_ANY_PERSON = frozenset({"MD", "VBD"})
"""Tags of verbs that have one form for all persons; "were" is not among them."""
_REFLEXIVE = ("self", "selves")


@dataclass
class Names:
    """The names that one statement gives for its pronouns: one for each person, at the first place."""

    references: References
    said: Said
    known: set[str] = field(default_factory=set)

    def behind(self, word: Word) -> Span | None:
        """Return where the name of a word's bearer stands; None where it is no pronoun, or its bearer is not known or
        named already.
        """
        if word.tag not in _PRONOUN or word.form.endswith(_REFLEXIVE):
            return None
        person = self._person(word, word.start)
        name = self._given(person)
        return self.references.possessive(person) if person and name and word.tag == "PRP$" else name

    def parts(self, runs: Iterable[Sequence[Word]]) -> Iterator[Part]:
        """Yield runs of words as parts, the pronouns replaced by names or followed by them."""
        listed = [list(run) for run in runs]
        flat = [word for run in listed for word in run]
        number = -1
        for run in listed:
            start = run[0].start
            for word in run:
                number += 1
                if word.tag not in _PRONOUN or word.form.endswith(_REFLEXIVE):
                    continue
                person = self._person(word, flat[0].start)
                name = self._given(person)
                if person is None or name is None:
                    continue
                replaced = self._replaced(flat, number, person)
                end = word.start if replaced is not None else _contracted(flat, number)
                if start < end:
                    yield Part(start, end, StatementPart.VERBATIM)
                yield Part(*(replaced or name), StatementPart.BRACKET)
                start = max(end, word.end)
            if start < run[-1].end:
                yield Part(start, run[-1].end, StatementPart.VERBATIM)

    def mention(self, words: Sequence[Word]) -> None:
        """Remember whom words name, so that no pronoun behind them is explained."""
        self.known |= self.references.keys_in(words[0].start, words[-1].end)

    def _given(self, person: Mention | None) -> Span | None:
        """Return the name of a person who is not named yet, and remember it."""
        if person is None or self.references.key(person) in self.known:
            return None
        self.known.add(self.references.key(person))
        return self.references.name(person)

    def _person(self, word: Word, first: int) -> Mention | None:
        """Return whom a pronoun means, where that is known and not named in the words from a character on."""
        said = self.said
        if word.form in FIRST_PERSON:
            return said.speaker if said.own else None
        if said.source is not None and said.source.start <= word.start < said.source.end:
            return said.speaker
        found = self.references.third_person(word.form, word.start, said)
        return None if found is None or self.references.named_in(found, first, word.start) else found

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


def _contracted(words: Sequence[Word], index: int) -> int:
    """Return one past a pronoun and what is contracted with it: "we’ve"."""
    end = words[index].end
    if index + 2 < len(words) and words[index + 1].form in {"'", "’"} and words[index + 1].start == end:
        return words[index + 2].end if words[index + 2].start == words[index + 1].end else end
    return end
