"""The ways in which news writes a date: full forms before their parts, as in TIMEX annotation.

Each form has a pattern and what it means (`date_meanings`). Forms that name no day of the calendar, "every Friday",
"Super Tuesday", "a week from Monday", are known, so that no part of them is taken for one.
"""

import re
from typing import NamedTuple

from flows.extract.claims.dates.date_meanings import (
    NUMBERS,
    SEASONS,
    Resolver,
    ago,
    ago_to_the_day,
    day_month,
    full,
    month_alone,
    month_year,
    named_day,
    numeric,
    of_a_year,
    plain_year,
    relative_unit,
    season,
    slashed,
    unknown,
    weekday,
    weekday_of_week,
)  # fmt: skip
from flows.lexicons import one_of, word_list

_MONTH = (
    # month names are capitalised, so that "may" and "march" stay the verbs that they are
    r"(?P<month>(?-i:(?=[JFMASOND]))(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?))"
)
_WEEKDAY = r"(?P<weekday>mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)"
_WEEKDAY_2 = _WEEKDAY.replace("weekday", "other")
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_OF_YEAR = r"(?P<which>last|this|next) year"
_OF_YEAR_2, _MONTH_2, _DAY_2 = (
    pattern.replace(f"<{name}>", f"<{name}2>")
    for pattern, name in ((_OF_YEAR, "which"), (_MONTH, "month"), (_DAY, "day"))
)
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_NUMBER = rf"(?P<number>\d{{1,3}}|an|{one_of(NUMBERS)}|several)"
_UNITS = r"(?P<unit>day|week|month|year|decade)s?"
_HEDGE = r"(?:(?P<hedge>nearly|almost|about|some|over|exactly|more than|less than|at least|well over|just over) )?"
_NAMES_TOO = r"(?-i:May|March|April|June|August|Jan|Mar|Jun)\b"
"""Months that are names of people and verbs, too: "by May" may be by a prime minister."""
_NAMED_DAYS = one_of(word_list("named_days"))
_SEASON = rf"(?P<season>{one_of(SEASONS)})"


class Form(NamedTuple):
    """One way to write a date: its pattern, what it means, and what a text must have that holds one."""

    pattern: re.Pattern[str]
    resolve: Resolver
    needs: frozenset[str]


def _form(pattern: str, resolve: Resolver, *needs: str) -> Form:
    return Form(re.compile(rf"(?<![\w.])(?<!\d,)(?:{pattern})(?!\w)", re.IGNORECASE), resolve, frozenset(needs))


_COUNTED = (  # what newspapers count by the thousand without a comma; other plurals follow years ("the 2008 elections")
    rf"(?! (?:\w+ )?(?:{one_of(word_list('counted_in_thousands'))})\b)(?!-[a-z])"
    rf"(?! (?-i:[A-Z])[a-z]+ (?:[A-Z][a-z]+ )?(?:{one_of(word_list('streets'))})\b)"
)

FORMS = (
    _form(
        r"(?P<year>\d{4})(?P<mark>[-/])(?P<m>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?Z?)?",
        numeric,
        "year",
        "marked",
    ),
    _form(
        r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)",
        slashed,
        "year",
        "marked",
    ),
    _form(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}", full, "month", "year"),
    _form(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY},? {{1,2}}{_YEAR}", full, "month", "year"),
    _form(rf"(?:{_DAY} )?{_MONTH},? (?:of )?{_OF_YEAR}", of_a_year, "month", "unit"),
    _form(rf"{_MONTH} {_DAY},? (?:of )?{_OF_YEAR}|{_OF_YEAR_2},? {_MONTH_2} {_DAY_2}", of_a_year, "month", "unit"),
    _form(rf"{_MONTH},?(?: of)? {{1,2}}{_YEAR}", month_year, "month", "year"),
    _form(rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}", day_month, "month", "digit"),
    _form(rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?![,.]?\d|,? ['’]\d\d)", day_month, "month", "digit"),
    _form(rf"(?:(?P<direction>last|next|this) )?{_SEASON}(?: of)? {_YEAR}", season, "season", "year"),
    _form(rf"(?P<direction>last|next|this) {_SEASON}(?P<year>)", season, "season"),
    _form(rf"(?:every|each|any|on an?) {_WEEKDAY}|{_NAMED_DAYS}", unknown, "day"),
    _form(rf"an? week (?:from|on|after) {_WEEKDAY}|{_WEEKDAY_2} (?:week|the {_DAY})", unknown, "day"),
    _form(
        rf"{_NUMBER} {_UNITS} ago (?:on )?(?P<to>today|this week|this month|{_WEEKDAY})",
        ago_to_the_day,
        "ago",
    ),
    _form(rf"{_HEDGE}{_NUMBER} {_UNITS} ago", ago, "ago"),
    _form(rf"{_WEEKDAY},? (?:of )?(?P<week>last|this|next) week", weekday_of_week, "day", "unit"),
    _form(
        r"(?<!this )(?P<direction>(?:the )?(?:last|previous|this|current|next|coming)) (?P<unit>week|month|year)",
        relative_unit,
        "unit",
    ),
    _form(
        rf"(?:(?P<direction>last|next|this coming|this past|coming|past|this) )?{_WEEKDAY}",
        weekday,
        "day",
    ),
    _form(
        r"(?P<named>the day before yesterday|the day after tomorrow|(?-i:yesterday|today|tomorrow|tonight|TODAY)"
        r"|(?<![\w,] )(?-i:Yesterday|Today|Tomorrow|Tonight)|last night|this (?-i:morning|afternoon|evening))",
        named_day,
        "day",
    ),
    _form(
        rf"(?:(?P<direction>last|next|this) |(?<=in )|(?<=since )|(?<=until )|(?<=during )"
        rf"|(?<=early )|(?<=mid-)|(?<=mid )|(?<=late )|(?<=end of )){_MONTH}",
        month_alone,
        "month",
    ),
    _form(rf"(?P<direction>)(?:(?<=by )|(?<=from )|(?<=through ))(?!{_NAMES_TOO}){_MONTH}", month_alone, "month"),
    _form(
        rf"(?:(?:{one_of(word_list('before_a_year'))})[ -])?{_YEAR}{_COUNTED}",
        plain_year,
        "year",
    ),
)
