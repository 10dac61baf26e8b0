"""Where quotations stand: in which paragraph, between which sentences, next to which other quotations."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from flows.extract.attribution.quotations.quotation_marks import Quote
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.reader.name_decoding import named
from flows.extract.reader.reading import Reading
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import has_finite
from flows.extract.syntax.tags import DASHES, STOPS
from flows.spans import SortedSpans, Span

_CLOSERS = frozenset("\"”’'»)]“")
_LIGHT_TAGS = frozenset({"DT", "IN", "CC", "TO", "PRP$"})
"""Tags of the words that a title need not capitalise."""
_NAMING_TAGS = frozenset({"VBN", "IN", "NN", "NNP", "NNPS", "RB", "JJ", "DT"})
"""Tags of what stands before a name in marks: `nicknamed “Bear”`, `the film “Ice”`, `known only as “Vera”`, `freed the
“Amber Queen”`."""
_SHOWN_BY = frozenset({"read", "reads", "reading"})
"""Verbs by which a thing shows words: `a shirt that read “Lake First”`."""
_LINE, _PARAGRAPH = 2, 3  # gaps in front of a word: a line break, an empty line


class Quotation(NamedTuple):
    """A quotation in words, marks included: half-open.

    closed: its closing mark is there; free: it is a sentence, or several, of its own and no part of another one.
    """

    first: int
    last: int
    closed: bool
    free: bool


class QuotationLayout:
    """The quotations of a reading among its sentences and paragraphs.

    cues: half-open runs of words, in order. Sentences are ranges of words; quotations are cut out of them.
    """

    def __init__(
        self, reading: Reading, indexed: IndexedWords, quotes: Sequence[Quote], cues: Sequence[tuple[int, int]]
    ) -> None:
        self.reading = reading
        self.words = indexed.words
        self.cues = cues
        self._cue_starts = [first for first, _ in cues]
        lengths = [len(sentence) for sentence in indexed.divided]
        self._sentences = np.repeat(np.arange(len(lengths)), lengths)
        self.sentence_numbers: list[int] = self._sentences.tolist()
        self.paragraphs = self._numbered_paragraphs()
        self._listed = self.paragraphs.tolist()
        self.quotations = self._quotations(quotes)
        self._firsts = [quotation.first for quotation in self.quotations]

    def _numbered_paragraphs(self) -> np.ndarray:
        """Number the paragraph of each word; lines that are merely wrapped are of one."""
        gaps = self.reading.gaps
        begins = gaps >= _PARAGRAPH
        begins[1:] |= (gaps[1:] >= _LINE) & (np.diff(self._sentences) > 0)
        return np.cumsum(begins)

    def _quotations(self, quotes: Sequence[Quote]) -> list[Quotation]:
        """Return the quotations that have their closing mark, or go on in the next paragraph as typography has it."""
        runs = [(*self.reading.words_in(quote.start, quote.end), quote.certain) for quote in quotes]
        starts = {first for first, _, _ in runs}
        kept = [(a, b, closed) for a, b, closed in runs if b > a and (closed or (b in starts and self._ends(b)))]
        kept = [(a, b, closed) for a, b, closed in kept if not self._names(a, b)]
        found = [Quotation(a, b, closed, self._is_free(a, b, closed)) for a, b, closed in kept]
        return sorted([*found, *self._blocks(found)])

    def _blocks(self, quotations: Sequence[Quotation]) -> list[Quotation]:
        """Return the paragraphs without marks that a cue and a colon introduce: `Foss added:` and a new paragraph."""
        taken = {self._listed[at] for quotation in quotations for at in range(quotation.first, quotation.last)}
        found = []
        for first, last in self.cues:
            colon = self._paragraph_end(first) - 1
            near = self.words[colon].form == ":" and colon - last <= THRESHOLDS.introducing_words
            if near and colon + 1 < len(self.words) and self._listed[colon + 1] not in taken:
                end = self._paragraph_end(colon + 1)
                if not self.cues_in(range(colon + 1, end)) and has_finite(self.words[colon + 1 : end]):
                    found.append(Quotation(colon + 1, end, True, True))
                    taken.add(self._listed[colon + 1])
        return found

    def _names(self, first: int, last: int) -> bool:
        """Tell whether marks hold a name or a title (`the film “Ice”`, `Per “Pelle” Nygren`).

        All its words of weight are capitalised, and it is said of something, or stands alone in its paragraph.
        """
        text = self.reading.text
        words = [word for word in self.words[first:last] if word.form[0].isalnum()]
        weighty = [word for word in words if word.tag not in _LIGHT_TAGS and text[word.start - 1] not in "'’"]
        if not weighty or len(words) > THRESHOLDS.title_words or any(text[word.start].islower() for word in weighty):
            return False
        if self._ends(first):
            return self._ends(last) and len(words) > 1
        before = self.words[first - 1]
        return before.form[0].isalnum() and (before.tag in _NAMING_TAGS or before.form in _SHOWN_BY)

    def _ends(self, at: int) -> bool:
        """Tell whether a paragraph ends before a word."""
        return at >= len(self._listed) or at == 0 or self._listed[at] != self._listed[at - 1]

    def _is_free(self, first: int, last: int, closed: bool) -> bool:
        """Tell whether nothing before or behind a quotation is of one sentence with it."""
        inner = self._without_closers(last - 1 if closed else last, first)
        stopped = inner > first and self.words[inner - 1].form in STOPS
        return self._begins_sentence(first) and self._ends_sentence(last, stopped, last - first)

    def _begins_sentence(self, first: int) -> bool:
        at = self._without_closers(first, 0)
        while at > 0 and not self._ends(at) and self.words[at - 1].form in DASHES:
            at -= 1
        return self._ends(at) or (at < first and self._ends(first)) or self.words[at - 1].form in STOPS | {":"}

    def _ends_sentence(self, last: int, stopped: bool, size: int) -> bool:
        if not self._ends(last) and self.words[last].form in STOPS:  # ”. as British papers set it
            stopped, last = True, last + 1
        if self._ends(last):
            return stopped  # else a heading
        following = self.words[last]
        if following.form in DASHES or following.form == "(":
            return stopped or size >= THRESHOLDS.statement_words
        return stopped and not self.reading.text[following.start].islower() and following.form not in {",", ";", ":"}

    def _without_closers(self, at: int, least: int) -> int:
        """Return the place behind the last word before a place that is no closing mark, on its line."""
        while at > least and self.words[at - 1].form in _CLOSERS and not self._ends(at):
            at -= 1
        return at

    def before(self, number: int) -> list[range]:
        """Return the sentences of the paragraph between the quotation before and this one."""
        first = self.quotations[number].first
        previous = self.previous_in_paragraph(number)
        start = self._paragraph_start(first) if previous is None else self.quotations[previous].last
        return self._split(start, first)

    def after(self, number: int) -> list[range]:
        """Return the sentences of the paragraph between this quotation and the next one."""
        last = self.quotations[number].last
        following = self.next_in_paragraph(number)
        end = self._paragraph_end(last - 1) if following is None else self.quotations[following].first
        return self._split(last, end)

    def previous_in_paragraph(self, number: int) -> int | None:
        """Return the quotation before this one in its paragraph."""
        return number - 1 if number and self._same_paragraph(number - 1, number) else None

    def next_in_paragraph(self, number: int) -> int | None:
        """Return the quotation behind this one in its paragraph."""
        following = number + 1
        return following if following < len(self.quotations) and self._same_paragraph(number, following) else None

    def in_paragraph_before(self, number: int) -> int | None:
        """Return the last quotation of the paragraph before this one's."""
        start = self._paragraph_start(self.quotations[number].first)
        previous = bisect_left(self._firsts, start) - 1
        if previous < 0 or start == 0:
            return None
        return previous if self._listed[self.quotations[previous].last - 1] == self._listed[start - 1] else None

    def in_paragraph_behind(self, number: int) -> int | None:
        """Return the quotation that opens the paragraph behind this one's."""
        end = self._paragraph_end(self.quotations[number].last - 1)
        following = bisect_left(self._firsts, end)
        return following if following < len(self._firsts) and self._firsts[following] == end else None

    def paragraph_behind(self, number: int) -> list[range]:
        """Return the sentences of the paragraph behind this quotation's."""
        end = self._paragraph_end(self.quotations[number].last - 1)
        return self._split(end, self._paragraph_end(end)) if end < len(self.words) else []

    def introduced_by(self, number: int) -> range | None:
        """Return the last sentence of the paragraph before, where that ends with a colon, or with a cue and no stop."""
        start = self._paragraph_start(self.quotations[number].first)
        if start == 0:
            return None
        sentence = self._split(self._paragraph_start(start - 1), start)[-1:]
        cues = self.cues_in(sentence[0]) if sentence else ()
        open_ended = bool(cues) and not any(w.form[0].isalnum() for w in self.words[self.cues[cues[-1]][1] : start])
        stop = self.words[start - 1].form
        return sentence[0] if sentence and (stop == ":" or (open_ended and stop not in {".", "!", "?"})) else None

    def statement_before(self, number: int) -> range | None:
        """Return the last sentence of the paragraph before; None of a headline, which is the first or has no stop."""
        start = self._paragraph_start(self.quotations[number].first)
        begin = self._paragraph_start(start - 1) if start else 0
        if begin == 0 or self.words[start - 1].form != ".":
            return None
        return next(iter(self._split(begin, start)[-1:]), None)

    def goes_on(self, number: int) -> bool:
        """Tell whether the speaker of a quotation may go on in the next paragraph: nobody else has come in between.

        What is asked is answered by somebody else, and whose turn it is after the answer is open.
        """
        before = self.in_paragraph_before(number)
        answered = self._asks(number) or (before is not None and self._asks(before))
        return not answered and self.next_in_paragraph(number) is None and len(self.after(number)) <= 1

    def states(self, number: int) -> bool:
        """Tell whether a quotation makes a statement, and is no title or name."""
        quotation = self.quotations[number]
        words = self.words[quotation.first : quotation.last]
        return len(words) >= THRESHOLDS.statement_words and has_finite(words)

    def _asks(self, number: int) -> bool:
        """Tell whether a quotation ends with a question."""
        quotation = self.quotations[number]
        inner = self._without_closers(quotation.last, quotation.first)
        return inner > quotation.first and self.words[inner - 1].form == "?"

    def opens_paragraph(self, sentence: range) -> bool:
        """Tell whether a sentence is the first one of its paragraph."""
        return self._paragraph_start(sentence.start) == sentence.start

    def closes_paragraph(self, sentence: range) -> bool:
        """Tell whether a sentence is the last one of its paragraph."""
        return self._ends(sentence.stop)

    def within_reach(self, cue: int, low: int, high: int) -> np.ndarray:
        """Tell of the words low … high - 1 whether a cue's content may lie there: in its paragraph, or in the one
        behind it where a colon ends the cue's sentence and paragraph.
        """
        number = self._listed[cue]
        end = self._paragraph_end(cue)
        part = self.paragraphs[low:high]
        if (
            end < len(self.words)
            and self.words[end - 1].form == ":"
            and self._sentences[cue] == self._sentences[end - 1]
        ):
            return (part == number) | (part == number + 1)
        return part == number

    def overlapping(self, low: int, high: int) -> range:
        """Return the numbers of the quotations that have one of the words low … high - 1."""
        first = bisect_right(self._firsts, low)
        first -= first > 0 and self.quotations[first - 1].last > low
        return range(first, bisect_left(self._firsts, high))

    def cues_in(self, sentence: range) -> tuple[int, ...]:
        """Return the numbers of the cues that begin in a sentence."""
        return tuple(range(bisect_left(self._cue_starts, sentence.start), bisect_left(self._cue_starts, sentence.stop)))

    def cue_span(self, number: int) -> Span:
        """Return the characters of a cue."""
        return self.reading.span(*self.cues[number])

    @cached_property
    def _typed_names(self) -> list[tuple[Span, str]]:
        return [(Span(name.start, name.end), name.entity_type) for name in named(self.reading)]

    @cached_property
    def names(self) -> SortedSpans:
        """Return all names, as the reader sees them."""
        return SortedSpans(span for span, _ in self._typed_names)

    @cached_property
    def persons(self) -> SortedSpans:
        """Return the names of persons, as the reader sees them."""
        return SortedSpans(span for span, kind in self._typed_names if kind == "PERSON")

    def span(self, words: range) -> Span:
        """Return the characters of a range of words."""
        return self.reading.span(words.start, words.stop)

    def _same_paragraph(self, a: int, b: int) -> bool:
        return self._listed[self.quotations[a].last - 1] == self._listed[self.quotations[b].first]

    def _paragraph_start(self, at: int) -> int:
        return bisect_left(self._listed, self._listed[at])

    def _paragraph_end(self, at: int) -> int:
        return bisect_right(self._listed, self._listed[at])

    def _split(self, start: int, end: int) -> list[range]:
        """Return the sentences among the words start … end - 1, those without a letter or digit left out."""
        edges = [start, *(np.flatnonzero(np.diff(self._sentences[start:end])) + start + 1).tolist(), end]
        found = [range(a, b) for a, b in pairwise(edges) if b > a]
        return [part for part in found if any(self.words[at].form[0].isalnum() for at in part)]
