"""What differs between two statements of nearly one wording: numbers, days and opposites, as they are written.

Where all other words are the same, no unit and no year need to be known to tell that two numbers, or two days, are of
one point: `on July 8` in an article without a date, `the 67th minute`, `over 40 shows`.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from flows.lexicons import word_list
from flows.lexicons.stems import stem
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.figures import compatible
from flows.resolve.claims.matching.opposites import opposites
from flows.resolve.claims.matching.proposition import Proposition, each_names_another
from flows.resolve.claims.pairs.pair_input import word_form
from flows.resolve.claims.thresholds import THRESHOLDS as CLAIMS
from flows.resolve.conflicts.apart import rounded_off
from flows.resolve.conflicts.thresholds import THRESHOLDS
from schemas.vocabularies import ConflictType

_WORDS = re.compile(r"\S+")
_YEAR = re.compile(r"(?:[a-z]{1,9}-)?(?:19|20)\d\ds?")
_MONTHS = word_list("months")
_CALENDAR = _MONTHS | word_list("weekdays")

Change = tuple[int, int, int, int]
"""First and last word, exclusive, of a range of words of one statement and of the other."""


def bare(word: str) -> str:
    """Return a word in lower case without the signs around it."""
    return word.strip(".,;:!?\"“”‘’'").casefold()


def changes(left: list[str], right: list[str]) -> list[Change]:
    """Return the ranges of words that are not the same in two lists of words."""
    matcher = SequenceMatcher(None, [bare(w) for w in left], [bare(w) for w in right], autojunk=False)
    return [(*code[1:],) for code in matcher.get_opcodes() if code[0] != "equal"]


def differing_numbers(a: Proposition, b: Proposition, alike: float) -> tuple[ConflictType, str, str, str] | None:
    """Return type, words of a and of b, and a told with b's, where b differs in numbers, days or opposites.

    None where the words are not nearly the same, where each names somebody whom the other does not, or two speakers
    tell of nobody whom both name: what each says of itself. A day together with a number is none: another day's number.

    alike: `plain_likeness` of both.
    """
    if alike < CLAIMS.as_alike or not may_exchange(a, b) or _of_two(a, b):
        return None
    left, right = _WORDS.findall(a.statement), _WORDS.findall(b.statement)
    told = [
        (change, kind)
        for change in changes(left, right)
        for kind in _kinds(left, right, change)
        if kind is not ConflictType.QUANTITY
        or not _one_figure(a, b, left[slice(*change[:2])], right[slice(*change[2:])])
    ]
    kinds = {kind for _, kind in told}
    if not kinds or {ConflictType.DATE, ConflictType.QUANTITY} <= kinds or kinds == {ConflictType.POLARITY}:
        return None
    exchanged = list(left)
    for (start, end, first, last), _ in reversed(told):
        exchanged[start:end] = right[first:last]
    (start, _, first, _), (_, end, _, last) = told[0][0], told[-1][0]
    back, on = int(_is_month(left[:start][-1:])), int(_is_month(left[end : end + 1]))
    kind = ConflictType.DATE if ConflictType.DATE in kinds else ConflictType.QUANTITY
    return kind, _phrase(left[start - back : end + on]), _phrase(right[first - back : last + on]), " ".join(exchanged)


def may_exchange(a: Proposition, b: Proposition) -> bool:
    """Tell whether each has a number or a day for which the other may have another one: of the same in the same order
    none is exchanged.
    """
    ours, theirs = numbers_and_days(a.statement), numbers_and_days(b.statement)
    return bool(ours) and bool(theirs) and ours != theirs


@lru_cache(maxsize=THRESHOLDS.remembered_statements)
def numbers_and_days(statement: str) -> tuple[str, ...]:
    """Return the words of a statement that are numbers or days, in order."""
    return tuple(filter(None, map(_number_or_day, _WORDS.findall(statement))))


@lru_cache(maxsize=THRESHOLDS.remembered_words)
def _number_or_day(word: str) -> str | None:
    """The word without the signs around it, where it is a number or a day."""
    word = bare(word)
    return word if _is_number(word) or _is_day(word) else None


def _phrase(words: list[str]) -> str:
    return " ".join(words).strip(" ,;:.")


def _of_two(a: Proposition, b: Proposition) -> bool:
    """Whether each names somebody whom the other does not, or two speakers tell of nobody in common."""
    two_speakers = bool(a.speakers) and bool(b.speakers) and not set(a.speakers) & set(b.speakers)
    return each_names_another(a, b) or (two_speakers and a.entity_set.isdisjoint(b.entity_set))


def _one_figure(a: Proposition, b: Proposition, ours: list[str], theirs: list[str]) -> bool:
    """Whether the figures that these words tell may be one: rounded, or one within the bound of the other.

    Of one day `over 40` and `over 30` are two figures; the `at least 40` of the day before still holds.
    """
    return any(
        rounded_off(f.value, g.value)
        or (compatible(f, g) and (a.day != b.day or f.bound is None or f.bound != g.bound))
        for f in _figures_in(a, ours)
        for g in _figures_in(b, theirs)
        if f.unit == g.unit
    )


def _figures_in(proposition: Proposition, words: list[str]) -> list[Figure]:
    numbers = {bare(word) for word in words if _is_number(bare(word))}
    return [figure for figure in proposition.figures if numbers & {bare(word) for word in figure.surface.split()}]


def _kinds(left: list[str], right: list[str], change: Change) -> Iterator[ConflictType]:
    """The type of a change if it is a number, a day or an opposite on both sides, and nothing else."""
    start, end, first, last = change
    ours, theirs = ([bare(word) for word in words] for words in (left[start:end], right[first:last]))
    if not ours or not theirs:
        return
    beside_month = _is_month(left[:start][-1:]) or _is_month(left[end : end + 1])
    dated = all(_is_day(words[0]) or (beside_month and words[0].isdigit()) for words in (ours, theirs))
    if dated and all(_is_day(word) or word.isdigit() for word in (*ours, *theirs)):
        yield ConflictType.DATE
    elif all(_is_counted(words) for words in (ours, theirs)):
        yield ConflictType.QUANTITY
    elif len(ours) == len(theirs) == 1 and stem(theirs[0]) in opposites().get(stem(ours[0]), frozenset()):
        yield ConflictType.POLARITY


def _is_month(words: list[str]) -> bool:
    return any(bare(word) in _MONTHS for word in words)


def _is_day(word: str) -> bool:
    return word in _CALENDAR or _YEAR.fullmatch(word) is not None


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word)) or bool(word and word_form(word)[1] == "number")


def _is_counted(words: list[str]) -> bool:
    """Whether words are a number, with words that bound it."""
    return any(map(_is_number, words)) and all(_is_number(word) or word_form(word)[1] == "function" for word in words)
