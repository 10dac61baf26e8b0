"""Quotations that somebody is reported to have spoken: "“It rains,” Ann Lee said, according to the Lake Post. “…”".

The paper reports that she said it; the words, and those that go on behind it, are hers.
"""

import re
from dataclasses import replace

from flows.extract.attribution.attribution import Attribution
from flows.extract.syntax.sentences import speech_verbs
from flows.lexicons import one_of
from flows.spans import Span

_CLOSES = re.compile(r"[,.?!…]['’]|[”\"]")
_VERB = one_of(speech_verbs("report"))
_CLAUSE = re.compile(
    rf"\s(?:(?P<before>.{{1,80}}?)\s(?P<verb>{_VERB})(?:\s.{{1,40}})?|(?P<first>{_VERB})\s(?P<behind>.{{1,80}}))"
)
"""Who said what is quoted: ` Ann Lee said in a speech`, ` said Ann Lee, the mayor`."""


def spoken_by_whom_it_reports(text: str, found: Attribution) -> Attribution:
    """Return an attribution "according to" a paper with the source and cue of the quotation that the paper reports."""
    cue = found.cue
    if cue is None or not cue.of(text).lower().startswith("according to"):
        return found
    before = [s for s in found.spans if s.end <= cue.start and not text[s.end : cue.start].strip(" ,")]
    closed = [m.end() for span in before for m in _CLOSES.finditer(text, span.start, span.end)]
    end = len(text[: cue.start].rstrip(" ,"))
    clause = _CLAUSE.fullmatch(text, closed[-1], end) if closed else None
    if clause is None:
        return found
    who, said = ("before", "verb") if clause.group("before") else ("behind", "first")
    spans = tuple(Span(s.start, closed[-1]) if s in before else s for s in found.spans)
    return replace(found, spans=spans, source=Span(*clause.span(who)), cue=Span(*clause.span(said)))
