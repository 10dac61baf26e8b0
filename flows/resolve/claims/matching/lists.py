"""Lists that two statements give of one kind: `Kenya, Uganda and Rwanda`, `Kenya, Uganda and Burundi`.

Two lists are two claims where they differ. A list that only leaves out what another has contradicts nobody: both may
be of some. Of as many, two or more of them the same, each has what the other lacks.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from flows.resolve.claims.matching.proposition import Proposition

LISTED = r"\w, [^,.;:]{1,40},? and \w"
"""What a list looks like, for a column of statements: it may be one."""
_ITEM = r"[\w’'-]{1,30}(?: [\w’'-]{1,30}){0,3}"
_NAME = r"[A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30}){0,3}"
_LIST = re.compile(rf"(?<![\w’'-])(?:{_ITEM}, ){{1,8}}{_ITEM},? and (?:{_NAME}|[\w’'-]{{1,30}})")
_NAMES = re.compile(rf"(?<![\w’'-])(?:{_NAME}, ){{0,8}}{_NAME},? and {_NAME}")
_BETWEEN = re.compile(r",? and |, ")


def lists_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether both list names, some of them the same, and one of them three or more."""
    if " and " not in a.statement or " and " not in b.statement:
        return False
    return any(
        mine & yours and mine != yours and max(len(mine), len(yours)) > 2
        for mine in _names(a.statement)
        for yours in _names(b.statement)
    )


def differing_lists(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield the words of lists of one length that have some things in common, and each something else."""
    for ours, mine in _lists(one):
        for theirs, yours in _lists(other):
            if len(mine) == len(yours) and len(mine & yours) > 1 and mine != yours:
                yield ours, theirs


@lru_cache(maxsize=1 << 14)
def _lists(statement: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The lists of a statement: their words, and the last word of each thing; what opens the first is not known."""
    found = []
    for place in _LIST.finditer(statement):
        items = frozenset(item.split()[-1].casefold() for item in _BETWEEN.split(place[0]))
        first = _BETWEEN.split(place[0], maxsplit=1)[0]
        found.append((place[0][len(first) - len(first.split()[-1]) :], items))
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def _names(statement: str) -> tuple[frozenset[str], ...]:
    """The names of each list of names."""
    return tuple(frozenset(_BETWEEN.split(place[0])) for place in _NAMES.finditer(statement))
