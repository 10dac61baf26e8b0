"""Names that are known before the text is read, and those that the text itself defines, beside what the reader saw."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from flows.extract.mentions.gazetteer import CERTAIN, WORD, Gazetteer, GazetteerMatch, never_alone
from flows.extract.mentions.name_span import NameSpan
from flows.extract.mentions.span_trimming import EDGE
from flows.extract.mentions.thresholds import THRESHOLDS
from schemas.vocabularies import PLACES

_DEFINED = re.compile(r"\s?\(\s?[\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\s?\)")


def add_known_names(
    text: str, spans: Sequence[NameSpan], matches: Sequence[GazetteerMatch], gazetteer: Gazetteer
) -> list[NameSpan]:
    """Join the reader's spans with known names: types settled, names completed, missing ones added."""
    out = sorted((_typed(text, s, gazetteer) for s in spans), key=lambda s: (s.start, s.end))
    ends = [s.end for s in out]
    replaced: set[int] = set()
    added = []
    for match in matches:
        over = _overlapped(out, ends, match)
        if not over:
            score = _score_alone(text, match)
            if score:
                added.append(NameSpan(match.start, match.end, match.known.entity_type, score))
        elif (
            _certain(text, match)
            and all(match.start <= out[i].start and out[i].end <= match.end for i in over)
            and " " in match.of(text)
        ):
            replaced.update(over)
            added.append(NameSpan(match.start, match.end, match.known.entity_type, THRESHOLDS.completed_name))
    return [s for i, s in enumerate(out) if i not in replaced] + added


def _overlapped(spans: Sequence[NameSpan], ends: Sequence[int], match: GazetteerMatch) -> list[int]:
    """Positions of the spans, in order and with their ends, that share a character with a match."""
    at = bisect_right(ends, match.start)
    over = []
    while at < len(spans) and spans[at].start < match.end:
        over.append(at)
        at += 1
    return over


def _certain(text: str, match: GazetteerMatch) -> bool:
    return match.known.certainty == CERTAIN and not never_alone(match.of(text))


def _score_alone(text: str, match: GazetteerMatch) -> float:
    """How sure a known name is where the reader saw none; 0 where it is a word or a piece of a longer name."""
    if _certain(text, match):
        return THRESHOLDS.certain_name
    if _in_credit(text, match) or (_in_place(text, match) and not _part_of_name(text, match)):
        return THRESHOLDS.likely_name
    return 0.0


def _in_credit(text: str, match: GazetteerMatch) -> bool:
    """`© AP Photo/…`, `[AFP]`, a line that is nothing but the agency: whose picture or story it is."""
    line_start = text.rfind("\n", 0, match.start) + 1
    line_end = text.find("\n", match.end)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    alone = line.strip(EDGE) == match.of(text)
    bracketed = text[match.start - 1 : match.start] in ("(", "[", "/") and text[match.end : match.end + 1] in (
        ")",
        "]",
        "/",
    )
    credit = len(line) < 120 and (
        "©" in line or re.match(r"\s?(?:Photo|Image|Picture)s?\b", text[match.end : match.end + 9])
    )
    return match.known.entity_type == "ORG" and bool(alone or bracketed or credit)


def _in_place(text: str, match: GazetteerMatch) -> bool:
    return (
        match.known.entity_type == "GPE"
        and not never_alone(match.of(text))
        and bool(
            re.search(r"\b(?:in|near|outside|across)\s+(?:the\s+)?$", text[max(0, match.start - 24) : match.start])
        )
    )


def _part_of_name(text: str, match: GazetteerMatch) -> bool:
    """Whether capitalised neighbours make the match a piece of a longer name (`Jordan Peterson`)."""
    after = re.match(r"[ -][A-Z][a-z]", text[match.end : match.end + 3])
    before = re.search(r"[A-Z][a-z]+[ -]$", text[max(0, match.start - 20) : match.start])
    return bool(after or before)


def _typed(text: str, span: NameSpan, gazetteer: Gazetteer) -> NameSpan:
    """A span with the type that its name is known to have; persons keep theirs where the name is ambiguous."""
    known = gazetteer.lookup(span.of(text))
    if known is None or known.entity_type == span.entity_type:
        return span
    if known.certainty != CERTAIN and (span.entity_type == "PERSON" or known.entity_type not in PLACES):
        return span
    if known.certainty != CERTAIN and span.entity_type in ("ORG", "NORP", "EVENT"):
        named_bare = known.entity_type == "LOC" and not text.endswith(("the ", "The "), 0, span.start)
        if span.score > THRESHOLDS.sure_reader or named_bare:  # rivers and seas have an article, companies none
            return span
    return replace(span, entity_type=known.entity_type)


def add_defined_acronyms(text: str, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """Add acronyms in brackets after the name that they stand for, typed like it."""
    out = list(spans)
    for span in spans:
        if span.entity_type == "PERSON" or " " not in span.of(text):
            continue
        defined = _DEFINED.match(text, span.end)
        if not defined or sum(c.isupper() for c in defined.group(1)) < 2:
            continue
        start, end = defined.span(1)
        letters = [c for c in defined.group(1) if c.isupper()]
        initials = [w[0].upper() for w in WORD.findall(span.of(text))]
        if sum((Counter(letters) & Counter(initials)).values()) >= max(2, len(letters) - 1):
            out = [s for s in out if s.end <= start or s.start >= end]
            out.append(NameSpan(start, end, span.entity_type, span.score))
    return out
