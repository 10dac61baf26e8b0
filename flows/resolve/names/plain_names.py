"""Full names of persons in plain words, taken apart by columns: what `parse_person` says of them, all at once.

Most names are so: words with a space between, of which none is a title, a particle or the mark of a generation. Then
nothing is to be known of a name but its words, and each distinct word is folded once.
"""

from sys import intern

import numpy as np
import polars as pl

from flows.resolve.names.parse_name import (
    COMPANY_ENDS,
    GENERATION,
    PARTICLES,
    TWO_INITIALS,
    Name,
    first_of_honorifics,
    folded_words,
)
from flows.resolve.names.words import Words

_WORDS = r"^\p{L}.* .*[\p{L}.]$"
"""Two words or more; what stands at the ends of a name beside letters and stops may mean something."""


def plain_persons(surfaces: pl.Series) -> pl.Series:
    """Return the tokens of each full name in plain words, a space between; null for what takes `parse_person`."""
    odd = "|".join((GENERATION.pattern, TWO_INITIALS.pattern, ","))
    words = Words.of(surfaces.str.split(" "))
    tokens = [folded_words(word) for word in words.distinct]
    title = np.array([not first_of_honorifics().isdisjoint(found[:1]) for found in tokens], bool)
    company = np.array([not COMPANY_ENDS.isdisjoint(found[-1:]) for found in tokens], bool)
    other = np.array([not found or not PARTICLES.isdisjoint(found) for found in tokens], bool)
    plain = ~(title[words.first] | company[words.last])
    plain[words.owners[other[words.flat]]] = False
    plain &= (surfaces.str.contains(_WORDS) & ~surfaces.str.contains(odd)).to_numpy()
    whole = words.put_together(pl.Series([" ".join(found) for found in tokens], dtype=pl.String), " ")
    return pl.select(pl.when(pl.lit(pl.Series(plain))).then(pl.lit(whole))).to_series()


def plain_name(tokens: str) -> Name:
    """Return the name of which `plain_persons` has told the tokens."""
    words = tuple(map(intern, tokens.split(" ")))
    return Name(words, (), "", "", intern("".join([word[0] for word in words])))
