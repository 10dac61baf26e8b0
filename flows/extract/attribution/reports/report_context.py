"""What stands around a cue: the stance that it gives to its content, what is taken back, and when it was said."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flows.extract.attribution.attribution import Attribution, Stance
from flows.extract.attribution.reports.claimed_contents import denied_clause, is_question, is_topic, reports_of_claims
from flows.extract.attribution.reports.corrections import (
    find_corrections,
    of_publication,
    retracting_sentences,
    retracts,
)
from flows.extract.attribution.reports.deeds import is_deed
from flows.extract.attribution.reports.passive_cues import source_of_passive
from flows.extract.attribution.reports.saying_time import find_saying_time
from flows.extract.attribution.reports.stances import find_stance, utters_words
from flows.extract.syntax.datelines import dateline_end
from flows.extract.syntax.sentences import Word
from flows.spans import SortedSpans, Span, trim

_OPENING = frozenset("“„«‘\"'")


class ReportContext:
    """The words of a text around the cues of its attributions.

    sentences: the number of the sentence of each word.
    """

    def __init__(self, text: str, words: Sequence[Word], sentences: Sequence[int]) -> None:
        self.text = text
        self.words = words
        self._sentences = sentences
        self._starts = [word.start for word in words]
        self._notes = find_corrections(text)

    def applied(self, found: Sequence[Attribution]) -> list[Attribution]:
        """Return attributions with stance and time of saying, and what corrections take back as not said."""
        contents = SortedSpans(span for a in found for span in a.spans)
        done = [self._read_at_cue(a, a.cue, contents) if a.cue else a for a in found]
        kept = [replace(a, stance=Stance.NOT_SAID) if self._retracted(a) else a for a in done]
        return [*kept, *self._taken_back(kept)]

    def _read_at_cue(self, found: Attribution, cue: Span, contents: SortedSpans) -> Attribution:
        """Return an attribution with what the sentence of its cue tells."""
        first, last = self._range(cue)
        if first == last:
            return found
        start, sentence = self._sentence(first)
        found = self._without_dateline(found, sentence[0].start)
        following = self._starts[last : last + 1]
        if reports_of_claims(self.words[first:last]) and following == [found.spans[0].start]:
            last -= 1
            noun = self.words[last]
            spans = (Span(noun.start, found.spans[0].end), *found.spans[1:])
            found = replace(found, spans=spans, cue=Span(cue.start, self.words[last - 1].end))
        if found.source is not None and not found.nested:
            source = source_of_passive(sentence, (first - start, last - start), found.source)
            found = found if source == found.source else replace(found, source=source)
        found = self._with_stance(found, start, sentence, (first - start, last - start))
        said_on = find_saying_time(self.text, sentence, cue, found.spans, contents) if found.claimed else None
        if said_on and found.source and found.source.start == said_on.start and said_on.end < found.source.end:
            found = replace(
                found, source=trim(self.text, Span(said_on.end, found.source.end))
            )  # "On 4 May Mrs. Foss said"
        return replace(found, said_on=said_on) if said_on else found

    def _without_dateline(self, found: Attribution, start: int) -> Attribution:
        """Return an attribution without the dateline of its paragraph. start: where the cue's sentence does."""
        if start and self.text[start - 1] != "\n":
            return found
        end = dateline_end(self.text, start)
        source = found.source
        inside = source is not None and start <= source.start
        if end == start or (source is not None and inside and source.end <= end):  # "FOSS: …" is the label of a turn
            return found
        spans = tuple(Span(max(span.start, end), span.end) for span in found.spans if span.end > end)
        if source is not None and inside:
            source = Span(max(source.start, end), source.end)
        return replace(found, spans=spans or found.spans, source=source)

    def _with_stance(
        self, found: Attribution, start: int, sentence: Sequence[Word], cue: tuple[int, int]
    ) -> Attribution:
        """Return an attribution with its stance. start: the first word of the cue's sentence; cue: words of that."""
        found = self._without_topic(found)
        content = [word for word in self._words(found.spans) if word.form[0].isalnum()]
        source = self._range(found.source) if found.source else (0, 0)
        inside = source[0] >= start and source[1] <= start + len(sentence) and source[0] < source[1]
        relative = (source[0] - start, source[1] - start) if inside else None
        stance = find_stance(sentence, cue, relative, content)
        verb = sentence[slice(*cue)]
        deed = found.kind == "indirect" and is_deed(verb, content)
        if found.kind == "indirect" and utters_words(verb, content):
            stance = Stance.NOT_SAID
        elif deed and stance is Stance.ASSERTS:
            stance = Stance.ACTS
        elif deed and stance is Stance.DENIES:
            stance = Stance.NOT_SAID  # "[did not see] the raid": not done, and nothing is said of it
        elif stance is Stance.ASSERTS and found.kind == "direct" and len(found.spans) == 1:
            stance = Stance.ASKS if is_question(self._words(found.spans)) else stance
        found = found if stance is found.stance else replace(found, stance=stance)
        return self._from_denied_clause(found, content) if found.denied else found

    def _without_topic(self, found: Attribution) -> Attribution:
        """Return an attribution without the claim that its quotation is said of: "“Rubbish,” Foss said of [the claim
        that …]".
        """
        cue = found.cue
        if cue is None or found.kind != "mixed" or self.text[found.spans[0].start] not in _OPENING:
            return found
        kept = tuple(s for s in found.spans if s.start < cue.end or not is_topic(self._words([s])))
        return found if kept == found.spans or not kept else replace(found, spans=kept, kind="direct")

    def _from_denied_clause(self, found: Attribution, content: Sequence[Word]) -> Attribution:
        """Return a denial whose content is what is denied: "rejected [the claim] that …" without the noun."""
        at = denied_clause(content)
        spans = [
            Span(max(span.start, content[at].start), span.end) for span in found.spans if span.end > content[at].start
        ]
        if not at:
            return found
        cue = found.cue
        if cue is not None and content[0].form == "it" and cue.end <= content[0].start:
            cue = Span(cue.start, content[at - 1].end)  # "told the paper it was false"
        return replace(found, spans=tuple(spans), cue=cue)

    def _retracted(self, found: Attribution) -> bool:
        """Tell whether a correction says of an attribution that the publisher printed it by mistake."""
        note = next((n for n in self._notes if n.contains(found.spans[0])), None)
        if note is None:
            return self._misprint(found)
        if found.source is None or of_publication(self._words([found.source])):
            return True
        return any(sentence.contains(found.spans[0]) for sentence in self._retracting(note))

    def _misprint(self, found: Attribution) -> bool:
        """Tell whether the publisher says by the way what it printed by mistake: "we wrongly said that"."""
        if found.source is None or found.cue is None or found.nested or found.kind != "indirect":
            return False
        if not of_publication(self._words([found.source])):
            return False
        first, last = self._range(found.cue)
        _, sentence = self._sentence(first)
        return first < last and retracts(self.text, Span(sentence[0].start, found.cue.end))

    def _taken_back(self, found: Iterable[Attribution]) -> list[Attribution]:
        """Return the sentences that take something back and have no attribution, as not said by anybody."""
        known = SortedSpans(span for a in found for span in a.spans)
        return [
            Attribution((sentence,), None, None, "indirect", 1.0, False, Stance.NOT_SAID)
            for note in self._notes
            for sentence in self._retracting(note)
            if not known.touching(*sentence)
        ]

    def _retracting(self, note: Span) -> list[Span]:
        return list(retracting_sentences(self.text, self._words([note]), note))

    def _words(self, spans: Iterable[Span]) -> list[Word]:
        return [word for span in spans for word in self.words[slice(*self._range(span))]]

    def _range(self, span: Span) -> tuple[int, int]:
        return bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)

    def _sentence(self, at: int) -> tuple[int, Sequence[Word]]:
        """Return where the sentence of a word begins, and its words."""
        number = self._sentences[at]
        start = bisect_left(self._sentences, number)
        return start, self.words[start : bisect_right(self._sentences, number)]
