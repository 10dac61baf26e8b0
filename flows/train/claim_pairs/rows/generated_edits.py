"""Edits of a sentence: such that it says something else, says less, or says the same in other words.

Each function takes a sentence, a random generator and names of the same article, and gives the new sentence, or None
where the sentence has nothing to edit. What an edit makes of the sentence is in `EDITS`: the answers that are right for
(sentence, edited sentence). Words come from `seeds/lexicons`.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

from flows import lexicons
from flows.train.claim_pairs.rows.annotated_pairs import APART, CONTRADICTS, FIRST_MORE, NOT_SAME, OTHER, SAME
from flows.train.claim_pairs.rows.meaning_kept import (
    recased,
    reordered,
    respelled,
    shortened,
    unchanged,
    with_attribution,
    without_apposition,
    without_attribution,
    without_dateline,
    without_day,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|[.,]\d)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")
_SCALE = re.compile(r"\b(thousand|million|billion|trillion)\b")
_MODAL = re.compile(r"\b(is|are|was|were|will|would|can|could|has|have|had|should|may|might) (?!not\b|been not\b)")
_NOT = re.compile(r"(?:\b(?P<do>did|does|do) not (?P<verb>[a-z]+))|\b(?P<modal>is|are|was|were|will|would|can|could|"
                  r"has|have|had|should|may|might)(?: not\b|n['’]t\b)")  # fmt: skip
_STRONG = (("will", "may"), ("will", "could"), ("all", "some"), ("confirmed", "suggested"), ("must", "may"),
           ("proved", "suggested"), ("every", "many"), ("are", "may be"), ("is", "may be"), ("was", "may have been"),
           ("has", "may have"), ("have", "may have"), ("ordered", "asked"), ("killed", "injured"))  # fmt: skip

Edit = Callable[[str, random.Random, Sequence[str]], str | None]


def _replaced(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]


def _one(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def number(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """Another number in place of one."""
    found = _one(_NUMBER, text, rng)
    if found is None:
        return _word_number(text, rng)
    value = float(found[0].replace(",", ""))
    if 1900 <= value <= 2100 and "," not in found[0]:
        new = value + rng.choice((-3, -2, -1, 1, 2, 4))
    elif "." in found[0]:
        new = round(value * rng.choice((0.5, 0.8, 0.9, 1.1, 1.3, 2)) + 0.1, 1)
    else:
        new = round(value * rng.choice((0.3, 0.5, 0.8, 1.2, 1.5, 2, 10))) + rng.choice((0, 1, 2))
    if new == value:
        new += 1
    shown = f"{new:,.1f}" if "." in found[0] else f"{new:,.0f}" if "," in found[0] else f"{new:.0f}"
    return _replaced(text, found, shown)


@cache
def _number_words() -> tuple[str, ...]:
    kinds = lexicons.column("numbers", "word", "kind")
    return tuple(word for word, kind in kinds.items() if kind in ("unit", "ten") and word not in ("zero", "fourty"))


def _word_number(text: str, rng: random.Random) -> str | None:
    found = _one(re.compile(r"\b(?:" + "|".join(w for w in _number_words() if w != "one") + r")\b"), text, rng)
    if found is None:
        return None
    return _replaced(text, found, rng.choice([word for word in _number_words() if word != found[0]]))


def scale(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """Million for billion, and so on."""
    found = _one(_SCALE, text, rng)
    others = ["thousand", "million", "billion", "trillion"]
    return found and _replaced(text, found, rng.choice([word for word in others if word != found[0]]))


def name(text: str, rng: random.Random, names: Sequence[str]) -> str | None:
    """Another name of the article in place of one."""
    found = _one(_NAME, text, rng)
    others = [n for n in names if found and n not in text and found[0] not in n]
    return _replaced(text, found, rng.choice(others)) if found and others else None


def roles(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """Two names exchange their places."""
    found = [m for m in re.finditer(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b", text) if len(m[0]) > 3]
    if len(found) < 2:
        return None
    first, second = sorted(rng.sample(found, 2), key=lambda m: m.start())
    if first[0] == second[0]:
        return None
    return text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0] + text[second.end() :]


@cache
def _opposites() -> dict[str, list[str]]:
    """Each word's opposites, and those of its plain inflections."""
    table: dict[str, list[str]] = {}
    for row in lexicons.rows(lexicons.LEXICONS, "antonyms", ("word", "opposite")):
        for a, b in ((row["word"], row["opposite"]), (row["opposite"], row["word"])):
            table.setdefault(a, []).append(b)
            for ending in ("s", "ed", "ing"):
                table.setdefault(_inflected(a, ending), []).append(_inflected(b, ending))
    return table


def _inflected(word: str, ending: str) -> str:
    if ending == "s":
        return word + "s"
    return word.removesuffix("e") + ending


def opposite(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """Return the sentence with the opposite of a word in its place."""
    found = [m for m in re.finditer(r"\b[a-z]+\b", text) if m[0] in _opposites()]
    if not found:
        return None
    chosen = rng.choice(found)
    return _replaced(text, chosen, rng.choice(_opposites()[chosen[0]]))


def negation(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """Return the sentence with a negation put in, or taken out."""
    out = _NOT.search(text)
    if out:
        return _replaced(text, out, out["modal"] or ("will " if out["do"] == "do" else "would ") + out["verb"])
    if re.search(r"\b(?:not|no|never|nothing|none|nobody|neither)\b|n['’]t\b", text):
        return None
    found = _one(_MODAL, text, rng)
    return found and _replaced(text, found, f"{found[1]} not ")


def day(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """Another weekday or month."""
    for values in (_DAYS, _MONTHS):
        found = _one(re.compile(r"\b(?:" + "|".join(values) + r")\b"), text, rng)
        if found:
            return _replaced(text, found, rng.choice([value for value in values if value != found[0]]))
    return None


def weaker(text: str, rng: random.Random, _names: Sequence[str]) -> str | None:
    """May for will, some for all."""
    fitting = [(strong, weak) for strong, weak in _STRONG if re.search(rf"\b{strong}\b", text)]
    if not fitting:
        return None
    strong, weak = rng.choice(fitting)
    return re.sub(rf"\b{strong}\b", weak, text, count=1)


EDITS: dict[str, tuple[Edit, tuple[int, ...], float]] = {
    "number": (number, (CONTRADICTS,), 2.0),
    "scale": (scale, (CONTRADICTS,), 1.0),
    "name": (name, APART, 2.5),
    "roles": (roles, APART, 1.0),
    "opposite": (opposite, (CONTRADICTS,), 2.0),
    "negation": (negation, (CONTRADICTS,), 2.0),
    "day": (day, APART, 1.0),
    "weaker": (weaker, NOT_SAME, 1.0),
    "without_day": (without_day, (SAME, FIRST_MORE), 1.5),
    "without_attribution": (without_attribution, (SAME,), 2.0),
    "with_attribution": (with_attribution, (SAME,), 0.5),
    "without_dateline": (without_dateline, (SAME,), 1.0),
    "without_apposition": (without_apposition, (SAME, FIRST_MORE), 1.0),
    "shortened": (shortened, (FIRST_MORE,), 2.0),
    "respelled": (respelled, (SAME,), 2.0),
    "reordered": (reordered, (SAME,), 1.5),
    "recased": (recased, (SAME,), 0.4),
    "unchanged": (unchanged, (SAME,), 0.4),
}
"""Edit, right answers for (sentence, edited), and how often it is chosen against the others."""

HARMLESS = ("without_day", "without_attribution", "with_attribution", "without_apposition", "respelled", "reordered")
HARMFUL = ("number", "scale", "name", "roles", "opposite", "negation", "day")
TAUGHT = (*(kind for kind in HARMFUL if kind != "roles"), "shortened")
"""Edits of pairs that a teacher answers: its base takes exchanged roles for the same."""


def edited(text: str, kinds: Sequence[str], rng: random.Random, names: Sequence[str]) -> tuple[str, str] | None:
    """Return a new sentence and the kind of its edit, drawn from `kinds`; None where none of them fits."""
    order = list(kinds)
    while order:
        kind = rng.choices(order, [EDITS[k][2] for k in order])[0]
        order.remove(kind)
        new = EDITS[kind][0](text, rng, names)
        if new and (new != text or kind == "unchanged"):
            return new, kind
    return None


def names_in(text: str) -> list[str]:
    """Names of a text by their capitals, in order."""
    return list(dict.fromkeys(m[0] for m in _NAME.finditer(text)))


__all__ = ["EDITS", "HARMFUL", "HARMLESS", "OTHER", "TAUGHT", "edited", "names_in"]
