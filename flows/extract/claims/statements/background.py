"""What a statement looks back at, told by the words of the article before it: "[The navy found a boat.] It was empty".

Where a name cannot be put behind a pronoun with certainty, the sentence that names what it may mean can: a reader of
both sees what a machine would have to guess (choosing context for a sentence out of its document: Choi et al. 2021,
"Decontextualization"). One sentence may tell who is meant, and another what it is about: up to three ranges stand
there. `background_choice` chooses them.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from flows.extract.claims.statements.background_candidates import Candidates
from flows.extract.claims.statements.background_choice import Choice, Chosen, Offered, best_of, shipped_weights
from flows.extract.claims.statements.background_features import (
    ArticleWords,
    Measured,
    Place,
    Where,
    alone_features,
    background_features,
)
from flows.extract.claims.statements.content_words import DOUBLE, Part, in_pairs
from flows.extract.claims.statements.looking_back import Antecedent, fits, looks_back
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import INDEFINITE, NOUN, PRONOUN
from flows.spans import Span
from schemas.vocabularies import StatementPart

_LINE_END = re.compile("\n")
_MODIFIERS = frozenset({"JJ", "JJS", "NN", "VBN", "CD", "HYPH"})
_MARKS_BETWEEN = DOUBLE | frozenset(",;:")


@dataclass(frozen=True)
class Backgrounds:
    """Finds the backgrounds of the statements of one article."""

    indexed: IndexedWords
    discourse: Discourse
    _ranges: dict[Span, tuple[Measured, Where]] = field(default_factory=dict)

    def of(self, parts: Sequence[Part], quoted: bool = False) -> Chosen:
        """Return the words that a statement of these parts needs before it to be understood; quoted: whether it is a
        quotation, or holds one.
        """
        choice = self.choice(parts, quoted)
        best = best_of(choice, shipped_weights())
        ranges = sorted(choice.candidates[number - 1].place.span for number in best.numbers)
        told = (self._without_loose_marks(span) for span in self._joined(ranges))
        return Chosen(tuple(told), best, choice)

    def choice(self, parts: Sequence[Part], quoted: bool) -> Choice:
        """Return what there is to choose from for a statement, measured."""
        start = self._start(parts)
        told, place = self._told(parts, start), Place(self.indexed.sentence_number(start), self._line(start))
        persons = [one for one in told.needed if one.kind == "person"]
        found = []
        for candidate in self._candidates.of(start, told.names | told.pointed_at):
            given, where = self._given(candidate.span)
            lacks = bool(persons) and not all(fits(given.words, person, self._gender) for person in persons)
            features = background_features(told, given, candidate, place, where, lacks_person=lacks)
            found.append(Offered(candidate, given, features))
        return Choice(alone_features(told), found, quoted)

    def _where(self, start: int, end: int) -> Where:
        """Return where a range of the article stands."""
        numbered, sentences = self.indexed.sentence_number, self.indexed.sentences
        first = numbered(start)
        heads = first == 0 or self._line(sentences[first - 1].end) < self._line(sentences[first].start)
        return Where(Place(numbered(end - 1), self._line(end)), first == 0, heads)

    def _line(self, at: int) -> int:
        """Return the number of the line that a character stands in."""
        return bisect_left(self._line_ends, at)

    def _joined(self, ranges: Sequence[Span]) -> list[Span]:
        """Return ranges as one where they read on: only marks and words that join clauses stand between them."""
        found: list[Span] = []
        for span in ranges:
            if found and self._reads_on(found[-1].end, span.start):
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
        return found

    def _reads_on(self, start: int, end: int) -> bool:
        between = self.indexed.between(start, end)
        return all(word.tag == "CC" or word.form in _MARKS_BETWEEN for word in between)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self.indexed.text)]

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self.indexed)

    def _without_loose_marks(self, span: Span) -> Span:
        """Return a range without a quotation mark at an edge whose partner is not in it."""
        words = self.indexed.between(*span)
        if words[0].form in DOUBLE and not in_pairs(words):
            words = words[1:]
        if words[-1].form in DOUBLE and not in_pairs(words):
            words = words[:-1]
        return Span(words[0].start, words[-1].end)

    def _given(self, span: Span) -> tuple[Measured, Where]:
        """Return a range of the article, measured, and where it stands; many statements have the same before them."""
        found = self._ranges.get(span)
        if found is None:
            words = self.indexed.between(*span)
            needed = [*islice(self._looks_back(words, (), span.start), 1)]  # asked is whether there is any
            found = self._ranges[span] = Measured(words, self._article, needed), self._where(*span)
        return found

    def _looks_back(self, words: Sequence[Word], told: Collection[int], start: int) -> Iterator[Antecedent]:
        """Yield what words look back at that begin at a character; told: the places of those that look back at
        nothing.
        """
        return looks_back(words, told, self._gender, lambda noun, topic: self._introduced(noun, topic, start))

    @cached_property
    def _article(self) -> ArticleWords:
        return ArticleWords.of(self.indexed.words)

    def _told(self, parts: Sequence[Part], start: int) -> Measured:
        """Return the words of a statement that begins at a character, in its order, measured.

        None looks back for which a name stands in brackets, and of those in brackets pronouns only.
        """
        words: list[Word] = []
        named: set[int] = set()
        for number, part in enumerate(parts):
            inside = self.indexed.between(part.start, part.end)
            first, last = len(words), len(words) + len(inside)
            words += inside
            if part.kind is not StatementPart.VERBATIM:
                named.update(at for at in range(first, last) if words[at].tag not in PRONOUN)
            elif number + 1 < len(parts) and parts[number + 1].kind is StatementPart.BRACKET:
                beside = range(last - 1, max(first, last - THRESHOLDS.contracted_words) - 1, -1)
                named.add(next((at for at in beside if words[at].tag in PRONOUN), -1))
        return Measured(words, self._article, [*self._looks_back(words, named, start)])

    def _start(self, parts: Sequence[Part]) -> int:
        """Return the first character of a statement at its own place: brackets may hold a name from elsewhere, and all
        of a statement, where its only word is a pronoun.
        """
        own = next((part.start for part in parts if part.kind is StatementPart.VERBATIM), parts[0].start)
        first = self.indexed.sentence(own).start
        return min(part.start for part in parts if first <= part.start <= own)

    def _gender(self, word: Word) -> str | None:
        """Return the gender of the person whose name a word is in, empty where it is not known; None of other words."""
        person = self.discourse.person_before(word.start + 1)
        return self.discourse.gender(person) if person is not None and word.start < person.end else None

    def _introduced(self, noun: Word, topic: bool, before: int) -> bool:
        """Tell whether the text spoke of what a noun is for shortly before a character: of a topic in whatever way, of
        anything else by an indefinite noun phrase, "a raid".
        """
        number = self.indexed.sentence_number(before)
        first = self.indexed.sentences[max(0, number - THRESHOLDS.noun_back)].start
        places = self._nouns.get(noun.form, ())
        low, high = (bisect_left(places, self.indexed.place(at)) for at in (first, before))
        return any(topic or self._indefinite(at) for at in places[low:high])

    def _indefinite(self, at: int) -> bool:
        """Tell whether the noun phrase that ends in a word has an indefinite article."""
        words = self.indexed.words
        before = words[max(0, at - THRESHOLDS.modifiers - 1) : at]
        opens = next((word for word in reversed(before) if word.tag not in _MODIFIERS), None)
        return opens is not None and opens.form in INDEFINITE

    @cached_property
    def _nouns(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.indexed.words):
            if word.tag in NOUN:
                found.setdefault(word.form, []).append(number)
        return found
