"""All numbers of a text, whatever their form, none inside another."""

from flows.extract.claims.quantities.compound_numbers import feet_and_inches, fractions, one_unit
from flows.extract.claims.quantities.numbers import Number, figures, spelled
from flows.extract.claims.quantities.shares import ratios, shares


def find_numbers(text: str, words: bool, digits: bool) -> list[Number]:
    """Return the numbers of a text in order; of two that overlap the longer one.

    words, digits: whether the text has any number word, any digit or sign of a fraction.
    """
    taken: list[Number] = []
    found: list[Number] = []
    if words or digits:
        found += [*ratios(text), *feet_and_inches(text)]
    if words:
        found += [*shares(text), *spelled(text)]
    found += one_unit(text)
    if digits:
        found += [*figures(text), *fractions(text)]
    used = bytearray(len(text))
    # "half a million" is longer than the "a million" in it
    for number in sorted(found, key=lambda number: number.span.start - number.span.end):
        if not any(used[number.span.start : number.span.end]):
            used[number.span.start : number.span.end] = b"\1" * (number.span.end - number.span.start)
            taken.append(number)
    return sorted(taken, key=lambda number: number.span)
