"""What attribution finds: one place where a text gives words or thoughts to somebody."""

from dataclasses import dataclass
from enum import StrEnum

from flows.spans import Span


class Stance(StrEnum):
    """What the speaker does with the content.

    asserts: holds it; denies: holds its contrary ("denied that", "rejected claims that", "did not believe that");
    doubts: holds it for unlikely; asks: only asks whether; acts: does something to it, which puts nobody but the
    publisher on record ("signed the bill"); not_said: the text says that nobody, or this speaker not,
    said it ("did not say that", "nobody said that", "declined to comment"), or takes it back (a correction of an
    earlier version). What was not said is no claim of anybody, the publisher included: its content is known so that
    nothing is claimed from it.
    """

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    ASKS = "asks"
    ACTS = "acts"
    NOT_SAID = "not_said"


@dataclass(frozen=True)
class Attribution:
    """One place where the text attributes a content to somebody.

    spans       the content, in order, not overlapping, "that" and quotation marks included
    source      who speaks, as it stands in the text; None where no evidence tells
    cue         the words that signal it; None of a quotation that only its place gives to a speaker
    kind        direct (all words of the content in quotation marks, or a turn of a transcript), mixed (some), indirect
    confidence  the calibrated probability that content, source and cue are what annotators would mark
    nested      the content lies inside another attribution's content
    stance      what the speaker does with the content
    said_on     the words of the cue's sentence that tell when it was said ("told reporters on Friday"), not resolved
    """

    spans: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    kind: str
    confidence: float
    nested: bool
    stance: Stance = Stance.ASSERTS
    said_on: Span | None = None

    @property
    def claimed(self) -> bool:
        """Whether somebody is on record with the content or its contrary, so that it is a claim."""
        return self.stance is not Stance.NOT_SAID

    @property
    def denied(self) -> bool:
        """Whether the speaker holds the contrary of the content: its polarity is turned round."""
        return self.stance in (Stance.DENIES, Stance.DOUBTS)
