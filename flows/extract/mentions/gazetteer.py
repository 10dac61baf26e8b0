"""Names that are known before any text is read: states, capitals, regions, bodies, cities, US states.

States, bodies, regions and cities are tables (`seeds/lexicons`). A gazetteer
answers two questions: which places of a text are known names, and what type a name has that somebody else found.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from flows import lexicons
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.lexicons.places import cities, us_states

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word of running text; an apostrophe inside belongs to it, so that `Côte d'Ivoire` has two."""

POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


def without_possessive(word: str) -> str:
    """Return a WORD without its possessive ending; it cannot end in an apostrophe."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


CERTAIN = "certain"
LIKELY = "likely"


@dataclass(frozen=True)
class KnownName:
    """A known name: its type, the name that it is best known by, and how certain the surface alone is.

    `certain` names are found wherever they stand; `likely` ones (cities, names that are also given names or
    words) only settle the type of a span that was found otherwise, or count after a preposition of place.
    """

    entity_type: str
    name: str
    certainty: str


@dataclass(frozen=True)
class RunningWords:
    """The words of a text in which names are looked for: their ranges, their characters, and these without `'s`."""

    spans: list[tuple[int, int]]
    surfaces: list[str]
    plain: list[str]

    @classmethod
    def of(cls, text: str) -> "RunningWords":
        """Cut a text into its words."""
        spans = [match.span() for match in WORD.finditer(text)]
        surfaces = [text[start:end] for start, end in spans]
        # most words are letters alone: no need to ask what they end in
        return cls(spans, surfaces, [word if word.isalnum() else without_possessive(word) for word in surfaces])

    def __len__(self) -> int:
        return len(self.spans)

    def span(self, at: int, size: int) -> tuple[int, int]:
        """Return the range of `size` words from a place on, a possessive ending left out."""
        last = at + size - 1
        return self.spans[at][0], self.spans[last][0] + len(self.plain[last])


@dataclass(frozen=True)
class GazetteerMatch:
    """A known name in a text: `text[start:end]`."""

    start: int
    end: int
    known: KnownName

    def of(self, text: str) -> str:
        """Return the characters of the match."""
        return text[self.start : self.end]


# Names of states, cities and bodies that are also common given names, surnames or words.
AMBIGUOUS = lexicons.word_list("ambiguous_names")

# Upper-case words that are words first; found only with a capitalised neighbourhood, never in a headline.
_NEVER_ALONE = lexicons.word_list("never_alone")


class Gazetteer:
    """Known names by their words. Matching is exact in case and prefers the longest name."""

    def __init__(self, entries: dict[tuple[str, ...], KnownName]) -> None:
        self._entries = entries
        self._longest: dict[str, int] = {}
        for words in entries:
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
        heads: dict[str, set[str]] = {}
        for words, known in entries.items():
            if len(words) > 1:
                heads.setdefault(known.name, set()).add(words[-1])
        self._heads = {name: frozenset(found) for name, found in heads.items()}

    def lookup(self, surface: str) -> KnownName | None:
        """Look a surface up, a leading `the` and a trailing possessive aside; None where it is not known."""
        return self._entries.get(key(surface))

    def find(self, text: str, words: RunningWords) -> list[GazetteerMatch]:
        """Find the known names in a text, the longest at each place, in order, not overlapping."""
        matches: list[GazetteerMatch] = []
        free = 0
        for at, word in enumerate(words.plain):
            if at < free or word not in self._longest:
                continue
            size = min(self._longest[word], len(words) - at)
            while size and not self._matches(text, words, at, size):
                size -= 1
            if size:
                matches.append(GazetteerMatch(*words.span(at, size), self._entries[tuple(words.plain[at : at + size])]))
                free = at + size
        return matches

    def heads(self, surface: str) -> frozenset[str]:
        """Return the last words of the long forms of a known name: `Organization` and `Alliance` for NATO."""
        known = self.lookup(surface)
        return self._heads.get(known.name, frozenset()) if known else frozenset()

    def _matches(self, text: str, words: RunningWords, at: int, size: int) -> bool:
        if tuple(words.plain[at : at + size]) not in self._entries:
            return False
        # inside one name words are joined by one space, a hyphen, a stop of an abbreviation or a slash
        inner = range(at, at + size - 1)
        gaps = (text[words.spans[i][1] : words.spans[i + 1][0]] for i in inner)
        possessive_inside = any(words.plain[i] != words.surfaces[i] for i in inner)
        return not possessive_inside and all(gap in (" ", "-", ".", ". ", "/", ", ", "–", " - ", " & ") for gap in gaps)


@lru_cache(maxsize=1 << 12)  # an article looks its names up again and again
def key(surface: str) -> tuple[str, ...]:
    """Return the words of a name as the gazetteer holds them."""
    words = [without_possessive(w) for w in WORD.findall(surface)]
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return tuple(words)


def _certainty(name: str) -> str:
    return LIKELY if name in AMBIGUOUS else CERTAIN


def _add(entries: dict[tuple[str, ...], KnownName], surface: str, known: KnownName) -> None:
    words = key(surface)
    if words:
        entries.setdefault(words, known)


@cache
def load_gazetteer() -> Gazetteer:
    """Load the shipped tables, once a process. Earlier entries win: states, then bodies, regions, capitals, cities."""
    entries: dict[tuple[str, ...], KnownName] = {}
    for state in lexicons.states():
        for name in (state.name, *state.aliases):
            _add(entries, name, KnownName("GPE", state.name, _certainty(name)))
        for name in state.adjectives:
            _add(entries, name, KnownName("NORP", name, _certainty(name)))
    for body in lexicons.bodies():
        for name in (body.name, *body.acronyms, *body.aliases):
            _add(entries, name, KnownName(body.entity_type, body.name, _certainty(name)))
    for metonym in lexicons.metonyms():
        for name in (metonym.name, *metonym.aliases):
            _add(entries, name, KnownName(metonym.entity_type, metonym.name, CERTAIN))
    for region in lexicons.regions():
        for name in (region.name, *region.aliases):
            _add(entries, name, KnownName(region.entity_type, region.name, _certainty(name)))
    for state in lexicons.states():
        if state.capital:
            for name in (state.capital, *state.capital_aliases):
                _add(entries, name, KnownName("GPE", state.capital, _certainty(name)))
    _add_cities(entries)
    return Gazetteer(entries)


def _add_cities(entries: dict[tuple[str, ...], KnownName]) -> None:
    for name in us_states():
        _add(entries, name, KnownName("GPE", name, _certainty(name)))
    for city in cities(THRESHOLDS.city_population):
        _add(entries, city.name, KnownName("GPE", city.name, LIKELY))


def never_alone(surface: str) -> bool:
    """Return whether a surface is a word first, so that finding it says nothing."""
    return surface in _NEVER_ALONE
