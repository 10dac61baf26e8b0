"""Which cue owns each word of a text: one Viterbi path.

The states are "no content" and the cues nearby, and a change of state costs a constant (a Potts chain), so that a
stray word neither splits a content nor starts one.
"""

import numpy as np

from flows.extract.attribution.thresholds import THRESHOLDS


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
    places, numbers, worth = _worth_a_change(emissions, bounds, change)
    tops: list[int] = []
    since: list[int] = []  # where the best path to the best state of each word came into that state
    scores: dict[int, float] = {}
    entered: dict[int, int] = {}
    changed = 0.0  # what a path to the next word has that changes its state before it
    following = 0
    at = 0
    while at < size:
        if len(scores) == 1 and places[following] != at:  # nothing but "none" up to the next cue
            until = places[following] if places[following] > at else size
            tops += [none] * (until - at)
            since += [entered[none]] * (until - at)
            at = until
            continue
        here = {none: 0.0}
        while places[following] == at:
            here[numbers[following]] = worth[following]
            following += 1
        for number, score in scores.items():
            if score >= changed and number not in here and at < bounds[number][1]:
                here[number] = float(emissions[number][at - bounds[number][0]])
        best, top = -np.inf, none
        for number, gain in here.items():
            score = scores.get(number, -np.inf)
            if score < changed:
                score, entered[number] = changed, at
            here[number] = score = score + gain
            if score > best or (score == best and number < top):
                best, top = score, number
        tops.append(top)
        since.append(entered[top])
        scores, changed = here, best - change
        at += 1
    return _walked_back(tops, since, none)


def _walked_back(tops: list[int], since: list[int], none: int) -> np.ndarray:
    """The states of the best path, -1 for `none`: from the best state of the last word to where it was entered, and so
    on.
    """
    owners = np.full(len(tops), -1, np.int64)
    end = len(tops)
    while end:
        start = since[end - 1]
        if tops[end - 1] != none:
            owners[start:end] = tops[end - 1]
        end = start
    return owners


def _worth_a_change(
    emissions: list[np.ndarray], bounds: list[tuple[int, int]], change: float
) -> tuple[list[int], list[int], list[float]]:
    """The words at which a cue may be worth a change to it, in order: word, cue and score; then a word of no text."""
    found = [np.flatnonzero(emission >= -change - THRESHOLDS.viterbi_slack) for emission in emissions]
    places = np.concatenate([np.zeros(0, np.int64), *(at + low for at, (low, _) in zip(found, bounds, strict=True))])
    numbers = np.repeat(np.arange(len(bounds)), [len(at) for at in found])
    worth = np.concatenate([np.zeros(0), *(emission[at] for emission, at in zip(emissions, found, strict=True))])
    order = np.argsort(places, kind="stable")
    return [*places[order].tolist(), -1], numbers[order].tolist(), worth[order].tolist()
