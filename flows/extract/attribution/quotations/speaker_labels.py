"""Speakers who are named without a cue: by a label, a signature, or what they do beside their quotation."""

from flows.extract.attribution.quotations.quotation_layout import QuotationLayout
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.syntax.datelines import entry_time_end
from flows.extract.syntax.sentences import NOUN_PHRASE, PARTICLES, has_finite
from flows.extract.syntax.tags import FINITE, RELATIVE_PRONOUN
from flows.spans import Span

_OPENING = frozenset("-–—―(")
_ACTING_PRONOUNS = frozenset({"he", "she"})


def label(layout: QuotationLayout, sentence: range) -> tuple[Span, Span] | None:
    """Return source and colon of `Name, role:`, the time of an entry before it left out; None where it is no label."""
    words, text = layout.words, layout.reading.text
    if words[sentence[-1]].form != ":" or has_finite(words[at] for at in sentence):
        return None
    span = layout.span(sentence)
    start = min(entry_time_end(text, span.start), span.end)
    end = words[sentence[-1]].start
    while start < end and not text[start].isalnum():
        start += 1
    short = len(sentence) <= THRESHOLDS.label_words
    if not short or not any(name.start < end for name in layout.persons.touching(start, end)):
        return None
    return Span(start, len(text[:end].rstrip())), Span(end, end + 1)


def signature(layout: QuotationLayout, sentence: range) -> tuple[Span, None] | None:
    """Return the source of `– Name Surname` or `(Name Surname, party)` that ends a paragraph behind a quotation.

    A name that is known as no person's (`(New York Times)`) is where the words were printed, not who said them.
    """
    words = layout.words
    if words[sentence[0]].form not in _OPENING or len(sentence) > THRESHOLDS.label_words:
        return None
    if not layout.closes_paragraph(sentence) or has_finite(words[at] for at in sentence):
        return None
    first = last = sentence[1]
    while last < sentence.stop and words[last].tag != "DT" and layout.reading.text[words[last].start].isupper():
        last += 1
    if last - first < THRESHOLDS.signing_words:
        return None
    span = Span(words[first].start, words[last - 1].end)
    known = layout.names.touching(*span)
    return (span, None) if not known or layout.persons.touching(*span) else None


def acting_person(layout: QuotationLayout, sentence: range) -> Span | None:
    """Return the subject of a sentence where that is a person: a name, a role, he or she; None elsewhere."""
    words = layout.words
    first = sentence.start
    while first < sentence.stop and not words[first].form[0].isalnum():
        first += 1
    if first < sentence.stop and words[first].tag in {"IN", "RB", "CC"}:
        comma = next((at for at in range(first, sentence.stop) if words[at].form == ","), None)
        first = first + 1 if words[first].tag == "CC" else sentence.stop if comma is None else comma + 1
    verb = next((at for at in range(first, sentence.stop) if words[at].tag in FINITE), None)
    if verb is None:
        return None
    last = next((at for at in range(first, verb) if words[at].tag in RELATIVE_PRONOUN), verb)
    while last > first and (not words[last - 1].form[0].isalnum() or words[last - 1].tag == "RB"):
        last -= 1
    if not first < last <= first + THRESHOLDS.label_words:
        return None
    span = Span(words[first].start, words[last - 1].end)
    return span if _is_person(layout, range(first, last), span) else None


def _is_person(layout: QuotationLayout, phrase: range, span: Span) -> bool:
    """Tell whether a subject is one person: its first noun phrase has a person's name or ends with a role."""
    words = layout.words
    if len(phrase) == 1 and words[phrase[0]].form in _ACTING_PRONOUNS:
        return True
    last = next((at for at in phrase if words[at].tag not in NOUN_PHRASE and words[at].form not in PARTICLES), None)
    head = range(phrase.start, phrase.stop if last is None else last)
    if not head:
        return False
    end = words[head[-1]].end
    if names := layout.names.touching(span.start, end):
        ending = layout.persons.touching(words[head[-1]].start, end)
        return (
            any(name.end <= end for name in ending) if ending else any(layout.persons.touching(*name) for name in names)
        )
    noun = words[head[-1]]
    full_name = len(head) > 1 and all(words[at].tag == "NNP" for at in head)
    return full_name or (noun.tag == "NN" and noun.form in roles())
