"""Named mentions of one text: what the reader saw, repaired at its edges, with known names and the text's own memory.

The reader judges each sentence by itself. A text is consistent: what was a person once is a person everywhere, a
surname belongs to the full name that came before it, an acronym to the long form that introduced it.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from flows.extract.boundaries import Draft, joined, repaired
from flows.extract.gazetteer import CERTAIN, POSSESSIVE, WORD, Gazetteer, Hit, never_alone
from flows.extract.roles import role_beside, strip_titles
from flows.text import Span

PLACES = frozenset({"GPE", "LOC", "FAC"})


class Named(Protocol):
    """A span that the reader takes for a name: its range, type, and how sure the reader is."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def entity_type(self) -> str: ...
    @property
    def score(self) -> float: ...


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


_EDGE = " \t\r\n\"“”„«»‘’'`´()[]{}<>,;:!?*•·|/\\—–-_…©"
# repetitions that could be tried from every character have a bound: a name in an address has at most 63 of them
_ADDRESS = re.compile(
    r"\S{1,63}@\S{1,255}\.\w+|(?:https?://|www\.)\S+"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,9}\.(?:com|net|org|gov|info|eu|int|[a-z]{2})\b(?:/\S*)?|[@#]\w+"
)
_MOJIBAKE = re.compile(r"[�]|\?\?|[ÃÂâ][\x80-\xbf€™œž¢]|[\x80-\x9f]")
_THE = re.compile(r"the\s+", re.IGNORECASE)
_CREDIT_WORDS_WORDS = (
    "Photo Photos Photograph Image Images Picture Pictures Video File Via Getty Courtesy Credit Handout Source"
)
_CREDIT_WORDS = frozenset(_CREDIT_WORDS_WORDS.split())
_SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"”’)\]]{0,5}\s{1,5}|\n\s{0,5}|[“\"‘(]\s{0,5}|[•·*–—-]\s{1,5})$")
_LOCATIVE = re.compile(
    r"\b(?:in|from|near|to|at|outside|around|across|into|of|between|and|or|,)\s+(?:the\s+)?$", re.IGNORECASE
)
_DEFINED = re.compile(r"\s?\(\s?[\"“]?([A-Z][A-Za-z&.-]{1,9})[\"”]?\s?\)")


def find_mentions(text: str, named: Iterable[Named], gazetteer: Gazetteer) -> list[Mention]:
    """The names of a text in order, not overlapping. Every span lies inside the text and is not empty."""
    words = list(WORD.finditer(text))
    blocked = [Span(*m.span()) for m in _ADDRESS.finditer(text) if not _abbreviation(m.group())]
    drafts = repaired(text, [d for found in named for d in _trimmed_pieces(text, found)], gazetteer)
    drafts = [d for d in drafts if not _is_noise(text, d, blocked)]
    hits = [h for h in gazetteer.find(text, words) if not any(h.start < b.end and b.start < h.end for b in blocked)]
    drafts = joined(text, _with_known(text, drafts, hits, gazetteer), gazetteer)
    drafts = _with_acronyms(text, drafts)
    drafts = _consistent(text, drafts, gazetteer)
    drafts = _with_small_surnames(text, drafts)
    drafts = _with_repetitions(text, drafts, words, gazetteer)
    drafts = _with_heads(text, drafts, words, gazetteer)
    final = _not_overlapping(text, drafts)
    return [
        Mention(d.start, d.end, d.entity_type, role_beside(text, d) if d.entity_type == "PERSON" else None)
        for d in final
    ]


def _abbreviation(surface: str) -> bool:
    return "@" not in surface and "/" not in surface and "#" not in surface and surface[:1].isupper()


def _trimmed_pieces(text: str, found: Named) -> list[Draft]:
    """A span cut at line ends and slashes, without what does not belong to a name."""
    pieces: list[Draft] = []
    separators = r"\s*\n\s*|\s{3,}|\s•\s" + (r"|/" if found.entity_type == "PERSON" else "")
    at = found.start
    inner = text[found.start : found.end]
    cuts = [m.span() for m in re.finditer(separators, inner)]
    for start, end in (*cuts, (len(inner), len(inner))):
        piece = _trimmed(text, at, found.start + start)
        if piece is not None:
            pieces.append(Draft(*piece, found.entity_type, found.score))
        at = found.start + end
    if found.entity_type == "PERSON":
        whole = [p for p in pieces if " " in text[p.start : p.end]]
        pieces = whole or pieces  # beside a full name, a lone word is the next line's
        pieces = [d for p in pieces if (d := _person(text, p)) is not None]
    return pieces


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while end > start and (
        text[end - 1] in _EDGE
        or text[end - 1].isspace()
        or (text[end - 1] == "." and not _ends_abbreviation(text, start, end))
    ):
        end -= 1
    the = _THE.match(text, start, end)
    if the and the.end() < end:
        start = the.end()
    possessive = re.search(r"\s*['’]s?$", text[start:end])
    if possessive and possessive.start() > 0:
        end = start + possessive.start()
    # a bracket that only opens or only closes is no part of the name
    inner = text[start:end]
    if inner.count("(") > inner.count(")"):
        end = start + inner.rindex("(")
        return _trimmed(text, start, end)
    return (start, end) if end > start and any(c.isalnum() for c in text[start:end]) else None


def _ends_abbreviation(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"(?:\b[A-Za-z]\.){2,}$|\b(?:Jr|Sr|Inc|Ltd|Corp|Co|St)\.$", text[start:end]))


def _person(text: str, draft: Draft) -> Draft | None:
    start = strip_titles(text, draft.start, draft.end)
    words = text[start : draft.end].split()
    if words and words[-1] in _CREDIT_WORDS:
        return None
    return replace(draft, start=start) if start < draft.end else None


def _is_noise(text: str, draft: Draft, blocked: Sequence[Span]) -> bool:
    surface = text[draft.start : draft.end]
    if any(b.start <= draft.start and draft.end <= b.end for b in blocked):
        return True
    if _MOJIBAKE.search(surface) or len(surface) > 120:
        return True
    if len(surface) < 2 or not any(c.isalpha() for c in surface):
        return True
    if draft.entity_type == "PERSON" and any(c.isdigit() for c in surface):
        return True
    # a name starts with a capital somewhere; scripts without case pass
    return surface == surface.lower() and surface != surface.upper() and draft.entity_type != "PRODUCT"


def _with_known(text: str, drafts: list[Draft], hits: list[Hit], gazetteer: Gazetteer) -> list[Draft]:
    """The reader's spans with known names: types settled, names completed, missing ones added."""
    out = sorted((_settled(text, d, gazetteer) for d in drafts), key=lambda d: (d.start, d.end))
    ends = [d.end for d in out]
    replaced: set[int] = set()
    added = []
    for hit in hits:
        over = []
        at = bisect_right(ends, hit.start)
        while at < len(out) and out[at].start < hit.end:
            over.append(at)
            at += 1
        surface = text[hit.start : hit.end]
        certain = hit.known.certainty == CERTAIN and not never_alone(surface)
        if not over:
            credited = _in_credit(text, hit)
            found = certain or credited or _in_place(text, hit)
            if found and (credited or certain or not _part_of_name(text, hit)):
                added.append(Draft(hit.start, hit.end, hit.known.entity_type, 0.9 if certain else 0.6))
        elif certain and all(hit.start <= out[i].start and out[i].end <= hit.end for i in over) and " " in surface:
            replaced.update(over)
            added.append(Draft(hit.start, hit.end, hit.known.entity_type, 0.95))
    return [d for i, d in enumerate(out) if i not in replaced] + added


def _in_credit(text: str, hit: Hit) -> bool:
    """`© AP Photo/…`, `[AFP]`, a line that is nothing but the agency: whose picture or story it is."""
    line_start = text.rfind("\n", 0, hit.start) + 1
    line_end = text.find("\n", hit.end)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    alone = line.strip(_EDGE) == text[hit.start : hit.end]
    bracketed = text[hit.start - 1 : hit.start] in ("(", "[", "/") and text[hit.end : hit.end + 1] in (")", "]", "/")
    credit = len(line) < 120 and (
        "©" in line or re.match(r"\s?(?:Photo|Image|Picture)s?\b", text[hit.end : hit.end + 9])
    )
    return hit.known.entity_type == "ORG" and bool(alone or bracketed or credit)


def _in_place(text: str, hit: Hit) -> bool:
    surface = text[hit.start : hit.end]
    return (
        hit.known.entity_type == "GPE"
        and not never_alone(surface)
        and bool(re.search(r"\b(?:in|near|outside|across)\s+(?:the\s+)?$", text[max(0, hit.start - 24) : hit.start]))
    )


def _part_of_name(text: str, hit: Hit) -> bool:
    """Whether capitalised neighbours make the hit a piece of a longer name (`Jordan Peterson`)."""
    after = re.match(r"[ -][A-Z][a-z]", text[hit.end : hit.end + 3])
    before = re.search(r"[A-Z][a-z]+[ -]$", text[max(0, hit.start - 20) : hit.start])
    return bool(after or before)


def _settled(text: str, draft: Draft, gazetteer: Gazetteer) -> Draft:
    """A span with the type that its name is known to have; persons keep theirs where the name is ambiguous."""
    known = gazetteer.lookup(text[draft.start : draft.end])
    if known is None or known.entity_type == draft.entity_type:
        return draft
    if known.certainty != CERTAIN and (draft.entity_type == "PERSON" or known.entity_type not in PLACES):
        return draft
    if known.certainty != CERTAIN and draft.entity_type in ("ORG", "NORP", "EVENT") and draft.score > 0.8:
        return draft
    return replace(draft, entity_type=known.entity_type)


def _with_acronyms(text: str, drafts: list[Draft]) -> list[Draft]:
    """Acronyms in brackets after the name that they stand for, typed like it."""
    out = list(drafts)
    for draft in drafts:
        if draft.entity_type == "PERSON" or " " not in text[draft.start : draft.end]:
            continue
        defined = _DEFINED.match(text, draft.end)
        if not defined or sum(c.isupper() for c in defined.group(1)) < 2:
            continue
        start, end = defined.span(1)
        letters = [c for c in defined.group(1) if c.isupper()]
        initials = [w[0].upper() for w in WORD.findall(text[draft.start : draft.end])]
        if sum((Counter(letters) & Counter(initials)).values()) >= max(2, len(letters) - 1):
            out = [d for d in out if d.end <= start or d.start >= end]
            out.append(Draft(start, end, draft.entity_type, draft.score))
    return out


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


def _consistent(text: str, drafts: list[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """One type a form, by the weight of what the reader saw; a lone surname is the person of its full name."""
    weights: dict[str, _Weights] = defaultdict(_Weights)
    for draft in drafts:
        types = weights[_form(text[draft.start : draft.end])]
        types[draft.entity_type] += draft.score
        if draft.entity_type in ("PERSON", "ORG", "GPE", "LOC"):
            types.add(_context(text, draft))
    # a family name stands last, or first where names are written so; the given name stands alone rarely
    surnames = {
        part for form, types in weights.items() if " " in form and _heaviest(types) == "PERSON" for part in _ends(form)
    }
    out = []
    for draft in drafts:
        surface = text[draft.start : draft.end]
        form = _form(surface)
        best = _heaviest(weights[form])
        known = gazetteer.lookup(surface)
        if form in surnames and (known is None or known.certainty != CERTAIN):
            best = "PERSON"
        out.append(replace(draft, entity_type=best))
    return out


def _ends(form: str) -> tuple[str, str]:
    parts = form.split()
    return parts[0], parts[-1]


def _context(text: str, draft: Draft) -> dict[str, float]:
    """What the words around a name say of its type: one is in a place, and only people are Mr and Mrs."""
    before = text[max(0, draft.start - 16) : draft.start]
    if draft.entity_type == "PERSON" and re.search(r"\b[Ii]n $", before):
        return {"GPE": 3.0}
    if draft.entity_type != "PERSON" and re.search(r"\b(?:Mr|Mrs|Ms|Dr)\.? $", before):
        return {"PERSON": 3.0}
    return {}


def _heaviest(types: _Weights) -> str:
    return min(types, key=lambda kind: (-types[kind], kind))


def _with_small_surnames(text: str, drafts: list[Draft]) -> list[Draft]:
    """`Armend mehaj` where the text has `Mehaj` elsewhere: a given name takes in the surname that lost its capital."""
    surnames = {text[d.start : d.end] for d in drafts if d.entity_type == "PERSON"}
    out = []
    for draft in drafts:
        follows = re.compile(r" ([^\W\d_]{3,})\b").match(text, draft.end)
        lone = draft.entity_type == "PERSON" and " " not in text[draft.start : draft.end]
        if lone and follows and follows.group(1).islower() and follows.group(1).capitalize() in surnames:
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
    def of(cls, text: str, drafts: Iterable[Draft], words: Iterable[re.Match[str]]) -> "_Memory":
        """The forms of drafts, and the surnames of persons."""
        forms: dict[tuple[str, ...], tuple[str, float]] = {}
        for draft in drafts:
            parts = tuple(POSSESSIVE.sub("", w) for w in WORD.findall(text[draft.start : draft.end]))
            keys = [parts] if parts else []
            if draft.entity_type == "PERSON" and len(parts) > 1 and len(parts[-1]) > 2 and parts[-1][:1].isupper():
                keys.append(parts[-1:])
            for key in keys:
                if key not in forms or draft.score > forms[key][1]:
                    forms[key] = (draft.entity_type, draft.score)
        return cls(forms, frozenset(w.group() for w in words if w.group().islower()))


def _with_repetitions(text: str, drafts: list[Draft], words: list[re.Match[str]], gazetteer: Gazetteer) -> list[Draft]:
    """Other places of the same text with a name that was recognised: the full form, or a person's surname."""
    memory = _Memory.of(text, drafts, words)
    sizes: dict[str, int] = {}
    for form in memory.forms:
        sizes[form[0]] = max(sizes.get(form[0], 0), len(form))
    taken = _Taken(text, drafts)
    parts = [POSSESSIVE.sub("", w.group()) for w in words]
    out = list(drafts)
    at = 0
    while at < len(words):
        size = min(sizes.get(parts[at], 0), len(words) - at)
        while size and tuple(parts[at : at + size]) not in memory.forms:
            size -= 1
        if size:
            kind, score = memory.forms[tuple(parts[at : at + size])]
            start, end = words[at].start(), words[at + size - 1].start() + len(parts[at + size - 1])
            found = Draft(start, end, kind, score * 0.9)
            if not taken.touches(start, end) and _repeats(text, found, memory, gazetteer):
                out.append(found)
        at += max(size, 1)
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


def _with_heads(text: str, drafts: list[Draft], words: list[re.Match[str]], gazetteer: Gazetteer) -> list[Draft]:
    """`the Alliance`, `the Commission`: the capitalised last word of an organisation that the text names."""
    heads: set[str] = set()
    for draft in drafts:
        if draft.entity_type == "ORG":
            surface = text[draft.start : draft.end]
            heads.update(gazetteer.heads(surface))
            parts = WORD.findall(surface)
            if len(parts) > 1:
                heads.add(parts[-1])
    heads = {h for h in heads if h in HEAD_NOUNS}
    out = list(drafts)
    taken = _Taken(text, drafts)
    for word in words:
        bare = POSSESSIVE.sub("", word.group())
        if bare in heads and re.search(r"\b[Tt]he $", text[max(0, word.start() - 4) : word.start()]):
            start, end = word.start(), word.start() + len(bare)
            followed = re.match(r" (?:[A-Z]|of\b|for\b)", text[end : end + 5])
            if not followed and not taken.touches(start, end):
                out.append(Draft(start, end, "ORG", 0.7))
    return out


_HEAD_NOUNS_WORDS = (
    "Alliance Union Commission Council Committee Court Bank Fund Agency Organization Organisation Assembly "
    "Parliament Ministry Department Senate Congress Party Movement Front League Federation Association "
    "Institute University Foundation Authority Board Bureau Tribunal Forum Community Treaty Academy Society "
    "Company Corporation Group"
)
HEAD_NOUNS = frozenset(_HEAD_NOUNS_WORDS.split())


def _not_overlapping(text: str, drafts: list[Draft]) -> list[Draft]:
    """The longest spans, then the best seen ones, in order of the text."""
    out: list[Draft] = []
    taken = _Taken(text)
    for draft in sorted(set(drafts), key=lambda d: (-(d.end - d.start), -d.score, d.start, d.entity_type)):
        if not taken.touches(draft.start, draft.end):
            taken.take(draft.start, draft.end)
            out.append(draft)
    return sorted(out, key=lambda d: d.start)
