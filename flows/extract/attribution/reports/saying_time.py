"""When something was said: the day beside the cue ("told reporters on Friday", "said in a statement on 4 March")."""

import re
from collections.abc import Sequence

from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import Word, has_finite, speech_verbs
from flows.extract.syntax.tags import FINITE
from flows.lexicons import word_list
from flows.spans import SortedSpans, Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = re.compile(
    r"\b(?:last )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:,? (?:the )?(?:\d{1,2} "
    + _MONTH
    + r"|"
    + _MONTH
    + r" \d{1,2})"
    r"(?:st|nd|rd|th)?)?(?:,? \d{4}\b)?|\b" + _MONTH + r" \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4}\b)?"
    r"|\b\d{1,2}(?:st|nd|rd|th)? " + _MONTH + r"(?: \d{4}\b)?|\b(?:[Yy]ester|[Tt]o)day\b"
)
_SAYING = speech_verbs("report", "announcement")
_NOT_WHEN_SAID = word_list("not_when_said")


def find_saying_time(
    text: str, sentence: Sequence[Word], cue: Span, taken: Sequence[Span], others: SortedSpans
) -> Span | None:
    """Return the day beside a cue that says when it was said, the nearest where there are two; None where none is.

    taken: the content of this attribution, whose days are no days of saying; others: the contents of all of them.
    """
    start, end = sentence[0].start, sentence[-1].end
    near = [
        Span(*found.span())
        for found in _DAY.finditer(text, start, end)
        if not others.touching(*found.span()) and _beside(sentence, cue, Span(*found.span()), taken)
    ]
    return min(near, key=lambda day: max(day.start - cue.end, cue.start - day.end), default=None)


def _beside(sentence: Sequence[Word], cue: Span, day: Span, taken: Sequence[Span]) -> bool:
    """Tell whether a day belongs to the cue: near it, with no other verb in between, and no "since" before it."""
    low, high = min(cue.end, day.end), max(cue.start, day.start)
    between = [
        word
        for word in sentence
        if low <= word.start and word.end <= high and not any(s.start <= word.start < s.end for s in taken)
    ]
    before = [word for word in sentence if word.end <= day.start and (word.start >= cue.end or day.start < cue.start)]
    comma = next((at for at in range(len(before), 0, -1) if before[at - 1].form == ","), 0)
    phrase = before[comma:]
    verbs = [word for word in phrase if word.tag in FINITE or word.tag == "VBN"]
    if any(verb.form not in _SAYING for verb in verbs):  # "who was elected on Monday"
        return False
    last = next((word.form for word in reversed(sentence) if word.end <= day.start), "")  # of the cue, if need be
    if last in _NOT_WHEN_SAID:
        return False
    return len(between) <= THRESHOLDS.saying_time_words and not has_finite(between)
