"""What a text tells of its persons: which names are one person's, their roles and offices, whether man or woman."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.discourse.genders import given_gender, offices_of_title, title_gender
from flows.extract.speakers.discourse.name_words import SURNAME_FIRST, words_and_generation
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.lexicons.pronoun_gender import pronoun_gender

_OF_PLACE = re.compile(r" of (?:the )?[A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,2}")
"""`President Lucien Morel of France`: what stands after a name belongs to the role before it."""

_WHO_IS = re.compile(
    r",? who (?:(?P<past>was|had been|served as)|is|became|serves as) (?:(?:once|then|also|now) )?"
    r"(?:(?:the|an?|its|his|her|their) )?(?P<role>[\w’'-]{2,20}(?: [\w’'-]{2,20}){0,3}?)"
    r"(?= (?:of|from|for|at|in|until|when|between|under|before|after|and)\b|[,.;)])"
)
"""`, who was mayor from 1990 on`, `who is the chief engineer of the mill`."""

_NOUN_BEFORE = re.compile(r"\b([a-z]{2,20}) $")
_APPOSED_BEFORE = re.compile(r"\b([a-z]{2,20}), $")


class Persons:
    """The persons of a text, in order of their places."""

    def __init__(self, text: str, persons: Sequence[Mention]) -> None:
        self.text = text
        self.persons = list(persons)
        self._starts_of_persons = [m.start for m in self.persons]
        self._genders: dict[str, str] = {}
        self._keys: dict[Mention, str] = {}
        self._full_names_of = self._full_names()
        self._roles = self._stated_roles()
        self._offices = self._offices_of_titles()

    def persons_between(self, start: int, end: int) -> list[Mention]:
        """Return the persons whose names begin from a position on and before another."""
        first, last = (bisect_left(self._starts_of_persons, at) for at in (start, end))
        return self.persons[first:last]

    def person_before(self, position: int) -> Mention | None:
        """Return the last person whose name begins before a position."""
        at = bisect_left(self._starts_of_persons, position)
        return self.persons[at - 1] if at else None

    def person_from(self, position: int) -> Mention | None:
        """Return the first person whose name begins at a position or behind it."""
        at = bisect_left(self._starts_of_persons, position)
        return self.persons[at] if at < len(self.persons) else None

    def _full_names(self) -> dict[str, set[str]]:
        """Full names by their surname, with and without the mark of a generation."""
        full: dict[str, set[str]] = {}
        for m in self.persons:
            surface = m.span.of(self.text)
            words, generation = words_and_generation(surface)
            if len(words) > 1:
                name = " ".join([*words, generation]).strip()
                full.setdefault(words[0 if SURNAME_FIRST.fullmatch(surface) else -1], set()).add(name)
                if generation:
                    full.setdefault(f"{words[-1]} {generation}", set()).add(name)
        return full

    def person_key(self, mention: Mention) -> str:
        """Return one key a person of this text: the full name where the surname is nobody else's.

        `Mrs Kask` is not Peeter Kask, and a surname that father and son share is neither.
        """
        if mention not in self._keys:
            self._keys[mention] = self._person_key(mention)
        return self._keys[mention]

    def _person_key(self, mention: Mention) -> str:
        words, generation = words_and_generation(mention.span.of(self.text))
        surface = " ".join([*words, generation]).strip()
        if len(words) > 1:
            return surface
        names = self._full_names_of.get(surface, set())
        title = title_gender(self.text, mention.start)
        if title:
            genders = {name: self._gender_of_name(name) for name in names}
            names = {name for name in names if genders[name] == title} or {name for name in names if not genders[name]}
        if len(names) == 1:
            return next(iter(names))
        return f"{surface}, {title}" if title and self._full_names_of.get(surface) and not names else surface

    def _gender_of_name(self, name: str) -> str:
        """Return m, f or nothing for a full name: by itself, or by what stands beside it and in its sentence."""
        if known := given_gender(name):
            return known
        found = set()
        for m in self.persons:
            if m.span.of(self.text).lower() == name:
                following = self.person_from(m.end)
                gender = title_gender(self.text, m.start) or self._noun_gender(m)
                end = following.start if following else len(self.text) + 1
                found.add(gender or self._apposed_gender(m) or pronoun_gender(self.text, m.end, end))
        found.discard("")
        return found.pop() if len(found) == 1 else ""

    def told_apart(self, mention: Mention) -> Mention:
        """Return the full name of whom a surname stands for that two persons of the text share, where its title tells:
        `Ann Kask` for the `Mrs Kask` of Ann and Peeter Kask. Any other name stands for itself.
        """
        if mention.entity_type != "PERSON" or len(self._full_names_of.get(mention.span.of(self.text).lower(), ())) < 2:
            return mention
        key = self.person_key(mention)
        return next((m for m in self.persons if " " in key and m.span.of(self.text).lower() == key), mention)

    def _stated_roles(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for m in self.persons:
            if m.role:
                found.setdefault(self.person_key(m), []).append(self._with_place(m.role, m))
            if role := self._role_told(m):
                found.setdefault(self.person_key(m), []).append(role)
        return found

    def _role_told(self, person: Mention) -> str:
        """Return the role that a clause behind a name tells, `former` where it is past: `Ann Lee, who was mayor`."""
        told = _WHO_IS.match(self.text, person.end)
        if told is None or told["role"].split()[-1].lower() not in roles():
            return ""
        return f"{'former ' if told['past'] else ''}{told['role']}".lower()

    def _with_place(self, role: str, person: Mention) -> str:
        of = _OF_PLACE.match(self.text, person.end)
        return f"{role}{of.group() if of else ''}".lower()

    def roles_of(self, mention: Mention) -> list[str]:
        """Return the roles that the text states of a person, and what the titles before the name say, in lower case."""
        key = self.person_key(mention)
        return [*self._roles.get(key, []), *self._offices.get(key, [])]

    def has_role(self, mention: Mention, noun: str) -> bool:
        """Tell whether the text states a role of a person that has a noun in it; what a title says is none."""
        return any(noun in WORD.findall(role) for role in self._roles.get(self.person_key(mention), []))

    def _offices_of_titles(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for m in self.persons:
            offices = [self._with_place(office, m) for office in offices_of_title(self.text, m.start)]
            found.setdefault(self.person_key(m), []).extend(offices)
        return found

    def gender(self, mention: Mention) -> str:
        """Return m, f or nothing: by title, role or given name."""
        key = self.person_key(mention)
        names = self._full_names_of.get(key, set())
        if len(names) > 1:  # of a wife and her husband
            given = {given_gender(name) for name in names}
            return title_gender(self.text, mention.start) or (given.pop() if len(given) == 1 else "")
        if key not in self._genders:
            self._genders[key] = self._gender(key)
        return self._genders[key]

    def _gender(self, key: str) -> str:
        for m in self.persons:
            if self.person_key(m) == key and (known := title_gender(self.text, m.start) or self._noun_gender(m)):
                return known
        for role in self._roles.get(key, []):
            for word in WORD.findall(role):
                if word in roles() and roles()[word].gender:
                    return roles()[word].gender
        return given_gender(key)

    def _noun_gender(self, mention: Mention) -> str:
        """Return the gender of the noun right before a name: `her grandfather Kask`."""
        noun = _NOUN_BEFORE.search(self.text, max(0, mention.start - THRESHOLDS.beside_name), mention.start)
        return roles()[noun.group(1)].gender if noun and noun.group(1) in roles() else ""

    def _apposed_gender(self, mention: Mention) -> str:
        """Return the gender of the noun that a name explains: `Her brother, Peeter Kask, spoke.`"""
        noun = _APPOSED_BEFORE.search(self.text, max(0, mention.start - THRESHOLDS.beside_name), mention.start)
        closed = noun is not None and self.text.startswith(",", mention.end)
        return roles()[noun.group(1)].gender if noun and closed and noun.group(1) in roles() else ""

    def learn_gender(self, mention: Mention, gender: str) -> None:
        """Record that the text calls a person `he` or `she` of whom nothing else tells it: the same from there on."""
        if not self.gender(mention):
            self._genders[self.person_key(mention)] = gender
