"""Wherefore and why: the same done for two reasons is told of as two things.

`It hired divers to inspect the foundations` and `it hired divers to look for the motor` agree up to the purpose.
"""

import re
from functools import lru_cache

from flows.lexicons.stems import telling_stems
from flows.resolve.claims.matching.proposition import Proposition

_MARKED = re.compile(r" (?:because of|because|due to|owing to|in order to|so that|to) (?=[a-z])")


def purposes_differ(a: Proposition, b: Proposition) -> bool:
    """Tell whether two known speakers tell the same up to its purpose or cause, and nothing of that in common."""
    if not (a.speakers and b.speakers) or not set(a.speakers).isdisjoint(b.speakers):
        return False
    ours, theirs = _parted(a.said), _parted(b.said)
    if ours is None or theirs is None or ours[0] != theirs[0]:
        return False
    (_, head, why), (_, other, reason) = ours, theirs
    shared = head & other
    much = 2 * len(shared) > max(len(head), len(other)) or shared in (head, other)
    return len(shared) > 1 and much and bool(why) and bool(reason) and why.isdisjoint(reason)


@lru_cache(maxsize=1 << 13)
def _parted(said: str) -> tuple[str, frozenset[str], frozenset[str]] | None:
    """What joins a purpose or cause to a statement, and the content before it and behind it."""
    found = _MARKED.search(said)
    return (found[0], telling_stems(said[: found.start()]), telling_stems(said[found.end() :])) if found else None
