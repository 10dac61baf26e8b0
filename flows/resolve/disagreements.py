"""On what exactly two claims about one thing disagree: counts, lists, dates. Texts in, words to show out.

Each function takes two claims as mappings (text, quantities, dates) and returns what each says, in their own words,
or None where both may well be right.
"""

import re
from collections.abc import Mapping
from typing import Any

ROUNDING = 0.05
"""Counts within five in a hundred of each other are one count, rounded."""

_NAME = r"(?:the )?[A-Z][\w’'.-]*(?: (?:and |of |the )?[A-Z][\w’'.-]*){0,3}?"
_LIST = re.compile(rf"({_NAME})((?:, {_NAME})+),? (?:and|or|&) ({_NAME})|({_NAME}) and ({_NAME})")
_OPEN = re.compile(r"\b(?:such as|including|like|for example|among (?:them|others)|primarily|especially)\b[^.;]{0,15}$")

Claim = Mapping[str, Any]


def differing_quantities(a: Claim, b: Claim) -> tuple[str, str] | None:
    """Counts of one noun that differ; None where any count of that noun agrees, or one is a bound that holds."""
    for first in a["quantities"]:
        same_unit = [q for q in b["quantities"] if first["unit"] is not None and q["unit"] == first["unit"]]
        if not same_unit or any(_agree(first, q) for q in same_unit):
            continue
        others = [q for q in a["quantities"] if q["unit"] == first["unit"]]
        if any(_agree(x, q) for x in others for q in same_unit):
            continue
        return first["surface"], same_unit[0]["surface"]
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
    """Complete enumerations of names ("Greece, Romania and Slovakia"); those that only give examples are left out."""
    found = []
    for match in _LIST.finditer(text):
        if _OPEN.search(text, 0, match.start()):
            continue
        whole = match.group().replace(", and ", ", ").replace(" and ", ", ").replace(" or ", ", ").replace(" & ", ", ")
        names = tuple(name.removeprefix("the ").strip() for name in whole.split(", ") if name.strip())
        if len(names) >= 2:
            found.append(names)
    return found


def differing_lists(a: Claim, b: Claim) -> tuple[str, str] | None:
    """Enumerations with at least two names in common of which one has a name that the other lacks."""
    for first in names_listed(a["text"]):
        for second in names_listed(b["text"]):
            one, other = {n.casefold() for n in first}, {n.casefold() for n in second}
            if len(one & other) >= 2 and one != other and max(len(one), len(other)) >= 3:
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
