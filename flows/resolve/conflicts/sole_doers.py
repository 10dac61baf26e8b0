"""Who or what did what only one can have done: won the vote, wrote the hymn, caused the fire.

Two states may refuse one thing, but a vote has one winner and a fire, as it is told, one cause. The deed is told from
its subject (`A won the vote`), in the passive (`the vote was won by A`) or by its cause (`A was to blame for it`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from flows.lexicons import one_of, word_list
from flows.lexicons.stems import telling_stems
from flows.resolve.claims.matching.proposition import Proposition, dice
from flows.resolve.claims.matching.verb_forms import verb
from flows.resolve.conflicts.thresholds import THRESHOLDS

TELLS_OF_A_DEED = rf"\b(?:{one_of(word_list('done_by_one'))}|to blame for|blamed on|due to|result of|cause of)\b"
"""What may tell of such a deed, for a column of statements."""
_BE = r"(?:was|were|is|are|has been|have been|had been) "
_PASSIVE = re.compile(rf"\b{_BE}(?P<verb>{one_of(word_list('done_by_one'))}) by ")
_ACTIVE = re.compile(rf"\b(?:has |have |had )?(?P<verb>{one_of(word_list('done_by_one'))}) ")
_TO_BLAME = re.compile(rf"\b{_BE}(?:to blame for|the cause of) ")
_DUE_TO = re.compile(rf"\b{_BE}(?:due to|the result of|blamed on) ")
_CAUSE = verb("cause")


class Deed(NamedTuple):
    """A deed: its verb, who did it in the words of the statement, and the content of the rest."""

    verb: str
    doer: str
    rest: frozenset[str]


def differing_doers(a: Proposition, b: Proposition) -> tuple[str, str] | None:
    """Return who did it by one and by the other, where the same was done and the two have little in common."""
    ours, theirs = _deed(a.statement), _deed(b.statement)
    if ours is None or theirs is None or ours.verb != theirs.verb:
        return None
    one, other = telling_stems(ours.doer), telling_stems(theirs.doer)
    apart = bool(one) and bool(other) and dice(one, other) < THRESHOLDS.one_deed
    return (ours.doer, theirs.doer) if apart and dice(ours.rest, theirs.rest) >= THRESHOLDS.one_deed else None


@lru_cache(maxsize=THRESHOLDS.remembered_statements)
def _deed(statement: str) -> Deed | None:
    for pattern, doer_behind in ((_PASSIVE, True), (_DUE_TO, True), (_TO_BLAME, False), (_ACTIVE, False)):
        found = pattern.search(statement)
        if found is not None:
            before, behind = statement[: found.start()].strip(), statement[found.end() :].strip(" .")
            doer, rest = (behind, before) if doer_behind else (before, behind)
            done = verb(found["verb"]) if "verb" in pattern.groupindex else _CAUSE
            return Deed(done, doer, telling_stems(rest)) if doer and "[" not in doer else None
    return None
