"""Who is quoted as saying something: "the Lake Post quoted Ann Lee as saying that it rains".

The paper only passes it on: the words are hers, wherever the reader takes the paper for the source.
"""

import re
from dataclasses import replace

from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list
from flows.spans import Span, trim

_IN_SENTENCE = r"(?:[^.;:!?“”\"\n]|\.(?=\s?\w))"
_QUOTED_AS_SAYING = (
    re.compile(
        rf"\b(?:quot|cit)(?:e|es|ed|ing)\s(?!(?:by|in|on)\b)(?P<whom>{_IN_SENTENCE}{{2,120}}?),?\sas\s(?:saying|telling)\b"
    ),
    re.compile(
        r"(?:(?<=[.!?”\"’']\s)|(?<=\n)|^)"
        rf"(?P<whom>[A-Z][^.;:!?“”\"\n]{{1,120}}?),?\s(?:{one_of(word_list('forms_of_be'))})\s(?:[a-z]{{1,12}}\s)?"
        rf"(?:quoted|cited)\s(?:by|in|on)\s{_IN_SENTENCE}{{2,60}}\sas\s(?:saying|telling)\b"
    ),
)
"""`quoted Ann Lee, the mayor, as saying`; `Ann Lee, the mayor, was quoted by the Lake Post as saying`."""


def said_by_whom_it_quotes(text: str, found: Attribution) -> Attribution | None:
    """Return an attribution of who is quoted in place of who quotes; None where it says nothing but who is quoted."""
    cue = found.cue
    if cue is None:
        return found
    first, last = max(0, cue.start - THRESHOLDS.quoted_characters), cue.end + THRESHOLDS.quoted_characters
    if not any(said in text[first:last] for said in (" as saying", " as telling")):
        return found
    for pattern in _QUOTED_AS_SAYING:
        for quoted in pattern.finditer(text, first, last):
            whom, whole = Span(*quoted.span("whom")), Span(*quoted.span())
            if whole.start <= cue.start < whole.end and not whom.start <= cue.start < whom.end:
                spans = tuple(part for span in found.spans for part in _outside(text, span, whole))
                return replace(found, spans=spans, source=whom) if spans else None
    return found


def _outside(text: str, span: Span, quoted: Span) -> list[Span]:
    """Return what of a content stands before and behind the words that tell who is quoted."""
    parts = (Span(span.start, min(span.end, quoted.start)), Span(max(span.start, quoted.end), span.end))
    return [part for part in (trim(text, part) for part in parts) if part.start < part.end]
