"""A text's own memory: one type a form, and every place that repeats a name which was recognised elsewhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flows.extract.mentions.gazetteer import CERTAIN, POSSESSIVE, WORD, Gazetteer, RunningWords, bare
from flows.extract.mentions.gazetteer_matching import PLACES
from flows.extract.mentions.span_repair import Draft
from flows.extract.mentions.titles_and_roles import strip_titles
from flows.lexicons import word_list

_SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"”’)\]]{0,5}\s{1,5}|\n\s{0,5}|[“\"‘(]\s{0,5}|[•·*–—-]\s{1,5})$")
_IN = re.compile(r"\b[Ii]n $")
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.? $")
_SMALL_WORD = re.compile(r" ([^\W\d_]{3,})\b")

HEAD_NOUNS = word_list("body_heads")


class _Weights(dict[str, float]):
    """How much speaks for each type of a form."""

    def __missing__(self, kind: str) -> float:
        return 0.0

    def add(self, more: Mapping[str, float]) -> None:
        """Adds to the weight of each type."""
        for kind, weight in more.items():
            self[kind] += weight


def _form(surface: str) -> str:
    return POSSESSIVE.sub("", " ".join(surface.split())).casefold()


def consistent(text: str, drafts: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """One type a form, by the weight of what the reader saw; a lone surname is the person of its full name."""
    weights: dict[str, _Weights] = defaultdict(_Weights)
    forms = [_form(text[draft.start : draft.end]) for draft in drafts]
    for draft, form in zip(drafts, forms, strict=True):
        types = weights[form]
        types[draft.entity_type] += draft.score
        if draft.entity_type in ("PERSON", "ORG", "GPE", "LOC"):
            types.add(_context(text, draft))
    # a family name stands last, or first where names are written so; the given name stands alone rarely
    surnames = {
        part for form, types in weights.items() if " " in form and _heaviest(types) == "PERSON" for part in _ends(form)
    }
    out = []
    for draft, form in zip(drafts, forms, strict=True):
        best = _heaviest(weights[form])
        if form in surnames:
            known = gazetteer.lookup(text[draft.start : draft.end])
            if known is None or known.certainty != CERTAIN:
                best = "PERSON"
        out.append(draft if draft.entity_type == best else replace(draft, entity_type=best))
    return out


def _ends(form: str) -> tuple[str, str]:
    parts = form.split()
    return parts[0], parts[-1]


def _context(text: str, draft: Draft) -> dict[str, float]:
    """What the words around a name say of its type: one is in a place, and only people are Mr and Mrs."""
    before = text[max(0, draft.start - 16) : draft.start]
    if draft.entity_type == "PERSON" and _IN.search(before):
        return {"GPE": 3.0}
    if draft.entity_type != "PERSON" and _ADDRESSED.search(before):
        return {"PERSON": 3.0}
    return {}


def _heaviest(types: _Weights) -> str:
    return min(types, key=lambda kind: (-types[kind], kind))


def with_small_surnames(text: str, drafts: list[Draft]) -> list[Draft]:
    """`Armend mehaj` where the text has `Mehaj` elsewhere: a given name takes in the surname that lost its capital."""
    surnames = {text[d.start : d.end] for d in drafts if d.entity_type == "PERSON"}
    out = []
    for draft in drafts:
        lone = draft.entity_type == "PERSON" and " " not in text[draft.start : draft.end]
        follows = _SMALL_WORD.match(text, draft.end) if lone else None
        if follows and follows.group(1).islower() and follows.group(1).capitalize() in surnames:
            out.append(replace(draft, end=follows.end()))
        else:
            out.append(draft)
    return out


class _Taken:
    """Which characters belong to a name already."""

    def __init__(self, text: str, drafts: Iterable[Draft] = ()) -> None:
        self._marks = bytearray(len(text))
        for draft in drafts:
            self.take(draft.start, draft.end)

    def take(self, start: int, end: int) -> None:
        """Marks a range."""
        self._marks[start:end] = b"\x01" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any character of a range is taken."""
        return self._marks.find(1, start, end) >= 0


@dataclass(frozen=True)
class _Memory:
    """What a text has named: forms by their words, each with its type and score, and its lower-case words."""

    forms: dict[tuple[str, ...], tuple[str, float]]
    lower: frozenset[str]

    @classmethod
    def of(cls, text: str, drafts: Iterable[Draft], words: RunningWords) -> "_Memory":
        """The forms of drafts, and the surnames of persons."""
        forms: dict[tuple[str, ...], tuple[str, float]] = {}
        for draft in drafts:
            parts = tuple(bare(w) for w in WORD.findall(text[draft.start : draft.end]))
            keys = [parts] if parts else []
            if draft.entity_type == "PERSON" and len(parts) > 1 and len(parts[-1]) > 2 and parts[-1][:1].isupper():
                keys.append(parts[-1:])
            for key in keys:
                if key not in forms or draft.score > forms[key][1]:
                    forms[key] = (draft.entity_type, draft.score)
        return cls(forms, frozenset(filter(str.islower, words.surfaces)))


def with_repetitions(text: str, drafts: list[Draft], words: RunningWords, gazetteer: Gazetteer) -> list[Draft]:
    """Other places of the same text with a name that was recognised: the full form, or a person's surname."""
    memory = _Memory.of(text, drafts, words)
    sizes: dict[str, int] = {}
    for form in memory.forms:
        sizes[form[0]] = max(sizes.get(form[0], 0), len(form))
    taken = _Taken(text, drafts)
    out = list(drafts)
    free = 0
    for at, word in enumerate(words.bare):
        if at < free or word not in sizes:
            continue
        size = min(sizes[word], len(words) - at)
        while size and tuple(words.bare[at : at + size]) not in memory.forms:
            size -= 1
        if size:
            kind, score = memory.forms[tuple(words.bare[at : at + size])]
            found = Draft(*words.span(at, size), kind, score * 0.9)
            if not taken.touches(found.start, found.end) and _repeats(text, found, memory, gazetteer):
                out.append(found)
            free = at + size
    return out


def _repeats(text: str, found: Draft, memory: _Memory, gazetteer: Gazetteer) -> bool:
    """Whether a place with the words of a known form names it again, and is not a word or part of a longer name."""
    start, end = found.start, found.end
    surface = text[start:end]
    if "\n" in surface or not surface[:1].isupper() or found.score < 0.54:
        return False
    if len(surface) < 3 and not surface.isupper():
        return False
    if " " in surface:
        return True
    if surface.lower() in memory.lower and not surface.isupper():
        return False
    if found.entity_type == "PERSON":
        return not _after_given_name(text, start, end) and re.match(r"[ -][A-Z][a-z]", text[end : end + 3]) is None
    neighbour = re.match(r"[-\s][A-Z][a-z]", text[end : end + 3]) or re.search(
        r"[A-Z][a-z]+[ -]$", text[max(0, start - 20) : start]
    )
    return not (neighbour and found.entity_type in PLACES | {"ORG"} and gazetteer.lookup(surface) is None)


def _after_given_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word before a surname makes it another person's, titles and sentence starts aside."""
    before = re.search(r"[A-Z][\w.'’-]* $", text[max(0, start - 24) : start])
    if not before:
        return False
    first = start - len(before.group())
    return strip_titles(text, first, end) != start and not _SENTENCE_START.search(text[max(0, first - 6) : first])


def with_heads(text: str, drafts: list[Draft], words: RunningWords, gazetteer: Gazetteer) -> list[Draft]:
    """`the Alliance`, `the Commission`: the capitalised last word of an organisation that the text names."""
    heads: set[str] = set()
    for draft in drafts:
        if draft.entity_type == "ORG":
            surface = text[draft.start : draft.end]
            heads.update(gazetteer.heads(surface))
            parts = WORD.findall(surface)
            if len(parts) > 1:
                heads.add(parts[-1])
    heads &= HEAD_NOUNS
    out = list(drafts)
    taken = _Taken(text, drafts)
    for at, word in enumerate(words.bare):
        if word in heads:
            start, end = words.span(at, 1)
            headed = text[max(0, start - 4) : start] in ("the ", "The ")
            followed = re.match(r" (?:[A-Z]|of\b|for\b)", text[end : end + 5])
            if headed and not followed and not taken.touches(start, end):
                out.append(Draft(start, end, "ORG", 0.7))
    return out


def not_overlapping(text: str, drafts: list[Draft]) -> list[Draft]:
    """The longest spans, then the best seen ones, in order of the text."""
    out: list[Draft] = []
    taken = _Taken(text)
    for draft in sorted(set(drafts), key=lambda d: (-(d.end - d.start), -d.score, d.start, d.entity_type)):
        if not taken.touches(draft.start, draft.end):
            taken.take(draft.start, draft.end)
            out.append(draft)
    return sorted(out, key=lambda d: d.start)
