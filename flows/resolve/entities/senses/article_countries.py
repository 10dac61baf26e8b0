"""Of which state an article tells: what it names, its dateline, and what stands beside a body's name.

A body like `Congress` is that of the state whose article it is in, if the article says which: a word right beside the
name first, then the dateline, then the states that it names most. What the article leaves open stays open.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from flows import lexicons
from flows.lexicons.places import Division, cities, divisions, us_states
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form
from flows.resolve.names.parse_name import folded
from flows.resolve.names.reference_entities import lookup_words
from flows.resolve.names.state_bodies import body_countries, country_of_words, state_body

_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d"
_DATELINE = re.compile(
    rf"^(?P<city>[A-Z][A-Z .'’-]{{2,30}})(?:,\s(?!{_DAY})(?P<part>[A-Z][\w .]{{1,25}}?))?"
    r"(?:,\s[A-Z][a-z]{2}[\w .]{0,12})?"
    r"\s?(?:\([^()\n]{1,40}\)\s?)?(?:[-–—:]|--)\s",
    re.MULTILINE,
)
_BEFORE = re.compile(r"(?<![\w.'’-])((?:[A-Z][\w.-]{0,15} ){0,2}[A-Z][\w.-]{0,15})(?:['’]s?)? (?:[a-z]{3,12} )?$")
_AFTER = re.compile(r" (?:of|in) (?:the )?((?:[A-Z][\w.-]{0,15} ?){1,3})")


@dataclass(frozen=True)
class ArticleCountries:
    """How often an article names each state, by itself or through what belongs to it, and that of its dateline."""

    named: Mapping[str, int]
    dateline: str

    def share(self, code: str) -> float:
        """Return the share of a state among all that are named."""
        total = sum(self.named.values())
        return self.named.get(code, 0) / total if total else 0.0

    def main(self) -> str:
        """Return the state that the article is about, or nothing."""
        top = max(self.named, key=lambda code: (self.named[code], code), default="")
        if self.dateline and (not top or self.named.get(self.dateline, 0) or self.share(top) < THRESHOLDS.main_state):
            return self.dateline
        return top if top and not self.dateline and self.share(top) >= THRESHOLDS.main_state else ""


def article_countries(text: str, named: Iterable[str]) -> ArticleCountries:
    """Count the states that an article names and read its dateline. named: `country_of_form` of each mention."""
    return ArticleCountries(Counter(code for code in named if code), dateline_country(text))


@cache
def _places() -> dict[str, str]:
    """Folded names of parts of countries and of cities, each with the code of its state; the largest city of a name
    counts.
    """
    found = {lookup_words(of.part or name): of.country_code for name, of in divisions().items()}
    for city in cities(THRESHOLDS.city_population):
        found.setdefault(lookup_words(city.name), city.country_code)
    return found


def country_of_form(form: Form) -> str:
    """Return the code of the state that a name is evidence of; nothing for bodies and places of uncertain state."""
    if form.reference is not None:
        if form.reference.name in states_of_both() or state_body(form) is not None:
            return ""
        return form.reference.country_code or body_countries().get(form.reference.key, "")
    if form.group == "NORP":
        return country_of_words(" ".join(form.name.tokens))
    if form.group != "NAMED":
        return ""
    apart = state_body(form)
    return apart.country if apart else _places().get(" ".join(form.name.tokens), "")


@cache
def states_of_both() -> frozenset[str]:
    """Return the names of states that a state of the United States has, too."""
    return frozenset(state.name for state in lexicons.states() if state.name in us_states())


def dateline_country(text: str) -> str:
    """Return the code of the state of an article's dateline, or nothing."""
    found = _DATELINE.search(text, 0, THRESHOLDS.opening_characters)
    if not found:
        return ""
    if found.group("part"):
        return container_of(found.group("part").strip(), found.group("city").strip().title()).country_code
    return country_of_place(found.group("city").strip().title())


def country_of_place(name: str) -> str:
    """Return the code of the state of a capital or large city, or nothing."""
    key = lookup_words(folded(name))
    return _capitals().get(key) or _places().get(key, "")


@cache
def _capitals() -> dict[str, str]:
    return {
        lookup_words(name): state.code
        for state in lexicons.states()
        for name in (state.capital, *state.capital_aliases)
        if name and state.code
    }


def container_of(name: str, place: str) -> Division:
    """Return what the name of a container of places means: a country, or the part of one; nothing if it is none.

    place: the name of a place in it. Tbilisi tells which Georgia is meant, and so does Athens, which is best known in
    neither.
    """
    plain = name.strip().rstrip(".")
    code = country_of_words(plain)
    part = divisions().get(plain)
    if part is None or not code:
        return part or Division(code, "")
    usual = country_of_place(place)
    return Division(code, "") if usual == code else part if usual else Division("", "")


def country_beside(text: str, start: int, end: int) -> str:
    """Return the code of the state whose name or adjective stands right before or after a range, or nothing."""
    before = _BEFORE.search(text[max(0, start - THRESHOLDS.beside_characters) : start])
    if before:
        words = before.group(1).split()
        for size in range(len(words), 0, -1):
            code = country_of_words(re.sub(r"['’]s?$", "", " ".join(words[-size:])))
            if code:
                return code
    after = _AFTER.match(text[end : end + THRESHOLDS.beside_characters])
    if after:
        words = after.group(1).split()
        for size in range(len(words), 0, -1):
            code = country_of_words(" ".join(words[:size]).rstrip(".,"))
            if code:
                return code
    return ""
