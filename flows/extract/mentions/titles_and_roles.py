"""Titles before a name and roles beside it: "Kosovo's Prime Minister Albin Kurti", "Ann Lee, a researcher at …"."""

import re
from dataclasses import dataclass
from functools import cache

from flows import lexicons
from flows.extract.mentions.name_span import Ranged
from flows.extract.mentions.thresholds import THRESHOLDS


@dataclass(frozen=True)
class Role:
    """A noun that people are called by: its kind (office, expert, spokesperson, kin) and gender where it tells."""

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
    words = {w for title in lexicons.column("honorifics", "word", "gender") for w in re.split(r"[\s-]+", title)}
    words |= {w for noun in roles() for w in re.split(r"[\s-]+", noun) if roles()[noun].kind != "kin"}
    words |= lexicons.word_list("title_words")
    return frozenset(words)


_PARTICLES = lexicons.word_list("name_particles")
_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?")
_ROLE_AFTER = re.compile(
    r",\s+((?:the|a|an|his|her|its|their|former|ex-|who is|now)?\s?[^,;.!?\n“”\"()]{3,160}?)"
    rf"(?=[,.;!?\n]|\s+(?:{'|'.join(sorted(lexicons.word_list('words_after_a_role')))})\b)"
)
_STOP_BEFORE = re.compile(rf"[.!?;:\n“”\"()]|,\s|\b(?:{'|'.join(sorted(lexicons.word_list('words_before_a_role')))})\s")


def strip_titles(text: str, start: int, end: int) -> int:
    """Return where a person's name starts once titles before it are taken off; at least one word is left."""
    words = list(_WORD.finditer(text, start, end))
    titles = title_words()
    for at, word in enumerate(words[:-1]):
        bare = re.sub(r"['’]s$", "", word.group()).rstrip(".").lower()
        rest = [w.group().rstrip(".").lower() for w in words[at + 1 :]]
        nationality = any(w in titles for w in rest[:-1]) and (
            word.group().endswith(("'s", "’s")) or _is_adjective(word.group())
        )
        lower = word.group()[:1].islower() and bare not in _PARTICLES
        if not (bare in titles or nationality or lower or bare == "of"):
            return word.start()
    return words[-1].start() if words else start


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(a for state in lexicons.states() for a in state.adjectives)


def _is_adjective(word: str) -> bool:
    return word in _adjectives()


def role_before(text: str, start: int) -> str | None:
    """Return the role that stands right before a name, or None."""
    window = text[max(0, start - THRESHOLDS.longest_role) : start]
    if not window or not window.endswith((" ", "\u00a0")):
        return None
    stops = [m.end() for m in _STOP_BEFORE.finditer(window)]
    phrase = window[stops[-1] :] if stops else window
    phrase = re.sub(r"^(?:the|a|an)\s+", "", phrase.strip(), flags=re.IGNORECASE).strip()
    words = [re.sub(r"['’]s$", "", w).lower().strip(".") for w in phrase.split()]
    if not words or len(words) > THRESHOLDS.role_words_before:
        return None
    known = roles()
    named = any(w in known or f"{a} {w}" in known for a, w in zip(["", *words], words, strict=False))
    hyphenated = any(w in known for word in words for w in (word, *word.split("-")))
    return phrase if named or hyphenated else None


def role_after(text: str, end: int) -> str | None:
    """Return the role in apposition after a name (`, a leading researcher at …,`), or None."""
    found = _ROLE_AFTER.match(text, end, end + THRESHOLDS.longest_role + 40)
    if not found:
        return None
    phrase = re.sub(r"^(?:who is\s+|now\s+)?(?:the|a|an|his|her|its|their)\s+", "", found.group(1).strip())
    head = phrase.split(" of ")[0].split(" at ")[0].split(" for ")[0].split(" in ")[0].split(" to ")[0].split(" on ")[0]
    words = [re.sub(r"['’]s$", "", w).lower() for w in re.findall(r"[\w'’-]+", head)]
    known = roles()
    if words and len(words) <= THRESHOLDS.role_words_after and (words[-1] in known or " ".join(words[-2:]) in known):
        return phrase
    return None


def role_beside(text: str, mention: Ranged) -> str | None:
    """Return the role stated before or after a person's name, as the text has it without its article."""
    return role_after(text, mention.end) or role_before(text, mention.start)
