"""What a statement looks back at, told by the words of the article before it: "[The navy found a boat.] It was empty".

Where a name cannot be put behind a pronoun with certainty, the sentence that names what it may mean can: a reader of
both sees what a machine would have to guess (choosing context for a sentence out of its document: Choi et al. 2021,
"Decontextualization"). One sentence may tell who is meant, and another what it is about: up to two ranges stand there.
`background_choice` chooses them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from flows.extract.claims.statements.background_candidates import Candidate, Candidates
from flows.extract.claims.statements.background_choice import Choice, Chosen, Offered, best_of, shipped_weights
from flows.extract.claims.statements.background_features import (
    ArticleWords,
    Measured,
    Where,
    alone_features,
    background_features,
)
from flows.extract.claims.statements.content_words import DOUBLE, Part, in_pairs
from flows.extract.claims.statements.looking_back import Shown, fits, looks_back
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
    _measures: dict[Span, Measured] = field(default_factory=dict)

    def of(self, parts: Sequence[Part]) -> Chosen:
        """Return the words that a statement of these parts needs before it to be understood."""
        choice = self.choice(parts)
        best = best_of(choice, shipped_weights())
        ranges = sorted(choice.candidates[number - 1].place.span for number in best.numbers)
        told = (self._without_loose_marks(span) for span in self._joined(ranges))
        return Chosen(tuple(told), best, choice)

    def choice(self, parts: Sequence[Part]) -> Choice:
        """Return what there is to choose from for a statement, measured."""
        shown, start = self._shown(parts), self._start(parts)
        needed = looks_back(shown, self._gender, lambda noun, topic: self._introduced(noun, topic, start))
        told = Measured([each.word for each in shown], self._article, needed)
        found = []
        for candidate in self._candidates.of(start, told.names | told.pointed_at):
            given = self._measured(candidate.span)
            missing = [one for one in needed if not fits(given.words, one, self._gender)]
            features = background_features(told, given, self._where(candidate, start), missing)
            found.append(Offered(candidate, given, features))
        return Choice(alone_features(told), found)

    def _where(self, candidate: Candidate, start: int) -> Where:
        """Return where a candidate stands, and where the statement that begins at a character."""
        numbered, sentences = self.indexed.sentence_number, self.indexed.sentences
        first = numbered(candidate.span.start)
        before = sentences[first - 1].end if first else 0
        return Where(
            candidate,
            first=first == 0,
            next=numbered(start) - numbered(candidate.span.end - 1) == 1,
            heads=first == 0 or self._line_ends_between(before, sentences[first].start),
            beside=not self._line_ends_between(candidate.span.end, start),
        )

    def _line_ends_between(self, start: int, end: int) -> bool:
        return bisect_left(self._line_ends, end) > bisect_left(self._line_ends, start)

    def _joined(self, ranges: Sequence[Span]) -> list[Span]:
        """Return two ranges as one where they read on: only marks and words that join clauses stand between them."""
        if len(ranges) == 2 and self._reads_on(ranges[0].end, ranges[1].start):
            return [Span(ranges[0].start, ranges[1].end)]
        return [*ranges]

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

    def _measured(self, span: Span) -> Measured:
        """Return a range of the article, measured; many statements have the same before them."""
        found = self._measures.get(span)
        if found is None:
            words = self.indexed.between(*span)
            shown = [Shown(word) for word in words]
            needed = looks_back(shown, self._gender, lambda noun, topic: self._introduced(noun, topic, span.start))
            found = self._measures[span] = Measured(words, self._article, needed)
        return found

    @cached_property
    def _article(self) -> ArticleWords:
        return ArticleWords.of(self.indexed.words)

    def _shown(self, parts: Sequence[Part]) -> list[Shown]:
        """Return the words of a statement in its order."""
        shown: list[Shown] = []
        for number, part in enumerate(parts):
            own = part.kind is StatementPart.VERBATIM
            words = self.indexed.between(part.start, part.end)
            beside = own and number + 1 < len(parts) and parts[number + 1].kind is StatementPart.BRACKET
            last = words[-THRESHOLDS.contracted_words :] if beside else ()
            named = next((word for word in reversed(last) if word.tag in PRONOUN), None)
            shown += [Shown(word, word is named, own) for word in words]
        return shown

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
