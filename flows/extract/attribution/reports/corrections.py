"""Corrections: paragraphs in which a publisher takes back what it printed. Nobody claims what they take back."""

import re
from collections.abc import Iterator, Sequence

from flows.extract.syntax.sentences import Word, sentences
from flows.lexicons import one_of, word_list
from flows.spans import Span

_NOTE = re.compile(
    r"(?im)^[ \t*_\[(•·]*(?:corrections?\b|clarifications?\b|editor['’]?s?['’]? note\b|updated? note\b"
    r"|errat(?:um|a)\b|corrigend(?:um|a)\b|retractions?\b|this is a corrected\b|(?:an )?apology:|for the record:"
    r"|(?:this|the) (?:article|story|report|post|piece|item|headline|version)\b[^\n.]{0,40}"
    r"\b(?:has|have|was|were|been) (?:since )?(?:been )?(?:updated|corrected|amended|clarified|changed)\b"
    r"|(?:we|the [A-Z][\w ]{2,30}) apologi[sz]es?\b"
    r"|(?:an?|the) (?:earlier|previous|prior|original|older) (?:version|story|article|report|headline|edition)\b)[^\n]*"
)
"""A paragraph that opens as a correction; "Correction Appended" alone is one, too."""
_HINTS = (
    "orrect",
    "ORRECT",
    "larif",
    "LARIF",
    "ditor",
    "DITOR",
    "ersion",
    "pdated",
    " story ",
    " article ",
    " report ",
    "polog",
    "POLOG",
    "etraction",
    "ETRACTION",
    "or the record:",
    "OR THE RECORD:",
    "rrat",
    "RRAT",
    "rrigend",
)
"""What any such paragraph has one of: texts without them are not looked at."""
_RETRACTING = re.compile(
    rf"(?i)\b(?:{one_of(word_list('retracting_words'))}"
    r"|(?:earlier|previous|prior|original) (?:version|story|article|report|headline))\b"
)
_PUBLICATION = word_list("own_publication")


def find_corrections(text: str) -> list[Span]:
    """Return the paragraphs that are corrections, in order."""
    return [Span(*found.span()) for found in _NOTE.finditer(text)] if any(hint in text for hint in _HINTS) else []


def retracting_sentences(text: str, words: Sequence[Word], note: Span) -> Iterator[Span]:
    """Return the sentences of a correction that say what was printed by mistake.

    words: those of the note.
    """
    for sentence in sentences(text, words):
        span = Span(sentence[0].start, sentence[-1].end)
        if note.contains(span) and retracts(text, span):
            yield span


def retracts(text: str, span: Span) -> bool:
    """Tell whether words of the text say that something was printed by mistake."""
    return _RETRACTING.search(text, *span) is not None


def of_publication(source: Sequence[Word]) -> bool:
    """Tell whether a source is the publisher's own print: "an earlier version of this story", "we", "it"."""
    return any(word.form in _PUBLICATION for word in source)
