"""Words that are opposites of each other, by their stems (`seeds/lexicons/antonyms.csv`)."""

import itertools
from functools import lru_cache

from flows.lexicons import LEXICONS, rows
from flows.lexicons.stems import inflected_stems


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
