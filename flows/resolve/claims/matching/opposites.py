"""Words that are opposites of each other, by their stems (`seeds/lexicons/antonyms.csv`) or by their form."""

import itertools
import re
from collections.abc import Iterable, Set
from functools import lru_cache

from flows.lexicons import LEXICONS, rows
from flows.lexicons.stems import inflected_stems
from flows.resolve.claims.thresholds import THRESHOLDS

_QUALITY = re.compile(r"(?:able|ible|al|ent|ant|ate|ite|ect|act|ar|ure|ive|ic|ency|ity)$")
"""How adjectives and nouns of quality end that `in-` denies: not `form`, `side`, `vest`."""
_OF_QUALITY = ("in", "im", "il", "ir")
_BEGINNINGS = (("over", "under"), ("under", "over"), ("pre", "post"), ("post", "pre"), ("pro", "anti"), ("anti", "pro"))
_PERSON = re.compile(r"\b(?P<root>[a-z]{4,})(?P<end>er|or|ee)(?P<several>s?)")


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Return the stems that are opposite to each stem that has opposites; each is among those of its own."""
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "antonyms", ("word", "opposite")):
        ones, others = inflected_stems(row["word"]), inflected_stems(row["opposite"])
        for one, other in itertools.product(sorted(ones - others), sorted(others - ones)):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def opposites_by_form(ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, str] | None:
    """Return a word of ours and one of theirs that are opposites by their form.

    `legal` and `illegal`, `aware` and `unaware`; `overpaid` and `underpaid`; `employer` and `employee`.
    """
    known = set(theirs)
    for one in sorted(ours) if known else ():
        found = next((other for other in _opposed_forms(one) if other in known), None)
        if found is not None:
            return one, found
    return None


def with_opposed_form(words: Iterable[str]) -> frozenset[str]:
    """Return the words that begin or end as one of any two does that `opposites_by_form` finds."""
    return frozenset(filter(_has_opposed_form, words))


@lru_cache(maxsize=1 << 15)
def _has_opposed_form(word: str) -> bool:
    beginnings = ("un", "non", *_OF_QUALITY, *(one for one, _ in _BEGINNINGS))
    formed = word.startswith(beginnings) or word.endswith(("ee", "ees"))
    return formed and len(word) >= THRESHOLDS.letters_of_opposite


def may_deny_by_form(word: str, others: Set[str]) -> bool:
    """Tell whether any of several words may be one that denies a word by its form, or is denied by it."""
    return word.startswith(("un", "non", *_OF_QUALITY)) or not others.isdisjoint(_denying(word))


def denied_by_form(one: str, other: str) -> bool:
    """Tell whether one of two words denies the other by what stands before it: legal, illegal."""
    return one in _denying(other) or other in _denying(one)


@lru_cache(maxsize=1 << 15)
def _opposed_forms(word: str) -> tuple[str, ...]:
    """What would be the opposite of a word by its form."""
    found = [*_denying(word)]
    found += [word.removeprefix(before) for before in ("un", "non") if word.startswith(before)]
    found += [word[2:]] if word[:2] in _OF_QUALITY and _QUALITY.search(word) else []
    found += [other + word.removeprefix(one) for one, other in _BEGINNINGS if word.startswith(one)]
    person = _PERSON.fullmatch(word)
    if person:
        ends = ("er", "or") if person["end"] == "ee" else ("ee",)
        found += [f"{person['root']}{end}{person['several']}" for end in ends]
    return tuple(other for other in found if min(len(word), len(other)) >= THRESHOLDS.letters_of_opposite)


@lru_cache(maxsize=1 << 15)
def _denying(word: str) -> tuple[str, ...]:
    """The forms that would deny a word."""
    before = ("un", "non", *_OF_QUALITY) if _QUALITY.search(word) else ("un", "non")
    return tuple(f"{prefix}{word}" for prefix in before) if len(word) >= THRESHOLDS.letters_of_opposite else ()
