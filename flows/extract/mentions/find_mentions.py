"""Named mentions of one text: what the reader saw, repaired at its edges, with known names and the text's own memory.

The reader judges each sentence by itself. A text is consistent: what was a person once is a person everywhere, a
surname belongs to the full name that came before it, an acronym to the long form that introduced it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flows.extract.mentions.document_consistency import (
    consistent,
    not_overlapping,
    with_heads,
    with_repetitions,
    with_small_surnames,
)
from flows.extract.mentions.gazetteer import Gazetteer, RunningWords
from flows.extract.mentions.gazetteer_matching import with_acronyms, with_known
from flows.extract.mentions.span_repair import joined, repaired
from flows.extract.mentions.span_trimming import Named, is_noise, trimmed_pieces
from flows.extract.mentions.titles_and_roles import role_beside
from flows.spans import Span


@dataclass(frozen=True, order=True)
class Mention:
    """A name in a text: `text[start:end]`, its type, and the role stated beside it ("defence minister of Kosovo")."""

    start: int
    end: int
    entity_type: str
    role: str | None = None

    @property
    def span(self) -> Span:
        """The range of characters."""
        return Span(self.start, self.end)


_ADDRESS = re.compile(
    r"\S{1,63}@\S{1,255}\.\w+|(?:https?://|www\.)\S+"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.(?:com|net|org|gov|info|eu|int|[a-z]{2})\b(?:/\S*)?|[@#]\w+"
)


_MAY_BE_ADDRESS = re.compile(r"[@#]|://|www\.|\.[a-z]{2}")
"""What every address has; most texts have none of it."""


def find_mentions(text: str, named: Iterable[Named], gazetteer: Gazetteer) -> list[Mention]:
    """The names of a text in order, not overlapping. Every span lies inside the text and is not empty."""
    words = RunningWords.of(text)
    addresses = _ADDRESS.finditer(text) if _MAY_BE_ADDRESS.search(text) else ()
    blocked = [Span(*m.span()) for m in addresses if not _abbreviation(m.group())]
    drafts = repaired(text, [d for found in named for d in trimmed_pieces(text, found)], gazetteer)
    drafts = [d for d in drafts if not is_noise(text, d, blocked)]
    hits = [h for h in gazetteer.find(text, words) if not any(h.start < b.end and b.start < h.end for b in blocked)]
    drafts = joined(text, with_known(text, drafts, hits, gazetteer), gazetteer)
    drafts = with_acronyms(text, drafts)
    drafts = consistent(text, drafts, gazetteer)
    drafts = with_small_surnames(text, drafts)
    drafts = with_repetitions(text, drafts, words, gazetteer)
    drafts = with_heads(text, drafts, words, gazetteer)
    final = not_overlapping(text, drafts)
    return [
        Mention(d.start, d.end, d.entity_type, role_beside(text, d) if d.entity_type == "PERSON" else None)
        for d in final
    ]


def _abbreviation(surface: str) -> bool:
    return "@" not in surface and "/" not in surface and "#" not in surface and surface[:1].isupper()
