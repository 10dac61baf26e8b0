"""Which cue owns each word of a text: one Viterbi path.

The states are "no content" and the cues nearby, and a change of state costs a constant (a Potts chain), so that a
stray word neither splits a content nor starts one.
"""

import numpy as np

BLOCK_WORDS = 128
"""Words that the chain of `assign` holds at a time."""


def assign(emissions: list[np.ndarray], bounds: list[tuple[int, int]], size: int, change: float) -> np.ndarray:
    """The cue that owns each word, or -1: the best path of a Potts chain.

    emissions: for each cue the score of every word in its reach. bounds: its reach, first word and one past the last.
    size: words of the text. change: what it costs to go from one state to another. A word's states are "none"
    (score 0) and the cues whose reach covers it.
    """
    count = len(bounds)
    lows, highs = (np.array([bound[side] for bound in bounds], np.int64) for side in (0, 1))
    tops = [count] * size  # the best state of the word before
    blocks: list[tuple[dict[int, int], bytes]] = []
    best = dict.fromkeys(range(count + 1), 0.0)  # the score of every state at the last word; those left out have none
    score, top = -np.inf, count  # before the first word there is nothing to change from
    # only cues that reach into a block have a column there, so that a long text costs what its length does
    for begin in range(0, size, BLOCK_WORDS):
        end = min(begin + BLOCK_WORDS, size)
        states = [*np.flatnonzero((lows < end) & (highs > begin)).tolist(), count]
        table = np.full((end - begin, len(states)), -np.inf)
        table[:, -1] = 0.0
        for place, number in enumerate(states[:-1]):
            (first, past), emission = bounds[number], emissions[number]
            low, high = max(first, begin), min(past, end)
            table[low - begin : high - begin, place] = emission[low - first : high - first]
        here = [best.get(state, -np.inf) for state in states]
        before, changes = [], []
        # a handful of states a word: lists are faster here than arrays
        for at, gains in enumerate(table.tolist(), begin):
            tops[at] = top
            changed = score - change
            before.append(here)
            changes.append(changed)
            here = [(stays if stays >= changed else changed) + gain for stays, gain in zip(here, gains, strict=True)]
            score = max(here)
            top = states[here.index(score)]
        best = dict(zip(states, here, strict=True))
        # whether the best way to a state comes from the same state, or from the best one of the word before
        stays = np.array(before) >= np.array(changes)[:, None]
        blocks.append(({number: place for place, number in enumerate(states)}, stays.tobytes()))
    owners = np.empty(size, np.int64)
    state = top
    for at in range(size - 1, -1, -1):
        owners[at] = state
        columns, stays_flat = blocks[at // BLOCK_WORDS]
        if at and not stays_flat[at % BLOCK_WORDS * len(columns) + columns[state]]:
            state = tops[at]
    owners[owners == count] = -1
    return owners
