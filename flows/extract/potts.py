"""Which cue owns each word of a text: one Viterbi path.

The states are "no content" and the cues nearby, and a change of state costs a constant (a Potts chain), so that a
stray word neither splits a content nor starts one.
"""

import numpy as np

SLACK = 1e-6
"""Added to what a change costs where a state is left out for it: rounding then decides nothing."""


def assign(emissions: list[np.ndarray], bounds: list[tuple[int, int]], size: int, change: float) -> np.ndarray:
    """The cue that owns each word, or -1: the best path of a Potts chain.

    emissions: for each cue the score of every word in its reach. bounds: its reach, first word and one past the last.
    size: words of the text. change: what it costs to go from one state to another. A word's states are "none"
    (score 0) and the cues whose reach covers it.

    At most words only a state or two can be on the best path. A path may change from the best state to any other, so
    a state that is worse than the best one by more than a change is as good as forgotten, and it stays so at a word
    that costs it more than a change (the best state never loses more than that).
    """
    none = len(bounds)
    gains = [emission.astype(np.float64).tolist() for emission in emissions]
    near = _worth_a_change(emissions, bounds, size, change)
    tops: list[int] = []
    kept: list[dict[int, float]] = []  # after each word, the states that are no worse than a change, with their scores
    alive: dict[int, float] = {}
    changed = 0.0  # what a path to the next word has that changes its state before it
    for at in range(size):
        here = {none: alive.get(none, changed)}
        for number in near[at]:
            here[number] = alive.get(number, changed) + gains[number][at - bounds[number][0]]
        for number, score in alive.items():
            if number not in here and at < bounds[number][1]:
                here[number] = score + gains[number][at - bounds[number][0]]
        best = max(here.values())
        tops.append(min(number for number, score in here.items() if score == best))
        changed = best - change
        alive = {number: score for number, score in here.items() if score >= changed}
        kept.append(alive)
    owners = np.full(size, -1, np.int64)
    state = tops[-1] if tops else none
    for at in range(size - 1, -1, -1):
        if state != none:
            owners[at] = state
        if at and state not in kept[at - 1]:
            state = tops[at - 1]
    return owners


def _worth_a_change(
    emissions: list[np.ndarray], bounds: list[tuple[int, int]], size: int, change: float
) -> list[list[int]]:
    """For each word the cues for which it is worth a change, or takes no more than one."""
    near: list[list[int]] = [[] for _ in range(size)]
    for number, ((low, _), emission) in enumerate(zip(bounds, emissions, strict=True)):
        for at in np.flatnonzero(emission >= -change - SLACK).tolist():
            near[low + at].append(number)
    return near
