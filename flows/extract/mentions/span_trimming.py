"""Names cut to size: what a reader's span holds beside the name, and spans that are no names at all."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from flows.extract.mentions.span_repair import Draft
from flows.extract.mentions.titles_and_roles import strip_titles
from flows.lexicons import word_list
from flows.spans import Span


class Named(Protocol):
    """A span that the reader takes for a name: its range, type, and how sure the reader is."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def entity_type(self) -> str: ...
    @property
    def score(self) -> float: ...


EDGE = " \t\r\n\"“”„«»‘’'`´()[]{}<>,;:!?*•·|/\\—–-_…©"
_MOJIBAKE = re.compile(r"[�]|\?\?|[ÃÂâ][\x80-\xbf€™œž¢]|[\x80-\x9f]")
_THE = re.compile(r"the\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*\n\s*|\s{3,}|\s•\s")
_PERSON_SEPARATORS = re.compile(r"\s*\n\s*|\s{3,}|\s•\s|/")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Za-z]\.){2}$|\b(?:Jr|Sr|Inc|Ltd|Corp|Co|St)\.$")
_ABBREVIATION_CHARS = 6
"""What decides on the longest of them, the character before it included."""
_ALPHANUMERIC = re.compile(r"[^\W_]")
_CREDIT_WORDS = word_list("credit_words")


def trimmed_pieces(text: str, found: Named) -> list[Draft]:
    """A span cut at line ends and slashes, without what does not belong to a name."""
    pieces: list[Draft] = []
    separators = _PERSON_SEPARATORS if found.entity_type == "PERSON" else _SEPARATORS
    at = found.start
    inner = text[found.start : found.end]
    cuts = [m.span() for m in separators.finditer(inner)]
    for start, end in (*cuts, (len(inner), len(inner))):
        piece = _trimmed(text, at, found.start + start)
        if piece is not None:
            pieces.append(Draft(*piece, found.entity_type, found.score))
        at = found.start + end
    if found.entity_type == "PERSON":
        whole = [p for p in pieces if " " in text[p.start : p.end]]
        pieces = whole or pieces  # beside a full name, a lone word is the next line's
        pieces = [d for p in pieces if (d := _person(text, p)) is not None]
    return pieces


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start] in EDGE or text[start].isspace()):
        start += 1
    while end > start and (
        text[end - 1] in EDGE
        or text[end - 1].isspace()
        or (text[end - 1] == "." and not _ends_abbreviation(text, start, end))
    ):
        end -= 1
    the = _THE.match(text, start, end)
    if the and the.end() < end:
        start = the.end()
    if text.endswith(("'s", "’s"), start, end):  # other apostrophes are gone from the end
        owner = text[start : end - 2].rstrip()
        end = start + len(owner) if owner else end
    # a bracket that only opens or only closes is no part of the name
    inner = text[start:end]
    if inner.count("(") > inner.count(")"):
        end = start + inner.rindex("(")
        return _trimmed(text, start, end)
    return (start, end) if end > start and _ALPHANUMERIC.search(text, start, end) else None


def _ends_abbreviation(text: str, start: int, end: int) -> bool:
    return bool(_ABBREVIATION_END.search(text[max(start, end - _ABBREVIATION_CHARS) : end]))


def _person(text: str, draft: Draft) -> Draft | None:
    start = strip_titles(text, draft.start, draft.end)
    words = text[start : draft.end].split()
    if words and words[-1] in _CREDIT_WORDS:
        return None
    if start == draft.start:
        return draft
    return replace(draft, start=start) if start < draft.end else None


def is_noise(text: str, draft: Draft, blocked: Sequence[Span]) -> bool:
    """Whether a span names nothing: an address, mojibake, digits for a person, small letters only."""
    surface = text[draft.start : draft.end]
    if any(b.start <= draft.start and draft.end <= b.end for b in blocked):
        return True
    if _MOJIBAKE.search(surface) or len(surface) > 120:
        return True
    if len(surface) < 2 or not any(c.isalpha() for c in surface):
        return True
    if draft.entity_type == "PERSON" and any(c.isdigit() for c in surface):
        return True
    # a name starts with a capital somewhere; scripts without case pass
    return surface == surface.lower() and surface != surface.upper() and draft.entity_type != "PRODUCT"
