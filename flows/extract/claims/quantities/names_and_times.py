"""Numbers that are no quantities: of times, spans of years, flights, gates, roads and what else a number names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from flows.extract.claims.quantities.numbers import DENOMINATOR, JOIN, between, number_words, worded
from flows.extract.claims.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list
from flows.spans import Span

BLANK = "\0"
"""Stands for a character that is part of no number."""

_CLOCK = re.compile(
    r"\b(?:\d{1,2}(?:[:.]\d{2})? ?(?:[-–]|to|and|or) ?)?\d{1,2}(?:[:.]\d{2})? ?(?:[ap]\.?m)\b"
    r"|\b\d{1,2}[:.]\d{2} ?(?:gmt|utc|hours)\b|\b\d{1,3}(?::\d{1,3}){1,2}(?:[-–]\d{1,3})?\b|\b\d{3,4} (?:gmt|utc)"
    r"|(?<=\bat )\d{1,2}\.[0-5][05](?= on | in the |[,;]? and |$)"
    r"|\b\w+ o[’']clock|\b(?:half|quarter) (?:past|to) (?:\d{1,2}|[a-z]+)\b"
)
_MAYBE_CLOCK = re.compile(r":\d|\d ?(?:[ap]\.?m|gmt|utc|hours)|at \d{1,2}\.|o[’']clock|(?:half|quarter) (?:past|to) ")
"""What every match of `_CLOCK` holds: to look for that first takes a fifth of the time."""
_MAYBE_TELEPHONE = re.compile(r"\d{3}[.)-]|\d{10}|911|999|112|101|[+’'‘]\d|^\d")
"""What every match of `_TELEPHONE` holds."""
_TELEPHONE = re.compile(
    r"\+\d{1,3}(?:[ .-]\(?\d{1,5}\)?){2,5}|(?<![\d,.$€£])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?!\d)"
    r"|\b(?:call|phone|tel|telephone|dial|fax|hotline|text)(?:ed|led|s|ing)?:? (?:\d{3}-\d{4}|911|999|112|101)\b"
    r"|\b911(?= (?:call|operator|dispatch))|(?<![\d.,])\d{10,}(?![\d.,])"
    r"|(?<![\w’'])[’'‘]\d\d(?![\d%])|^\d{1,2}\. (?=[a-z“\"])"
)
"""Telephone numbers, identifiers, years such as ’08, and numbers of a list."""
_WORDS_OF_NUMBERS = re.compile(
    r"\b(?P<top>\d{1,3}|[a-z]{3,6})-(?:in|for|by|on)-(?:a-)?(?:\d[\d,]*|[a-z]{3,8})\b"
    r"|(?<![\d.,])\d[\d.,]{0,20} ?[x×] ?10\^?-?\d+\b"
)
"""“three-for-two”, “1-in-100-year”, “2.3 x 10^6”: masked where the first word is a number."""
_GENERATION = re.compile(r"(?<![\w.,])[2-6]G(?!\w)|\bGroup of \w+|\bBig (?:Three|Four|Five)\b|\b(?:No|Nos) \d+")
"""“5G”, “the Group of 20”, “No 10”: of a text as it is written, for in lower case they are something else."""
_MONTHED = re.compile(r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_TO_DAY = re.compile(
    r"(?: ?[-–] ?| to | through )\d{1,2}(?:st|nd|rd|th)?(?![\w%]|[,.]\d| ?per ?cent)"
    r"| and \d{1,2}(?:st|nd|rd|th)?(?=[,.;]? (?:at|in|on|by|to|with|for)\b|[,.;]?$)"
)
_FROM_DAY = re.compile(r"(?<![\w.,])\d{1,2}(?:st|nd|rd|th)?(?: ?[-–] ?| to | and )$")
"""The other day of “2-4 June” and “June 2 to 4”."""
_YEARS = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[-–/]\d{1,2}(?!\d)")
_BELOW_ZERO = re.compile(r"\bbelow (?:zero|0)\b")
_SLASHED = re.compile(
    rf"(?<![\d/])(?<!\d[ -])(?![1-9]/(?:{DENOMINATOR})(?!\d)(?: of\b|[ -][a-z]))\d{{1,4}}(?:/\d{{1,4}})+(?!\d)"
)
_BEFORE = re.compile(r"(?:\w[’']s|[a-z,;]|(?<![\w-])[A-Z][\w-]*|\bNo\.|(?:[A-Z]\.){2}|#)\s?$")
_CAPITAL_NEXT = re.compile(r" [A-Z][\w&’'-]*")
_AGED = re.compile(r"\b[Aa]ge[ds]? (?:of |between |from )?$")
_NAME_COMMA = re.compile(r"(?:^|[^\w.])[A-Z][\w’'-]{1,30}, $")
_WORD_BEFORE = re.compile(r"(?<![\w.#’'-])([\w.#’'-]+)\s?$")


@cache
def _named() -> re.Pattern[str]:
    nouns = one_of(sorted(word_list("identifying_nouns")))
    number = rf"(?:\d[\d,]*(?:\.\d+)?|{worded()})"
    return re.compile(
        rf"(?<![\w-])(?:{nouns})s? (?P<number>{number}(?:(?:, | and | to |-|–){number})*)(?![\w%]| ?per ?cent)"
    )


def readable(text: str, low: str, dates: Sequence[Span]) -> str:
    """Return a text in lower case with what is no quantity blanked out, and the "and" of "between … and" as `JOIN`.

    text: the same text as it is written.
    """
    shut = [*dates, *(Span(*match.span()) for match in _no_counts(text, low))]
    shut += [Span(*m.span("number")) for m in _named().finditer(low)]
    shut += [day for date in dates if _MONTHED.search(date.of(low)) for day in _other_days(low, date)]
    characters = list(low)
    for span in shut:
        characters[span.start : span.end] = BLANK * (span.end - span.start)
    for match in between().finditer("".join(characters)):
        start, end = match.span("and")
        characters[start:end] = f" {JOIN * (end - start - 2)} "
    return "".join(characters)


def _no_counts(text: str, low: str) -> Iterator[re.Match[str]]:
    """Yield what is a time, a telephone number, a span of years and the like. Most texts hold nothing of these: each
    pattern is tried where a text has what all its matches have.
    """
    if _MAYBE_CLOCK.search(low):
        yield from _CLOCK.finditer(low)
    if _MAYBE_TELEPHONE.search(low):
        yield from _TELEPHONE.finditer(low)
    yield from _YEARS.finditer(low)
    if "/" in low:
        yield from _SLASHED.finditer(low)
    if "below" in low:
        yield from _BELOW_ZERO.finditer(low)
    if "G" in text or "Big" in text or "No" in text:
        yield from _GENERATION.finditer(text)
    if "10" in low or any(word in low for word in ("-in-", "-for-", "-by-", "-on-")):
        yield from (match for match in _WORDS_OF_NUMBERS.finditer(low) if _is_number(match["top"]))


def _other_days(low: str, date: Span) -> list[Span]:
    found = (_TO_DAY.match(low, date.end), _FROM_DAY.search(low, max(0, date.start - 12), date.start))
    return [Span(*match.span()) for match in found if match]


def _is_number(word: str | None) -> bool:
    return word is None or word.isdigit() or word in number_words()


def is_age(text: str, number: Span) -> bool:
    """Whether a number without a unit is somebody's age: "aged 45", "Ann Vik, 45, said"."""
    word = number.of(text)
    start = number.start
    if not word.isdigit() or int(word) > THRESHOLDS.oldest:
        return False
    if _AGED.search(text, max(0, start - THRESHOLDS.naming_characters), start):
        return True
    return (
        bool(_NAME_COMMA.search(text, max(0, start - THRESHOLDS.naming_characters), start))
        and text[number.end : number.end + 1] == ","
    )


def is_name(text: str, number: Span) -> bool:
    """Whether a number without a unit belongs to a capitalised word beside it or to the sign before it."""
    start = number.start
    if _CAPITAL_NEXT.match(text, number.end):
        return True  # "the 737 Max", "10 Downing Street"
    head = text[max(0, start - THRESHOLDS.naming_characters) : start]
    if not _BEFORE.search(head):
        return False
    before = _WORD_BEFORE.search(head)
    if before is None:
        return False
    word = before[1]
    earlier = head[: before.start()].rstrip()
    first = (not earlier.strip(" \n\t\"“'‘") and start <= THRESHOLDS.naming_characters) or earlier[-1:] in tuple(".!?:")
    return word.lower() in word_list("identifying_nouns") or (
        word[0].isupper() and not first and not word.endswith(("'s", "’s"))
    )
