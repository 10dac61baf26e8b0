"""Whose words a quotation holds, by where it stands: the evidence that a reader of news goes by.

A quotation that is a sentence of its own is given to a speaker on evidence alone, tried in this order: a cue in its
own sentence; a label before it (`Eva Strand, the secretary: “…”`) or a signature behind it (`“…” – Eva Strand`); the
sentence before it in its paragraph, whose cue or whose acting person (`Ann Holm smiled. “…”`) it goes on with; the
sentence behind it, where none stands before; and, where it is all of its paragraph, the paragraph before it (the same
speaker goes on, or a colon introduces it) or, where its closing mark is missing as typography asks of a quotation that
goes on, the one behind it. No other cue is ever given its words, however near it is.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flows.extract.attribution.quotations.quotation_layout import Quotation, QuotationLayout
from flows.extract.attribution.quotations.speaker_labels import acting_person, label, signature
from flows.extract.attribution.reports.stance_words import is_negated
from flows.extract.attribution.reports.stances import governing
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.syntax.tags import DASHES
from flows.spans import Span


class Voice(NamedTuple):
    """Who speaks a quotation: one of some cues (by number), or the source, with the mark that signals it, if any.

    beside: the cues stand in the quotation's own sentence; only: no other cue may have it. `confidence` is of a source.
    """

    cues: tuple[int, ...] = ()
    source: Span | None = None
    mark: Span | None = None
    confidence: float = 0.0
    beside: bool = False
    only: bool = True

    @property
    def known(self) -> bool:
        """Whether it tells anybody."""
        return bool(self.cues or self.source)


NOBODY = Voice(confidence=THRESHOLDS.unattributed_confidence)
"""Of a quotation whose speaker no evidence tells."""


class QuotationSpeakers:
    """The voice of every quotation of a text that is a sentence of its own.

    beside: for each quotation the cues in its own sentence.
    """

    def __init__(self, layout: QuotationLayout, beside: Sequence[Sequence[int]]) -> None:
        self.layout = layout
        self.beside = beside
        self._voices: dict[int, Voice] = {}

    def voices(self) -> list[Voice]:
        """Return the voice of each quotation."""
        return [self._voice(number) for number in range(len(self.layout.quotations))]

    def _voice(self, number: int) -> Voice:
        """Return the voice of one quotation; while it is being looked for, it tells nobody else's."""
        if number not in self._voices:
            self._voices[number] = NOBODY
            quotation, beside = self.layout.quotations[number], tuple(self.beside[number])
            if beside or not quotation.free:
                voice = Voice(beside, beside=True, only=quotation.free)
            else:
                voice = self._in_paragraph(number) or self._across_paragraphs(number, quotation) or NOBODY
            self._voices[number] = voice
        return self._voices[number]

    def _in_paragraph(self, number: int) -> Voice | None:
        """Return what the paragraph tells: before the quotation, else behind it; None where it holds nothing else."""
        layout = self.layout
        before, after = layout.before(number), layout.after(number)
        if before:
            return (
                self._labelled(before)
                or self._told(before)
                or self._like(layout.previous_in_paragraph(number))
                or NOBODY
            )
        if (previous := layout.previous_in_paragraph(number)) is not None:
            return self._like(previous) or NOBODY
        if after:
            return (
                self._signed(after) or self._told(after[:1]) or self._like(layout.next_in_paragraph(number)) or NOBODY
            )
        return self._like(layout.next_in_paragraph(number))

    def _across_paragraphs(self, number: int, quotation: Quotation) -> Voice | None:
        """Return the voice of a quotation that is all of its paragraph, by the paragraphs around it."""
        layout = self.layout
        if voice := self._signed(layout.paragraph_behind(number), own_line=True):
            return voice
        previous, following = layout.in_paragraph_before(number), layout.in_paragraph_behind(number)
        if previous is not None and not layout.quotations[previous].closed:
            return self._like(previous)
        if not quotation.closed and (voice := self._told_behind(following)):
            return voice
        introducing = layout.introduced_by(number)
        if introducing is not None:
            cues = layout.cues_in(introducing)
            return Voice(cues) if cues else None
        if previous is not None:
            return self._like(previous) if layout.goes_on(previous) else None
        return self._goes_on_directly(number, following)

    def _goes_on_directly(self, number: int, following: int | None) -> Voice | None:
        """Return the voice of the report that ends the paragraph before: `He said the dam was safe.`, then his words.

        Where the next paragraph opens with a quotation that has a cue of its own, either may be the speaker.
        """
        report = self.layout.statement_before(number)
        if report is None or (following is not None and self.beside[following]):
            return None
        spoken = tuple(cue for cue in self.layout.cues_in(report) if not self._negated(cue))
        return Voice(spoken) if spoken else None

    def _told_behind(self, following: int | None) -> Voice | None:
        """Return the voice of the paragraphs that an unclosed quotation goes on in, by what they say themselves."""
        while following is not None:
            quotation, beside = self.layout.quotations[following], tuple(self.beside[following])
            if beside:
                return Voice(beside)
            if voice := self._in_paragraph(following):
                return voice if voice.known else None
            following = None if quotation.closed else self.layout.in_paragraph_behind(following)
        return None

    def _told(self, around: Sequence[range]) -> Voice | None:
        """Return the voice of the nearest sentence beside a quotation that has a cue or somebody who acts."""
        for sentence in reversed(around):
            cues = self.layout.cues_in(sentence)
            if spoken := tuple(cue for cue in cues if not self._negated(cue)):
                return Voice(spoken)
            if source := acting_person(self.layout, sentence):
                return Voice((), source, None, THRESHOLDS.beat_confidence)
        return None

    def _negated(self, cue: int) -> bool:
        """Tell whether a cue says that nothing was said: "He did not object. “…”"."""
        first, last = self.layout.cues[cue]
        words = self.layout.words
        return is_negated([*governing(words, first), *words[first:last]])

    def _labelled(self, before: Sequence[range]) -> Voice | None:
        """Return the voice of `Name, role:` where a paragraph or a line begins so."""
        found = label(self.layout, before[-1]) if self.layout.opens_paragraph(before[-1]) else None
        return Voice((), *found, THRESHOLDS.label_confidence) if found else None

    def _signed(self, after: Sequence[range], own_line: bool = False) -> Voice | None:
        """Return the voice of `– Name` or `(Name, party)` behind a quotation, of `– Name` alone on its own line."""
        if own_line and after and self.layout.words[after[0].start].form not in DASHES:
            return None
        found = signature(self.layout, after[0]) if len(after) == 1 else None
        return Voice((), *found, THRESHOLDS.label_confidence) if found else None

    def _like(self, number: int | None) -> Voice | None:
        """Return the voice of another quotation, None where that has none."""
        voice = self._voice(number) if number is not None else NOBODY
        return voice._replace(beside=False, only=True) if voice.known else None
