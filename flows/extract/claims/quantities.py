"""Quantities that a content states: a number, what it counts or measures, and the words.

Numerals, number words, shares ("half", "two-thirds"), scales ("1.7 bln"), currencies and percentages. The
unit is `percent`, an ISO 4217 code, or the singular of the noun that is counted ("vote" of "94 votes",
"seat" of "120-seat"); null where no noun follows. Dates, clock times and numbers that name something
("Resolution 1244", "G7") are no quantities. A hedge belongs to the words ("nearly 200,000"), so that a
reader sees a bound as one.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from flows.extract.claims.date_expressions import date_spans, letters
from flows.lexicons import LEXICONS, rows, word_list
from flows.spans import Span, folded


class Quantity(NamedTuple):
    """A number with its unit (None for a bare count) and the words that say so."""

    value: float
    unit: str | None
    surface: str


class _Number(NamedTuple):
    span: Span
    value: float
    unit: str | None
    """Unit that the number itself carries: a currency sign or a percent sign."""


HEDGES = word_list("hedges")
_HEDGE = re.compile(rf"\b(?:{'|'.join(sorted(HEDGES, key=lambda hedge: (-len(hedge), hedge)))}) $", re.IGNORECASE)
_HEDGE_CHARS = max(map(len, HEDGES)) + 3  # the space behind it, a line end, the character that it must not follow
_DIGIT = re.compile(r"\d")

_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}\s?(?:a\.?m|p\.?m|GMT|UTC|hours)\b|\d{1,2}:\d{2}|\d{3,4} (?:GMT|UTC)|\d{1,2} [ap]\.?m\b"
)
_RANGE = re.compile(r" ?(?:-|–|to|or) ?")
_PRONOUN_BEFORE = re.compile(r"\b(?:the|this|that|no|any|every|each|another)\s$", re.IGNORECASE)
_UNIT_WORDS = tuple(re.compile(rf"[ -]?((?:[\w.$%]+ ?){{{length}}})") for length in (2, 1))
_HYPHENED = re.compile(r"-([a-z]{3,})")
_OF = re.compile(r" of (?:(?:the|its|their|his|her|all) )?")
_NEXT_WORD = re.compile(r"(?:^|(?<=\s)|[ -])([A-Za-z][\w’'-]*)")
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SINGULAR = ("ss", "us", "is", "vs", "'s", "’s")
"""Endings in s of what is no plural."""

_NOT_COUNTED = word_list("not_counted")
_IDENTIFYING = word_list("identifying_nouns")
_ADJECTIVE_END = tuple(sorted(word_list("adjective_endings")))


@lru_cache(maxsize=1)
def _numbers() -> dict[str, tuple[float, str]]:
    return {
        row["word"]: (float(row["value"]), row["kind"]) for row in rows(LEXICONS, "numbers", ("word", "value", "kind"))
    }


@lru_cache(maxsize=1)
def _unit_rows() -> list[dict[str, str]]:
    return rows(LEXICONS, "units", ("word", "unit", "factor", "kind"))


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, float]]:
    return {w["word"].lower(): (w["unit"], float(w["factor"])) for w in _unit_rows() if w["kind"] != "sign"}


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    """The currency of each sign, the longest first: the dollar of Hong Kong is none of the United States."""
    signs = {w["word"].lower(): w["unit"] for w in _unit_rows() if w["kind"] == "sign"}
    return {sign: signs[sign] for sign in sorted(signs, key=lambda sign: (-len(sign), sign))}


def _one_of(alternatives: list[str]) -> str:
    return "|".join(re.escape(a) for a in sorted(alternatives, key=lambda a: (-len(a), a)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Numerals, number words and shares, for text in lower case: a third of the time of patterns that ignore case."""
    scales = _one_of([w for w, (_, kind) in _numbers().items() if kind == "scale"])
    small = _one_of([w for w, (_, kind) in _numbers().items() if kind in ("unit", "ten")])
    shares = _one_of([w for w, (_, kind) in _numbers().items() if kind == "share"])
    numeral = re.compile(
        rf"(?<![\w.,])(?<![a-z]-)(?P<digits>{_DIGITS})"
        rf"(?:[ -]?(?P<scale>{scales})s?\b|(?P<short>[mkb]n?)\b)?(?P<percent> ?%)?(?![\w]|\.\d)"
    )
    words = re.compile(rf"\b(?:(?:{small}|a|several)[ -](?:{scales})|{small})(?:(?:[ -]| and )(?:{small}|{scales}))*\b")
    share = re.compile(rf"\b(?:(?P<top>{small}|an?|1|2|3)[ -])?(?P<share>{shares})\b(?= of\b|-| the\b| majority\b)")
    return numeral, words, share


def _of_words(text: str) -> float | None:
    """The value of a run of number words, "two hundred and fifty thousand"; None for "several hundred"."""
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", text):
        if word == "several":
            return None
        value, kind = _numbers().get(word, (1.0, "unit") if word == "a" else (0.0, "and"))
        if kind in ("unit", "ten"):
            current += value
        elif kind == "scale":
            current = max(current, 1.0) * value
            if value >= 1000:
                total, current = total + current, 0.0
    return total + current


def _numerals(text: str) -> list[_Number]:
    """Numbers in digits, in a text in lower case, with the sign of a currency that stands before them."""
    found: list[_Number] = []
    for match in _patterns()[0].finditer(text):
        value = float(re.sub(r"[,\u00a0\u202f]", "", match["digits"]))
        scale, short = match["scale"] or "", match["short"] or ""
        value *= (
            _numbers()[scale][0] if scale else {"": 1, "k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9}.get(short, 1)
        )
        free = found[-1].span.end if found else 0
        sign = next((sign for sign in _signs() if text.endswith(sign, free, match.start())), "")
        unit = "percent" if match["percent"] else _signs().get(sign)
        found.append(_Number(Span(match.start() - len(sign), match.end()), value, unit))
    return found


def _worded(text: str) -> list[_Number]:
    """Numbers in words, in a text in lower case."""
    found = []
    for match in _patterns()[1].finditer(text):
        value = _of_words(match.group())
        if value is not None:
            found.append(_Number(Span(*match.span()), value, None))
    for match in _patterns()[2].finditer(text):
        top = match["top"]
        value = _numbers()[match["share"]][0] * (
            (_of_words(top) or 1) if top and not top.isdigit() else float(top or 1)
        )
        found.append(_Number(Span(*match.span()), value, None))
    return found


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of `text`, in order; each surface is a substring of it."""
    return list(_quantities(text))


@lru_cache(maxsize=256)  # asked once to score a clause and once to describe the claim that it is
def _quantities(text: str) -> tuple[Quantity, ...]:
    numbers: list[_Number] = []
    if not _numbers().keys().isdisjoint(letters(text)):
        numbers += _worded(folded(text))[::-1]
    if _DIGIT.search(text):
        numbers += _numerals(folded(text))
    if not numbers:
        return ()
    shut = date_spans(text) + [Span(*m.span()) for m in _CLOCK.finditer(text)]
    taken: list[_Number] = []
    for number in numbers:
        if not any(number.span.overlaps(s) for s in [*shut, *(t.span for t in taken)]):
            taken.append(number)
    taken.sort()
    quantities = [_measured(text, number) for number in taken]
    for at in range(len(taken) - 1):  # the first end of a range counts what the second does: "20 to 30 people"
        low, high = quantities[at], quantities[at + 1]
        if low and high and low.unit is None and _RANGE.fullmatch(text, taken[at].span.end, taken[at + 1].span.start):
            quantities[at] = low._replace(unit=high.unit)
    return tuple(q for q in quantities if q is not None)


def _measured(text: str, number: _Number) -> Quantity | None:
    """The number with its unit; None where it names something or is no count at all."""
    start, end = number.span
    unit, factor, unit_end = (number.unit, 1.0, end) if number.unit else _unit_after(text, end)
    if unit is None:
        named = re.search(r"(?:\w[’']s|[a-z,;]|\b[A-Z][\w-]*|\bNo\.|#)\s?$", text[:start])
        if named and _is_name(text, start):
            return None
    word = number.span.of(text).lower()
    if word == "one" and (unit is None or _PRONOUN_BEFORE.search(text[:start]) or text.startswith(" of ", end)):
        return None  # "no one", "one of the poorest"
    hedge = _HEDGE.search(text, max(0, start - _HEDGE_CHARS), start)
    return Quantity(number.value * factor, unit, text[hedge.start() if hedge else start : unit_end])


def _is_name(text: str, start: int) -> bool:
    """Whether the number belongs to the capitalised word or the identifying noun before it."""
    before = re.search(r"([\w.#’'-]+)\s?$", text[:start])
    if before is None:
        return False
    word = before.group(1)
    first = not text[: before.start()].strip(" \n\t\"“'‘") or text[: before.start()].rstrip()[-1:] in ".!?:"
    return word.lower() in _IDENTIFYING or (word[0].isupper() and not first and not word.endswith(("'s", "’s")))


def _unit_after(text: str, end: int) -> tuple[str | None, float, int]:
    """Unit, its factor and where its words end, read from the words after a number."""
    for pattern in _UNIT_WORDS:
        match = pattern.match(text, end)
        known = match and _units().get(match.group(1).strip().lower())
        if match and known:
            return known[0], known[1], match.start(1) + len(match.group(1).rstrip())
    return _noun_after(text, end)


def _noun_after(text: str, end: int) -> tuple[str | None, float, int]:
    """The noun that is counted: the first plural of up to four words, or the next word after a hyphen."""
    hyphen = _HYPHENED.match(text, end)
    if hyphen:
        return singular(hyphen.group(1)), 1.0, hyphen.end()
    position, word = end, None
    of = _OF.match(text, end)
    if of:
        position = of.end()
    for _ in range(4):
        match = _NEXT_WORD.match(text, position)
        if match is None or match.group(1).lower() in _NOT_COUNTED:
            break
        word, position = match.group(1), match.end()
        if word.lower() in _units() or (word.endswith("s") and not word.endswith(_SINGULAR)):
            return _units().get(word.lower(), (singular(word), 1.0))[0], 1.0, position
    return None, 1.0, end


def singular(noun: str) -> str:
    """The singular of a regular English noun, in lower case unless it is a name."""
    word = noun if noun.isupper() else noun.lower()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
