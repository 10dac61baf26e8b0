"""The words of a person's name, the mark that tells father from son apart from them, and what a name ends in that owns
what follows.
"""

import re

_ARTICLE = re.compile(r"^[ae]l-(?=\w{3})")
"""The article of Arabic surnames, with which they are given once and without it later: `Ahmad al-Sabah`, `Sabah`."""

_GENERATION = re.compile(r"(?:jr|jnr|sr|snr|junior|senior|[ivx]{2,5})")

OWNS = r"['’]s?"
"""What a name ends in whose own follows, as a regular expression."""

SURNAME_FIRST = re.compile(r"[A-Z]\w{1,9} [A-Z]\w{1,7}-[a-z]\w{1,7}")
"""Names of East Asia, whose surname stands first: `Ko Wen-je`, a given name with its second part in small letters."""


def words_and_generation(surface: str) -> tuple[list[str], str]:
    """Return the words of a name in lower case, and apart from them the mark that tells father from son."""
    words = [word.strip(".,") for word in surface.lower().split()]
    words[-1:] = [_ARTICLE.sub("", word) for word in words[-1:]]
    if len(words) > 1 and _GENERATION.fullmatch(words[-1]):
        return words[:-1], words[-1]
    return words, ""
