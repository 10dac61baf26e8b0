"""Common nouns that a reader takes for the end of a name: `Tarn district`."""

import re
from dataclasses import replace

from flows.extract.mentions.gazetteer import Gazetteer
from flows.extract.mentions.name_span import NameSpan
from flows.lexicons import one_of, word_list

_NOUN_END = re.compile(rf"(?<=\w) (?:{one_of(word_list('nouns_behind_names'))})$")


def without_noun(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`Tarn district` names Tarn: a word in small letters behind a capitalised name says what it is."""
    end = span.end
    while span.entity_type in ("GPE", "LOC", "ORG") and (found := _NOUN_END.search(text, span.start, end)):
        end = found.start()
    return [span if end == span.end or gazetteer.lookup(span.of(text)) is not None else replace(span, end=end)]
