"""Denials in other words: `failed to pay` and `did not pay`, `nobody survived` and `everyone died`.

Where one of two denies and the other does not, what denies without a negation is told with one; and what is denied of
a word that has a complement (`seeds/lexicons/complements.csv`, `illegal`) is told of that. Of other opposites a denial
says less: prices that did not rise need not have fallen.
"""

import re
from dataclasses import replace
from functools import lru_cache

from flows.lexicons import LEXICONS, one_of, rows, word_list
from flows.lexicons.stems import inflected_stems, stem
from flows.resolve.claims.matching.opposites import denied_by_form, may_deny_by_form
from flows.resolve.claims.matching.proposition import Proposition

_TOLD = (
    (re.compile(rf"\b(?:{one_of(word_list('fails_to_do'))}) to\b", re.IGNORECASE), "not"),
    (re.compile(rf"\b(?:{one_of(word_list('declines_to_do'))}) to\b", re.IGNORECASE), "would not"),
    (re.compile(rf"\b(?:{one_of(word_list('forms_of_be'))}) unable to\b", re.IGNORECASE), "could not"),
    (re.compile(rf"\b(?:{one_of(word_list('lacks'))})(?: any| an?)?\b(?! of)", re.IGNORECASE), "had no"),
)
"""What denies without a negation, and the same with one."""
_DENYING = frozenset({"unable"}).union(*map(word_list, ("fails_to_do", "declines_to_do", "lacks")))
"""Words of which one is in each of these."""
_NEGATION = re.compile(
    r"\b(?P<nobody>nobody|no one)\b|\b(?P<none>none)\b|\b(?P<no>no)(?= [a-z]+)"
    r"|\b(?:not|never) (?:yet )?|(?P<short>n['’]t)\b",
    re.IGNORECASE,
)
_IN_PART = re.compile(rf"(?: )?(?:{one_of(word_list('denied_in_part'))})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def denied_alike(a: Proposition, b: Proposition) -> tuple[Proposition, Proposition]:
    """Return both with their denials told alike, where one has a negation and the other none; else themselves."""
    if a.negations % 2 == b.negations % 2:
        return a, b
    one, other = with_negations(a), with_negations(b)
    if one.denied != other.denied:
        denying, affirming = (one, other) if one.denied else (other, one)
        turned = _turned(denying, affirming)
        one, other = (turned, other) if denying is one else (one, turned)
    return (one, other) if one.denied == other.denied else (a, b)


def with_negations(proposition: Proposition) -> Proposition:
    """Return it with negations in the place of what denies without one; itself where nothing does."""
    if _DENYING.isdisjoint(proposition.vocabulary):  # as most
        return proposition
    statement = proposition.statement
    for words, denial in _TOLD:
        statement = words.sub(denial, statement)
    return proposition if statement == proposition.statement else replace(proposition, statement=statement)


def _turned(denying: Proposition, affirming: Proposition) -> Proposition:
    """What denies a word told with the complement of that word, which the other has; itself where there is none."""
    found = list(_NEGATION.finditer(denying.statement))
    if len(found) != 1 or _IN_PART.match(denying.statement[found[0].end() :]):
        return denying
    place = found[0]
    before, after = denying.statement[: place.start()], denying.statement[place.end() :]
    theirs = {stem(word) or word: word for word in _WORD.findall(affirming.statement.lower())}
    forms = set(theirs.values())
    for denied in _WORD.finditer(after):
        other = _complement(denied[0].lower(), theirs, forms)
        if other is not None:
            instead = "everyone" if place["nobody"] else "all" if place["none"] or place["no"] else ""
            told = f"{before}{instead}{after[: denied.start()]}{other}{after[denied.end() :]}"
            return replace(denying, statement=told, negated=False)
    return denying


def _complement(word: str, theirs: dict[str, str], forms: set[str]) -> str | None:
    """The word of the other statement that says what is not this word; forms: its words, `theirs` by their stems."""
    known = complements().get(stem(word), frozenset())
    if known.isdisjoint(theirs) and not may_deny_by_form(word, forms):  # as of most words
        return None
    return next((form for stemmed, form in theirs.items() if stemmed in known or denied_by_form(word, form)), None)


@lru_cache(maxsize=1)
def complements() -> dict[str, frozenset[str]]:
    """Return the stems of what holds where that of a word does not."""
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "complements", ("word", "opposite")):
        ones, others = inflected_stems(row["word"]), inflected_stems(row["opposite"])
        for mine, yours in ((ones, others), (others, ones)):
            for one in mine - yours:
                found.setdefault(one, set()).update(yours - mine)
    return {word: frozenset(others) for word, others in found.items()}
