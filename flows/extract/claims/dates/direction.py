"""Whether a bare weekday or month lies ahead or behind, by the tense of the verb that it belongs to.

"The court will sit on Friday", "the vote was planned for Friday" and "the tram opens in March" look ahead, "the court
sat on Friday" looks behind. The verb is the nearest one before the date in its clause, else the nearest one after it.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import takewhile

from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import Word
from flows.lexicons import word_list

_CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–", "(", ")", '"', "“", "”"})
_VERBS = frozenset({"MD", "VB", "VBD", "VBN", "VBP", "VBZ", "VBG"})
_BETWEEN = frozenset({"RB", "TO"})
"""Tags of words inside a group of verbs: "is not yet expected to be held"."""
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve", "having"})


class Direction(StrEnum):
    """Where a date lies, seen from the day of speaking."""

    AHEAD = "ahead"
    BEHIND = "behind"


def direction(sentence: Sequence[Word], start: int, end: int) -> Direction | None:
    """Return where the date at these characters of a sentence lies; None where no verb tells."""
    before = [word for word in sentence if word.end <= start]
    after = [word for word in sentence if word.start >= end]
    if before and before[-1].form == "since":
        return Direction.BEHIND
    if [word.form for word in before[-2:]] in (["ahead", "of"], ["soon", "as"], ["early", "as"]):
        return Direction.AHEAD
    if before and before[-1].form in ("until", "till", "to") and _is_put_off(before[:-1]):
        return Direction.AHEAD
    last = next((word.form for word in before[::-1] if word.form not in ("on", "in")), "")
    if last in ("starting", "beginning", "effective"):
        return None
    back = before[::-1]
    if nearest := _last(_clause(back)):
        return _told(nearest)
    beyond = _without_copula(_first(after)), _last(back)
    opens = len(_clause(back)) <= THRESHOLDS.opening_words  # "…, and on Friday, the court said"
    groups = (_without_copula(_first(_clause(after))), *(beyond if opens else beyond[::-1]))
    return next((found for group in groups if (found := _told(group))), None)


def _without_copula(group: list[Word]) -> list[Word]:
    """Return a group of verbs; nothing where it is no more than "is", which tells nothing of a date before it."""
    forms = {word.form for word in group if word.tag not in _BETWEEN}
    return [] if forms <= {"is", "are", "'s", "’s", "'re", "’re"} else group


def _is_put_off(before: Sequence[Word]) -> bool:
    return any(word.form in word_list("puts_off") for word in _clause(before[::-1]))


def _clause(words: Iterable[Word]) -> list[Word]:
    return list(takewhile(lambda word: word.form not in _CLAUSE_MARKS, words))


def _is_verb(word: Word) -> bool:
    return word.tag in _VERBS or word.form in word_list("looks_ahead")


def _first(words: Sequence[Word]) -> list[Word]:
    """Return the first group of verbs that has a tense: "outlining" and "to outline" alone have none."""
    at = 0
    while at < len(words):
        at = next((i for i in range(at, len(words)) if _is_verb(words[i])), len(words))
        group = list(takewhile(lambda word: _is_verb(word) or word.tag in _BETWEEN, words[at:]))
        if any(word.tag not in ("VBG", "VB") for word in group if _is_verb(word)):
            return group
        at += max(1, len(group))
    return []


def _last(back: Sequence[Word]) -> list[Word]:
    """Return the last group of verbs of words that are given from the last to the first."""
    return _first(back)[::-1]


def _told(group: Sequence[Word]) -> Direction | None:
    """Return what a group of verbs tells."""
    forms, tags = [word.form for word in group], [word.tag for word in group]
    if "MD" in tags:
        perfect = "have" in forms[tags.index("MD") :]
        return Direction.BEHIND if perfect else Direction.AHEAD
    if not word_list("looks_ahead").isdisjoint(forms):
        return Direction.AHEAD
    infinitive = "TO" in tags and "VB" in tags
    if infinitive and (tags[0] == "TO" or forms[tags.index("TO") - 1] in ("is", "are", "was", "were")):
        return Direction.AHEAD if tags[0] != "TO" else None  # "is to be held"; "a plan to meet" tells nothing
    if infinitive:  # "they plan to meet on Friday", but "they offered to meet on Friday"
        return Direction.AHEAD if not {"VBZ", "VBP"}.isdisjoint(tags) else None
    if not _PERFECT.isdisjoint(forms) or "VBD" in tags:
        return Direction.BEHIND
    if "VBZ" in tags or "VBP" in tags:
        return None if not word_list("no_time").isdisjoint(forms) else Direction.AHEAD
    return Direction.BEHIND if "VBN" in tags else None
