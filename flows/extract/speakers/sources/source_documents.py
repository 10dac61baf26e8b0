"""Who speaks in a document: "a statement from the Lake Board", "a Lake Post poll", "Ms. Kask's letter".

A study, a letter or a poll says what those say whose it is. Where it only stands with somebody (a post on a site, a
study in a journal, a filing with a court), nobody is known by it.
"""

import re
from collections.abc import Sequence

from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import title_words
from flows.extract.speakers.sources.source_head import named_heads
from flows.lexicons import one_of, word_list
from flows.spans import Span

_DOCUMENT = rf"(?:{one_of(word_list('authored_documents'))})"
_OF_BODY = rf"(?:{one_of(word_list('documents_of_bodies'))})"
_NEWS = rf"(?:{one_of(word_list('documents_of_outlets'))})"
_WORDS = r"(?:[\w’'-]{1,20}\s){0,3}"
_OPENS = rf"(?:according to\s)?(?:an?|the|another|one|this)?\s?{_WORDS}"
_BY = re.compile(
    rf"{_OPENS}(?:{_DOCUMENT}\s(?:(?!{one_of(word_list('read_by_others'))})[\w-]{{1,20}}\s){{0,3}}(?:by|from)|{_NEWS}\s(?:published\s)?in)\s(?:the\s)?",
    re.IGNORECASE,
)
_OPENS_BODY = re.compile(r"(?:according to\s)?(?:an?|the)?\s?(?:(?:new|recent|latest|\d{4})\s)?", re.IGNORECASE)
_BODYS = re.compile(rf"\s(?:[a-z-]{{1,20}}\s){{0,2}}{_OF_BODY}(?=$|[\s,])", re.IGNORECASE)
_OWNED = re.compile(
    rf"['’]s?\s{_WORDS}{_DOCUMENT}(?=$|,|\s(?:to|on|about|from|that|which|released|published|last|this)\b)",
    re.IGNORECASE,
)


def authors(text: str, source: Span, inside: Sequence[Mention]) -> list[Mention]:
    """Return who speaks in the document that a source is, the first one first; nobody where it is none.

    inside: the names in the source.
    """
    if not inside:
        return []
    by = _BY.match(text, source.start, source.end)
    if by is not None:
        rest = Span(by.end(), source.end)
        heads = named_heads(text, rest, [m for m in inside if m.start >= rest.start])
        return [m for m in heads if m.entity_type in ("PERSON", "ORG")]
    first = inside[0]
    bodies = _together(text, inside) if _OPENS_BODY.fullmatch(text, source.start, first.start) else []
    if bodies and _BODYS.match(text, bodies[-1].end, source.end):
        return bodies
    owned = first.entity_type in ("PERSON", "ORG") and _OWNED.match(text, first.end, source.end)
    return [first] if owned and _titled(text[source.start : first.start]) else []


def _titled(before: str) -> bool:
    """Tell whether words are no more than an article and titles: `the `, `Mayor `."""
    return all(word.strip(".").lower() in {"the", *title_words()} for word in before.split())


def _together(text: str, inside: Sequence[Mention]) -> list[Mention]:
    """The bodies that open a document's name: `Lake News/Shore Post`."""
    bodies: list[Mention] = []
    for m in inside:
        if m.entity_type != "ORG" or (bodies and text[bodies[-1].end : m.start] not in ("/", "-")):
            break
        bodies.append(m)
    return bodies
