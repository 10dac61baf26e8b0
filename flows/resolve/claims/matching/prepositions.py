"""Whereto and wherefrom, until when and from when: prepositions that turn a statement round.

`It moved its office to Norby` and `it moved its office from Norby` have one bag of words, and to a model that weighs
words a preposition is next to nothing.
"""

import re
from functools import lru_cache

from flows.lexicons import LEXICONS, one_of, rows
from flows.lexicons.stems import stem
from flows.resolve.claims.matching.proposition import Proposition


def prepositions_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether a word of both stands behind a preposition in one and behind an opposed one in the other."""
    if a.said == b.said:
        return False
    ours, theirs = _governed(a.said), _governed(b.said)
    for word, before in ours.items():
        others = theirs.get(word, before)
        if before.isdisjoint(others) and any(others & _opposed()[one] for one in before):
            return True
    return False


@lru_cache(maxsize=1 << 13)
def _governed(said: str) -> dict[str, frozenset[str]]:
    """The prepositions that a word stands behind, by its stem: `from the Friday`."""
    found: dict[str, set[str]] = {}
    for place in _before_a_word().finditer(said):
        found.setdefault(stem(place["word"]) or place["word"], set()).add(place["before"])
    return {word: frozenset(before) for word, before in found.items()}


@lru_cache(maxsize=1)
def _before_a_word() -> re.Pattern[str]:
    """A preposition that has an opposed one, and the word behind it and behind whatever determines that."""
    return re.compile(
        rf"\b(?P<before>{one_of(_opposed())})(?= (?:(?:the|an?|its|his|her|their|our|my) )?(?P<word>[^\W_]+))"
    )


@lru_cache(maxsize=1)
def _opposed() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "opposed_prepositions", ("word", "opposite")):
        found.setdefault(row["word"], set()).add(row["opposite"])
        found.setdefault(row["opposite"], set()).add(row["word"])
    return {word: frozenset(others) for word, others in found.items()}
