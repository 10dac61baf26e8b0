"""Light stems of words, and how much each says: how rare it is in news.

Case, accents, possessives and inflections are off, and six letters kept, so that "recognize", "recognised" and
"recognition" meet (truncation works as well as a full stemmer in English retrieval, McNamee and Mayfield 2004). A
weight is the inverse document frequency in a fixed table of news (`seeds/lexicons/stem_frequency.csv`), not in the
corpus at hand: two texts compare alike whatever else is there.
"""

import re
import unicodedata
from functools import lru_cache
from math import log

from flows.lexicons import LEXICONS, rows
from flows.lexicons.thresholds import THRESHOLDS

CONTENT_WEIGHT = THRESHOLDS.content_weight
_WORD = re.compile(r"[^\W_]+")
_SUFFIX = re.compile(r"(?:ings?|edly|ed|es|s|ly|ied|ies)$")


@lru_cache(maxsize=1 << 16)
def stem(term: str) -> str:
    """Return the stem of one term, of none nothing; a number is its own stem without separators of thousands."""
    if term[:1].isdigit():
        return term.replace(",", "")
    plain = unicodedata.normalize("NFKD", term.lower()).encode("ascii", "ignore").decode() or term.lower()
    cut = _SUFFIX.sub("", plain)
    plain = cut if len(cut) >= 4 else plain.removesuffix("s") if len(plain) > 3 else plain
    return plain[: THRESHOLDS.kept_letters]


def inflected_stems(word: str) -> frozenset[str]:
    """Return the stems of a word and of its regular inflections: a light stem leaves `raise` and `raised` apart."""
    low = word.lower()
    bare = low.removesuffix("e")
    forms = {low, f"{low}s", f"{low}es", f"{bare}ed", f"{bare}ing", f"{low}{low[-1]}ed", f"{low}{low[-1]}ing"}
    if low.endswith("y"):
        forms |= {f"{low[:-1]}ies", f"{low[:-1]}ied"}
    return frozenset(map(stem, forms))


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    return {row["stem"]: float(row["share"]) for row in rows(LEXICONS, "stem_frequency", ("stem", "share"))}


def in_news(stemmed: str) -> bool:
    """Tell whether a stem is in the table of news: most are of common words, as names are many and each is rare."""
    return stemmed in _shares()


@lru_cache(maxsize=1 << 16)
def weight(stemmed: str) -> float:
    """Return the inverse document frequency of a stem, in nats: 0 for what is everywhere, 11.5 for what is nowhere."""
    return log(
        1 / (THRESHOLDS.number_share if stemmed[0].isdigit() else _shares().get(stemmed, THRESHOLDS.rarest_share))
    )


def tells(word: str) -> bool:
    """Tell whether a word is rare enough in news to say something by itself."""
    return weight(stem(word) or word) >= CONTENT_WEIGHT


def telling_stems(words: str) -> frozenset[str]:
    """Return the stems of those words of a text that say something by themselves."""
    return frozenset([stem(word) or word for word in _WORD.findall(words.lower()) if tells(word)])
