"""Words of an organisation's name in one spelling: numbers as digits, British words as American ones."""

import re
from functools import cache

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


def numbered(words: list[str]) -> list[str]:
    """Words with number words and Roman numerals as digits: `twenty first` is one number."""
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


_BRITISH = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"isation", "ization"),
        (r"^defence$", "defense"),
        (r"^labour$", "labor"),
        (r"^centre$", "center"),
        (r"^programme$", "program"),
    )
)


def american(word: str) -> str:
    """A word in American spelling, where British and American differ in names of bodies."""
    for pattern, other in _BRITISH:
        word = pattern.sub(other, word)
    return word
