"""Whose words an article has where: attributed contents, the reporting words around them, and the publisher's own."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from flows.extract.attribution.reports.stances import kinds_of
from flows.extract.syntax.sentences import Word, has_finite, speech_verbs
from flows.spans import SortedSpans, Span, joined

_QUOTES = frozenset({"“", "”", '"', "‘", "«", "»", "``", "''"})


class Attributed(Protocol):
    """What this module needs of an attribution: its content spans, and its source and cue where it has them."""

    @property
    def spans(self) -> Sequence[Span]:
        """The pieces of its content."""

    @property
    def source(self) -> Span | None:
        """Its speaker's noun phrase."""

    @property
    def cue(self) -> Span | None:
        """The words that signal it."""


class Named(Protocol):
    """What this module needs of a named mention: its range."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """One past the last character."""


@dataclass(frozen=True)
class Voices:
    """Where the voices and names of an article are: spans, and the words inside them by their first characters."""

    contents: SortedSpans
    names: SortedSpans
    said: frozenset[int]
    framing: frozenset[int]

    @classmethod
    def of(
        cls, text: str, words: Sequence[Word], attributed: Iterable[Attributed], mentions: Iterable[Named]
    ) -> "Voices":
        contents, framing = [], []
        for a in attributed:
            framing += [s for s in (a.source, a.cue) if s is not None]
            if not vouched(text, a):
                contents += list(a.spans)
        names = SortedSpans(Span(m.start, m.end) for m in mentions)
        starts = [word.start for word in words]
        return cls(SortedSpans(contents), names, covered(words, starts, contents), covered(words, starts, framing))


def touched(spans: SortedSpans, words: Sequence[Word]) -> list[Span]:
    """Return the spans that touch the range of `words`."""
    return spans.touching(words[0].start, words[-1].end)


def covered(words: Sequence[Word], starts: Sequence[int], spans: Iterable[Span]) -> frozenset[int]:
    """Return the first characters of the words inside any of the spans; `starts` are those of all words."""
    return frozenset(
        word.start
        for span in spans
        for word in words[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if word.end <= span.end
    )


def vouched(text: str, a: Attributed) -> bool:
    """Tell whether the publisher states the content itself, quoting nobody.

    So it is where it only then says who reported it, in another sentence ("This was reported by …"), and where
    nobody is named and the cue is no verb of saying ("is expected to", "Recall that").
    """
    contents, beside = a.spans, [s for s in (a.source, a.cue) if s is not None]
    end = contents[-1].end
    if not beside or any(c in joined(text, contents) for c in '“”"«»'):
        return False
    if a.source is None:
        return a.cue is not None and not set(text[a.cue.start : a.cue.end].lower().split()) & speech_verbs("report")
    if any(s.start < end for s in beside):
        return False
    return any(stop in text[end : min(s.start for s in beside)] for stop in (". ", ".\n", "\n"))


def reports_act(words: Sequence[Word], voices: Voices) -> bool:
    """Tell whether a reporting clause says what somebody did: no verb of saying as cue, and a noun phrase as
    content.
    """
    cues = {w.form for w in words if w.start in voices.framing and w.tag.startswith("VB")}
    if not cues or cues & speech_verbs("report") or any("denies" in kinds_of(form) for form in cues):
        return False  # who denies says something, too
    said = [w for w in words if w.start in voices.said]
    demanded = _infinitive(said) > 0 and not _asking(said)
    return not (quoted(words, voices) or demanded or has_finite(said))


def quoted(words: Sequence[Word], voices: Voices) -> bool:
    """Tell whether words of others that stand among these are in quotation marks."""
    return any(w.form in _QUOTES for w in words if w.start in voices.said)


def _infinitive(said: Sequence[Word]) -> int:
    """Return where the first infinitive is: "called on the firm [to pay]" is a demand, "agreed [to pay]" is done."""
    return next((i for i, (a, b) in enumerate(pairwise(said)) if a.form == "to" and b.tag == "VB"), 0)


def _asking(said: Sequence[Word]) -> Word | None:
    """Return the participle that an infinitive depends on: "approved a plan [asking] the firm to pay"."""
    before = pairwise(said[: _infinitive(said)])
    return next((w for noun, w in before if w.tag in {"VBG", "VBN"} and noun.tag[:2] in {"NN", "CD"}), None)


def act(words: Sequence[Word], voices: Voices) -> list[Word]:
    """The words that tell of an act; what it asks for is the matter of who asks."""
    asking = _asking([w for w in words if w.start in voices.said])
    return [w for w in words if asking is None or w.start < asking.start]
