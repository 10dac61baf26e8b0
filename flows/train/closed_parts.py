"""Which part of a corpus is trained on, which is used to choose, and which is scored once at the end.

Groups of pairs (an event, a sentence, a question) fall into a part by a hash of their name, events so that every source
has its share in each.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

CLOSED, TUNE = 0.22, 0.12
"""Shares of each corpus: scored once at the end, and used to choose between trainings."""


def share(key: str) -> float:
    """Return a number in [0, 1) that depends on nothing but the key."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:12], 16) / 16**12


def part_of(key: str) -> str:
    """Return the part that a group of pairs belongs to."""
    at = share(key)
    return "closed" if at < CLOSED else "tune" if at < CLOSED + TUNE else "train"


def read_lines(path: Path) -> Iterator[dict]:
    """Yield the rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def events_by_part(events: Iterable[str]) -> dict[str, str]:
    """Parts of the events, so that each source of events has its share in each."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for event in sorted(set(events), key=share):
        by_source[event.split("-")[0]].append(event)
    parts = {}
    for found in by_source.values():
        closed, tune = round(len(found) * CLOSED), round(len(found) * TUNE)
        for place, event in enumerate(found):
            parts[event] = "closed" if place < closed else "tune" if place < closed + tune else "train"
    return parts
