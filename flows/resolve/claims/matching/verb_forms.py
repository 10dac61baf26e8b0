"""Forms of verbs: one key for all of one verb, and which of them tell what is past."""

import re
from functools import lru_cache

from flows.lexicons import LEXICONS, rows, word_list
from flows.lexicons.stems import stem

_DOUBLED = re.compile(r"([b-df-hj-np-tvz])\1$")


def verb(form: str) -> str:
    """Return one key for all forms of a verb: close, closed, closing; stop, stopped; sell, sold."""
    stemmed = _infinitives().get(form) or stem(form) or form
    return _DOUBLED.sub(r"\1", stemmed.removesuffix("e"))


def is_past(form: str) -> bool:
    """Tell whether a word has the form of a past tense or participle."""
    return form.endswith("ed") or form in _infinitives() or form in word_list("verbs_of_one_form")


@lru_cache(maxsize=1)
def _infinitives() -> dict[str, str]:
    """The stem of the infinitive of each irregular past form."""
    return {
        form: stem(row["verb"]) or row["verb"]
        for row in rows(LEXICONS, "irregular_verbs", ("verb", "forms"))
        for form in row["forms"].split("|")
    }
