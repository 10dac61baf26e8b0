"""In which sentence of a content a character is: a quotation may begin one behind a comma, as in "“It is late,” Berg
said, “We must go”".
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from flows.extract.attribution.quotations.quotation_marks import OPENING, STRAIGHT
from flows.extract.syntax.indexed_words import IndexedWords
from flows.spans import Span

_OPENS = frozenset({"DT", "EX", "PRP", "PRP$", "WP", "WRB"})
"""Tags of words that have a capital at the head of a sentence only."""


def sentences_of(spans: Sequence[Span], indexed: IndexedWords) -> Callable[[int], tuple[int, int]]:
    """Return what tells in which sentence of a content, in these pieces, a character is."""
    begun = [span.start for span in spans[1:] if _begins_sentence(span, indexed)]
    return lambda at: (indexed.sentence_number(at), bisect_right(begun, at))


def _begins_sentence(span: Span, indexed: IndexedWords) -> bool:
    """Tell whether a piece is a quotation that opens with a capital, and not with a name."""
    first = next((word for word in indexed.between(*span)[1:] if word.form[0].isalnum()), None)
    marked = indexed.text[span.start] in OPENING | STRAIGHT and first is not None and first.tag in _OPENS
    return marked and first is not None and indexed.text[first.start].isupper() and first.form != "i"
