"""The noise that news carries, made on purpose: quotation marks, layout, case and clumsy translation.

A noisy copy is the text with a list of edits; offsets travel along the edits, so labels follow their
characters. Everything is drawn from the generator given, so that one seed gives one corpus.
Lost accents are no noise to an uncased reader: its tokenizer strips them anyway.
"""

import random
import re
from typing import NamedTuple

import numpy as np


class Edit(NamedTuple):
    """Replace text[start:end] with `new`; an insertion where start == end."""

    start: int
    end: int
    new: str


class Moved:
    """A text with edits applied, and the way of its offsets."""

    def __init__(self, text: str, edits: list[Edit]):
        parts, done = [], 0
        size = len(text) + 1
        shift_start, shift_end = np.zeros(size, np.int64), np.zeros(size, np.int64)
        inside: list[tuple[int, int, int]] = []
        length = 0
        for edit in sorted(edits):
            if edit.start < done:  # overlaps the edit before it
                continue
            parts += [text[done : edit.start], edit.new]
            length += edit.start - done
            grown = len(edit.new) - (edit.end - edit.start)
            # A span that starts where something is inserted starts after it; one that ends there ends before
            # it.
            shift_start[edit.end] += grown
            if edit.end > edit.start:
                shift_end[edit.end] += grown
            elif edit.end + 1 < size:
                shift_end[edit.end + 1] += grown
            inside.append((edit.start, edit.end, length))
            length += len(edit.new)
            done = edit.end
        parts.append(text[done:])
        self.text = "".join(parts)
        place = np.arange(size)
        self._start = place + np.cumsum(shift_start)
        self._end = place + np.cumsum(shift_end)
        for start, end, new_start in inside:
            self._start[start + 1 : end] = new_start
            self._end[start + 1 : end] = new_start

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where text[start:end] went; may be empty where all of it was cut."""
        return int(self._start[start]), int(max(self._start[start], self._end[end]))


QUOTES = re.compile('["“”„«»]')
STYLES = {
    "straight": ('"', '"'),
    "curly": ("“", "”"),
    "low": ("„", "“"),
    "guillemets": ("«", "»"),
    "single": ("‘", "’"),
    "backticks": ("``", "''"),
    "doubled": ("''", "''"),
}
STYLE_WEIGHTS = {
    "straight": 6,
    "curly": 6,
    "low": 2,
    "guillemets": 2,
    "single": 1,
    "backticks": 1,
    "doubled": 1,
}
SENTENCE_GAP = re.compile(r"[.?!][\"”’')]? (?=[A-Z\"“])")
ARTICLE = re.compile(r"\b(?:the|a|an) ")
SPEECH_COMMA = re.compile(r", ?(?=[\"“„«])")
WORD = re.compile(r"[A-Za-z]{3,}")


def opens(text: str, at: int) -> bool:
    """Return whether the quotation mark at `at` opens: by its form, or for a straight one by what stands before
    it.
    """
    mark = text[at]
    if mark in "“„«":
        return True
    if mark in "”»":
        return False
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-"


def quote_edits(text: str, rng: random.Random) -> list[Edit]:
    """Another style of marks, marks lost, and spaces gone astray around them."""
    restyle = rng.random() < 0.5
    mixed = rng.random() < 0.15
    style = rng.choices(list(STYLE_WEIGHTS), list(STYLE_WEIGHTS.values()))[0]
    lost = rng.choice([0, 0, 0, 0.05, 0.2]) if rng.random() < 0.95 else 1.0
    stray = rng.choice([0, 0, 0, 0.1, 0.5])
    edits = []
    for match in QUOTES.finditer(text):
        at = match.start()
        is_open = opens(text, at)
        if mixed:
            style = rng.choice(("straight", "curly", "low"))
        new = STYLES[style][0 if is_open else 1] if restyle else text[at]
        if rng.random() < lost:
            new = ""
        start, end = at, at + 1
        if rng.random() < stray:
            kind = rng.random()
            if is_open:
                new = new + " " if kind < 0.5 else new
                if kind > 0.6 and at and text[at - 1] == " ":
                    start = at - 1
            else:
                new = " " + new if kind < 0.5 else new
                if kind > 0.4 and text[end : end + 1] == " ":
                    end += 1
        edits.append(Edit(start, end, new))
    return edits


def layout_edits(text: str, rng: random.Random) -> list[Edit]:
    """Return each sentence a paragraph, paragraphs run together, or single line breaks for blank lines."""
    kind = rng.random()
    edits = []
    if kind < 0.45:
        often = rng.choice([1.0, 0.6, 0.3])
        again = rng.random() < 0.3
        depth = False
        marks = {m.start(): opens(text, m.start()) for m in QUOTES.finditer(text)}
        ordered = sorted(marks)
        cursor = 0
        for match in SENTENCE_GAP.finditer(text):
            while cursor < len(ordered) and ordered[cursor] < match.end():
                depth = marks[ordered[cursor]]
                cursor += 1
            if rng.random() < often:
                mark = "“" if depth and again and text[match.end() : match.end() + 1].isalpha() else ""
                edits.append(Edit(match.end() - 1, match.end(), "\n\n" + mark))
    elif kind < 0.85:
        edits = [Edit(m.start(), m.end(), "\n") for m in re.finditer(r"\n\n+", text)]
    else:
        often = rng.choice([1.0, 0.3])
        edits = [Edit(m.start(), m.end(), " ") for m in re.finditer(r"\n+", text) if rng.random() < often]
    return edits


def case_edits(text: str, rng: random.Random) -> list[Edit]:
    """Return a headline or a whole text in lower case, in capitals, or With Every Word Capital."""
    end = len(text) if rng.random() < 0.3 else (text.find("\n") if "\n" in text else len(text))
    change = rng.choice([str.lower, str.lower, str.upper, str.title, str.capitalize])
    spread = rng.choice([1.0, 1.0, 0.2])
    edits = []
    for match in WORD.finditer(text, 0, end):
        new = change(match.group())
        if len(new) == len(match.group()) and rng.random() < spread:
            edits.append(Edit(match.start(), match.end(), new))
    return edits


def translation_edits(text: str, rng: random.Random) -> list[Edit]:
    """Articles dropped, and a colon or nothing where English has a comma before a quotation."""
    drop = rng.choice([0.05, 0.2, 0.4])
    edits = [Edit(m.start(), m.end(), "") for m in ARTICLE.finditer(text) if rng.random() < drop]
    colon = rng.choice([": ", " ", ":\n\n"])
    edits += [Edit(m.start(), m.end(), colon) for m in SPEECH_COMMA.finditer(text) if rng.random() < 0.5]
    return edits


KINDS = ((0.45, quote_edits), (0.35, layout_edits), (0.08, case_edits), (0.12, translation_edits))


def noisy(text: str, rng: random.Random) -> Moved:
    """Return a copy of `text` with each kind of noise by its chance; clean in about three of ten draws."""
    edits: list[Edit] = []
    taken: set[int] = set()
    for chance, kind in KINDS:
        if rng.random() < chance:
            for edit in kind(text, rng):
                touched = range(edit.start, max(edit.end, edit.start + 1))
                if taken.isdisjoint(touched):
                    taken.update(touched)
                    edits.append(edit)
    return Moved(text, edits)
