"""Single quotation marks, as British papers set them: ‘…’ and '…', apostrophes inside them left alone.

The closing mark and the apostrophe are one character, so each is judged by its neighbours: a mark opens after a space
and before a word, and closes before a space or a mark. A plural's apostrophe (“the workers’ pay”) also stands before
a space: it closes only where no better mark follows before the next one opens. Elisions (’em, ’90s) open nothing.
"""

import re
from collections.abc import Iterator, Sequence

from flows.extract.attribution.thresholds import THRESHOLDS
from flows.lexicons import word_list

_OPENS = re.compile(r"[‘'`](?=[\w“\"$£€(\[…])")
_BEFORE_OPENING = frozenset(' \t\r\n\u00a0([“"«—–―:,')
_CLOSES = re.compile(r"(?<=[^\s'’‘`])['’](?![\w'’])")
_ELISIONS = word_list("elisions")
_WORD_AFTER = re.compile(r"\d\ds\b|(?P<word>[^\W\d_]{1,8})\b")
_BEFORE_SENTENCE = frozenset(".?!:’'")
_SPACE = re.compile(r"\s*")


def find_single_quotes(text: str) -> list[tuple[int, int, bool]]:
    """Find the quotations in single marks: start, end (marks included), and whether the closing mark is there.

    Where a paragraph that opens with a mark has none that closes, and the next one opens with a mark too, the first
    runs to its end (one quotation over paragraphs).
    """
    if "‘" not in text and "'" not in text and "`" not in text:
        return []
    found: list[tuple[int, int, bool]] = []
    opens = [match.start() for match in _OPENS.finditer(text) if _may_open(text, match.start())]
    if not opens:
        return []
    openings = frozenset(opens)
    closes = [match.start() for match in _CLOSES.finditer(text)]
    at = reached = 0
    for number, start in enumerate(opens):
        if start < reached:
            continue
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        while at < len(closes) and closes[at] <= start:
            at += 1
        until = opens[number + 1] if number + 1 < len(opens) else len(text)
        end = _closing(text, closes, at, min(line_end, start + THRESHOLDS.single_marks_characters), until)
        plural = end is not None and _plural(text, end - 1) and text[start + 1].isupper()
        if end is not None and not (plural and _goes_on(text, start, line_end, openings)):
            found.append((start, end, True))
            reached = end
        elif _goes_on(text, start, line_end, openings):
            found.append((start, line_end, False))
            reached = line_end
    return found


def _may_open(text: str, at: int) -> bool:
    """Tell whether a mark before a word stands behind a space or an opening mark, and for no letters left out."""
    return (at == 0 or text[at - 1] in _BEFORE_OPENING) and not _elided(text, at)


def _elided(text: str, at: int) -> bool:
    """Tell whether a mark stands for letters left out: ’em, ’tis, the ’90s."""
    after = _WORD_AFTER.match(text, at + 1)
    return bool(after and (after["word"] is None or after["word"].lower() in _ELISIONS))


def _closing(text: str, closes: Sequence[int], first: int, limit: int, until: int) -> int | None:
    """Return the end of a quotation: behind its first sure closing mark, else behind a plural's apostrophe.

    limit: where it must have ended; until: where the next quotation opens.
    """
    weak = None
    for at in _places(closes, first, limit):
        if weak is not None and at > until:
            break
        if not _plural(text, at):
            return at + 1
        weak = at if weak is None else weak
    return None if weak is None else weak + 1


def _places(closes: Sequence[int], first: int, limit: int) -> Iterator[int]:
    """Return the closing marks from a number on, up to a place of the text."""
    for number in range(first, len(closes)):
        if closes[number] > limit:
            return
        yield closes[number]


def _plural(text: str, at: int) -> bool:
    """Tell whether a mark may be a plural's apostrophe: behind an s, with a word to come."""
    before, after = text[at - 1], text[at + 1 : at + 3]
    return before in "sS" and len(after) == 2 and after[0] == " " and after[1].isalpha()


def _goes_on(text: str, start: int, line_end: int, opens: frozenset[int]) -> bool:
    """Tell whether an unclosed quotation opens its paragraph or a sentence of it, and the next paragraph opens one."""
    before = text[text.rfind("\n", 0, start) + 1 : start].rstrip()
    following = _SPACE.match(text, line_end)
    opens_sentence = not before or before[-1] in _BEFORE_SENTENCE
    return opens_sentence and following is not None and following.end() in opens
