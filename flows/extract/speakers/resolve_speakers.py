"""Who speaks: the name that the source of an attribution stands for, or nothing where it cannot be known.

A source is a name, a pronoun, or a description. News introduces a speaker by name and role and then goes on with
"he", "the expert", "the minister"; the rules here follow that order: a description goes to a person of whom the
article stated that role, "the expert" to the current speaker, a pronoun to the person whom the text is about, in this
order of certainty. Where several speak together, all of them are found. Collective and indefinite speakers
(`analysts`, `a spokesperson`) stay unnamed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.attributed import Attributed
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.speakers.discourse.name_words import OWNS
from flows.extract.speakers.reference.age_reference import one_of_people, person_described
from flows.extract.speakers.reference.nominal_reference import antecedent_of_description
from flows.extract.speakers.reference.outlet_reference import outlet_before
from flows.extract.speakers.reference.pronoun_reference import PRONOUNS, antecedents_of_pronoun, body_before_which
from flows.extract.speakers.sources.passive_sources import is_no_subject
from flows.extract.speakers.sources.source_documents import authors
from flows.extract.speakers.sources.source_head import LISTED, named_heads
from flows.extract.speakers.sources.subjects import opens_relative, subject_before, subject_part
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import speech_verbs
from flows.lexicons import one_of, word_list
from flows.spans import Span
from schemas.vocabularies import MentionType

_OFFICE_OF = re.compile(r", (?:the )?(?:[\w’'-]{1,30} ){1,6}(?:of|for|at|with) (?:the )?(?:[a-z-]{1,20} ){0,2}$")
_HEAD_OF = re.compile(r"\b([A-Za-z]{2,20}) (?:of|for|at) (?:the )?$")
_OPENS_CLAUSE = re.compile(rf"\s(?:{one_of(word_list('subordinators'))})\s$")
_OWNS = re.compile(OWNS)
_ADDRESSED = re.compile(r"(?:the )?(?:[A-Z][\w-]{0,20}\.? ){0,2}", re.IGNORECASE)
_ENDS_LIST = re.compile(r"\s?(?:\([^()]{1,40}\))?,?\sand\s")
_NOBODY = frozenset({"LAW", "EVENT", "PRODUCT"})
"""What is no person or body, though it may be quoted: `according to the Fishing Act`."""

_CLAUSE = word_list("clause_words") - {"of", "for", "at", "with", "also", "then", "once"}

Found_co = TypeVar("Found_co", bound=Attributed, covariant=True)


@dataclass(frozen=True)
class Reference:
    """A description or pronoun at `span` that stands for the named mention `antecedent`."""

    span: Span
    mention_type: MentionType
    antecedent: Mention


@dataclass(frozen=True)
class Spoken(Generic[Found_co]):
    """An attribution and the names that its source stands for; none where the source cannot be known."""

    attribution: Found_co
    speakers: tuple[Mention, ...]

    @property
    def speaker(self) -> Mention | None:
        """The first of several who speak together."""
        return self.speakers[0] if self.speakers else None


def resolve_speakers(
    text: str, attributions: Sequence[Found_co], mentions: Sequence[Mention]
) -> tuple[list[Reference], list[Spoken[Found_co]]]:
    """Find references in the sources, and for each attribution, in its order, the names that its source stands for."""
    discourse = Discourse(text, attributions, mentions)
    speakers: list[tuple[Mention, ...]] = [()] * len(attributions)
    references: dict[Span, Reference] = {}
    order = sorted(range(len(attributions)), key=lambda i: ((attributions[i].source or attributions[i].spans[0]), i))
    for index in order:
        source = attributions[index].source
        if source is None:
            beside = discourse.person_beside(attributions[index].cue)
            if beside is not None:
                speakers[index] = (beside,) if _speaks_beside(text, attributions[index], beside) else ()
                discourse.add_turn([beside], beside.span)
            continue
        owner = _owner_of_cue(discourse, source, attributions[index].cue)
        behind = owner is None and is_no_subject(text, source, attributions[index].cue)
        if behind and subject_before(discourse, source) is None:
            continue
        named, kind = ([owner], MentionType.NAME) if owner else _resolved(discourse, source, attributions[index].cue)
        if kind is not MentionType.NAME:
            named = [m for m in named if not _spoken_of(discourse, m, attributions[index].spans)]
            named = [] if _speaks_already(discourse, named, attributions[index].cue) else named
        speakers[index] = tuple(named)
        if named:
            if not _by_the_way(discourse, source):
                discourse.add_turn(named, source)
            if kind is not MentionType.NAME:
                references.setdefault(source, Reference(source, kind, named[0]))
    _fill_between(discourse, attributions, speakers)
    spoken = [
        Spoken(said, tuple(discourse.told_apart(m) for m in who))
        for said, who in zip(attributions, speakers, strict=True)
    ]
    return sorted(references.values(), key=lambda r: r.span), spoken


def _speaks_already(discourse: Discourse, named: Sequence[Mention], cue: Span | None) -> bool:
    """Whether the label of a turn would mean whom the turn before is of: `MR. KASK: Who paid? [THE WITNESS]: I did.`"""
    if cue is None or cue.of(discourse.text) != ":" or not named or not discourse.turns:
        return False
    return discourse.person_key(named[0]) == discourse.person_key(discourse.turns[-1][1])


def _fill_between(
    discourse: Discourse, attributions: Sequence[Attributed], speakers: list[tuple[Mention, ...]]
) -> None:
    """Give a quotation that nothing attributes to whom the words just before and just behind it are: `Ann Lee was
    glad. “It rains.” Lee added …`. Nothing is known where another person is named, or another source stands, between.
    """
    order = sorted(range(len(attributions)), key=lambda i: attributions[i].spans[0])
    for before, here, behind in zip(order, order[1:], order[2:], strict=False):
        said = attributions[here]
        if speakers[here] or said.source or said.cue or len(speakers[before]) != 1 or len(speakers[behind]) != 1:
            continue
        key = discourse.person_key(speakers[before][0])
        pairs = ((attributions[before], said), (said, attributions[behind]))
        one = key == discourse.person_key(speakers[behind][0])
        if one and all(_leads_on(discourse, first, then, key) for first, then in pairs):
            speakers[here] = speakers[before]


def _leads_on(discourse: Discourse, first: Attributed, then: Attributed, key: str) -> bool:
    """Whether from the words of one attribution to those of the next it is near, and nobody else has a part between."""
    start, end = first.spans[-1].end, then.spans[0].start
    if discourse.sentence(end) - discourse.sentence(start - 1) > THRESHOLDS.between_quoted:
        return False
    start = max(start, first.source.end) if first.source else start
    end = min(end, then.source.start) if then.source else end
    named = discourse.persons_between(start, end)
    return all(discourse.person_key(m) == key for m in named) and not discourse.sources_between(start, end)


def _by_the_way(discourse: Discourse, source: Span) -> bool:
    """Whether a source is the subject of a clause in somebody's sentence: "Lepp said it failed when [Kask] refused",
    "Lepp asked the Lake Board, [which] refused".
    """
    start = discourse.sentence_start(source.start)
    spoke = any(start <= at < source.start for at, _ in discourse.turns[-1:])
    relative = source.of(discourse.text).lower() == "which"
    return spoke and (relative or _OPENS_CLAUSE.search(discourse.text, start, source.start) is not None)


def _owner_of_cue(discourse: Discourse, source: Span, cue: Span | None) -> Mention | None:
    """The name that a source is whose own the cue is: `[Mr. Kask's] stance on` is Kask's."""
    if cue is None or not 0 < cue.start - source.end <= 1:
        return None
    last = next(reversed(discourse.mentions_in(source)), None)
    owns = last is not None and _OWNS.fullmatch(discourse.text, last.end, source.end) is not None
    alone = last is not None and _ADDRESSED.fullmatch(discourse.text, source.start, last.start) is not None
    return last if owns and alone else None


def _speaks_beside(text: str, said: Attributed, person: Mention) -> bool:
    """Tell whether somebody speaks whose name touches a cue without a source.

    It takes a verb of speech: "…, Aas said", but not "Aas is said to have left", "Aas, reportedly"; and whom the words
    hold behind it is told of: "claimed Aas lied".
    """
    words = [word.lower() for word in WORD.findall(said.cue.of(text))] if said.cue else []
    inside = any(span.start <= person.start < span.end for span in said.spans)
    behind = said.cue is not None and person.start >= said.cue.end
    return bool(words) and words[0] in speech_verbs("report") and not (inside and behind)


def _spoken_of(discourse: Discourse, person: Mention, spans: Sequence[Span]) -> bool:
    """Tell whether a content names a person: "Aas would pay, the mayor said" is not said by Aas."""
    if person.entity_type != "PERSON":
        return False
    key = discourse.person_key(person)
    return any(discourse.person_key(m) == key for span in spans for m in discourse.persons_between(*span))


def _holder_before(discourse: Discourse, source: Span, head: Mention) -> Mention | None:
    """The person of whose office a source holds the last words: `Marta Ilves, head of the [Lake Board] said`, `Marta
    Ilves, mother of [Peeter Kask] said`.
    """
    person = discourse.person_before(source.start)
    office = _OFFICE_OF.match(discourse.text, person.end, head.start) if person else None
    words = {word.lower() for word in WORD.findall(office.group())} if office else set()
    return person if words & roles().keys() and not words & _CLAUSE else None


def _whose_head(discourse: Discourse, source: Span) -> bool:
    """Whether a source is only what somebody without a name heads: `the director of [the Lake Board] said`."""
    head = _HEAD_OF.search(discourse.text, max(0, source.start - THRESHOLDS.beside_name), source.start)
    return head is not None and head.group(1).lower() in roles()


def _listed_before(discourse: Discourse, source: Span) -> list[Mention]:
    """The persons of a list whose last one alone is the source: `Ann Lee (judge), Peeter Kask, and [Ann Ilves]`."""
    found: list[Mention] = []
    start, between = source.start, _ENDS_LIST
    for m in reversed(discourse.persons_between(0, source.start)):
        if not between.fullmatch(discourse.text, m.end, start):
            break
        found.insert(0, m)
        start, between = m.start, LISTED
    return found if len(found) > 1 else []


def _resolved(discourse: Discourse, source: Span, cue: Span | None) -> tuple[list[Mention], MentionType]:
    """The names behind a source, and how the source refers to them."""
    source = subject_part(discourse, source, cue)
    words = [w.lower() for w in WORD.findall(source.of(discourse.text))]
    own = [w for w in words if w not in ("according", "to")]
    if len(own) <= 2 and own and own[0] in PRONOUNS and (len(own) == 1 or own[1] == "also"):
        return antecedents_of_pronoun(discourse, PRONOUNS[own[0]], source), MentionType.PRONOUN
    if opens_relative(discourse, source):
        found = antecedents_of_pronoun(discourse, "who", source)
        return found, MentionType.PRONOUN
    if own == ["which"]:
        body = body_before_which(discourse, source)
        return [body] if body else [], MentionType.PRONOUN
    inside = [m for m in discourse.mentions_in(source) if m.entity_type not in _NOBODY]
    if [m.entity_type for m in inside] == ["NORP"] and (one := one_of_people(discourse, source)) is not None:
        return [one], MentionType.NOMINAL
    heads = authors(discourse.text, source, inside) or named_heads(discourse.text, source, inside)
    if heads:
        whole = _holder_before(discourse, source, heads[0]) or subject_before(discourse, source)
        if whole is None and heads[0].entity_type == "ORG" and _whose_head(discourse, source):
            return [], MentionType.NAME
        return [whole] if whole else [*_listed_before(discourse, source), *heads], MentionType.NAME
    described = (
        outlet_before(discourse, source)
        or person_described(discourse, source)
        or antecedent_of_description(discourse, source)
    )
    return [described] if described else [], MentionType.NOMINAL
