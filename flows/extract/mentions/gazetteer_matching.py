"""Names that are known before the text is read, and those that the text itself defines, beside what the reader saw."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from flows.extract.mentions.gazetteer import CERTAIN, WORD, Gazetteer, Hit, never_alone
from flows.extract.mentions.span_repair import Draft
from flows.extract.mentions.span_trimming import EDGE

PLACES = frozenset({"GPE", "LOC", "FAC"})
_DEFINED = re.compile(r"\s?\(\s?[\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\s?\)")


def with_known(text: str, drafts: list[Draft], hits: list[Hit], gazetteer: Gazetteer) -> list[Draft]:
    """The reader's spans with known names: types settled, names completed, missing ones added."""
    out = sorted((settled(text, d, gazetteer) for d in drafts), key=lambda d: (d.start, d.end))
    ends = [d.end for d in out]
    replaced: set[int] = set()
    added = []
    for hit in hits:
        over = []
        at = bisect_right(ends, hit.start)
        while at < len(out) and out[at].start < hit.end:
            over.append(at)
            at += 1
        surface = text[hit.start : hit.end]
        certain = hit.known.certainty == CERTAIN and not never_alone(surface)
        if not over:
            credited = _in_credit(text, hit)
            found = certain or credited or _in_place(text, hit)
            if found and (credited or certain or not _part_of_name(text, hit)):
                added.append(Draft(hit.start, hit.end, hit.known.entity_type, 0.9 if certain else 0.6))
        elif certain and all(hit.start <= out[i].start and out[i].end <= hit.end for i in over) and " " in surface:
            replaced.update(over)
            added.append(Draft(hit.start, hit.end, hit.known.entity_type, 0.95))
    return [d for i, d in enumerate(out) if i not in replaced] + added


def _in_credit(text: str, hit: Hit) -> bool:
    """`© AP Photo/…`, `[AFP]`, a line that is nothing but the agency: whose picture or story it is."""
    line_start = text.rfind("\n", 0, hit.start) + 1
    line_end = text.find("\n", hit.end)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    alone = line.strip(EDGE) == text[hit.start : hit.end]
    bracketed = text[hit.start - 1 : hit.start] in ("(", "[", "/") and text[hit.end : hit.end + 1] in (")", "]", "/")
    credit = len(line) < 120 and (
        "©" in line or re.match(r"\s?(?:Photo|Image|Picture)s?\b", text[hit.end : hit.end + 9])
    )
    return hit.known.entity_type == "ORG" and bool(alone or bracketed or credit)


def _in_place(text: str, hit: Hit) -> bool:
    surface = text[hit.start : hit.end]
    return (
        hit.known.entity_type == "GPE"
        and not never_alone(surface)
        and bool(re.search(r"\b(?:in|near|outside|across)\s+(?:the\s+)?$", text[max(0, hit.start - 24) : hit.start]))
    )


def _part_of_name(text: str, hit: Hit) -> bool:
    """Whether capitalised neighbours make the hit a piece of a longer name (`Jordan Peterson`)."""
    after = re.match(r"[ -][A-Z][a-z]", text[hit.end : hit.end + 3])
    before = re.search(r"[A-Z][a-z]+[ -]$", text[max(0, hit.start - 20) : hit.start])
    return bool(after or before)


def settled(text: str, draft: Draft, gazetteer: Gazetteer) -> Draft:
    """A span with the type that its name is known to have; persons keep theirs where the name is ambiguous."""
    known = gazetteer.lookup(text[draft.start : draft.end])
    if known is None or known.entity_type == draft.entity_type:
        return draft
    if known.certainty != CERTAIN and (draft.entity_type == "PERSON" or known.entity_type not in PLACES):
        return draft
    if known.certainty != CERTAIN and draft.entity_type in ("ORG", "NORP", "EVENT") and draft.score > 0.8:
        return draft
    return replace(draft, entity_type=known.entity_type)


def with_acronyms(text: str, drafts: list[Draft]) -> list[Draft]:
    """Acronyms in brackets after the name that they stand for, typed like it."""
    out = list(drafts)
    for draft in drafts:
        if draft.entity_type == "PERSON" or " " not in text[draft.start : draft.end]:
            continue
        defined = _DEFINED.match(text, draft.end)
        if not defined or sum(c.isupper() for c in defined.group(1)) < 2:
            continue
        start, end = defined.span(1)
        letters = [c for c in defined.group(1) if c.isupper()]
        initials = [w[0].upper() for w in WORD.findall(text[draft.start : draft.end])]
        if sum((Counter(letters) & Counter(initials)).values()) >= max(2, len(letters) - 1):
            out = [d for d in out if d.end <= start or d.start >= end]
            out.append(Draft(start, end, draft.entity_type, draft.score))
    return out
