"""What a statement looks back at, told by the words of the article before it: "[The navy found a boat.] It was empty".

Where a name cannot be put behind a pronoun with certainty, the sentence that names what it may mean can: a reader of
both sees what a machine would have to guess (choosing context for a sentence out of its document: Choi et al. 2021,
"Decontextualization"). Which words stand there, or none, is chosen by a conditional logit (McFadden 1974), whose
weights lie in `seeds/models/backgrounds.csv`, fitted by `flows.train.backgrounds` on what readers chose.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import exp, log
from typing import NamedTuple

from flows.extract.claims.statements.background_candidates import Candidate, Candidates
from flows.extract.claims.statements.background_features import (
    ALONE_FEATURES,
    BACKGROUND_FEATURES,
    ArticleWords,
    Measured,
    alone_features,
    background_features,
)
from flows.extract.claims.statements.content_words import DOUBLE, Part, in_pairs
from flows.extract.claims.statements.looking_back import Shown, fits, looks_back
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.speakers.discourse_model import Discourse
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import NOUN, PRONOUN
from flows.lexicons.weights import BIAS, load_linear
from flows.probabilities import KEPT_OFF
from flows.spans import Span
from schemas.vocabularies import StatementPart

_LINE_END = re.compile("\n")
_INDEFINITE = frozenset({"a", "an", "another", "one"})
_MODIFIERS = frozenset({"JJ", "JJS", "NN", "VBN", "CD", "HYPH"})


class Choice(NamedTuple):
    """A statement and what may be its background, measured: alone is of the statement, the others of each candidate."""

    alone: dict[str, float]
    candidates: list[tuple[Candidate, dict[str, float]]]


class Chosen(NamedTuple):
    """What was chosen: the range of the background, None where a statement has none; the log odds of that; of what."""

    span: Span | None
    odds: float
    choice: Choice


@cache
def _weights() -> dict[str, float]:
    bias, weights = load_linear("backgrounds", (*ALONE_FEATURES, *BACKGROUND_FEATURES))
    return {BIAS: bias, **dict(zip((*ALONE_FEATURES, *BACKGROUND_FEATURES), weights.tolist(), strict=True))}


def best_of(choice: Choice, weights: Mapping[str, float]) -> tuple[int, float]:
    """Return what is chosen, 0 for no background, else the number of the candidate from 1 on, and its log odds.

    These are 0 where there is nothing to choose from.
    """
    scores = [weights[BIAS] + _score(choice.alone, weights)]
    scores += [_score(found, weights) for _, found in choice.candidates]
    best = max(range(len(scores)), key=scores.__getitem__)
    if len(scores) == 1:
        return 0, 0.0  # nothing was chosen from
    others = sum(exp(score - scores[best]) for at, score in enumerate(scores) if at != best)
    return best, -log(max(others, KEPT_OFF))


@dataclass(frozen=True)
class Backgrounds:
    """Finds the backgrounds of the statements of one article."""

    indexed: IndexedWords
    discourse: Discourse
    _measures: dict[Span, Measured] = field(default_factory=dict)

    def of(self, parts: Sequence[Part]) -> Chosen:
        """Return the words that a statement of these parts needs before it to be understood."""
        choice = self.choice(parts)
        best, odds = best_of(choice, _weights())
        if best == 0:
            return Chosen(None, odds, choice)
        words = self.indexed.between(*choice.candidates[best - 1][0].span)
        return Chosen(_without_loose_marks(words), odds, choice)

    def choice(self, parts: Sequence[Part]) -> Choice:
        """Return what there is to choose from for a statement, measured."""
        shown, start = self._shown(parts), self._start(parts)
        needed = looks_back(shown, self._gender, lambda noun, topic: self._introduced(noun, topic, start))
        told = Measured([each.word for each in shown], self._article, needed)
        found = []
        for candidate in self._candidates.of(start, told.names | told.pointed_at):
            given = self._measured(candidate.span)
            fitting = [one for one in needed if fits(given.words, one, self._gender)]
            lines = bisect_left(self._line_ends, start) - bisect_left(self._line_ends, candidate.span.end)
            found.append((candidate, background_features(told, given, candidate, fitting, lines)))
        return Choice(alone_features(told), found)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self.indexed.text)]

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self.indexed)

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


def _score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in features.items())


def _without_loose_marks(words: Sequence[Word]) -> Span:
    """Return the range of words, without a quotation mark at an edge whose partner is not among them."""
    if words[0].form in DOUBLE and not in_pairs(words):
        words = words[1:]
    if words[-1].form in DOUBLE and not in_pairs(words):
        words = words[:-1]
    return Span(words[0].start, words[-1].end)
