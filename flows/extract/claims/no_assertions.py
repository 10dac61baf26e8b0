"""Sentences of a content that assert nothing alone: a question, a request, thanks, or a few words about an "it".

Words of a speaker are quoted whole, so they stay part of what is quoted, beside a sentence that says something.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import CLOSERS, Word
from flows.extract.syntax.tags import FINITE
from flows.lexicons import word_list

_POINTING = word_list("anaphoric_words") - {"there"}
_GREETINGS = word_list("greetings")
_BEFORE_REQUESTS = word_list("before_requests")


def asserts_nothing(words: Sequence[Word]) -> bool:
    """Tell whether words ask, bid or greet: "Who paid?", "Please call us", "Thank you all for that"."""
    plain = [word for word in words if word.form[0].isalnum()]
    while len(plain) > 1 and (plain[0].tag == "CC" or plain[0].form in _BEFORE_REQUESTS):
        plain = plain[1:]
    if not plain:
        return False
    last = next(word for word in reversed(words) if word.form not in CLOSERS)
    following = plain[1] if len(plain) > 1 else None
    bids = plain[0].tag == "VB" and (following is None or following.tag not in FINITE)
    if last.form == "?" or (bids and not _asserts_beside(plain)):
        return True
    return plain[0].form in _GREETINGS and (following is None or following.form != "to")  # "Thanks to him we won"


def _asserts_beside(words: Sequence[Word]) -> bool:
    """Tell whether a clause with a pronoun as its subject is joined to another: "Wait, but [it will come]"."""
    after = (words[i + 1 :] for i, word in enumerate(words) if word.tag == "CC")
    return any(a.tag == "PRP" and b.tag in FINITE for rest in after for a, b in pairwise(rest[:2]))


def is_bare(words: Sequence[Word]) -> bool:
    """Tell whether words are a short clause about an "it", "that" or "they", and name and count nothing."""
    plain = [word for word in words if word.form[0].isalnum() and word.tag != "CC"]
    if not 1 < len(plain) <= THRESHOLDS.bare_words or plain[0].form not in _POINTING:
        return False
    return plain[1].tag in FINITE and not any(word.tag in {"NNP", "NNPS", "CD"} for word in plain)
