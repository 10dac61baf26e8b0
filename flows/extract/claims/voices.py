"""Whose words an article has where: attributed contents, the reporting words around them, and the publisher's own."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from flows.extract.attribution.reports.stance_words import kinds_of
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.assembled_clauses import Clause
from flows.extract.syntax.clauses import measured_from
from flows.extract.syntax.finite_clauses import is_clause
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, has_finite, place_of, speech_verbs
from flows.extract.syntax.tags import FINITE, NOUN, RELATIVE
from flows.spans import SortedSpans, Span, joined

_LEFT_HANGING = frozenset({"IN", "TO", "DT", ",", "``", "''", ":"})
_STOPWORD_TAGS = frozenset({"DT", "IN", "CC", "TO", "PRP", "PRP$", "RB", "MD", "EX", "WDT", "WP", "WRB"})
_HAVING = frozenset({"has", "have", "had"})
_BEFORE_CUE = frozenset({"RB", "MD", "TO", "VBD", "VBZ", "VBP", "VBN"})
"""Tags of words that belong to the verb behind them: "has also [told]"."""
_DOUBLE_MARKS = frozenset('“”"«»')
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
    def of(cls, indexed: IndexedWords, attributed: Iterable[Attributed], mentions: Iterable[Named]) -> "Voices":
        """Find the voices of an article, its attributions known."""
        contents, framing = [], []
        for a in attributed:
            framing += [s for s in (a.source, a.cue) if s is not None]
            if not vouched(indexed.text, a):
                contents += list(a.spans)
        names = SortedSpans(Span(m.start, m.end) for m in mentions)
        words, starts = indexed.words, indexed.starts
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
    if not beside or not _DOUBLE_MARKS.isdisjoint(joined(text, contents)):
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


def says(word: Word) -> bool:
    """Tell whether words end in a verb of saying, and what was said is missing."""
    return word.tag in FINITE and word.form in speech_verbs("report")


def waits(words: Sequence[Word]) -> bool:
    """Tell whether words end in an auxiliary, their only verb: "The police, has however"."""
    last = next((i for i in range(len(words) - 1, 0, -1) if words[i].tag != "RB" and words[i].form != ","), 0)
    auxiliary = words[last].tag == "MD" or words[last].form in _HAVING
    return auxiliary and not any(word.tag.startswith("VB") or word.tag == "MD" for word in words[:last])


def own_words(sentence: Sequence[Word], clause: Clause, voices: Voices) -> Sequence[Word]:
    """Return the words of a clause that are the publisher's; nothing where they only report somebody else's."""
    own: Sequence[Word] = [w for w in clause.words if w.start not in voices.said]
    told = len(own) < len(clause.words) and reports_act(clause.words, voices)
    if told:
        own = act(clause.words, voices)
    if not any(w.tag not in _STOPWORD_TAGS for w in own if w.start not in voices.framing):
        return []
    reporting = any(w.form in speech_verbs("report") for w in clause.words if w.start in voices.framing)
    if (len(own) < len(clause.words) or reporting) and not told:
        if _torn(own, clause.words):
            return [] if reporting or quoted(clause.words, voices) else clause.words
        own = _untied(own, voices)
        if reporting and own:
            own = _without_report(own, clause.words, voices)
        if not own or not _predicates([w for w in own if w.start not in voices.framing]):
            return []
        if _cut_short(own, clause.words, reporting):
            return clause.words
    return own if reporting or not own else _with_object(sentence, own, voices)


def _torn(own: Sequence[Word], words: Sequence[Word]) -> bool:
    """Tell whether the words of others stand between the publisher's own: what is left is no sentence."""
    first, last = own[0].start, own[-1].start
    kept = {word.start for word in own}
    return any(first < w.start < last and w.start not in kept and w.form[0].isalnum() for w in words)


def _without_report(own: Sequence[Word], words: Sequence[Word], voices: Voices) -> Sequence[Word]:
    """Return words without the verb of saying that they end in, whom it speaks to included: "He is back[, telling
    reporters] it was over", "[The man who left told the paper] it was over", of which nothing is left.
    """
    last = place_of(words, own[-1])
    rest = words[last + 1 :]
    said = next((word for word in rest if word.form[0].isalnum()), None)
    if said is not None and said.start not in voices.said:
        return own
    cue = next((i for i in range(len(own) - 1, -1, -1) if own[i].start in voices.framing and _of_saying(own[i])), None)
    if cue is None or len(own) - cue > THRESHOLDS.told_words or has_finite(own[cue + 1 :]):
        return own
    start = cue
    while start and (own[start - 1].tag in _BEFORE_CUE or own[start - 1].start in voices.framing):
        start -= 1
    found = _untied(own[:start], voices)
    return found if found and is_clause(found) else []


def _of_saying(word: Word) -> bool:
    return word.tag.startswith("VB") and word.form in speech_verbs("report")


def _cut_short(own: Sequence[Word], words: Sequence[Word], reporting: bool) -> bool:
    """Tell whether what somebody said was cut off from words that need it: "one of the members [who signed a letter]",
    "came two days [after he promised to pay]", "came [the day that he paid]", "avoids saying [who paid]", "let her
    [know that he paid]", or, where nobody says anything, without a mark: "faced [the charge]". The clause whole is the
    publisher's then.
    """
    last = place_of(words, own[-1])
    following = words[last + 1] if last + 1 < len(words) else None
    relative = following is not None and (following.tag in RELATIVE or following.form == "that")
    timed = following is not None and measured_from(own[-1], following)
    governs = following is not None and (own[-1].tag == "VBG" or following.tag == "VB") and following.form[0].isalnum()
    came = following is not None and own[-1].tag in FINITE and following.tag == "DT" and not says(own[-1])
    torn = following is not None and not reporting and following.form[0].isalnum() and following.tag != "CC"
    torn = torn and (own[-1].tag in FINITE or (following is not None and following.form != "that"))
    return own[-1].tag in RELATIVE or (own[-1].tag in NOUN and relative) or timed or governs or came or torn


def _with_object(sentence: Sequence[Word], own: Sequence[Word], voices: Voices) -> Sequence[Word]:
    """Return words with the content that they go on with: without "into whether …" an inquiry is into nothing."""
    at = place_of(sentence, own[-1]) + 1
    end = at
    while end < len(sentence) and sentence[end].start in voices.said:
        end += 1
    hangs = own[-1].tag in _LEFT_HANGING and sentence[at : at + 1] and sentence[at].form[0].isalnum()
    return [*own, *sentence[at:end]] if hangs else own


def _untied(words: Sequence[Word], voices: Voices) -> list[Word]:
    """Return words without a cue that is left hanging at the end, its content taken away."""
    end = len(words)
    while end and (words[end - 1].start in voices.framing or words[end - 1].tag in _LEFT_HANGING):
        end -= 1
    return list(words[:end])


def _predicates(words: Sequence[Word]) -> bool:
    """Tell whether words hold a finite verb, and not only the "will" of a predicate that is somebody's content."""
    finite = [w for w in words if w.tag in FINITE]
    return any(w.tag != "MD" for w in finite) or (bool(finite) and any(w.tag == "VB" for w in words))
