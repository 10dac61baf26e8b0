"""The wording of a statement as features: which words it has, how it opens and ends, and what stands beside it.

A pronoun that nothing was put in brackets for, a bare evaluation or a cut end shows in these. Words are in small
letters; a capital within the statement is a name (`Name`), a number is `0`, and words in brackets are one `[`. Those
that have a weight are rows of `seeds/models/statement_quality.csv`; a wording that has none adds nothing.
"""

import re
from itertools import pairwise

from flows.extract.claims.thresholds import THRESHOLDS

_WORD = re.compile(r"[\[\]]|\w+(?:['’]\w+)?|[^\w\s]")
_BRACKETS = frozenset("[]")
_FIRST, _LAST = 4, 3
"""Words at the start and at the end whose place counts."""


def wording(statement: str) -> list[str]:
    """Return the words of a statement as its features name them."""
    found: list[str] = []
    inside = False
    for written in _WORD.findall(statement):
        if written in _BRACKETS:
            inside = written == "["
            found += ["["] if inside else []
        elif inside:
            continue
        elif written[0].isdigit():
            found.append("0")
        else:
            found.append("Name" if written[0].isupper() and found and written != "I" else written.lower())
    return found


def wording_features(statement: str, voice: str, source: str, cue: str, before: str, after: str) -> list[str]:
    """Return the names of the features that a statement has, each once.

    source, cue: the words that were found for them, empty where there are none; before, after: the words beside the row
    in its sentence, empty at its edges.
    """
    words = wording(statement)
    return [
        *[f"has {word}" for word in dict.fromkeys(words)],
        *[f"pair {one} {two}" for one, two in dict.fromkeys(pairwise(words))],
        *[f"word {place} is {word}" for place, word in enumerate(words[:_FIRST], 1)],
        *[f"last but {place} is {word}" for place, word in enumerate(reversed(words[-_LAST:]))],
        *dict.fromkeys(f"opens {' '.join(words[:count])}" for count in (2, 3)),
        f"{voice} {words[0] if words else ''}",
        f"source {source.lower()}",
        f"cue {cue.lower()}",
        f"before {before.lower()}",
        f"after {after.lower()}",
        f"words {min(THRESHOLDS.length_steps, len(words) // 3)}",
        f"brackets {min(THRESHOLDS.brackets, words.count('['))}",
    ]
