"""The wording of a statement as features: which words it has, how it opens and ends, and what stands beside it.

A pronoun that nothing was put in brackets for, a bare evaluation or a cut end shows in these. Words are in small
letters; a capital within the statement is a name (`Name`), a number is `0`, and words in brackets are one `[`. Those
that have a weight are rows of `seeds/models/statement_quality.csv`; a wording that has none adds nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from flows.extract.claims.thresholds import THRESHOLDS

_WORD = re.compile(r"[\[\]]|\w+(?:['’]\w+)?|[^\w\s]")
_FIRST, _LAST = 4, 3
"""Words at the start and at the end whose place counts."""


def wording(statement: str) -> list[str]:
    """Return the words of a statement as its features name them."""
    found: list[str] = []
    inside = False
    for written in _WORD.findall(statement):
        if written in "[]":
            inside = written == "["
            found += ["["] if inside else []
        elif not inside:
            found.append(_named(written, opens=not found))
    return found


def _named(word: str, *, opens: bool) -> str:
    if word[0].isdigit():
        return "0"
    return "Name" if word[0].isupper() and not opens and word != "I" else word.lower()


def wording_features(statement: str, voice: str, source: str, cue: str, before: str, after: str) -> Iterator[str]:
    """Yield the names of the features that a statement has, each once.

    source, cue: the words that were found for them, empty where there are none; before, after: the words beside the row
    in its sentence, empty at its edges.
    """
    words = wording(statement)
    yield from (f"has {word}" for word in dict.fromkeys(words))
    yield from (f"pair {one} {two}" for one, two in dict.fromkeys(pairwise(words)))
    yield from (f"word {place} is {word}" for place, word in enumerate(words[:_FIRST], 1))
    yield from (f"last but {place} is {word}" for place, word in enumerate(reversed(words[-_LAST:])))
    yield from _openings(words, voice)
    yield f"source {source.lower()}"
    yield f"cue {cue.lower()}"
    yield f"before {before.lower()}"
    yield f"after {after.lower()}"
    yield f"words {min(THRESHOLDS.length_steps, len(words) // 3)}"
    yield f"brackets {min(THRESHOLDS.brackets, words.count('['))}"


def _openings(words: Sequence[str], voice: str) -> Iterator[str]:
    yield from dict.fromkeys(f"opens {' '.join(words[:count])}" for count in (2, 3))
    yield f"{voice} {words[0] if words else ''}"
