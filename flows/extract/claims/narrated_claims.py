"""Claims in the publisher's own voice: the check-worthy clauses of an article that nobody is quoted or
cited for.

A clause is scored by a table of named features (`seeds/lexicons/checkworthy.csv`): what fact-checkers look
for (Hassan et al. 2017: numbers, dates, names, past events) against what they leave (opinion, questions,
the reader addressed, the future). Clauses inside attributed content are not the publisher's; the reporting
words around it are no claim of their own unless they report an act ("condemned the invasion"). A text of
one sentence claims that sentence.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from flows.extract.claims.date_expressions import date_expressions
from flows.extract.claims.quantities import find_quantities
from flows.extract.syntax.clauses import FINITE, Clause, clauses
from flows.extract.syntax.sentences import Tagged, Word, sentences, spans_of, speech_verbs, without_opener, words_of
from flows.lexicons import LEXICONS, rows
from flows.probabilities import logistic
from flows.spans import SortedSpans, Span, joined

THRESHOLD = 0.5
MIN_WORDS = 3
MIN_FIGURES, TABULAR = 2, 0.2
"""A line without a full stop, this many of whose tokens and this share of them are figures, is a row of a table."""
_PERSONAL = frozenset({"i", "we", "you", "my", "our", "your", "us", "me"})
_ANAPHORIC = frozenset({"it", "this", "that", "these", "those", "he", "she", "they", "there", "which", "who"})
_QUOTES = frozenset({"“", "”", '"', "‘", "«", "»", "``", "''"})
_LEFT_HANGING = frozenset({"IN", "TO", "DT", ",", "``", "''", ":"})
_STOPWORD_TAGS = frozenset({"DT", "IN", "CC", "TO", "PRP", "PRP$", "RB", "MD", "EX", "WDT", "WP", "WRB"})


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
class NarratedClaim:
    """A claim in the publisher's own voice: its pieces in order, and how surely it is one."""

    spans: tuple[Span, ...]
    confidence: float


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in rows(LEXICONS, "checkworthy", ("feature", "weight"))}


@lru_cache(maxsize=8)
def _lexicon(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows(LEXICONS, "event_words", ("word", "kind")) if row["kind"] == kind)


@lru_cache(maxsize=1)
def _figures() -> frozenset[str]:
    table = rows(LEXICONS, "numbers", ("word", "kind"))
    return frozenset(row["word"] for row in table if row["kind"] in ("unit", "ten"))


def find_narrated(
    text: str,
    reading: Tagged,
    attributed: Sequence[Attributed],
    mentions: Sequence[Named],
    words: list[Word] | None = None,
) -> list[NarratedClaim]:
    """The check-worthy clauses of `text` outside attributed content, in order.

    words: those of the reading, where the caller has them.
    """
    words = words_of(reading) if words is None else words
    whole = [without_opener(sentence) for sentence in sentences(text, words)]
    layout = _Layout.of(text, words, attributed, mentions)
    verbal = [_verbal(sentence) for sentence in whole]
    only = sum(verbal) <= 1
    claims = []
    for number, sentence in enumerate(whole):
        if not (only or verbal[number]) or _tabular(text, sentence):
            continue
        parts = clauses(sentence)
        drawn = [_claim(text, sentence, clause, layout, lead=number == 0) for clause in parts]
        if only:
            drawn = [_at_least(claim, clause) for claim, clause in zip(drawn, parts, strict=True)]
        claims += _completed(sentence, parts, drawn, layout)
        if only and not claims and not layout.contents and len(sentence) >= MIN_WORDS:
            claims.append(NarratedClaim((Span(sentence[0].start, sentence[-1].end),), THRESHOLD))
    return sorted(set(claims), key=lambda c: c.spans)


def _tabular(text: str, sentence: Sequence[Word]) -> bool:
    """Whether a line is a row of figures ("Shr 12 cts vs nine cts"): it says nothing without its table."""
    if sentence[-1].form == ".":
        return False
    tokens = text[sentence[0].start : sentence[-1].end].split()
    figures = sum(1 for token in tokens if token[0].isdigit() or token.lower() in _figures())
    return figures >= MIN_FIGURES and figures >= TABULAR * len(tokens)


def _at_least(claim: NarratedClaim | None, clause: Clause) -> NarratedClaim | None:
    """A claim of a text of one sentence: what it says is what it is there for."""
    if claim is None or clause.kind not in ("main", "coordinate"):
        return claim
    return replace(claim, confidence=max(claim.confidence, THRESHOLD))


def _completed(
    sentence: Sequence[Word], parts: Sequence[Clause], drawn: Sequence[NarratedClaim | None], layout: "_Layout"
) -> list[NarratedClaim]:
    """The claims of a sentence, each with the dependent clauses around it that are no claim of their own.

    "… until the suits are settled" says when: cut off and dropped it would be lost, and the claim be another.
    """
    claimed = {i: claim for i, claim in enumerate(drawn) if claim is not None and claim.confidence >= THRESHOLD}
    spans = {i: list(claim.spans) for i, claim in claimed.items()}
    for number, clause in enumerate(parts):
        if number in spans or clause.kind in ("main", "coordinate") or _near(layout.contents, clause.words):
            continue
        host = max((i for i in claimed if i < number), default=min(claimed, default=None))
        if host is not None and parts[host].kind in ("main", "coordinate") and not _interrupts(clause, parts[host]):
            spans[host] += spans_of(clause.words, sentence)
    return [NarratedClaim(tuple(_united(sentence, spans[i])), claim.confidence) for i, claim in claimed.items()]


def _interrupts(clause: Clause, host: Clause) -> bool:
    """Whether a clause stands inside another: what is inserted is said beside the claim, not by it."""
    return host.words[0].start < clause.words[0].start < host.words[-1].start


def _united(sentence: Sequence[Word], spans: Sequence[Span]) -> list[Span]:
    """Spans of words of one sentence in order, those with nothing but marks between them in one."""
    inside = _covered(sentence, [w.start for w in sentence], spans)
    return spans_of([w for w in sentence if w.start in inside], sentence)


def _verbal(sentence: Sequence[Word]) -> bool:
    return any(w.tag in FINITE for w in sentence)


def _predicates(words: Sequence[Word]) -> bool:
    """Whether words hold a finite verb, and not only the "will" of a predicate that is somebody's content."""
    finite = [w for w in words if w.tag in FINITE]
    return any(w.tag != "MD" for w in finite) or (bool(finite) and any(w.tag == "VB" for w in words))


@dataclass(frozen=True)
class _Layout:
    """Where the voices and names of an article are: spans, and the words inside them by their first characters."""

    contents: SortedSpans
    names: SortedSpans
    said: frozenset[int]
    framing: frozenset[int]

    @classmethod
    def of(
        cls, text: str, words: Sequence[Word], attributed: Iterable[Attributed], mentions: Iterable[Named]
    ) -> "_Layout":
        contents, framing = [], []
        for a in attributed:
            framing += [s for s in (a.source, a.cue) if s is not None]
            if not _vouched(text, a):
                contents += list(a.spans)
        names = SortedSpans(Span(m.start, m.end) for m in mentions)
        starts = [word.start for word in words]
        return cls(SortedSpans(contents), names, _covered(words, starts, contents), _covered(words, starts, framing))


def _covered(words: Sequence[Word], starts: Sequence[int], spans: Iterable[Span]) -> frozenset[int]:
    """The first characters of the words inside any of the spans; `starts` are those of all words."""
    return frozenset(
        word.start
        for span in spans
        for word in words[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if word.end <= span.end
    )


def _vouched(text: str, a: Attributed) -> bool:
    """Whether the publisher states the content itself, quoting nobody.

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


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    return any(s.start <= word.start and word.end <= s.end for s in spans)


def _near(spans: SortedSpans, words: Sequence[Word]) -> list[Span]:
    """The spans that touch the range of `words`."""
    return spans.touching(words[0].start, words[-1].end)


def _claim(text: str, sentence: Sequence[Word], clause: Clause, layout: _Layout, lead: bool) -> NarratedClaim | None:
    """The clause as a claim with its score; None where it is somebody else's or too little."""
    own = [w for w in clause.words if w.start not in layout.said]
    told = len(own) < len(clause.words) and _reports_act(clause.words, layout)
    if told:
        own = _act(clause.words, layout)
    without_framing = [w for w in own if w.start not in layout.framing]
    if not [w for w in without_framing if w.tag not in _STOPWORD_TAGS]:
        return None
    reporting = any(w.form in speech_verbs("report") for w in clause.words if w.start in layout.framing)
    if (len(own) < len(clause.words) or reporting) and not told:
        own = _untied(own, layout)
        if not _predicates([w for w in own if w.start not in layout.framing]):
            return None
    if len(own) < MIN_WORDS:
        return None
    contents = _near(layout.contents, clause.words)
    subject = [] if any(_inside(w, contents) for w in clause.subject) else clause.subject
    spans = spans_of([*subject, *own], sentence)
    score = _score(text, sentence, clause, spans, layout, lead)
    return NarratedClaim(tuple(spans), round(score, 4))


def _untied(words: Sequence[Word], layout: _Layout) -> list[Word]:
    """Words without a cue that is left hanging at the end, its content taken away."""
    end = len(words)
    while end and (words[end - 1].start in layout.framing or words[end - 1].tag in _LEFT_HANGING):
        end -= 1
    return list(words[:end])


def _reports_act(words: Sequence[Word], layout: _Layout) -> bool:
    """Whether a reporting clause says what somebody did: no verb of saying as cue, and a noun phrase as
    content.
    """
    cues = {w.form for w in words if w.start in layout.framing and w.tag.startswith("VB")}
    if not cues or cues & speech_verbs("report"):
        return False
    said = [w for w in words if w.start in layout.said]
    quoted = any(w.form in _QUOTES for w in said)
    demanded = _infinitive(said) > 0 and not _asking(said)
    return not (quoted or demanded or _verbal(said))


def _infinitive(said: Sequence[Word]) -> int:
    """The place of the first infinitive: "called on the firm [to pay]" is a demand, "agreed [to pay]" is done."""
    return next((i for i, (a, b) in enumerate(pairwise(said)) if a.form == "to" and b.tag == "VB"), 0)


def _asking(said: Sequence[Word]) -> Word | None:
    """The participle beside a noun on which the infinitive depends: "approved a plan [asking] the firm to pay"."""
    before = pairwise(said[: _infinitive(said)])
    return next((w for noun, w in before if w.tag in {"VBG", "VBN"} and noun.tag[:2] in {"NN", "CD"}), None)


def _act(words: Sequence[Word], layout: _Layout) -> list[Word]:
    """The words that tell of an act; what it asks for is the matter of who asks."""
    asking = _asking([w for w in words if w.start in layout.said])
    return [w for w in words if asking is None or w.start < asking.start]


def _score(
    text: str, sentence: Sequence[Word], clause: Clause, spans: Sequence[Span], layout: _Layout, lead: bool
) -> float:
    features = _features(text, sentence, clause, spans, layout, lead)
    total = _weights()["bias"] + sum(_weights()[name] for name, present in features.items() if present)
    return logistic(total)


def _features(
    text: str, sentence: Sequence[Word], clause: Clause, spans: Sequence[Span], layout: _Layout, lead: bool
) -> dict[str, bool]:
    """The named features of a clause; each is weighed in `checkworthy.csv`."""
    words = clause.words
    said = joined(text, spans)
    forms, tags = {w.form for w in words}, {w.tag for w in words}
    near = layout.names.touching(spans[0].start, max(s.end for s in spans))
    names = sum(1 for n in near if any(s.contains(n) for s in spans))
    first_verb = next((w.form for w in words if w.tag in FINITE), "")
    return {
        "quantity": bool(find_quantities(said)),
        "date": bool(date_expressions(said)),
        "entity": names >= 1,
        "second_entity": names >= 2,
        "past_or_perfect": "VBD" in tags or ("VBN" in tags and not forms.isdisjoint({"has", "have"})),
        "present_fact": not tags.isdisjoint({"VBZ", "VBP"}),
        "event_word": not forms.isdisjoint(_lexicon("event")),
        "standing": first_verb in _lexicon("standing"),
        "list": "," in said and sum(1 for w in words if w.tag in {"NNP", "NNPS"}) >= 3,
        "first_or_second_person": not forms.isdisjoint(_PERSONAL),
        "question": sentence[-1].form == "?",
        "modal": "MD" in tags,
        "evaluation": not forms.isdisjoint(_lexicon("evaluation")),
        "no_verb": not any(tag.startswith("VB") for tag in tags),
        "anaphoric_subject": words[0].form in _ANAPHORIC and clause.kind != "relative",
        "short": len(words) < 5,
        "long_enough": len(words) >= 7,
        "participle": clause.kind == "participle",
        "relative": clause.kind in ("relative", "subordinate"),
        "lead": lead,
        "imperative": words[0].tag == "VB",
    }
