"""Sentences of a content that assert nothing alone: a question, a request, thanks, or a few words about an "it".

Words of a speaker are quoted whole, so they stay part of what is quoted, beside a sentence that says something.
"""

from collections.abc import Sequence

from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import CLOSERS, NOUN_PHRASE, Word
from flows.extract.syntax.tags import COMPLEMENTISERS, FINITE, NOUN, OF_MANY, RELATIVE
from flows.lexicons import word_list

_POINTING = word_list("anaphoric_words") - {"there"}
_GREETINGS = word_list("greetings")
_BEFORE_REQUESTS = word_list("before_requests")
_SUBJECT = NOUN_PHRASE | {"PRP"}


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
    greets = plain[0].form in _GREETINGS and (following is None or following.form != "to")  # "Thanks to him we won"
    if last.form == "?" or not (bids or greets):
        return last.form == "?"
    if greets and (_verb(plain) or _verb(plain[1:])):
        return False  # "Congratulations poured in", "Thank God the bank paid"
    return not _asserts_beside([word for word in words if word.start >= plain[0].start])


def _asserts_beside(words: Sequence[Word]) -> bool:
    """Tell whether a clause stands beside another, behind a coordinator or a comma: "Wait, but [it will come]",
    "Look, [the bank lost]". A noun behind a coordinator may be the last of several: "see what he and [the men do]".
    """
    for index, word in enumerate(words):
        verb = _verb(words[index + 1 :]) if word.tag == "CC" or word.form == "," else None
        if verb is None:
            continue
        if word.form == "," or words[index + 1].tag == "PRP":
            return True
        depends = any(before.tag in RELATIVE or before.form in COMPLEMENTISERS for before in words[:index])
        if not depends and verb.tag != "VBP" and verb.form not in OF_MANY:
            return True
    return False


def _verb(words: Sequence[Word]) -> Word | None:
    """Return the finite verb of words that open with its subject: "the bank never [paid]"."""
    end = next((i for i, word in enumerate(words) if word.tag not in _SUBJECT), len(words))
    verb = next((word for word in words[end:] if word.tag != "RB"), None)
    subject = bool(end) and (words[end - 1].tag in NOUN or words[end - 1].tag == "PRP")
    return verb if subject and verb is not None and verb.tag in FINITE else None


def is_bare(words: Sequence[Word]) -> bool:
    """Tell whether words are a short clause about an "it", "that" or "they", and name and count nothing."""
    plain = [word for word in words if word.form[0].isalnum() and word.tag != "CC"]
    if not 1 < len(plain) <= THRESHOLDS.bare_words or plain[0].form not in _POINTING:
        return False
    return plain[1].tag in FINITE and not any(word.tag in {"NNP", "NNPS", "CD"} for word in plain)
