"""Forms of verbs: one key for all of one verb, and which of them tell what is past."""

import re
from functools import lru_cache

from flows.lexicons import LEXICONS, rows, word_list
from flows.lexicons.stems import stem

_DOUBLED = re.compile(r"([b-df-hj-np-tvz])\1$")


@lru_cache(maxsize=1 << 14)
def verb(form: str) -> str:
    """Return one key for all forms of a verb: close, closed, closing; stop, stopped; sell, sold."""
    stemmed = _infinitives().get(form) or stem(form) or form
    return _DOUBLED.sub(r"\1", stemmed.removesuffix("e"))


def is_past(form: str) -> bool:
    """Tell whether a word has the form of a past tense or participle."""
    return form.endswith("ed") or form in _infinitives() or form in word_list("verbs_of_one_form")


def verb_forms(infinitive: str) -> frozenset[str]:
    """Return all forms of a verb: puts, putting; stops, stopped, stopping."""
    bare = infinitive.removesuffix("e")
    doubled = infinitive + infinitive[-1]
    found = {infinitive, f"{infinitive}s", f"{infinitive}es", f"{bare}ing", f"{doubled}ing", *_past_forms(infinitive)}
    if infinitive.endswith("y"):
        found |= {f"{infinitive[:-1]}ies"}
    return frozenset(found)


def _past_forms(infinitive: str) -> tuple[str, ...]:
    irregular = [row["forms"].split("|") for row in _irregular() if row["verb"] == infinitive]
    if irregular or infinitive in word_list("verbs_of_one_form"):
        return tuple(*irregular)
    bare = infinitive.removesuffix("e")
    return f"{bare}ed", f"{infinitive}{infinitive[-1]}ed", f"{infinitive.removesuffix('y')}ied"


@lru_cache(maxsize=1)
def _irregular() -> tuple[dict[str, str], ...]:
    return tuple(rows(LEXICONS, "irregular_verbs", ("verb", "forms")))


@lru_cache(maxsize=1)
def _infinitives() -> dict[str, str]:
    """The stem of the infinitive of each irregular past form."""
    return {form: stem(row["verb"]) or row["verb"] for row in _irregular() for form in row["forms"].split("|")}
