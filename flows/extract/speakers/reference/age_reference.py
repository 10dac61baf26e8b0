"""Whom an age, an origin or a family means that stands for a name: "the 24-year-old", "the Swede", "the mother of two".

An age or origin goes to the one person of whom the text states it; an age or family of which the text states nothing
goes to whom "he" or "she" would mean there.
"""

import re

from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.speakers.reference.pronoun_reference import likeliest_person
from flows.extract.speakers.reference.unnamed_persons import introduced_since
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.noun_phrases import asked, state_of, stem
from flows.spans import Span

_AGE = re.compile(r"the (?:now[- ])?(?P<age>\d{1,3})[- ]years?[- ]old(?: (?P<noun>[a-z-]{2,20}))?", re.IGNORECASE)
_FAMILY = re.compile(r"the (?:[a-z]{2,12} )?(?P<noun>[a-z]{3,11})[- ]of[- ][a-z]{3,6}", re.IGNORECASE)
_ORIGIN = re.compile(r"[Tt]he (?P<state>[A-Z][a-z]{2,14})(?: (?:international|native))?")
_BEHIND = re.compile(r",|\swho\b")
_AGE_BEHIND = re.compile(r"(?:,|\s\()\s?(?:who is |aged? |now )?(?P<age>\d{1,3})(?=[,.;)]|\s(?:who|from|of)\b)")
_AGE_BEFORE = re.compile(r"\b(?P<age>\d{1,3})[- ]years?[- ]old,?\s(?:[\w’'-]{2,20},?\s){0,5}$")
"""`Ann Lee, 24, `, `24-year-old harbour clerk `: what tells an age beside a name."""

_TEENS = range(13, 20)
_TEENAGER = re.compile(r"\bteenager $")
_STATE_BEFORE = re.compile(r"\b(?P<state>[A-Z][a-z]{2,14}(?: [A-Z][a-z]{2,14})?)(?:['’]s?)? $")
_STATE_BEHIND = re.compile(r",? (?:of|from) (?P<state>[A-Z][a-z]{2,14}(?: [A-Z][a-z]{2,14})?)\b")


def person_described(discourse: Discourse, source: Span) -> Mention | None:
    """Return the name that an age, origin or family at `source` stands for, or None."""
    surface = _BEHIND.split(source.of(discourse.text).strip(), maxsplit=1)[0]
    if age := _AGE.fullmatch(surface):
        return _of_age(discourse, source, age)
    if (family := _FAMILY.fullmatch(surface)) and (noun := family["noun"].lower()) in roles():
        return _meant(discourse, source, noun, roles()[noun].gender) if roles()[noun].kind == "kin" else None
    origin = _ORIGIN.fullmatch(surface)
    return _of_state(discourse, source, origin["state"]) if origin else None


def one_of_people(discourse: Discourse, source: Span) -> Mention | None:
    """Return the person whom "the Portuguese" means, which may be the people, too: the one of that state of whom the
    text goes on to tell.
    """
    described = person_described(discourse, source)
    current = discourse.current_speaker(source.start, "") if described is not None else None
    if described is None or current is None:
        return None
    return described if discourse.person_key(current) == discourse.person_key(described) else None


def _of_age(discourse: Discourse, source: Span, described: re.Match[str]) -> Mention | None:
    """The one person of an age; where the text states nobody's so, whom a pronoun would mean, if no older or younger.

    With a noun ("the 24-year-old clerk") only the stated age tells: the rest is told by the noun.
    """
    ages = _ages(discourse)
    before = discourse.persons_between(0, source.start)
    teens = int(described["age"]) in _TEENS
    same = [m for m in before if teens and _TEENAGER.search(discourse.text, max(0, m.start - 12), m.start)]
    same = same or [m for m in before if described["age"] in ages.get(discourse.person_key(m), ())]
    if same:
        return same[-1] if len({discourse.person_key(m) for m in same}) == 1 else None
    if described["noun"]:
        return None
    likely = _meant(discourse, source, f"{described['age']}-year-old", "")
    return likely if likely is not None and discourse.person_key(likely) not in ages else None


def _meant(discourse: Discourse, source: Span, noun: str, gender: str) -> Mention | None:
    """Whom a pronoun would mean, unless somebody without a name was called by the noun since: `a 24-year-old`."""
    likely = likeliest_person(discourse, gender, source)
    return None if likely is None or introduced_since(discourse, likely, noun, source.start) else likely


def _ages(discourse: Discourse) -> dict[str, set[str]]:
    """The ages that a text states of its persons, by their keys."""
    found: dict[str, set[str]] = {}
    for m in discourse.persons:
        behind = _AGE_BEHIND.match(discourse.text, m.end)
        near = discourse.text[max(0, m.start - THRESHOLDS.beside_name) : m.start]
        for age in filter(None, (behind, _AGE_BEFORE.search(near))):
            found.setdefault(discourse.person_key(m), set()).add(age["age"])
    return found


def _state_beside(discourse: Discourse, person: Mention) -> str | None:
    """The stem of the state that stands beside a person's name: `Sweden's Ann Lee`, `Ann Lee of Sweden`."""
    text = discourse.text
    beside = _STATE_BEFORE.search(text, max(0, person.start - THRESHOLDS.beside_name), person.start)
    beside = beside or _STATE_BEHIND.match(text, person.end)
    named = (beside["state"], beside["state"].split()[-1]) if beside else ()
    return next((stem(state) for state in named if state.lower() in state_of()), None)


def _of_state(discourse: Discourse, source: Span, name: str) -> Mention | None:
    """The last one whose role names a state, where that is of one person: `Swedish goalkeeper Ann Lee`, `the Swede`."""
    if name.lower() not in state_of():
        return None
    of_state = [
        m
        for m in discourse.persons_between(0, source.start)
        if any(stem(name) in asked(role, "") for role in discourse.roles_of(m))
        or stem(name) == _state_beside(discourse, m)
    ]
    near = bool(of_state) and discourse.sentence(source.start) - discourse.sentence(of_state[-1].start)
    one = len({discourse.person_key(m) for m in of_state}) == 1
    return of_state[-1] if one and near <= THRESHOLDS.reach else None
