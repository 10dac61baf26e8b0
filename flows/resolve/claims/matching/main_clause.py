"""What a statement says first: its words up to the clause or apposition that adds to it.

`Vell cut 120 jobs, a step that unions had feared` tells, besides, what another outlet leaves out. A model that weighs
all words sees two matters; read up to the comma, both say the same.
"""

import re
from functools import lru_cache

from flows.lexicons import one_of, word_list
from flows.lexicons.stems import tells
from flows.resolve.claims.thresholds import THRESHOLDS

_ADDED = re.compile(
    rf"(?:,|\s[–—-])\s(?:{one_of(word_list('added_behind_comma'))})\b"
    rf"|\s(?:{one_of(word_list('added_without_comma'))})\b"
    r"|\s(?:that (?:has|have|had|was|were|is|are)|as (?:the|he|she|it|they))\b"
)
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1 << 15)
def main_clause(statement: str) -> str:
    """Return the statement up to the first addition before which it says something; itself where nothing is added."""
    said = at = 0
    for addition in _ADDED.finditer(statement):
        said += sum(map(tells, _words(statement, at, addition)))
        at = addition.start()
        if said >= THRESHOLDS.main_clause_words:
            return statement[:at].strip(" ,")
    return statement


def _words(statement: str, start: int, addition: re.Match[str]) -> list[str]:
    return _WORD.findall(statement, start, addition.start())
