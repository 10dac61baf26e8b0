"""On what exactly two claims about one thing disagree: counts, lists, dates. Texts in, words to show out.

Each function takes two claims as mappings (text, start_char, quantities, dates, entities: [(offset in the
article, entity), …] in order) and returns what each says, in their own words, or None where both may well
be right.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from flows.lexicons import LEXICONS, rows
from flows.resolve.claims.stems import stem

ROUNDING = 0.05
"""Counts within five in a hundred of each other are one count, rounded."""

_NAME = r"(?:the )?[A-Z][\w’'.-]{0,40}(?: (?:and |of |the )?[A-Z][\w’'.-]{0,40}){0,3}?"
_LIST = re.compile(rf"({_NAME})((?:, {_NAME})+),? (?:and|or|&) ({_NAME})|({_NAME}) and ({_NAME})")
_OPEN = re.compile(r"\b(?:such as|including|like|for example|among (?:them|others)|primarily|especially)\b[^.;]{0,15}$")

Claim = Mapping[str, Any]


def differing_quantities(a: Claim, b: Claim) -> tuple[str, str] | None:
    """Counts of one noun that differ; None where any count of that noun agrees, or one is a bound that
    holds.
    """
    if any(_agree(x, y) for x in a["quantities"] for y in b["quantities"]):
        return None  # "four of the 32 members" and "four members" differ in no count that both give
    for first in a["quantities"]:
        for second in b["quantities"]:
            if first["unit"] is not None and first["unit"] == second["unit"]:
                return first["surface"], second["surface"]
    return None


def _agree(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two counts may be of one thing: equal but for rounding, or one a bound that the other keeps."""
    low, high = sorted((a, b), key=lambda q: (q["value"], q["surface"]))
    if high["value"] - low["value"] <= ROUNDING * abs(high["value"]):
        return True
    if any(low["surface"].lower().startswith(word) for word in ("more than", "over", "at least", "just over")):
        return True
    return any(high["surface"].lower().startswith(w) for w in ("less than", "fewer than", "under", "at most", "up to"))


def names_listed(text: str) -> list[tuple[str, ...]]:
    """Complete enumerations of names ("Greece, Romania and Slovakia"); those that only give examples are
    left out.
    """
    found = []
    for match in _LIST.finditer(text):
        if _OPEN.search(text, 0, match.start()):
            continue
        whole = match.group().replace(", and ", ", ").replace(" and ", ", ").replace(" or ", ", ").replace(" & ", ", ")
        names = tuple(name.removeprefix("the ").strip() for name in whole.split(", ") if name.strip())
        if len(names) >= 2:
            found.append(names)
    return found


def listed_key(name: str) -> str:
    """What a listed name is compared by: its last word, so that "Sun Hill Bank" and "the Bank" are no two members."""
    return name.rsplit(maxsplit=1)[-1].removesuffix("’s").removesuffix("'s").strip(".’'").casefold()


def differing_lists(a: Claim, b: Claim) -> tuple[str, str] | None:
    """Enumerations with at least two names in common of which one lacks names that the other has.

    Where each lacks some they more likely are of two groups ("won in Ostia, Westia and Middia").
    """
    for first in names_listed(a["text"]):
        for second in names_listed(b["text"]):
            one, other = {listed_key(n) for n in first}, {listed_key(n) for n in second}
            if min(len(one), len(other)) >= 2 and (one < other or other < one):
                return ", ".join(first), ", ".join(second)
    return None


def differing_dates(a: Claim, b: Claim) -> tuple[str, str] | None:
    """Dates that cannot be one: neither is a coarser form of the other."""
    first = [d for d in a["dates"] if not any(_compatible(d["iso"], e["iso"]) for e in b["dates"])]
    second = [d for d in b["dates"] if not any(_compatible(d["iso"], e["iso"]) for e in a["dates"])]
    if len(a["dates"]) != 1 or len(b["dates"]) != 1 or not first or not second:
        return None
    return first[0]["surface"], second[0]["surface"]


def _compatible(a: str, b: str) -> bool:
    if "W" in a or "W" in b:
        return a[:4] == b[:4]
    return a.startswith(b) or b.startswith(a)


NEAREST = 2
"""Entities in front of a judging word that it may be about: "NATO's expansion with Kosovo would …
stability".
"""

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _judging() -> dict[str, frozenset[str]]:
    """Stems that judge, with the stems of the opposite judgement."""
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "antonyms", ("word", "opposite", "kind")):
        if row["kind"] == "judgement":
            one, other = stem(row["word"]), stem(row["opposite"])
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def _judgements(claim: Claim) -> Iterator[tuple[str, frozenset[str], str]]:
    """Every judging word of a claim as (stem, what it is about, the sentence that it stands in)."""
    for sentence in _SENTENCE.finditer(claim["text"]):
        for word in _WORD.finditer(sentence.group()):
            stemmed = stem(word.group())
            if stemmed in _judging():
                low, high = (claim["start_char"] + sentence.start() + at for at in (0, word.start()))
                before = [entity for at, entity in claim["entities"] if low <= at < high]
                yield stemmed, frozenset(before[-NEAREST:]), sentence.group()


def opposed_judgements(a: Claim, b: Claim) -> tuple[str, str] | None:
    """Sentences that judge one and the same in opposite ways: opposite words behind an entity that both
    name.
    """
    for one, subject, sentence in _judgements(a):
        for other, other_subject, other_sentence in _judgements(b):
            if other in _judging()[one] and subject & other_subject:
                return sentence.strip(), other_sentence.strip()
    return None
