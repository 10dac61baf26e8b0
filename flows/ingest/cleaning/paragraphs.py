"""White space and hard-wrapped lines: one form of paragraphs, whatever the source used to set them.

In: lines wrapped at a fixed width, one paragraph a line, or paragraphs between blank lines. Out: paragraphs
of one line each, a blank line between any two, single spaces.
"""

import re
from itertools import pairwise

from flows.ingest.cleaning.thresholds import THRESHOLDS
from flows.lexicons import column

_INDENTS = frozenset(" \t\u3000")
_BROKEN_WORD = re.compile(r"([^\W_]{1,40})-$")
_WORD_START = re.compile(r"[^\W\d_]+")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text whose characters are already repaired; none is empty."""
    blocks = _blocks(text)
    width = _wrap_width(blocks)
    found: list[str] = []
    for block in blocks:
        found.extend(_unwrap(block, width) if width else block)
    return found


def _blocks(text: str) -> list[list[str]]:
    """Return runs of lines that are not blank, each line with single spaces; an indented first line starts a run."""
    raws = text.split("\n")
    starts = _first_lines(raws)
    blocks: list[list[str]] = [[]]
    for raw, first in zip(raws, starts, strict=True):
        line = " ".join(raw.split())
        if blocks[-1] and (first or not line):
            blocks.append([])
        if line:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _first_lines(raws: list[str]) -> list[bool]:
    """Return whether each line is indented where most are not, and no line above it is."""
    indented = [raw[:1] in _INDENTS and bool(raw.strip()) for raw in raws]
    if sum(indented) > THRESHOLDS.indented_share * sum(1 for raw in raws if raw.strip()):
        return [False] * len(raws)
    goes_on = [raw.lstrip()[:1].islower() for raw in raws]
    above = [False, *indented]
    return [own and not (before or on) for own, before, on in zip(indented, above, goes_on, strict=False)]


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """Return the width that the lines were wrapped at; None where line ends are the author's.

    A wrapped line is one that the first word of the next would not have fitted on, or in which a sentence goes on: set
    in proportional type, lines differ by more than a word.
    """
    width = max((len(line) for block in blocks for line in block), default=0)
    if not THRESHOLDS.min_narrow_width <= width <= THRESHOLDS.max_wrap_width:
        return None
    wanted = THRESHOLDS.full_share if width >= THRESHOLDS.min_wrap_width else THRESHOLDS.narrow_full_share
    breaks = full = 0
    for block in blocks:
        for line, after in pairwise(block):
            breaks += 1
            full += _is_full(line, after, width) or _goes_on(line, after)
    return width if breaks >= THRESHOLDS.min_wrap_breaks and full >= wanted * breaks else None


def _is_full(line: str, after: str, width: int) -> bool:
    if _BROKEN_WORD.search(line) and after[:1].isalpha():
        return True
    return len(line) + 1 + len(after.split(" ", 1)[0]) >= width - THRESHOLDS.wrap_slack


def _goes_on(line: str, after: str) -> bool:
    """Tell whether a sentence goes on behind a line: that ends in a letter, and the next begins with a small one."""
    return line[-1].isalpha() and after[:1].islower()


def _unwrap(block: list[str], width: int) -> list[str]:
    found = [block[0]]
    for line, after in pairwise(block):
        if _is_full(line, after, width) or after[:1].islower():
            found[-1] = _joined(found[-1], after)
        else:
            found.append(after)
    return found


def _joined(line: str, after: str) -> str:
    """Join two lines of a paragraph: with a space, or as the word that was broken between them.

    A hyphen before a small letter is taken out unless both sides are words and the whole is none ("well-known").
    """
    broken = _BROKEN_WORD.search(line)
    if not broken or not after[:1].isalpha():
        return f"{line} {after}"
    start = _WORD_START.match(after)
    left, right = broken[1].lower(), start[0].lower() if start else ""
    if not after[0].islower() or not broken[1][-1:].isalpha():
        return line + after
    compound = _is_word(left) and _is_word(right) and not _is_word(left + right)
    return line + after if compound else line[:-1] + after


def _is_word(text: str) -> bool:
    """Whether a text is a word of English news, by the stems that are counted there."""
    known = column("stem_frequency", "stem", "share")
    return any(text[: len(text) - cut] in known for cut in range(min(4, max(1, len(text) - 2))))
