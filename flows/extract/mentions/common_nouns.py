"""Common nouns that a reader takes for names or for their ends: `Tarn district`, `artificial intelligence (AI)`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.extract.mentions.gazetteer import CERTAIN, Gazetteer
from flows.extract.mentions.name_span import NameSpan
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list

_NOUN_END = re.compile(rf"(?<=\w) (?:{one_of(word_list('nouns_behind_names'))})$")
_IN_BRACKETS = re.compile(r"\(([A-Z]{2,5})\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BODY_HEADS = frozenset(head.lower() for head in word_list("body_heads") | word_list("institutions"))


def without_noun(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`Tarn district` names Tarn: a word in small letters behind a capitalised name says what it is."""
    if span.entity_type not in ("GPE", "LOC", "ORG") or gazetteer.lookup(span.of(text)) is not None:
        return [span]
    end = span.end
    while found := _NOUN_END.search(text, span.start, end):
        end = found.start()
    return [replace(span, end=end)]


def without_common_acronyms(text: str, spans: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """Drop what a text introduces as short for common nouns, everywhere in it: `gross domestic product (GDP)`."""
    common = {found.group(1) for found in _IN_BRACKETS.finditer(text) if _short_for_nouns(text, found)}
    return [span for span in spans if span.of(text) not in common or _known(span.of(text), gazetteer)]


def _short_for_nouns(text: str, found: re.Match[str]) -> bool:
    letters = found.group(1)
    words = _WORD.findall(text, max(0, found.start() - THRESHOLDS.word_characters * len(letters)), found.start())[
        -len(letters) :
    ]
    spelt = "".join(word[0] for word in words)
    return spelt.upper() == letters and spelt.islower() and words[-1] not in _BODY_HEADS


def _known(surface: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.lookup(surface)
    return known is not None and known.certainty == CERTAIN
