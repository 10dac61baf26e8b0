"""Words of a wording as stems with a weight: how rare a stem is in news.

Stems are light: case, accents, possessives and inflections off, six letters kept, so that "recognize",
"recognised" and "recognition" meet (truncation works as well as a full stemmer in English retrieval,
McNamee and Mayfield 2004). A weight is the inverse document frequency in a fixed table of news
(`seeds/lexicons/stem_frequency.csv`), not in the corpus at hand: two claims compare alike whatever else is
there.
"""

import re
import unicodedata
from functools import lru_cache
from math import log

from flows.lexicons import LEXICONS, rows

KEPT_LETTERS = 6
_RAREST = 1e-5
"""Share of articles that a stem outside the table is taken to be in."""

TERM = r"[\p{L}\p{N}]+(?:[.,]\p{N}+)*"
"""What a term is, as a regular expression of Polars: letters and digits, a number with its separators in
one.
"""

_SUFFIX = re.compile(r"(?:ings?|edly|ed|es|s|ly|ied|ies)$")


def stem(term: str) -> str:
    """The stem of one term; a number is its own stem without separators of thousands."""
    if term[0].isdigit():
        return term.replace(",", "")
    plain = unicodedata.normalize("NFKD", term.lower()).encode("ascii", "ignore").decode() or term.lower()
    cut = _SUFFIX.sub("", plain)
    plain = cut if len(cut) >= 4 else plain.removesuffix("s") if len(plain) > 3 else plain
    return plain[:KEPT_LETTERS]


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    return {row["stem"]: float(row["share"]) for row in rows(LEXICONS, "stem_frequency", ("stem", "share"))}


def weight(stemmed: str) -> float:
    """Inverse document frequency of a stem, in nats: 0 for what is everywhere, 11.5 for what is nowhere."""
    if stemmed[0].isdigit():
        return log(1 / 3e-3)  # a number says as much as a rather rare word; its value is compared elsewhere
    return log(1 / _shares().get(stemmed, _RAREST))
