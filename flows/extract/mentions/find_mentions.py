"""Named mentions of one text: what the reader saw, repaired at its edges, with known names, consistent in the text.

The reader judges each sentence by itself. A text is consistent: what was a person once is a person everywhere, a
surname belongs to the full name that came before it, an acronym to the long form that introduced it.
"""

import re
from collections.abc import Iterable

from flows.extract.mentions.document_consistency import (
    add_head_nouns,
    add_repetitions,
    drop_overlaps,
    extend_to_surnames_that_are_words,
    extend_to_uncapitalised_surnames,
    with_titles_that_are_names,
)
from flows.extract.mentions.gazetteer import Gazetteer, RunningWords
from flows.extract.mentions.gazetteer_matching import add_defined_acronyms, add_known_names
from flows.extract.mentions.name_span import Mention, RecognisedName
from flows.extract.mentions.name_types import settle_types
from flows.extract.mentions.neighbours import join_neighbours
from flows.extract.mentions.role_phrases import role_beside
from flows.extract.mentions.span_repair import repair_spans
from flows.extract.mentions.span_trimming import is_noise, trim_span
from flows.spans import Span

__all__ = ["Mention", "find_mentions"]

_ADDRESS = re.compile(
    r"\S{1,63}@\S{1,255}\.\w+|(?:https?://|www\.)\S+"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.(?:com|net|org|gov|info|eu|int|[a-z]{2})\b(?:/\S*)?|[@#]\w+"
)

_MAY_BE_ADDRESS = re.compile(r"[@#]|://|www\.|\.[a-z]{2}")
"""What every address has; most texts have none of it."""


def find_mentions(text: str, recognised: Iterable[RecognisedName], gazetteer: Gazetteer) -> list[Mention]:
    """Find the names of a text, in order and not overlapping. Every span lies inside the text and is not empty."""
    words = RunningWords.of(text)
    addresses = _addresses(text)
    spans = repair_spans(text, [piece for name in recognised for piece in trim_span(text, name)], gazetteer)
    spans = [span for span in spans if not is_noise(text, span, addresses)]
    matches = [
        match
        for match in gazetteer.find(text, words)
        if not any(match.start < address.end and address.start < match.end for address in addresses)
    ]
    spans = join_neighbours(text, add_known_names(text, spans, matches, gazetteer), gazetteer)
    spans = add_defined_acronyms(text, spans)
    spans = extend_to_surnames_that_are_words(text, spans)
    spans = settle_types(text, spans, gazetteer)
    spans = extend_to_uncapitalised_surnames(text, spans)
    spans = add_repetitions(text, spans, words, gazetteer)
    spans = add_head_nouns(text, spans, words, gazetteer)
    spans = with_titles_that_are_names(text, spans)
    return [
        Mention(
            span.start,
            span.end,
            span.entity_type,
            role_beside(text, span) if span.entity_type == "PERSON" else None,
        )
        for span in drop_overlaps(text, spans)
    ]


def _addresses(text: str) -> list[Span]:
    """Ranges of web and mail addresses, in which no name is looked for."""
    found = _ADDRESS.finditer(text) if _MAY_BE_ADDRESS.search(text) else ()
    return [Span(*match.span()) for match in found if not _abbreviation(match.group())]


def _abbreviation(surface: str) -> bool:
    return "@" not in surface and "/" not in surface and "#" not in surface and surface[:1].isupper()
