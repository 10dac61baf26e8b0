"""From a reading to attributions in characters: who said what, and by which words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.content_spans import bare, by_line, kind_of, merged, widened
from flows.extract.attribution.cue_linking import Decoding, Linked, Linking, link
from flows.extract.attribution.framed_sentences import find_closed_sentences, find_framed_sentences
from flows.extract.attribution.nested_speech import find_nested_speech
from flows.extract.attribution.phrase_boundaries import Phrases, phrases_of
from flows.extract.attribution.preceding_sentence import find_attributed_sentences, may_attribute_preceding
from flows.extract.attribution.quotations.quotation_layout import QuotationLayout
from flows.extract.attribution.quotations.quotation_marks import find_quotes
from flows.extract.attribution.quotations.quotation_speakers import NOBODY, Voice
from flows.extract.attribution.reports.quoted_persons import said_by_whom_it_quotes
from flows.extract.attribution.reports.report_context import ReportContext
from flows.extract.attribution.reports.reported_again import spoken_by_whom_it_reports
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.attribution.transcripts import find_turns
from flows.extract.reader.reading import Reading
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import OPENERS
from flows.probabilities import logistic
from flows.spans import SortedSpans, Span

_RELAYING = frozenset({"report", "reports", "reported", "has reported", "have reported"})


def attributions(reading: Reading, decoding: Decoding, indexed: IndexedWords | None = None) -> list[Attribution]:
    """Find all attributions of a reading, in order of their contents. indexed: its words, if known."""
    indexed = IndexedWords.read(reading) if indexed is None else indexed
    words = indexed.words
    quotes = find_quotes(reading.text)
    linking = link(reading, decoding, quotes, indexed)
    found = [_in_characters(reading, linked, decoding) for linked in linking.linked]
    kept = [
        a
        for a in found
        if a.spans  # else no word is in the content
        and a.confidence >= decoding.keep
        and not _speaks_to_reader(reading.text, a.cue)
    ]
    quoted = [said_by_whom_it_quotes(reading.text, a) for a in _whole(reading, kept)]
    whole = [spoken_by_whom_it_reports(reading.text, a) for a in quoted if a is not None]
    whole = [_with_whole_quotations(a, linking) for a in _with_inner_reports(reading, whole)]
    whole = [replace(a, kind=kind_of(reading.text, a.spans, quotes)) for a in whole]
    whole += [replace(a, kind=kind_of(reading.text, a.spans, quotes)) for a in _without_cue(whole, linking)]
    whole = _with_nested(indexed, _with_attributed_sentences(indexed, whole))
    whole = _with_turns(reading.text, whole, linking.layout)
    context = ReportContext(reading.text, words, linking.layout.sentence_numbers)
    return sorted(context.applied(whole), key=lambda a: (a.spans[0], a.cue or Span(0, 0)))


def _speaks_to_reader(text: str, cue: Span | None) -> bool:
    """Tell whether a cue is the publisher's own to the reader: a "Recall" that opens a sentence."""
    return cue is not None and cue.of(text)[:1].isupper() and cue.of(text).lower() in OPENERS


def _whole(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions with contents and sources that begin and end where phrases do (`phrase_boundaries`)."""
    if not found:
        return []
    # two verbs may share one source
    sources = phrases_of(reading, [span for a in found for span in (*a.spans, a.cue) if span])
    phrases = phrases_of(reading, [a.source for a in found if a.source], sources.taken)
    out = []
    for a in found:
        content = [*phrases.joined([s for s in a.spans if not phrases.strays(s, a)] or a.spans)]
        content[0] = phrases.begun(content[0])
        content = [phrases.ended(span) for span in content]
        spans = [
            part for s in merged(reading.text, content) for part in by_line(reading.text, widened(reading.text, s))
        ]
        out.append(replace(a, spans=tuple(spans), source=_source(sources, a)))
    return out


def _with_inner_reports(reading: Reading, found: Sequence[Attribution]) -> list[Attribution]:
    """Return attributions, those whose content ends in the cue of another one with what that reports: "Berg said [the
    town had asked whether] the mill leaked" is what Berg said to its end. Where both are of one source, the content
    ends before the second cue: "Berg said [the mill leaked] and called it a ruin".
    """
    inner = {a.cue.end: a for a in found if a.cue is not None}
    return [_ended_with(reading, a, inner.get(a.spans[-1].end)) for a in found]


def _ended_with(reading: Reading, outer: Attribution, inner: Attribution | None) -> Attribution:
    """Return an attribution whose content ends in the cue of an inner one, where that is one, ended anew."""
    last = outer.spans[-1]
    if inner is None or inner is outer or inner.cue is None or inner.cue.start <= last.start:
        return outer
    end = _end_with(reading, outer, inner, inner.cue)
    return replace(outer, spans=(*outer.spans[:-1], Span(last.start, end))) if end > last.start else outer


def _end_with(reading: Reading, outer: Attribution, inner: Attribution, cue: Span) -> int:
    """Return where a content ends that would end in the cue of an inner attribution."""
    end = outer.spans[-1].end
    at = reading.words_in(*cue)[0]
    if outer.source is not None and inner.source == outer.source and at > 1 and reading.tags()[at - 1] == "CC":
        return reading.ends_listed[at - 2]
    behind = next((span for span in inner.spans if span.start >= end), None)
    first, last = reading.words_in(end, behind.start) if behind else (0, 1)
    return behind.end if behind and first == last and reading.gaps_listed[first] < 2 else end


def _source(sources: Phrases, found: Attribution) -> Span | None:
    """Return the source from where its phrase begins; where none was linked, the sure one before the cue."""
    if found.source:
        return sources.sourced(found.source)
    reading = sources.reading
    first = reading.words_in(*found.cue)[0] if found.cue else 0
    outside, at = reading.heads["source"][:, 0], first
    while (
        at > 0 and sources.free(at - 1) and reading.gaps[at] < 2 and outside[at - 1] < 1 - THRESHOLDS.source_probability
    ):
        at -= 1
    return sources.sourced(reading.span(at, first)) if at < first else None


def _with_whole_quotations(found: Attribution, linking: Linking) -> Attribution:
    """Return an attribution that has each of its quotations whole, marks and stops included."""
    layout, reading, spans = linking.layout, linking.layout.reading, []
    for span in found.spans:
        first, last = reading.words_in(*span)
        for quotation in (layout.quotations[number] for number in layout.overlapping(first, last)):
            shared = min(last, quotation.last) - max(first, quotation.first)
            left_out = quotation.last - quotation.first - shared
            if left_out <= (shared if quotation.free else len("“,”")):
                spans.append(reading.span(quotation.first, quotation.last))
    if not spans:
        return found
    whole = merged(reading.text, [*found.spans, *spans])
    return replace(found, spans=tuple(part for span in whole for part in by_line(reading.text, span)))


def _without_cue(found: Sequence[Attribution], linking: Linking) -> list[Attribution]:
    """Return the quotations that decoding gave to no cue, those of one speaker together.

    Their place tells who speaks: the source of a cue that they go on with, somebody without a cue, or nobody.
    """
    layout = linking.layout
    text, cues = layout.reading.text, {a.cue: a for a in found}
    owned = SortedSpans(span for a in found for span in a.spans)
    pieces: dict[object, list[Span]] = {}
    voices: dict[object, tuple[Voice, Attribution | None]] = {}
    for number, (quotation, voice) in enumerate(zip(layout.quotations, linking.voices, strict=True)):
        span = layout.reading.span(quotation.first, quotation.last)
        if not voice.only or voice.beside or not layout.states(number) or (voice.cues and owned.touching(*span)):
            continue
        goes_on = [cues[place] for cue in voice.cues if (place := layout.cue_span(cue)) in cues]
        speaker = (goes_on[-1].cue if goes_on else None) or voice.source or number
        voices[speaker] = (voice, goes_on[-1] if goes_on else None)
        pieces.setdefault(speaker, []).extend(by_line(text, span))
    return [_continued(tuple(spans), *voices[at]) for at, spans in pieces.items() if spans]


def _continued(spans: tuple[Span, ...], voice: Voice, before: Attribution | None) -> Attribution:
    """Return the attribution of quotations to who was reported before them, or to whom their place tells."""
    if before is None:
        return Attribution(spans, voice.source, voice.mark, "", voice.confidence or NOBODY.confidence, False)
    return Attribution(spans, before.source, before.cue, "", THRESHOLDS.beat_confidence, False)


def _with_attributed_sentences(indexed: IndexedWords, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions, those of sentences that the next one, or their opening, attributes in place of what
    shares their cue.
    """
    known = SortedSpans(span for a in found for span in (*a.spans, a.cue) if span)
    looks = [*find_framed_sentences(indexed)]
    looks += [look for look in find_closed_sentences(indexed) if not known.touching(look.content.start, look.cue.end)]
    looks += find_attributed_sentences(indexed) if may_attribute_preceding(indexed.text) else []
    if not looks:
        return list(found)
    told = [
        Attribution((look.content,), look.source, look.cue, "indirect", THRESHOLDS.preceding_confidence, False)
        for look in looks
    ]
    cues = SortedSpans(a.cue for a in told if a.cue)
    return [a for a in found if not (a.cue and cues.touching(*a.cue))] + told


def _with_nested(indexed: IndexedWords, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions, and those that are reported inside quotations, and inside what a paper reports, where
    the reader found none.
    """
    quoted = [span for a in found if a.kind == "direct" or _relays(indexed.text, a) for span in a.spans]
    inner = [
        Attribution((part.content,), part.source, part.cue, "indirect", THRESHOLDS.nested_confidence, True)
        for span in quoted
        for part in find_nested_speech(indexed.text, indexed.between(*span))
    ]
    cues = SortedSpans(a.cue for a in found if a.cue)
    return [*found, *(a for a in inner if a.cue and not cues.touching(*a.cue))]


def _relays(text: str, found: Attribution) -> bool:
    """Tell whether somebody reports what others say: "The Lake Post reported [that Foss said …]"."""
    return found.kind == "indirect" and found.cue is not None and found.cue.of(text).lower() in _RELAYING


def _with_turns(text: str, found: Sequence[Attribution], layout: QuotationLayout) -> list[Attribution]:
    """Return the attributions with the turns of a transcript in place of what was read inside them."""
    turns = find_turns(text, lambda: layout.persons.touching(0, len(text)))
    if not turns:
        return list(found)
    spoken = [span for turn in turns for span in (*turn.content, turn.mark) if span]
    kept = [a for a in found if not any(s.start < t.end and t.start < s.end for s in a.spans for t in spoken)]
    kept = [a for a in kept if not (a.source and a.source.of(text) in ("Q", "A"))]  # labels of an interview
    return kept + [
        Attribution(
            turn.content,
            turn.source,
            turn.mark,
            "direct",
            THRESHOLDS.transcript_confidence,
            False,
        )
        for turn in turns
    ]


def _in_characters(reading: Reading, linked: Linked, decoding: Decoding) -> Attribution:
    text = reading.text
    spans = merged(text, (widened(text, bare(text, reading.span(*run))) for run in linked.content))
    spans = [part for span in spans for part in by_line(text, span)]
    bias, *weights = decoding.calibration
    odds = bias + float(np.dot(weights, linked.features[: len(weights)]))
    return Attribution(
        spans=tuple(spans),
        source=reading.span(*linked.source) if linked.source else None,
        cue=reading.span(*linked.cue),
        kind="",
        confidence=round(logistic(odds), 4),
        nested=linked.nested,
    )
