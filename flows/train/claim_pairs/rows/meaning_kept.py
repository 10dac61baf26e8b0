"""Edits of a sentence after which it says the same, or less: left out, put in front, spelled otherwise.

Each is a function as in `generated_edits`.
"""

import random
import re
from collections.abc import Sequence

DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ATTRIBUTION = re.compile(r",? (?:he|she|they|[A-Z]\w+(?: [A-Z]\w+)?|(?:the )?(?:police|officials?|government)) "
                          r"(?:said|says|told reporters|added)(?: (?:on|in a) \w+)?[.]?$")  # fmt: skip
_OPENING = re.compile(r"^(?:[A-Z]\w+(?: [A-Z]\w+)?|[Tt]he [a-z]+|[Pp]olice|[Oo]fficials|He|She) (?:said|says|added) "
                      r"(?:on \w+day )?(?:that )?(?=\w)")  # fmt: skip
_DATELINE = re.compile(r"^[A-Z][A-Z. ]{2,24}(?:, [A-Z][a-z]+)? (?:\([A-Za-z ]+\) )?[-–—]+ ")
_APPOSITION = re.compile(r"(?P<name>\b[A-Z][a-z]+), (?:an?|the) [^,]{4,50}, (?=[a-z])")
_TAIL = re.compile(r",? (?:which|who|as|after|when|while|because|and|but|following|including|amid|with|where) [^.]{15,}"
                   r"[.]?$")  # fmt: skip
_FRONT = re.compile(r"^(?P<front>(?:In|On|After|At|During|Since|Before|By|For) [^,]{3,40}), (?P<rest>[a-z][^\n]{15,})$")
_SHORT = (("did not", "didn't"), ("does not", "doesn't"), ("is not", "isn't"), ("was not", "wasn't"),
          ("will not", "won't"), ("would not", "wouldn't"), ("could not", "couldn't"), ("has not", "hasn't"),
          ("have not", "haven't"), ("are not", "aren't"), (" percent", "%"), (" per cent", "%"),
          ("United States", "U.S."), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("ten", "10"),
          ("12", "twelve"), ("20", "twenty"), ("7", "seven"), ("8", "eight"), ("6", "six"), ("about", "around"),
          ("approximately", "about"), ("more than", "over"))  # fmt: skip


def without_day(text: str, _rng: random.Random, _names: Sequence[str]) -> str | None:
    """Return the sentence without its weekday."""
    out = re.sub(rf",? (?:on |late |early )?{DAY}(?: (?:morning|night|evening|afternoon))?\b,?", "", text, count=1)
    return out if out != text and len(out.split()) > 4 else None


def without_attribution(text: str, _rng: random.Random, _names: Sequence[str]) -> str | None:
    """`he said` at the end, or `Police said that` at the beginning, left out."""
    out = _ATTRIBUTION.sub("", text)
    if out == text:
        out = _OPENING.sub("", text)
    return out[:1].upper() + out[1:] if out != text and len(out.split()) > 4 else None


def with_attribution(text: str, rng: random.Random, names: Sequence[str]) -> str | None:
    """Someone who says it put in."""
    who = rng.choice([*names[:6], "he", "she", "officials", "police", "the company"])
    return f"{text.rstrip('.')}, {who} said." if rng.random() < 0.6 else f"{who[:1].upper()}{who[1:]} said {text}"


def without_dateline(text: str, _rng: random.Random, _names: Sequence[str]) -> str | None:
    """Return the sentence without its dateline."""
    out = _DATELINE.sub("", text)
    return out if out != text else None


def without_apposition(text: str, _rng: random.Random, _names: Sequence[str]) -> str | None:
    """`, the mayor of …,` left out."""
    out = _APPOSITION.sub(r"\g<name> ", text, count=1)
    return out if out != text else None


def shortened(text: str, _rng: random.Random, _names: Sequence[str]) -> str | None:
    """Return the sentence without its last clause."""
    out = _TAIL.sub("", text)
    return out if out != text and len(out.split()) > 4 else None


def respelled(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """Contractions, figures for number words, per cent signs."""
    pairs = [
        pair
        for pair in (*_SHORT, *((b, a) for a, b in _SHORT))
        if re.search(rf"(?<!\w){re.escape(pair[0])}(?!\w)", text)
    ]
    if not pairs:
        return None
    old, new = rng.choice(pairs)
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, text, count=1)


def reordered(text: str, _rng: random.Random, _names: Sequence[str]) -> str | None:
    """`On Monday, …` moved to the end."""
    found = _FRONT.match(text.rstrip("."))
    if not found:
        return None
    front = found["front"]
    return f"{found['rest'][:1].upper()}{found['rest'][1:]} {front[:1].lower()}{front[1:]}."


def recased(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """As a headline writes it, in capitals or in lower case."""
    return rng.choice((str.title, str.upper, str.lower))(text)


def unchanged(text: str, _rng: random.Random, _names: Sequence[str]) -> str | None:
    """Return the sentence itself."""
    return text
