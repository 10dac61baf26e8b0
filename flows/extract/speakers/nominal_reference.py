"""Whom a description means: "the spokeswoman", "the head of the Estonian Defense Ministry", "the alliance".

A description goes to a person of whom the article stated that role, "the expert" to the current speaker, a
word for a body to the body that has it in its name. What only a guess could settle stays open.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from flows.extract.mentions.gazetteer import WORD, load_gazetteer
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.neighbours import INSTITUTIONS
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.discourse_model import Discourse
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.speakers.unnamed_persons import introduced_since
from flows.extract.syntax.noun_phrases import COMPANY, PAST, STATE_ORGANS, asked, head_noun, state_of, stem, tenure
from flows.lexicons import one_of, word_list
from flows.spans import Span

_INDEFINITE = re.compile(rf"(?:{one_of(word_list('indefinite_determiners'))})\b")
_POSSESSED = re.compile(rf"(?:{one_of(word_list('possessive_determiners'))})\b")
_AUTHOR = re.compile(r"this (?:author|blogger|columnist|correspondent|editor|journalist|reporter|writer)")
"""Who writes the article."""

_WITH_ARTICLE = frozenset({"bank", "group"})
"""Bodies whose names have an article, as those of other companies have not."""

_BODIES = word_list("organisation_nouns")
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
        return _state(discourse, source, surface)
    return _body(discourse, source, noun)


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
    wanted, role = asked(surface, noun), roles()[noun]
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
        return _only_one(discourse, source, holders)
    current = discourse.current_speaker(source.start, role.gender)
    return current if current is not None and role.kind != "kin" and _may_be(discourse, current, noun) else None


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

    Not one who has been described in front: `with the mayor, Marta Ilves, [the minister] said`.
    """
    at = bisect_left(discourse.person_starts, source.start) - 1
    if at < 0:
        return None
    person = discourse.persons[at]
    described = person.role is not None and discourse.text.endswith(
        (f"{person.role}, ", f"{person.role} "), 0, person.start
    )
    return person if discourse.text[person.end : source.start] in (", ", " , ") and not described else None


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
    for m in discourse.persons[: bisect_left(discourse.person_starts, before)]:
        for role in discourse.roles_of(m):
            stated = asked(role, "")
            named = stem(noun) in stated or (noun in ("head", "chief") and "minist" in stated)
            named = named or (noun == "leader" and bool(wanted) and not stated.isdisjoint(_LEADERS))
            same_time = tenure(role) == when or (not when and (tenure(role) != PAST or roles()[noun].kind == "expert"))
            if named and same_time and wanted <= stated:
                found.append(m)
    return found


def _state(discourse: Discourse, source: Span, surface: str) -> Mention | None:
    """`the Estonian government`: the state, where the text names it; `the government` alone is not known."""
    wanted = {state for word in WORD.findall(surface) if (state := state_of().get(word.lower()))}
    if len(wanted) != 1:
        return None
    (state,) = wanted
    named = [
        m
        for m in discourse.mentions
        if m.entity_type == "GPE" and state_of().get(m.span.of(discourse.text).lower()) == state
    ]
    before = [m for m in named if m.start <= source.start]
    return before[-1] if before else named[0] if named else None


def _body(discourse: Discourse, source: Span, noun: str) -> Mention | None:
    """`the alliance`, `the ministry`: the nearest organisation before that has this word in its name.

    `the company` has no such name: it is the one organisation that the sentences just before it name.
    """
    if noun == "police" and len(_forces(discourse)) > 1:
        return None  # every town has one
    gazetteer = load_gazetteer()
    own = discourse.mentions[bisect_right(discourse.ends, source.start) : bisect_left(discourse.starts, source.end)]
    if any(m.entity_type == "ORG" and noun in m.span.of(discourse.text).lower().split() for m in own):
        return None  # it has a name of its own
    before = discourse.mentions[: bisect_right(discourse.starts, source.start)]
    for m in reversed(before):
        if m.entity_type != "ORG" or m.end > source.start:
            continue
        surface = m.span.of(discourse.text)
        heads = {h.lower() for h in gazetteer.heads(surface)}
        heads |= {w.lower() for w in WORD.findall(surface) if w in INSTITUTIONS}
        if noun in heads:
            if noun == "party" and _party_between(discourse, m.end, source.start):
                return None
            other = _calls_another(discourse, source, noun, surface) or _other_body_spoke(discourse, source, m, noun)
            return None if other else m
    only = _only_body(discourse, source, before) if noun in COMPANY else None
    if only is not None and _of_somebody(discourse, source, noun):
        return None
    if only is not None and noun not in _WITH_ARTICLE and discourse.text.endswith(("the ", "The "), 0, only.start):
        return None  # no company, but its product or a paper
    return None if only is None or _calls_another(discourse, source, noun, only.span.of(discourse.text)) else only


def _of_somebody(discourse: Discourse, source: Span, noun: str) -> bool:
    """Whether the sentences just before speak of somebody's: `Kask's company did business with Lake Steel`."""
    first = discourse.sentences[max(0, discourse.sentence(source.start) - 1 - THRESHOLDS.reach)]
    owned = re.compile(rf"(?:\b(?:his|her|their)|['’]s) (?:[a-z-]{{1,20}} )?{re.escape(noun)}\b")
    return owned.search(discourse.text, first, source.start) is not None


def _party_between(discourse: Discourse, start: int, end: int) -> bool:
    """Whether the people of a party are named in between: `Lake Party … the Democrats … [the party] said`."""
    between = discourse.mentions[bisect_left(discourse.starts, start) : bisect_left(discourse.starts, end)]
    return any(m.entity_type == "NORP" and m.span.of(discourse.text).lower() not in state_of() for m in between)


def _forces(discourse: Discourse) -> set[str]:
    """The names of police forces, and of bodies of police, in a text."""
    named = {m.span.of(discourse.text) for m in discourse.mentions if m.entity_type == "ORG"}
    return {name for name in named if "Police" in name or "Police" in load_gazetteer().heads(name)}


def _calls_another(discourse: Discourse, source: Span, noun: str, known: str) -> bool:
    """Whether a description has a name before its noun that is not the body's: `the Lake group`, `the Shore Post`."""
    surface = source.of(discourse.text)
    words = WORD.findall(surface[: surface.lower().find(noun)])
    if source.start == discourse.sentence_start(source.start):
        words = words[1:]
    own = {word.lower() for word in (*WORD.findall(known), "the")}
    names = (w for w in words if w[:1].isupper() and w.lower() not in own and w.lower() not in state_of())
    return any(w.lower() not in {h.lower() for h in load_gazetteer().heads(known)} for w in names)


def _other_body_spoke(discourse: Discourse, source: Span, named: Mention, noun: str) -> bool:
    """Whether a body has spoken since that may be called so, too: `the network` behind what another one said."""
    if noun not in _BODIES or not discourse.turns:
        return False
    at, last = discourse.turns[-1]
    told = discourse.sentence_start(at) == discourse.sentence_start(named.start)  # "Lake claimed that NATO …"
    just = (at > named.start or told) and discourse.sentence(source.start) - discourse.sentence(at) <= 1
    other, known = (m.span.of(discourse.text) for m in (last, named))
    says_what = load_gazetteer().heads(other) or any(word in INSTITUTIONS for word in WORD.findall(other))
    return just and last.entity_type == "ORG" and other != known and not says_what


def _only_body(discourse: Discourse, source: Span, before: Sequence[Mention]) -> Mention | None:
    here = discourse.sentence(source.start)
    near = [
        m
        for m in before
        if m.entity_type == "ORG"
        and m.end <= source.start
        and here - discourse.sentence(m.start) <= THRESHOLDS.near_body
    ]
    names = {m.span.of(discourse.text).lower() for m in near}
    return near[-1] if len(names) == 1 else None
