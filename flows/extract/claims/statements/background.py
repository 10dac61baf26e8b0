"""What a statement looks back at, told by the words of the article before it: "[The navy found a boat.] It was empty".

Where a name cannot be put behind a pronoun with certainty, the sentence that names what it may mean can: a reader of
both sees what a machine would have to guess (choosing context for a sentence out of its document: Choi et al. 2021,
"Decontextualization"). The words stand in brackets before the statement, at most one sentence of them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.extract.claims.statements.content_words import DOUBLE, Part, in_pairs
from flows.extract.claims.statements.looking_back import Antecedent, Shown, fits, looks_back
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.speakers.discourse_model import Discourse
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, has_finite
from flows.extract.syntax.tags import NOUN, PRONOUN
from flows.spans import Span
from schemas.statements import SENTENCE_ENDS
from schemas.vocabularies import StatementPart

_INDEFINITE = frozenset({"a", "an", "another", "one"})
_MODIFIERS = frozenset({"JJ", "JJS", "NN", "VBN", "CD", "HYPH"})
_BACK = {
    "any": THRESHOLDS.antecedent_back,
    "thing": THRESHOLDS.antecedent_back,
    "several": THRESHOLDS.several_back,
    "noun": THRESHOLDS.noun_back,
    "person": THRESHOLDS.person_back,
}
"""Sentences back to which each kind of antecedent is looked for."""
_BRACKETS = frozenset("[]")
_WHOLE = frozenset({"main", "subordinate"})


@dataclass(frozen=True)
class Backgrounds:
    """Finds the background of the statements of one article."""

    indexed: IndexedWords
    discourse: Discourse

    def of(self, parts: Sequence[Part]) -> Span | None:
        """Return the range of the words that say what a statement of these parts looks back at; None where it looks
        back at nothing, or nothing before it fits.
        """
        shown, start = self._shown(parts), self._start(parts)
        needed = looks_back(shown, self._gender, lambda noun, topic: self._introduced(noun, topic, start))
        if not needed:
            return None
        for needs in (needed, *([one] for one in needed)):
            for back, words in self._before(start):
                if all(back <= _BACK[one.kind] and fits(words, one, self._gender) for one in needs) and (
                    self._tells(words, needs)
                ):
                    return _without_loose_marks(self.indexed.between(words[0].start, words[-1].end))
        return None

    def _tells(self, words: Sequence[Word], needs: Sequence[Antecedent]) -> bool:
        """Tell whether words can be a background: no question, and none that looks back at the like themselves."""
        if words[-1].form == "?" or any(word.form in _BRACKETS for word in words):
            return False
        own = looks_back([Shown(word) for word in words], self._gender, _never)
        return {one.kind for one in needs}.isdisjoint(one.kind for one in own)

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

    def _before(self, start: int) -> Iterator[tuple[int, Sequence[Word]]]:
        """Yield words before a character, and how many sentences back they stand, the nearest first: those of its own
        sentence from the head of a clause on, then the sentences before it, of long ones their main clauses.
        """
        number, most = self.indexed.sentence_number(start), THRESHOLDS.background_words
        for clause in reversed(clauses(self.indexed.between(*self.indexed.sentences[number]))):
            words = self.indexed.between(clause.words[0].start, start)
            if clause.words[-1].end <= start and clause.finite and clause.kind in _WHOLE and len(words) <= most:
                yield 0, words
        for back in range(1, min(number, max(_BACK.values())) + 1):
            whole = self.indexed.sentences[number - back]
            words = self.indexed.between(*whole)
            if self.indexed.text[whole.end - 1] not in SENTENCE_ENDS or not has_finite(words):
                continue  # a caption, a headline
            if len(words) <= most:
                yield back, words
                continue
            for clause in reversed(clauses(words)):
                if clause.finite and clause.kind == "main" and len(clause.words) <= most:
                    yield back, clause.words

    def _gender(self, word: Word) -> str | None:
        """Return the gender of the person whose name a word is in, empty where it is not known; None of other words."""
        at = bisect_right(self.discourse.person_starts, word.start) - 1
        person = self.discourse.persons[at] if at >= 0 else None
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
        return opens is not None and opens.form in _INDEFINITE

    @cached_property
    def _nouns(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.indexed.words):
            if word.tag in NOUN:
                found.setdefault(word.form, []).append(number)
        return found


def _never(_noun: Word, _topic: bool) -> bool:
    """Tell that nothing was brought in before: what a background describes itself may stay open."""
    return False


def _without_loose_marks(words: Sequence[Word]) -> Span:
    """Return the range of words, without a quotation mark at an edge whose partner is not among them."""
    if words[0].form in DOUBLE and not in_pairs(words):
        words = words[1:]
    if words[-1].form in DOUBLE and not in_pairs(words):
        words = words[:-1]
    return Span(words[0].start, words[-1].end)
