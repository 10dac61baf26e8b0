"""Words of an organisation's name in one spelling: numbers as digits, British words as American ones."""

import re
from functools import cache, lru_cache

from flows import lexicons

_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


def _roman(number: int) -> str:
    written = ""
    for letters, value in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


@cache
def _units() -> dict[str, str]:
    """Number words up to twenty and Roman numerals, each as digits (`seeds/lexicons/numbers.csv`)."""
    kinds, values = lexicons.column("numbers", "word", "kind"), lexicons.column("numbers", "word", "value")
    units = {word: values[word] for word, kind in kinds.items() if kind == "unit" or values[word] == "20"}
    return units | {_roman(number): str(number) for number in range(1, 21)}


@cache
def _tens() -> dict[str, int]:
    """`twenty` to `ninety`."""
    kinds, values = lexicons.column("numbers", "word", "kind"), lexicons.column("numbers", "word", "value")
    return {word: int(values[word]) for word, kind in kinds.items() if kind == "ten"}


def with_digits(words: list[str]) -> list[str]:
    """Return words with number words and Roman numerals as digits: `twenty first` is one number."""
    units, tens = _units(), _tens()
    out: list[str] = []
    for word in words:
        if out and word in units and out[-1] in tens:
            out[-1] = str(tens[out[-1]] + int(units[word]))
        elif out and out[-1] in tens and word.isdigit() and len(word) == 1:
            out[-1] = str(tens[out[-1]] + int(word))
        elif word in units and (len(word) > 1 or len(words) > 2) and word != "i":
            out.append(units[word])
        else:
            out.append(word)
    return [str(tens[w]) if w in tens else w for w in out]


@cache
def _variants(kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is written in one spelling, of one kind (`seeds/lexicons/spelling_variants.csv`)."""
    table = lexicons.rows(lexicons.LEXICONS, "spelling_variants", ("pattern", "spelling", "kind"))
    return tuple((re.compile(row["pattern"]), row["spelling"]) for row in table if row["kind"] == kind)


def _in_one_spelling(word: str, kind: str) -> str:
    for pattern, spelling in _variants(kind):
        word = pattern.sub(spelling, word)
    return word


@lru_cache(maxsize=1 << 16)
def american(word: str) -> str:
    """Return a word in American spelling, where British and American differ in names of bodies."""
    return _in_one_spelling(word, "american")


@lru_cache(maxsize=1 << 10)
def one_particle(word: str) -> str:
    """Return a particle of names in one spelling: `ibn` and `ben` are `bin`."""
    return _in_one_spelling(word, "particle")


@lru_cache(maxsize=1 << 16)
def one_body_word(word: str) -> str:
    """Return a word of a body's name in one spelling; empty where it only fills (`affairs`)."""
    return _in_one_spelling(word, "body")
