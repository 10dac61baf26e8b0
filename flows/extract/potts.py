"""Which cue owns each word of a text: one Viterbi path.

The states are "no content" and the cues nearby, and a change of state costs a constant (a Potts chain), so that a
stray word neither splits a content nor starts one.
"""

import numpy as np

BLOCK_WORDS = 512
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
    blocks: list[tuple[dict[int, int], np.ndarray]] = []
    best, top = np.full(count + 1, -np.inf), count
    # only cues that reach into a block have a column there, so that a long text costs what its length does
    for begin in range(0, size, BLOCK_WORDS):
        end = min(begin + BLOCK_WORDS, size)
        states = np.append(np.flatnonzero((lows < end) & (highs > begin)), count)
        table = np.full((end - begin, len(states)), -np.inf)
        table[:, -1] = 0.0
        for place, number in enumerate(states[:-1]):
            low, high = max(lows[number], begin), min(highs[number], end)
            table[low - begin : high - begin, place] = emissions[number][low - lows[number] : high - lows[number]]
        stays = np.empty(table.shape, bool)  # whether the best way to a state comes from the same state …
        here = best[states]
        score = best[top]
        for at in range(begin, end):
            if at == 0:
                here = table[0].copy()
            else:
                tops[at] = top  # … or from the best one of the word before
                changed = score - change
                np.greater_equal(here, changed, out=stays[at - begin])
                np.maximum(here, changed, out=here)
                np.add(here, table[at - begin], out=here)
            place = int(here.argmax())
            top, score = int(states[place]), here[place]
        best.fill(-np.inf)
        best[states] = here
        blocks.append(({int(number): place for place, number in enumerate(states)}, stays))
    owners = np.empty(size, np.int64)
    state = top
    for at in range(size - 1, -1, -1):
        owners[at] = state
        columns, stays = blocks[at // BLOCK_WORDS]
        if at and not stays[at % BLOCK_WORDS, columns[state]]:
            state = tops[at]
    owners[owners == count] = -1
    return owners
