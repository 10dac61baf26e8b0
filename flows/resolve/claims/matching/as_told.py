"""Two statements of one story as their articles tell them: without whom brackets name.

Each article names whom a pronoun means in its own way, or not at all: `I [Ada Brandt] saw the ferry sink`, `I [a
passenger] saw the ferry sink` and `I saw the ferry sink` quote one person. Where the other words are nearly the same,
what stands in such brackets tells nothing; a model that weighs all words reads a contradiction there.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from flows.lexicons import column, word_list
from flows.resolve.claims.matching.pair_scores import nearly_one
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.pairs.pair_input import word_forms
from flows.resolve.claims.thresholds import THRESHOLDS
from schemas.vocabularies import EntityType

_OF_ONESELF = re.compile(r"^\W{0,3}(?:we|i) \[(?P<name>[^\[\],.]+)\]", re.IGNORECASE)
_OUR = re.compile(r"\b(?:our|my)\b(?! \[)", re.IGNORECASE)
_DESCRIPTION = re.compile(r"The [a-z]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_WHOSE = word_list("possessive_determiners") - word_list("first_person")


def as_told(a: Proposition, b: Proposition) -> tuple[Proposition, Proposition]:
    """Return a and b without what brackets say of pronouns, where all else is nearly the same; else themselves.

    Likewise one long sentence whose brackets differ in names alone. "He was charged with murder" may be told of two
    men: what is not said in the first person has to be longer.
    """
    if a.story is None or a.story != b.story:
        return a, b
    a, b = _described(a, b), _described(b, a)
    if not ("[" in a.statement or "[" in b.statement):
        return a, b
    a, b = _by_name(a, b), _by_name(b, a)
    shorter, longer = sorted((len(a.said), len(b.said)))
    if 2 * shorter < longer:
        return a, b
    one, other = a.unexplained or a, b.unexplained or b
    if (one is not a or other is not b) and _long_enough(a, b, one, other) and nearly_one(one, other):
        return one, other
    end = -THRESHOLDS.end_chars
    near = longer - shorter <= THRESHOLDS.named_chars and a.said[end:] == b.said[end:]
    return (a.outside_brackets, b.outside_brackets) if near and _one_sentence(a, b) else (a, b)


def _described(told: Proposition, other: Proposition) -> Proposition:
    """Whom one speaker calls by what he is told by the name that he gives him elsewhere, saying the same of him.

    `The minister has broken her word` is `Osoro had broken her word`.
    """
    name = other.opening_name
    if name is None or told.opening_name is not None or name.kind not in _DESCRIBED or name.entity in told.entity_set:
        return told
    found = _DESCRIPTION.match(told.statement)
    if found is None or set(told.speakers).isdisjoint(other.speakers):
        return told
    rest = other.statement.partition(name.surface)[2]
    said = [form for form, kind in word_forms(rest) if kind != "function"]
    words = list(_WORD.finditer(told.statement))[: THRESHOLDS.described_words]
    for word in words[1:]:
        here = told.statement[word.end() :]
        if word[0].lower() in _DESCRIBED[name.kind]() and said == [f for f, k in word_forms(here) if k != "function"]:
            long_enough = len(said) >= THRESHOLDS.quoted_words
            return replace(told, statement=f"{name.surface}{here}", names=(name, *told.names)) if long_enough else told
    return told


def _roles() -> frozenset[str]:
    """The last words of what a person is called for what he does."""
    kinds = column("roles", "noun", "kind")
    return frozenset(noun.split()[-1] for noun, kind in kinds.items() if kind != "kin")


def _bodies() -> frozenset[str]:
    return word_list("organisation_nouns") | word_list("state_body_heads")


_DESCRIBED: dict[str, Callable[[], frozenset[str]]] = {EntityType.PERSON: cache(_roles), EntityType.ORG: cache(_bodies)}
"""By what nouns those of a kind are called."""


def _by_name(told: Proposition, other: Proposition) -> Proposition:
    """Who speaks of himself told as the other tells of him, by his name: `we [Norland Steel] keep our pier`."""
    own = _OF_ONESELF.match(told.statement) if "[" in told.statement else None
    if own is None or other.in_first_person or own["name"] not in other.statement:
        return told
    whose = next((form for form, _ in other.forms if form in _WHOSE), None)
    rest = told.statement[own.end() :]
    rest = rest if whose is None else _OUR.sub(whose, rest)
    return replace(told, statement=f"{own['name']}{rest}")


def _long_enough(a: Proposition, b: Proposition, one: Proposition, other: Proposition) -> bool:
    own = (a.in_first_person and b.in_first_person) or _of_oneself(a, b)
    least = THRESHOLDS.quoted_words if own else THRESHOLDS.same_wording_words
    return len(one.words & other.words) >= least


def _of_oneself(a: Proposition, b: Proposition) -> bool:
    """Whether one speaker says both of the same people: `I [Ada Brandt] never paid`, `[Ada Brandt] had never paid`."""
    return bool(set(a.speakers) & set(b.speakers)) and bool(a.entity_set) and a.entity_set == b.entity_set


def _one_sentence(a: Proposition, b: Proposition) -> bool:
    """Whether both are one long sentence, with brackets that differ in names alone."""
    one, other = a.outside_brackets.wording, b.outside_brackets.wording
    long = one == other and len(one) >= THRESHOLDS.same_wording_words
    return long and a.inside_brackets == b.inside_brackets and a.denied == b.denied
