"""Whom a description means: "the spokeswoman", "the head of the Estonian Defense Ministry", "the alliance".

A description goes to a person of whom the article stated that role, "the expert" to the current speaker, a
word for a body to the body that has it in its name. What only a guess could settle stays open.
"""

import re
from collections.abc import Sequence

from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import NO_ROLE, roles
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.speakers.reference.body_reference import body_meant, state_meant
from flows.extract.speakers.reference.unnamed_persons import introduced_since
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.noun_phrases import PAST, STATE_ORGANS, asked, head_noun, stem, tenure
from flows.lexicons import one_of, word_list
from flows.spans import Span

_INDEFINITE = re.compile(rf"(?:{one_of(word_list('indefinite_determiners'))})\b")
_POSSESSED = re.compile(rf"(?:{one_of(word_list('possessive_determiners'))})\b")
_AUTHOR = re.compile(rf"this (?:{one_of(word_list('authors_of_articles'))})")

_TERMS = re.compile(r"\b[\w-]{1,20}-(?:term|year-old)\b", re.IGNORECASE)
"""Words that say for how often or of which age somebody is what the noun calls: `the 50-year-old official`."""
_ANY_OFFICE = word_list("any_office")
_ANY_EXPERT = word_list("any_expert")
_LEADERS = frozenset(map(stem, word_list("leaders_of_states")))
"""Stems of the offices of whom a state is named beside `leader`: `the Estonian leader`."""


def antecedent_of_description(discourse: Discourse, source: Span) -> Mention | None:
    """Return the name that the description at `source` stands for, or None."""
    surface = source.of(discourse.text)
    noun, lower = head_noun(surface), surface.lower().strip()
    if noun is None or _INDEFINITE.match(lower) or _AUTHOR.fullmatch(lower):
        return None
    if noun in roles():
        if roles()[noun].kind != "office" and f" {noun.title()}" in surface:
            return None  # a newspaper called "The Diplomat"
        return _by_office(discourse, source, surface, noun)
    if noun in STATE_ORGANS:
        return state_meant(discourse, source, surface)
    return body_meant(discourse, source, noun)


def _by_office(discourse: Discourse, source: Span, surface: str, noun: str) -> Mention | None:
    """The person of an office: named beside it, or the last one of whom it was stated, or the current speaker.

    Nobody where the text has spoken since of another one, who has no name.
    """
    possessed = _POSSESSED.match(surface.lower()) is not None
    named = None if possessed else _apposed(discourse, source) or _named_after(discourse, source, noun)
    if named is not None:
        return named
    holder = _holder(discourse, source, surface, noun)
    return None if holder is not None and introduced_since(discourse, holder, noun, source.start) else holder


def _holder(discourse: Discourse, source: Span, surface: str, noun: str) -> Mention | None:
    """The last person of whom an office was stated, or the current speaker."""
    possessed = _POSSESSED.match(surface.lower()) is not None
    wanted, role = asked(_TERMS.sub("", surface), noun), roles()[noun]
    holders = [
        m
        for m in _by_role(discourse, source.start, noun, wanted, tenure(surface))
        if not role.gender or discourse.gender(m) in ("", role.gender)
    ]
    if wanted or tenure(surface):
        return _only_one(discourse, source, holders)
    if possessed:  # "her lawyer" is neither she nor whoever spoke last
        return holders[-1] if len({discourse.person_key(m) for m in holders}) == 1 else None
    if role.kind == "expert":
        return _expert(discourse, source, noun, holders)
    if holders:
        only = _only_one(discourse, source, holders)
        return None if only is not None and _another_likelier(discourse, source, only, noun) else only
    current = discourse.current_speaker(source.start, role.gender)
    return current if current is not None and role.kind not in NO_ROLE and _may_be(discourse, current, noun) else None


def _another_likelier(discourse: Discourse, source: Span, holder: Mention, noun: str) -> bool:
    """Whether nothing but a title says that somebody may be called so, and the text goes on about another: `Sen. Ann
    Lee left. Peeter Kask came. The senator …`.
    """
    if discourse.has_role(holder, noun):
        return False
    likely = discourse.current_speaker(source.start, roles()[noun].gender)
    return likely is not None and discourse.person_key(likely) != discourse.person_key(holder)


def _only_one(discourse: Discourse, source: Span, holders: Sequence[Mention]) -> Mention | None:
    """The last of the holders of an office, unless the sentences just before name two of them."""
    if not holders:
        return None
    here = discourse.sentence(source.start)
    near = {discourse.person_key(m) for m in holders if here - discourse.sentence(m.start) <= THRESHOLDS.reach}
    return holders[-1] if len(near) <= 1 else None


def _expert(discourse: Discourse, source: Span, noun: str, holders: Sequence[Mention]) -> Mention | None:
    """`The expert`: somebody new who was introduced since anybody spoke, else the current speaker."""
    new = _introduced(discourse, source.start)
    if new is not None and _may_be(discourse, new, noun):
        return new
    current = discourse.current_speaker(source.start, roles()[noun].gender)
    if holders and discourse.sentence(source.start) - discourse.sentence(holders[-1].start) <= THRESHOLDS.reach:
        return current or holders[-1]
    return current if current is not None and _may_be(discourse, current, noun) else None


def _may_be(discourse: Discourse, person: Mention, noun: str) -> bool:
    """Whether nothing that the text states of a person speaks against calling them by a role noun."""
    stated = [w for role in discourse.roles_of(person) for w in WORD.findall(role)]
    kinds = {roles()[w].kind for w in stated if w in roles()}
    if roles()[noun].kind == "expert":
        return not kinds or "expert" in kinds or ("office" in kinds and noun in _ANY_EXPERT)
    return noun in _ANY_OFFICE  # who holds an office that nobody was said to hold is a guess


def _introduced(discourse: Discourse, before: int) -> Mention | None:
    """The one person who was named for the first time, with a role, since anybody spoke."""
    since = discourse.turns[-1][0] if discourse.turns else 0
    first = discourse.sentence(before) - 2
    new = {
        discourse.person_key(m): m
        for m in discourse.persons_before(before, THRESHOLDS.reach)
        if m.start > since and m.role and discourse.sentence(m.start) >= first and discourse.is_first(m)
    }
    return next(iter(new.values())) if len(new) == 1 else None


def _apposed(discourse: Discourse, source: Span) -> Mention | None:
    """`Marta Ilves, [the defence minister] said`: the person whose name stands right before the description.

    Not one who has been described in front: `with the mayor, Marta Ilves, [the minister] said`; nor one of whom or with
    whom something is said: `Of Marta Ilves, [the minister] said`.
    """
    person = discourse.person_before(source.start)
    if person is None:
        return None
    described = person.role is not None and discourse.text.endswith(
        (f"{person.role}, ", f"{person.role} "), 0, person.start
    )
    beside = discourse.text[person.end : source.start] in (", ", " , ")
    return person if beside and not described and not discourse.spoken_of(person) else None


def _named_after(discourse: Discourse, source: Span, noun: str) -> Mention | None:
    """The person named in the next sentence for the first time, without a role of their own.

    A paragraph that opens with a description and goes on with a new name tells who was described.
    """
    if roles()[noun].kind != "office":
        return None
    number = discourse.sentence(source.start)
    text = discourse.text
    if discourse.sentences[number - 1] != source.start or not re.search(
        r"(?:^|\n)\s*$", text[max(0, source.start - 3) : source.start]
    ):
        return None
    end = text.find("\n", source.end)
    end = len(text) if end < 0 else end
    for m in discourse.persons:
        if source.end <= m.start < end and 0 < discourse.sentence(m.start) - number <= 1 and m.role is None:
            new = all(
                discourse.person_key(p) != discourse.person_key(m) for p in discourse.persons if p.start < source.start
            )
            return m if new and discourse.first_in_sentence(m) else None
    return None


def _by_role(discourse: Discourse, before: int, noun: str, wanted: frozenset[str], when: str) -> list[Mention]:
    """Persons named before whose stated role has the noun, its tenure, and all that the description asks for.

    Whoever held an office in the past is not meant by its name alone: the former president is not the president.
    """
    found = []
    here = discourse.persons_between(discourse.sentence_start(before), before)
    aside = {discourse.person_key(m) for m in here if discourse.spoken_of(m)}
    for m in discourse.persons_between(0, before):
        if discourse.person_key(m) in aside:
            continue
        for role in discourse.roles_of(m):
            stated = asked(role, "")
            named = stem(noun) in stated or (noun in ("head", "chief") and "minist" in stated)
            named = named or (noun == "leader" and bool(wanted) and not stated.isdisjoint(_LEADERS))
            same_time = tenure(role) == when or (not when and (tenure(role) != PAST or roles()[noun].kind == "expert"))
            if named and same_time and wanted <= stated:
                found.append(m)
    return found
