"""Statements: a proposition as a sentence that stands on its own, in words of the article.

The words of the proposition stand in their order, without the marks and words that only tie them to the sentence
around ("that", "and", quotation marks). What a reader needs is put in brackets, each a range of the article: the name
behind a pronoun, the subject that a predicate shares with the one before, and for content that is no clause by itself
("to cut taxes", "the invasion") the words of its sentence that report it: "[Berg promised] to cut taxes". A cue between
the subject and the rest stays there: "Pay [is said] to fall". Under a cue of denial `schemas.vocabularies.NEGATION`
stands for the cue. `schemas.statements.render` makes the sentence of the ranges that are chosen here.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from flows.extract.claims.propositions import Proposition
from flows.extract.claims.statements.content_words import Part, bare_words, runs
from flows.extract.claims.statements.pronouns import Names
from flows.extract.claims.statements.references import References, Said
from flows.extract.claims.statements.referents import Meant, certainty
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.antecedents import noun_phrase_before, relative_antecedent
from flows.extract.syntax.coordination import starts_predicate
from flows.extract.syntax.finite_clauses import is_clause
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, has_finite
from flows.extract.syntax.tags import APOSTROPHES, FINITE, NOMINAL, RELATIVE
from flows.spans import Span
from schemas.vocabularies import StatementPart

_ASKING = frozenset({"whether", "if"})
"""Words that open a question: its contrary is no statement."""
_NOT_FINITE = frozenset({"VB", "VBG", "VBN"})
_START = attrgetter("start")


class Statement(NamedTuple):
    """The parts of a statement, in its order, and whether they have a subject and a finite verb: a sentence.

    words: those of the proposition that it shows; clause: whether these are a clause by themselves.
    """

    parts: list[Part]
    sentence: bool
    words: Sequence[Word]
    clause: bool


@dataclass(frozen=True)
class StatementWriter:
    """Writes the statements of one article; rate_referent: how surely a pronoun means whom the rules found."""

    indexed: IndexedWords
    references: References
    rate_referent: Callable[[Meant, Said, References], float] = certainty

    def written(self, proposition: Proposition, said: Said) -> Statement:
        """Return the statement of a proposition; at least one of its parts is verbatim."""
        words = bare_words(self.indexed.text, proposition.said, said.quoted)
        clause = is_clause(words) or _complement(proposition.said, said.denied)
        around = self._around(words, clause, proposition, said)
        named = Names(self.references, said, self.rate_referent)
        at = sum(1 for group in around if group and group[0].start < words[0].start)
        head, cue, tail = self._at_cue(words, said)
        parts = [*self._in_brackets(around[:at], named), *named.parts(runs(self.indexed.text, head))]
        if cue:
            named.mention(head)
            parts += [*self._in_brackets([cue], named), *named.parts(runs(self.indexed.text, tail))]
        lacking = self._object(words, said) if clause and not around else []
        parts += self._in_brackets([*around[at:], *lacking], named)
        if said.denied and said.cue is not None and not around and not cue:
            parts = [Part(*said.cue, StatementPart.NEGATION), *parts]
        told = self._beside_clause(said.source, said.cue) if said.source and said.cue else False
        shown = [self.indexed.between(*said.source)] if told and said.source else [*around, cue]
        whole = clause or any(map(has_finite, shown))
        whole = whole and (bool(around) or said.quoted or not starts_predicate(words, 0))
        return Statement(parts, whole, words, clause)

    def _at_cue(self, words: Sequence[Word], said: Said) -> tuple[Sequence[Word], Sequence[Word], Sequence[Word]]:
        """Return the words before a cue that stands among them, the words of the cue, and those behind it: "Pay [is
        said] to fall". A cue between marks is an insertion: without it the words go on.
        """
        at = bisect_left(words, said.cue.start, key=_START) if said.cue is not None else 0
        if not 0 < at < len(words):
            return words, (), ()
        between = self.indexed.between(words[at - 1].end, words[at].start)
        if not self._near(words[at - 1].end, words[at].start) and words[at].tag != "TO":
            return words, (), ()  # behind a mark an infinitive needs its verb all the same: "Aas, 30, is said to be"
        return words[:at], _without_edges(between), words[at:]

    def _around(
        self, words: Sequence[Word], clause: bool, proposition: Proposition, said: Said
    ) -> list[Sequence[Word]]:
        """Return the words in brackets around those of a proposition, in groups: a subject, or what reports it."""
        if words[0].tag in FINITE or (proposition.subject and starts_predicate(words, 0)):
            asks = said.quoted or words[-1].form == "?"
            shared = _without_edges(proposition.subject)
            subject = shared or (() if asks else self._subject_before(words[0].start, said))
            return [subject] if subject else []
        asked = said.denied and (words[0].tag in RELATIVE or words[0].form in _ASKING)
        needs = said.open or asked or not clause or self._completes_cue(words, said)
        return self._report(words, said) if needs else []

    def _completes_cue(self, words: Sequence[Word], said: Said) -> bool:
        """Tell whether an infinitive right behind its cue opens a content, whose verbs lie in clauses behind it: "[Aas
        claims] to have fled before it burnt".
        """
        opens = len(words) > 1 and words[0].tag == "TO" and words[1].tag == "VB" and not said.quoted
        return opens and said.cue is not None and not self.indexed.text[said.cue.end : words[0].start].strip()

    def _in_brackets(self, groups: Sequence[Sequence[Word]], named: Names) -> Iterator[Part]:
        """Yield groups of words in brackets, a pronoun that is all of one as the name behind it."""
        for words in groups:
            if len(words) == 1 and (name := named.behind(words[0])) is not None:
                yield Part(*name, StatementPart.BRACKET)
            elif words:
                named.mention(words)
                yield Part(words[0].start, words[-1].end, StatementPart.BRACKET)

    def _subject_before(self, start: int, said: Said) -> Sequence[Word]:
        """Return the subject of a predicate that begins a content: the noun phrase before it, or before the words
        between which the content goes on ("The plan, he said, would cost …"); nothing where there is none.
        """
        report = [span for span in (said.source, said.cue) if span is not None]
        sentence = self.indexed.sentence(start)
        predicate = self.indexed.between(start, sentence.end)
        beside = self._noun_phrase_before(start, [said.cue] if said.cue else [])
        if beside or (beside := self._before_relative(min([start, *(s.start for s in report)]), predicate)):
            return beside
        first = min((span.start for span in report if sentence.contains(span)), default=start)
        words = _without_edges(self.indexed.between(sentence.start, min(first, start)))
        fits = 0 < len(words) <= THRESHOLDS.subject_words and words[-1].tag in NOMINAL
        return words if fits and not has_finite(words) else ()

    def _noun_phrase_before(self, start: int, taken: Sequence[Span]) -> Sequence[Word]:
        """Return the noun phrase that ends right before a character, and holds nothing that is taken."""
        listed, end = self.indexed.words, self.indexed.place(start)
        words = _without_edges(noun_phrase_before(listed, end, behind_marks=False))
        if words and listed[max(0, end - len(words) - 1)].tag in {"IN", "TO"}:
            return ()  # "the firm with a mill in Brod [has yet to pay]": Brod has not
        apart = not any(span.start <= word.start < span.end for span in taken for word in words)
        return words if words and apart and self.indexed.sentence(start).start <= words[0].start else ()

    def _report(self, words: Sequence[Word], said: Said) -> list[Sequence[Word]]:
        """Return the words that report a content, before it and behind it: source and cue, where its sentence has
        them, and the few words between.
        """
        content = Span(words[0].start, words[-1].end)
        sentence = self.indexed.sentence(content.start)
        if said.cue is None or not sentence.contains(said.cue) or not said.cue.of(self.indexed.text)[:1].isalnum():
            return []
        source = said.source if said.source is not None and sentence.contains(said.source) else None
        shared: Sequence[Word] = ()
        if source is None:
            source, shared = self._unnamed_subject(said.cue, content)
        reporting = [span for span in (source, said.cue) if span is not None]
        if source is not None and self.indexed.text[source.end : said.cue.start] in APOSTROPHES:
            reporting = [Span(source.start, said.cue.end)]  # "it’s unknown"
        elif source is not None and self._beside_clause(source, said.cue):
            first = self.indexed.between(source.end, said.cue.start)[0]
            joined = first.form == "," or first.form in APOSTROPHES  # "We’ve all seen"
            begun = source.start if joined else first.start  # a pronoun alone may be a name
            reporting = [source, Span(begun, said.cue.end)] if begun != source.start else [Span(begun, said.cue.end)]
        spans = sorted([*(span for span in reporting if not span.overlaps(content)), content])
        found = [shared]
        for span, following in zip(spans, [*spans[1:], None], strict=True):
            if span != content:
                found.append(self._antecedent(self.indexed.between(*span), said.cue))
            if following is not None and self._near(span.end, following.start):
                found.append(self.indexed.between(span.end, following.start))
        if words[0].form == "to" and spans[-1] == content and source is not None:
            found.append(self._before_relative(spans[0].start))
        return [group for group in found if group]

    def _beside_clause(self, source: Span, cue: Span) -> bool:
        """Tell whether a cue is a participle or infinitive behind what its source does, or behind its auxiliary: who is
        "asking" is no sentence, "[Berg wrote in May, asking] for more" and "[Berg did not, however, say]" are.
        """
        between, words = self.indexed.between(source.end, cue.start), self.indexed.between(*cue)
        few = source.end <= cue.start and len(between) <= THRESHOLDS.aside_words
        verb = next((word for word in words if word.tag.startswith(("VB", "MD"))), None)
        return few and verb is not None and verb.tag in _NOT_FINITE and has_finite(between)

    def _before_relative(self, at: int, verb: Sequence[Word] = ()) -> Sequence[Word]:
        """Return the noun phrase that a relative pronoun before a character stands for: "the guard [whom] she told".

        verb: where it is the subject, its verb, which agrees with it.
        """
        words, index = self.indexed.words, self.indexed.place(at) - 1
        if index < 1 or words[index].tag not in {"WDT", "WP"} or words[index].form == "what":
            return ()
        return relative_antecedent(self.indexed, words[index], verb) or relative_antecedent(
            self.indexed, words[index], ()
        )

    def _object(self, words: Sequence[Word], said: Said) -> list[Sequence[Word]]:
        """Return the object that a clause lacks, where a relative pronoun before its report stands for that: "ideas
        that, he says, she despises" is "She despises [ideas]".
        """
        if said.quoted or said.cue is None or said.source is None:
            return []
        found = self._before_relative(min(said.source.start, said.cue.start, words[0].start))
        return [found] if found and found[-1].end < words[0].start else []

    def _antecedent(self, words: Sequence[Word], cue: Span) -> Sequence[Word]:
        """Return words, a lone relative pronoun as the noun phrase that it stands for."""
        if len(words) != 1 or words[0].tag not in RELATIVE:
            return words
        return (
            relative_antecedent(self.indexed, words[0], self.indexed.between(*cue))
            or relative_antecedent(self.indexed, words[0], ())
            or words
        )

    def _unnamed_subject(self, cue: Span, content: Span) -> tuple[Span | None, Sequence[Word]]:
        """Return the subject of a cue that nobody is named for: the words of its clause before it, or those that it
        shares with the verb before: "[She] left and was called a coward".
        """
        number = self.indexed.sentence_number(cue.start)
        before = [c for c in self.indexed.clauses_of(number) if c.words[0].start <= cue.start]
        start = before[-1].words[0].start if before else self.indexed.sentences[number].start
        if start == cue.start:
            return None, before[-1].subject
        words = _without_edges(self.indexed.between(start, min(cue.start, content.start)))
        if not 0 < len(words) <= THRESHOLDS.subject_words:
            words = self._noun_phrase_before(cue.start, [content])
        if words and words[0].tag in {"WDT", "WP"}:  # "the ship, which sank, seems to …"
            words = relative_antecedent(self.indexed, words[0], ()) or words
        return Span(words[0].start, words[-1].end) if words else None, ()

    def _near(self, start: int, end: int) -> bool:
        """Tell whether few words and no mark stand between two characters."""
        between = self.indexed.between(start, end)
        return len(between) <= THRESHOLDS.gap_words and all(word.form[0].isalnum() for word in between)


def _without_edges(words: Sequence[Word]) -> Sequence[Word]:
    """Return words without the marks and coordinators at their edges."""
    start, end = 0, len(words)
    while start < end and (words[start].tag == "CC" or not words[start].form[0].isalnum()):
        start += 1
    while end > start and not words[end - 1].form[0].isalnum():
        end -= 1
    return words[start:end]


def _complement(said: Sequence[Word], denied: bool) -> bool:
    """Tell whether words are what a report has behind "that": a clause, though its verb was taken for a participle.

    What is asked for is none: "that the gate be closed". What is denied is one, whatever the verb was taken for.
    """
    verbs = {word.tag for word in said if word.tag.startswith("VB")}
    opened = said[0].form == "that" and said[0].tag == "IN"
    return opened and (denied or (not verbs.isdisjoint({"VBD", "VBN"}) and "VB" not in verbs))
