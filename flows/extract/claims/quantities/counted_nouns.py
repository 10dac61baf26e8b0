"""The noun that a number counts: "vote" of "94 votes", "seat" of "101-seat"."""

import re
from functools import cache

from flows.extract.claims.quantities.numbers import number_words
from flows.extract.claims.quantities.units import Unit, singular, unit_words, units
from flows.lexicons import word_list

_HYPHENED = re.compile(r"-([a-z]{3,30})\b")
_SUSPENDED = re.compile(r"-(?:to|and|or)-")
_OF = re.compile(r" of (?:(?:the|its|their|his|her|all) )?")
_HALF_THE = re.compile(r" (?:of )?(?:(?:the|its|their|his|her|all) )?")
_NEXT_WORD = re.compile(r"(?:^|(?<=\s)|[ -])([A-Za-z][\w’'-]*)")
_PLURAL_NEXT = re.compile(r" ([a-z]{3,20}[a-rt-z]s)\b")
_NO_MEN = word_list("men_that_are_none")
_SINGULAR = ("ss", "us", "is", "vs", "'s", "’s")
"""Endings in s of what is no plural."""
_NOT_COUNTED = word_list("not_counted")


@cache
def _counted() -> frozenset[str]:
    """Return the words of units that are no plurals and may stand behind an adjective: "40 young people"."""
    return frozenset(unit_words("count").split("|"))


def noun_after(text: str, end: int, *, single: bool = False) -> Unit | None:
    """Return the noun that is counted: the first plural of up to four words, or the next word after a hyphen.

    None where the hyphen makes a word that counts nothing: "two-way". single: the number is one, so that a plural
    after it belongs to another word: "in one case users complained".
    """
    if _SUSPENDED.match(text, end):  # "18-to-24-year-olds"
        return Unit(None, 1.0, end)
    hyphen = _HYPHENED.match(text, end)
    if hyphen:
        if hyphen[1] in word_list("not_after_a_hyphen"):
            return None
        return Unit(None if hyphen[1] == "strong" else singular(hyphen[1]), 1.0, hyphen.end())
    half = text[max(0, end - 4) : end].lower() == "half"
    position = of.end() if (of := (_HALF_THE if half else _OF).match(text, end)) else end
    for _ in range(0 if single else 4):
        match = _NEXT_WORD.match(text, position)
        acronym = match is not None and match[1].isupper() and len(match[1]) > 1  # "IS fighters"
        if match is None or (match[1].lower() in _NOT_COUNTED and not acronym):
            break
        word, position = match[1], match.end()
        if word.endswith("men") and word.lower() not in _NO_MEN and word.lower() not in units():
            return Unit(f"{word[:-3]}man", 1.0, position)
        if word.lower() in number_words():
            break  # "367 one year ago"
        if word.lower() in _counted() or (word.endswith("s") and not word.endswith(_SINGULAR)):
            if match[1][0].isupper() and (counted := _PLURAL_NEXT.match(text, position)):
                return Unit(singular(counted[1]), 1.0, counted.end())  # "five Sanders supporters"
            name, factor = units().get(word.lower(), (singular(word), 1.0))
            return Unit(name, factor, position)
    return Unit(None, 1.0, end)
