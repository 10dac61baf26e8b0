"""Persons without a name: "a former official said", "the driver", whom a later description or pronoun may mean."""

import re
from collections.abc import Iterator
from functools import cache

from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import NO_ROLE, roles
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list
from flows.spans import Span

_WORDS = r"(?:[\w.’'-]{1,24}\s){0,4}"
_INTRODUCED = r"\b(?:an?|another|one)\s"
_OF_SOMEBODY = re.compile(r" (?:of|to|for) [A-Z]")
_OPENS = re.compile(r"(?:[\w’' ]{0,64},\s|(?:But|And|Then|Yet|So)\s)")
"""What may stand before the subject of a sentence: `Speaking to the camera, `."""

_IN_CLAUSE = re.compile(r",? who\b(?!\s(?:goes|calls|gave|named|identified))")
"""What opens a clause of somebody that does not tell the name: `a guard [who] worked`, not `a guard who goes by`."""
_IS_NAMED = re.compile(r"[\s,–—-]{1,3}(?:also )?(?:named|called|identified as|known as)?\s?$")
_APPOSED = re.compile(r"[\s,\d]{0,12}(?:(?:is|was|became|remains|who is|who was)\s)?$")


@cache
def _subject() -> re.Pattern[str]:
    nouns = (
        {noun for noun, role in roles().items() if role.kind not in NO_ROLE}
        | word_list("persons_by_kind")
        | word_list("any_person")
    )
    return re.compile(rf"(?P<article>[Tt]he|[Aa]n?|[Aa]nother|[Oo]ne)\s{_WORDS}(?P<noun>{one_of(nouns)})\b(?![\w’'-])")


def introduced_since(discourse: Discourse, person: Mention, noun: str, before: int) -> bool:
    """Return whether a text speaks of another person by a noun, without a name, after it last named one.

    `Ann Lee spoke. A former [official] called it a lie. The official said …` is not said by Ann Lee. Nor is what "the
    aide" said, if the text speaks of one of somebody's at any time: `an aide of Ann Lee spoke. Lee left`.
    """
    since = _last_named(discourse, person, before)
    introduced = re.compile(rf"{_INTRODUCED}{_WORDS}{re.escape(noun)}\b(?![\w’'-])", re.IGNORECASE)
    return any(
        (m.start() >= since or (not discourse.roles_of(person) and _OF_SOMEBODY.match(discourse.text, m.end())))
        and not _has_name(discourse, Span(*m.span()))
        for m in introduced.finditer(discourse.text, 0, before)
    )


def unnamed_subjects(discourse: Discourse, person: Mention, gender: str, before: int) -> Iterator[Span]:
    """Yield descriptions of somebody without a name that open a sentence since a text last named a person.

    `Ann Lee is free. A hostage reads a statement in which she …` may not be said of Ann Lee. "The mayor" is somebody
    known, mostly the person named last; "the killer" never is.
    """
    since, last = _last_named(discourse, person, before), discourse.sentence(before)
    for number in range(max(discourse.sentence(since), last - THRESHOLDS.near_unnamed), last + 1):
        start = discourse.sentences[number - 1]
        found = _subject().match(discourse.text, start) or _subject().match(
            discourse.text, _after_opening(discourse, start)
        )
        if found is None or found.start() >= before:
            continue
        if since > found.start() and not (
            discourse.sentence(since) < last and _IN_CLAUSE.match(discourse.text, found.end())
        ):
            continue  # a person named behind it, but for "a guard who worked with Ann Lee", goes before it
        role = roles().get(found.group("noun"))
        introduced = found.group("article").lower() != "the" or " of a " in found.group()
        introduced |= role is not None and role.kind == "accusation"
        of_gender = role is None or not gender or role.gender in ("", gender)
        if introduced and of_gender and not _has_name(discourse, Span(*found.span())):
            yield Span(*found.span())


def _after_opening(discourse: Discourse, start: int) -> int:
    """Where the subject of a sentence starts behind a few words and a comma."""
    opening = _OPENS.match(discourse.text, start)
    return opening.end() if opening else start


def _last_named(discourse: Discourse, person: Mention, before: int) -> int:
    """Where a person was named or spoke last before a position."""
    key = discourse.person_key(person)
    named = discourse.persons_between(0, before)
    same = next((m.end for m in reversed(named) if discourse.person_key(m) == key), 0)
    spoke = next((at for at, m in reversed(discourse.turns) if at < before and discourse.person_key(m) == key), 0)
    return max(same, spoke)


def _has_name(discourse: Discourse, span: Span) -> bool:
    """Whether a name stands beside a description: `Ann Lee, an official`, `the official, Ann Lee`."""
    before, after = discourse.person_before(span.start), discourse.person_from(span.start)
    if after is not None and (after.start < span.end or _IS_NAMED.match(discourse.text, span.end, after.start)):
        return True
    return before is not None and _APPOSED.match(discourse.text, before.end, span.start) is not None
