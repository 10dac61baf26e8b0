"""White space and hard-wrapped lines: one form of paragraphs, whatever the source used to set them.

In: lines wrapped at a fixed width, one paragraph a line, or paragraphs between blank lines. Out: paragraphs
of one line each, a blank line between any two, single spaces.
"""

from itertools import pairwise

from flows.ingest.cleaning.thresholds import THRESHOLDS


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text whose characters are already repaired; none is empty."""
    blocks = _blocks(text)
    width = _wrap_width(blocks)
    found: list[str] = []
    for block in blocks:
        found.extend(_unwrap(block, width) if width else block)
    return found


def _blocks(text: str) -> list[list[str]]:
    """Return runs of lines that are not blank, each line with single spaces."""
    blocks: list[list[str]] = [[]]
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """Return the width that the lines were wrapped at; None where line ends are the author's.

    A wrapped line is one that the first word of the next would not have fitted on.
    """
    width = max((len(line) for block in blocks for line in block), default=0)
    if not THRESHOLDS.min_wrap_width <= width <= THRESHOLDS.max_wrap_width:
        return None
    breaks = full = 0
    for block in blocks:
        for line, after in pairwise(block):
            breaks += 1
            full += _is_full(line, after, width)
    return width if breaks >= THRESHOLDS.min_wrap_breaks and full >= THRESHOLDS.full_share * breaks else None


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) >= width - THRESHOLDS.wrap_slack


def _unwrap(block: list[str], width: int) -> list[str]:
    found = [[block[0]]]
    for line, after in pairwise(block):
        if _is_full(line, after, width) or after[:1].islower():
            found[-1].append(after)
        else:
            found.append([after])
    return [" ".join(lines) for lines in found]
