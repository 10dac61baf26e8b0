"""Attributions whose spans end and begin where phrases do: words that the reader left over are taken in.

The reader decides word by word, so a content may stop at "because of", a source may start at "’s parliament", and a
content may lose "its allies" in its middle. No phrase ends in a preposition, an article or before its noun: such spans
are continued over words that belong to nobody, within one line, and never across a mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.reader.reading import Reading
from flows.extract.syntax.sentences import ABBREVIATIONS
from flows.extract.syntax.tags import APOSTROPHES, FINITE, NOUN, RELATIVE
from flows.lexicons import column, word_list
from flows.spans import Span

_OPEN = frozenset({"IN", "DT", "TO", "PRP$", "CC", "MD", "POS", "PDT", "WP$"})
_BEHIND_SUBJECT = frozenset({"IN", "MD", "VBZ", "VBP", "VBD"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "CD", "VBN", "VBG"})
_BEFORE_NOUNS = NOUN | {"DT", "JJ", "JJR", "JJS", "CD", "PRP$", "POS", "VBG", "VBN", "RB", "PDT", "PRP"}
_DESCRIBING = NOUN | {"JJ", "JJR", "JJS"}
_BEFORE_HEAD = _DESCRIBING | {"DT", "CD", "PRP$"}
_AFTER_NOUNS = frozenset({"DT", "PRP", "PRP$", "RB", "VBG", "VBN"})
_INSIDE = frozenset("'’-–&")
_DASHES = frozenset("-–")
_NO_START = frozenset(".,;:!?)]}…")
_OF = frozenset({"of", "for"})
_QUOTES = frozenset("\"“”'‘’")
_SENTENCE_MARKS = frozenset('.?!"“”')
_AUXILIARIES = word_list("do_and_have") | word_list("forms_of_be")
_OF_AUXILIARIES = frozenset({"VB", "VBN", "VBG"})
_TITLES = ABBREVIATIONS & frozenset(column("honorifics", "word", "gender"))
"""Words in front of names, which a point follows: "Mr.", "Gen."."""


@dataclass(frozen=True)
class Phrases:
    """A reading as words with tags, and the words that other spans have taken."""

    reading: Reading
    taken: frozenset[int]

    @property
    def words(self) -> list[str]:
        """Return the words and marks of the text."""
        return self.reading.surfaces

    @cached_property
    def tags(self) -> list[str]:
        """Return the tag of each word."""
        return self.reading.tags()

    def is_word(self, at: int) -> bool:
        """Tell whether there are letters or digits at a place, and no mark."""
        return self.words[at].isalnum() or any(c.isalnum() for c in self.words[at])

    def free(self, at: int) -> bool:
        """Tell whether a place is in the text and no span has it."""
        return 0 <= at < len(self.words) and at not in self.taken

    def follows(self, at: int) -> bool:
        """Tell whether a place is free and on the line of the one before it."""
        return self.free(at) and at > 0 and self.reading.gaps_listed[at] < 2

    def ended(self, span: Span) -> Span:
        """Continue the span to the end of its last phrase."""
        _, end = self.reading.words_in(*span)
        if end == 0 or not self.is_word(end - 1) or not self.follows(end) or not self._unfinished(end - 1):
            return span
        last = self._clause_end(end + 1 if self._goes_with_verb(end - 1) else self._noun_phrase_end(end))
        while last > end and not self.is_word(last - 1):
            last -= 1
        return Span(span.start, self.reading.ends_listed[last - 1]) if last > end else span

    def strays(self, span: Span, found: Attribution) -> bool:
        """Tell whether a piece is no part of a content: the title of a name, a lone relative pronoun, or words that
        the source's own clause quotes before what is reported ("Aas, who called them “[thieves],” said [they would
        pay]"), or a heading ("“[A liar]”: Aas alleges [they have not paid]").
        """
        text, cue = self.reading.text, found.cue
        first, last = self.reading.words_in(*span)
        if span.of(text).rstrip(".").lower() in _TITLES or (last - first == 1 and self.tags[first] in RELATIVE):
            return True
        if cue is None or span.end > cue.start or text[span.start] not in _QUOTES or text[span.end - 1] not in _QUOTES:
            return False
        opens = not first or self.reading.gaps_listed[first] >= 2 or self.words[first - 1] in _SENTENCE_MARKS
        opens = opens and self.words[last : last + 1] != [":"]
        reported = any(s.start >= cue.end and text[s.start] not in _QUOTES for s in found.spans)
        return reported and not opens and FINITE.isdisjoint(self.tags[first:last])

    def _unfinished(self, at: int) -> bool:
        """Whether a phrase cannot end with a word: what must follow it follows."""
        joined = self._inside_word(at + 1)
        if not self.is_word(at + 1) and not joined:
            return False
        if self.tags[at] in _OPEN or self._goes_with_verb(at):
            return True
        return (self.tags[at] in NOUN or self.tags[at] in _MODIFIERS) and (joined or self.tags[at + 1] in NOUN)

    def _goes_with_verb(self, at: int) -> bool:
        """Tell whether a word is an auxiliary, and the verb that it goes with follows: "than many have [expected]"."""
        return self.words[at].lower() in _AUXILIARIES and self.follows(at + 1) and self.tags[at + 1] in _OF_AUXILIARIES

    def _noun_phrase_end(self, at: int) -> int:
        """One past the noun phrase that begins at a place; the place itself where none does."""
        noun = False
        while self.follows(at):
            if not self.is_word(at):
                if not self._inside_word(at):
                    break
            elif self.words[at] == "s" and self.words[at - 1] in APOSTROPHES:
                pass
            elif self.tags[at] == "IN" and noun and self.words[at].lower() == "of":
                noun = False
            elif self.tags[at] not in _BEFORE_NOUNS or (noun and self.tags[at] in _AFTER_NOUNS):
                break
            noun = noun or self.tags[at] in NOUN
            at += 1
        return at

    def _inside_word(self, at: int) -> bool:
        """Whether a mark holds a word together (`rock-solid`, `U.S. Treasury`, `100,000`)."""
        gaps, last = self.reading.gaps_listed, at + 1 >= len(self.words)
        if last or gaps[at]:
            return False
        if self.words[at] in _INSIDE or (self.words[at] in ",." and self.words[at - 1].isdigit()):
            return not gaps[at + 1]
        if self.words[at] != "." or gaps[at + 1] >= 2 or not self.is_word(at + 1):
            return False
        before, following = self.words[at - 1].lower(), self.words[at + 1]
        if before in _TITLES or (before in ABBREVIATIONS and following[0].isdigit()):
            return True  # "Mr. Aas", "Dec. 11": no sentence ends here
        short = len(before) <= 2 and self.words[at - 1][:1].isupper()
        return short and self._content(at + 1) >= THRESHOLDS.phrase_probability  # or it ends with the abbreviation

    def _clause_end(self, at: int) -> int:
        """One past the words from a place on that the reader holds for content, if weakly."""
        while (
            self.follows(at)
            and (self.is_word(at) or self._inside_word(at))
            and self._content(at) >= THRESHOLDS.phrase_probability
        ):
            at += 1
        return at

    def _content(self, at: int) -> float:
        """The probability that a word is content."""
        return 1 - float(self.reading.heads["content"][at, 0])

    def begun(self, span: Span) -> Span:
        """Return the span from where its first phrase begins: `[’s exchange]` from `this year’s exchange`."""
        first, end = self.reading.words_in(*span)
        if first == end:
            return span
        at = first
        if self.words[at] == "s" and self.free(at - 1) and self.words[at - 1] in APOSTROPHES:
            at = first = at - 1
        at = self._number_start(at)
        if self.words[first] in APOSTROPHES and self._reaches(first):
            at = first - 1
        elif at == first and self.tags[first] in _BEHIND_SUBJECT and self._opens_sentence(first - 1):
            return Span(self.reading.starts_listed[first - 1], span.end)
        elif (at == first and self.tags[first] not in _DESCRIBING) or not self.is_word(first):
            return span
        while self._reaches(at) and self.tags[at - 1] in _BEFORE_HEAD:
            at -= 1
            if self.tags[at] in ("DT", "PRP$"):
                break
        return Span(self.reading.starts_listed[at], span.end) if at < first else span

    def _opens_sentence(self, at: int) -> bool:
        """Tell whether a free noun or pronoun is the first word of its sentence: `[Nobody] in the valley knows`."""
        if not self._reaches(at + 1) or self.tags[at] not in NOUN | {"PRP"}:
            return False
        return at == 0 or self.reading.gaps_listed[at] >= 2 or self.words[at - 1] in _SENTENCE_MARKS

    def sourced(self, span: Span) -> Span | None:
        """Return a source from where its first phrase begins, without the marks and conjunctions in front of it; None
        where nothing else is in it.
        """
        first, end = self.reading.words_in(*span)
        first = self._abbreviation_start(first, end)
        while first < end and (self.words[first] in _NO_START or self.tags[first] == "CC"):
            first += 1
        if not any(self.is_word(at) for at in range(first, end)):
            return None
        if self.tags[first] == "IN" and self.words[first] in _OF and self._reaches(first):
            first -= self.tags[first - 1] in NOUN  # "the office for Kosovo": its noun was left over
        elif self.words[first] in _DASHES and self._reaches(first) and not self.reading.gaps_listed[first]:
            first -= 1
        end = self._name_end(self._finished(end))
        return self.begun(Span(self.reading.starts_listed[first], self.reading.ends_listed[end - 1]))

    def _finished(self, end: int) -> int:
        """Return one past the noun that a source waits for which ends before it: "a friend of the [mayor]"."""
        if not self.follows(end) or self.tags[end - 1] not in _OPEN - {"PRP$"}:
            return end
        last = self._noun_phrase_end(end)
        return last if self.tags[last - 1] in NOUN else end

    def _name_end(self, end: int) -> int:
        """Return one past the name in apposition that a source goes on with: `the chairman, [Tore Aas]`."""
        while self.follows(end) and self.tags[end] == "NNP" and self.words[end - 1][0].isupper():
            end += 1  # "the warden, Per [Moe]"
        comma = end - 1 if self.words[end - 1] == "," else end
        at = comma + 1
        while self.follows(at) and self.tags[at] == "NNP" and self.words[at][0].isupper():
            at += 1
        named = at - comma > THRESHOLDS.name_words and self.words[comma] == "," and self.free(comma)
        closed = named and (at == len(self.words) or self.words[at] in ".," or self.reading.gaps_listed[at] >= 2)
        return at if closed and self.tags[comma - 1].startswith("NN") else end

    def _abbreviation_start(self, first: int, end: int) -> int:
        """Where the abbreviation begins whose point opens a span: the [. Minerals] of `U.S. Minerals` at the U."""
        gaps, at = self.reading.gaps_listed, first
        if end - first < 2 or gaps[first + 1] >= 2:
            return first
        while self.words[at] == "." and not gaps[at] and self._reaches(at) and self.words[at - 1][0].isupper():
            if len(self.words[at - 1]) > THRESHOLDS.pointed_letters:
                break
            at -= 1
            if not gaps[at] and self.free(at - 1) and self.words[at - 1] == ".":
                at -= 1
        return at

    def _number_start(self, at: int) -> int:
        """Where the number begins that a place is in: the [8] of `1.8 million people` at the 1."""
        gaps = self.reading.gaps_listed
        while at >= 2 and self.words[at][0].isdigit() and self.words[at - 1] in ",." and self.words[at - 2].isdigit():
            if gaps[at] or gaps[at - 1] or not (self.free(at - 1) and self.free(at - 2)):
                break
            at -= 2
        return at

    def _reaches(self, at: int) -> bool:
        """Whether the word before a place is free and on its line."""
        return self.free(at - 1) and self.is_word(at - 1) and self.reading.gaps_listed[at] < 2

    def joined(self, spans: Sequence[Span]) -> list[Span]:
        """Join the pieces of one content that have only free words of one sentence between them: a few, or more without
        which they are no phrase ("the plan[ of the towns around Brod ]to pay"). What is left of a relative clause that
        no mark ends is no piece: "the plan[, which may lead] towns to pay".
        """
        found = list(spans[:1])
        for span in spans[1:]:
            last, (first, end) = self.reading.words_in(*found[-1])[1], self.reading.words_in(*span)
            between = range(last, first)
            plain = self.reading.gaps_listed[first] < 2 and all(
                self.follows(at) and self.words[at] not in _SENTENCE_MARKS for at in between
            )
            few = sum(map(self.is_word, between)) <= THRESHOLDS.omitted_words
            opened = len(between) > 1 and not self.is_word(last) and self.is_word(first - 1)
            relative = opened and self.tags[last + 1] in RELATIVE
            verbal = not FINITE.isdisjoint(self.tags[first:end])
            if plain and (few or (verbal if relative else self._goes_through(last, first, verbal))):
                found[-1] = Span(found[-1].start, span.end)
            elif not (plain and relative):
                found.append(span)
        return found

    def _goes_through(self, last: int, first: int, verbal: bool) -> bool:
        """Tell whether a clause goes on from one place through words that were left out to another: marks set nothing
        apart, and of the words left out and those behind them only one have a verb, or it is that of "which".

        verbal: whether there is a verb behind them.
        """
        if not (self.is_word(last) or self.is_word(first - 1)) or ";" in self.words[last:first]:
            return False
        return not verbal or self.tags[last - 1] in RELATIVE or FINITE.isdisjoint(self.tags[last:first])


def phrases_of(reading: Reading, spans: Iterable[Span], taken: Iterable[int] = ()) -> Phrases:
    """Return the phrases of a reading, the words of the spans taken, and others that are taken already."""
    every = set(taken)
    for span in spans:
        every.update(range(*reading.words_in(*span)))
    return Phrases(reading, frozenset(every))
