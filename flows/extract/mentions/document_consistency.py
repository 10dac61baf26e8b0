"""Names made consistent over a text: one type a form, and every place that repeats a name recognised elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flows.extract.mentions.gazetteer import WORD, Gazetteer, RunningWords, without_possessive
from flows.extract.mentions.name_span import NameSpan
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import strip_titles, title_words
from flows.lexicons import column, word_list
from schemas.vocabularies import PLACES

_SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"”’)\]]{0,5}\s{1,5}|\n\s{0,5}|[“\"‘(]\s{0,5}|[•·*–—-]\s{1,5})$")
_SMALL_WORD = re.compile(r" ([^\W\d_]{3,})\b")
_SURNAME_AFTER = re.compile(r" ([A-Z][a-z]{2,20})(?=[,;:!?”]|\.[\s”]|['’]s\b|\s[a-z(])")
_CAPITALISED_BEFORE = re.compile(r"\b[A-Z]\w* $")
_TAKEN_NAME = re.compile(r"\b(?:known|called|performs|performed|records|recorded) as [\"“‘]?([A-Z][a-z]{1,10}) $")
_SAYS_AFTER = re.compile(r" (?:(?:also|later|then) )?(said|told|added|asked|wrote|says|tells|adds)\b")
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’')\]]{0,3}\s{0,5}$")
_NO_SURNAMES = frozenset(day.capitalize() for day in word_list("weekdays") | word_list("months"))
_CAPITALISED_AFTER = re.compile(r"[ -][A-Z][a-z]")

HEAD_NOUNS = word_list("body_heads")


def extend_to_uncapitalised_surnames(text: str, spans: list[NameSpan]) -> list[NameSpan]:
    """Extend `Armend mehaj` over the surname that lost its capital, where the text has `Mehaj` elsewhere."""
    surnames = {span.of(text) for span in spans if span.entity_type == "PERSON"}
    out = []
    for span in spans:
        single = span.entity_type == "PERSON" and " " not in span.of(text)
        follows = _SMALL_WORD.match(text, span.end) if single else None
        if follows and follows.group(1).islower() and follows.group(1).capitalize() in surnames:
            out.append(replace(span, end=follows.end()))
        else:
            out.append(span)
    return out


def extend_to_surnames_that_are_words(text: str, spans: list[NameSpan]) -> list[NameSpan]:
    """Extend `Mark` over `Said`: a capital inside a sentence is no verb's.

    In a headline every word has one: a line without an end, or with a capital before the name.
    """
    taken = _Taken(text, spans)
    out = []
    for span in spans:
        given = span.entity_type == "PERSON" and span.of(text).lower() in column("given_names", "name", "gender")
        follows = _SURNAME_AFTER.match(text, span.end) if given else None
        headed = _CAPITALISED_BEFORE.search(text, max(0, span.start - 20), span.start)
        if follows and not headed and follows.group(1) not in _NO_SURNAMES and not taken.touches(*follows.span()):
            line_end = text.find("\n", span.end)
            if _SENTENCE_END.search(text, span.end, len(text) if line_end < 0 else line_end):
                out.append(replace(span, end=follows.end()))
                continue
        out.append(span)
    return out


def with_titles_that_are_names(text: str, spans: list[NameSpan]) -> list[NameSpan]:
    """Keep the title in `better known as Lady Kask`, wherever the text has her by it: a name that somebody took."""
    names = {
        f"{taken.group(1)} {span.of(text)}"
        for span in spans
        if span.entity_type == "PERSON"
        and " " not in span.of(text)
        and (taken := _TAKEN_NAME.search(text, max(0, span.start - 40), span.start))
        and taken.group(1).lower() in title_words()
    }
    out = []
    for span in spans:
        whole = next((name for name in names if text.endswith(name, 0, span.end) and name.endswith(span.of(text))), "")
        out.append(replace(span, start=span.end - len(whole)) if whole else span)
    return out


class _Taken:
    """Which characters belong to a name already."""

    def __init__(self, text: str, spans: Iterable[NameSpan] = ()) -> None:
        self._marks = bytearray(len(text))
        for span in spans:
            self.take(span.start, span.end)

    def take(self, start: int, end: int) -> None:
        """Mark a range."""
        self._marks[start:end] = b"\x01" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Return whether any character of a range is taken."""
        return self._marks.find(1, start, end) >= 0


@dataclass(frozen=True)
class _NamedForms:
    """What a text has named: forms by their words, each with its type and score, and its lower-case words."""

    forms: dict[tuple[str, ...], tuple[str, float]]
    lower: frozenset[str]

    @classmethod
    def of(cls, text: str, spans: Iterable[NameSpan], words: RunningWords) -> "_NamedForms":
        """Collect the forms of spans, and the surnames of persons."""
        forms: dict[tuple[str, ...], tuple[str, float]] = {}
        for span in spans:
            parts = tuple(without_possessive(w) for w in WORD.findall(span.of(text)))
            keys = [parts] if parts else []
            if span.entity_type == "PERSON" and len(parts) > 1 and len(parts[-1]) > 2 and parts[-1][:1].isupper():
                keys.append(parts[-1:])
            for key in keys:
                if key not in forms or span.score > forms[key][1]:
                    forms[key] = (span.entity_type, span.score)
        return cls(forms, frozenset(filter(str.islower, words.surfaces)))

    def sizes(self) -> dict[str, int]:
        """Words of the longest form that begins with a word."""
        sizes: dict[str, int] = {}
        for form in self.forms:
            sizes[form[0]] = max(sizes.get(form[0], 0), len(form))
        return sizes


def add_repetitions(text: str, spans: list[NameSpan], words: RunningWords, gazetteer: Gazetteer) -> list[NameSpan]:
    """Add other places with a name that was recognised in the text: the full form, or a person's surname."""
    named = _NamedForms.of(text, spans, words)
    sizes = named.sizes()
    taken = _Taken(text, spans)
    out = list(spans)
    free = 0
    for at, word in enumerate(words.plain):
        if at < free or word not in sizes:
            continue
        size = min(sizes[word], len(words) - at)
        while size and tuple(words.plain[at : at + size]) not in named.forms:
            size -= 1
        if size:
            kind, score = named.forms[tuple(words.plain[at : at + size])]
            found = NameSpan(*words.span(at, size), kind, score * THRESHOLDS.repetition_discount)
            if not taken.touches(found.start, found.end) and _repeats(text, found, named, gazetteer):
                out.append(found)
            free = at + size
    return out


def _repeats(text: str, found: NameSpan, named: _NamedForms, gazetteer: Gazetteer) -> bool:
    """Whether a place with the words of a known form names it again, and is not a word or part of a longer name."""
    surface = found.of(text)
    if "\n" in surface or not surface[:1].isupper() or found.score < THRESHOLDS.least_repeated:
        return False
    if len(surface) < 3 and not surface.isupper():
        return False
    if " " in surface:
        return True
    if surface.lower() in named.lower and not surface.isupper():
        # `Said told reporters` is no verb, but `Banks said` may be no man
        speaks = found.entity_type == "PERSON" and _SAYS_AFTER.match(text, found.end) is not None
        if not speaks or surface.endswith("s"):
            return False
    if found.entity_type == "PERSON":
        followed = _CAPITALISED_AFTER.match(text[found.end : found.end + 3])
        return not _after_given_name(text, found.start, found.end) and followed is None
    neighbour = re.match(r"[-\s][A-Z][a-z]", text[found.end : found.end + 3]) or re.search(
        r"[A-Z][a-z]+[ -]$", text[max(0, found.start - 20) : found.start]
    )
    return not (neighbour and found.entity_type in PLACES | {"ORG"} and gazetteer.lookup(surface) is None)


def _after_given_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word before a surname makes it another person's, titles and sentence starts aside."""
    before = re.search(r"[A-Z][\w.'’-]* $", text[max(0, start - 24) : start])
    if not before:
        return False
    first = start - len(before.group())
    return strip_titles(text, first, end) != start and not _SENTENCE_START.search(text[max(0, first - 6) : first])


def add_head_nouns(text: str, spans: list[NameSpan], words: RunningWords, gazetteer: Gazetteer) -> list[NameSpan]:
    """Add `the Alliance`, `the Commission`: the capitalised last word of an organisation that the text names."""
    heads: set[str] = set()
    for span in spans:
        if span.entity_type == "ORG":
            heads.update(gazetteer.heads(span.of(text)))
            parts = WORD.findall(span.of(text))
            if len(parts) > 1:
                heads.add(parts[-1])
    heads &= HEAD_NOUNS
    out = list(spans)
    taken = _Taken(text, spans)
    for at, word in enumerate(words.plain):
        if word in heads:
            start, end = words.span(at, 1)
            headed = text[max(0, start - 4) : start] in ("the ", "The ")
            followed = re.match(r" (?:[A-Z]|of\b|for\b)", text[end : end + 5])
            if headed and not followed and not taken.touches(start, end):
                out.append(NameSpan(start, end, "ORG", THRESHOLDS.head_noun))
    return out


def drop_overlaps(text: str, spans: list[NameSpan]) -> list[NameSpan]:
    """Keep the longest spans, then the best seen ones, in order of the text."""
    out: list[NameSpan] = []
    taken = _Taken(text)
    for span in sorted(set(spans), key=lambda s: (-(s.end - s.start), -s.score, s.start, s.entity_type)):
        if not taken.touches(span.start, span.end):
            taken.take(span.start, span.end)
            out.append(span)
    return sorted(out, key=lambda s: s.start)
