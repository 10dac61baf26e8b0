"""Titles before a name, and the nouns that people are called by."""

import re
from dataclasses import dataclass
from functools import cache

from flows import lexicons
from flows.extract.mentions.thresholds import THRESHOLDS

NO_ROLE = frozenset({"kin", "person"})
"""Kinds of words that name a person by whose relative or of which sex, and no office or work."""


@dataclass(frozen=True)
class Role:
    """A noun that people are called by: its kind and gender where it tells.

    kind: office, expert (who speaks on a subject), spokesperson, occupation, accusation (`the suspect`), kin, or person
    (`the man`).
    """

    kind: str
    gender: str


@cache
def roles() -> dict[str, Role]:
    """Return the role nouns, in lower case."""
    kinds = lexicons.column("roles", "noun", "kind")
    genders = lexicons.column("roles", "noun", "gender")
    return {noun: Role(kind, genders[noun]) for noun, kind in kinds.items()}


@cache
def title_words() -> frozenset[str]:
    """Return the words that may stand in a title before a name, in lower case."""
    titles = lexicons.column("honorifics", "word", "gender").keys()
    words = {title for title in titles if " " not in title}
    words |= {w for noun in roles() for w in noun.split() if roles()[noun].kind not in NO_ROLE}
    return frozenset(words | lexicons.word_list("title_words"))


@cache
def _titles_of_two_words() -> frozenset[str]:
    """Titles of two words, which may be names by themselves: `Tan Sri`."""
    return frozenset(title for title in lexicons.column("honorifics", "word", "gender") if title.count(" ") == 1)


_PARTICLES = lexicons.word_list("name_particles")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
OCCUPATIONS_AS_GIVEN_NAMES = lexicons.word_list("occupations_as_given_names")
"""Words for what people do that are given names, too: `Hunter Biden`, `Baker Marta Ilves`."""


def strip_titles(text: str, start: int, end: int) -> int:
    """Return where a person's name starts once titles before it are taken off; at least one word is left."""
    words = list(_WORD.finditer(text, start, end))
    titles = title_words()
    for at, word in enumerate(words[:-1]):
        bare = re.sub(r"['’]s$", "", word.group()).rstrip(".").lower()
        rest = [w.group().rstrip(".").lower() for w in words[at + 1 :]]
        nationality = any(w in titles for w in rest[:-1]) and (
            word.group().endswith(("'s", "’s")) or is_state_adjective(word.group())
        )
        lower = word.group()[:1].islower() and bare.split("-")[0] not in _PARTICLES
        before = words[at - 1].group().lower() if at else ""
        pair = f"{bare} {rest[0]}" in _titles_of_two_words() or f"{before} {bare}" in _titles_of_two_words()
        title = (pair or _is_title(bare)) and not (
            bare in OCCUPATIONS_AS_GIVEN_NAMES and len(rest) < THRESHOLDS.untitled_words
        )
        if not (title or nationality or lower or bare == "of"):
            return word.start()
    return words[-1].start() if words else start


def _is_title(word: str) -> bool:
    """Whether a word is a title: `Winger`, `Left-back`, or parts that are titles: `Then-Mayor`."""
    titles = title_words()
    return word in titles or all(part in titles for part in word.split("-"))


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(a for state in lexicons.states() for a in state.adjectives)


def is_state_adjective(word: str) -> bool:
    """Return whether a word is the adjective of a state (`Estonian`)."""
    return word in _adjectives()
