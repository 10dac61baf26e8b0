"""Statements of invented events, as outlets would word them freely, with what they are to each other.

Edits of one sentence teach which word differs; real conflicts share few words but the actor's, and annotated events
have too few of them to learn from. `seeds/training/invented_events.jsonl` has an event a line:

    {"event", "about", "points": [{"kind", "says": [{"o": outlet, "v": version, "s": statement, "x"?: 1}]}]}

Tellings of a point with one version are one claim; with `x` one says clearly more. Two versions above 0 contradict each
other; version 0 is on the point and neither. Statements of two points are two matters, however alike.
"""

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

from flows.lexicons.paths import asset
from flows.train.claim_pairs.rows.annotated_pairs import (
    CONTRADICTS,
    FIRST_MORE,
    INVENTED,
    OTHER,
    SAME,
    SECOND_MORE,
    Row,
)
from flows.train.closed_parts import events_by_part, read_lines

EVENTS = asset("training/invented_events.jsonl")


def invented_events(path: Path = EVENTS) -> Iterator[Row]:
    """Yield every pair of statements of one event; kinds same, more, vague, `conflict KIND`, other.

    Two that both say more than their version are left out: what they add is not compared.
    """
    events = list(read_lines(path))
    parts = events_by_part(event["event"] for event in events)
    for event in events:
        told = [(number, point, said) for number, point in enumerate(event["points"]) for said in point["says"]]
        for (first, point, a), (second, _, b) in itertools.combinations(told, 2):
            found = ("other", (OTHER,)) if first != second else _of_one_point(point["kind"], a, b)
            if found is not None:
                kind, answers = found
                yield Row(a["s"], b["s"], answers, INVENTED, parts[event["event"]], kind, 1.0, event["event"])


def _of_one_point(kind: str, a: Mapping, b: Mapping) -> tuple[str, tuple[int, ...]] | None:
    if 0 in (a["v"], b["v"]):
        return "vague", (OTHER, FIRST_MORE, SECOND_MORE)
    if a["v"] != b["v"]:
        return f"conflict {kind}", (CONTRADICTS,)
    if a.get("x") and b.get("x"):
        return None
    if a.get("x"):
        return "more", (FIRST_MORE,)
    return ("more", (SECOND_MORE,)) if b.get("x") else ("same", (SAME,))
