"""Who speaks: the name that the source of an attribution stands for, or nothing where it cannot be known.

A source is a name, a pronoun, or a description. News introduces a speaker by name and role and then goes on with
"he", "the expert", "the minister"; the rules here follow that order: a description goes to a person of whom the
article stated that role, "the expert" to the person who has the floor, a pronoun to the person whom the text is
about, in this order of certainty. Collective and indefinite speakers (`analysts`, `a spokesperson`) stay unnamed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.mentions.find_mentions import Mention
from flows.extract.mentions.gazetteer import WORD
from flows.extract.speakers.discourse_model import Attributed, Discourse
from flows.extract.speakers.nominal_reference import described
from flows.extract.speakers.source_head import named_head
from flows.spans import Span
from schemas.vocabularies import MentionType

HE, SHE = "m", "f"
_PRONOUNS = {
    "he": HE, "him": HE, "his": HE, "himself": HE, "she": SHE, "her": SHE, "hers": SHE, "herself": SHE,
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "themselves": "they",
    "i": "own", "me": "own", "my": "own", "we": "own", "us": "own", "our": "own", "who": "who", "whom": "who",
}  # fmt: skip

_LEAST = -1.5
"""Score below which the likeliest person is too far away for a pronoun."""

_MARGIN = 0.3
"""Lead that the likeliest person must have over the next one; a pronoun between two stays open."""


@dataclass(frozen=True)
class Reference:
    """A description or pronoun at `span` that stands for the named mention `antecedent`."""

    span: Span
    mention_type: MentionType
    antecedent: Mention


def resolve_speakers(
    text: str, attributions: Sequence[Attributed], mentions: Sequence[Mention]
) -> tuple[list[Reference], list[Mention | None]]:
    """References found in the sources, and for each attribution the name that its source stands for, or None."""
    discourse = Discourse(text, attributions, mentions)
    speakers: list[Mention | None] = [None] * len(attributions)
    references: dict[Span, Reference] = {}
    order = sorted(range(len(attributions)), key=lambda i: ((attributions[i].source or attributions[i].spans[0]), i))
    for index in order:
        source = attributions[index].source
        if source is None:
            speakers[index] = beside = discourse.beside(attributions[index].cue)
            if beside is not None:
                discourse.spoke(beside, beside.span)
            continue
        speaker, kind = _resolved(discourse, source)
        speakers[index] = speaker
        if speaker is not None:
            discourse.spoke(speaker, source)
            if kind is not MentionType.NAME:
                references.setdefault(source, Reference(source, kind, speaker))
    return sorted(references.values(), key=lambda r: r.span), speakers


def _resolved(discourse: Discourse, source: Span) -> tuple[Mention | None, MentionType]:
    """The name behind a source, and how the source refers to it."""
    words = [w.lower() for w in WORD.findall(source.of(discourse.text))]
    bare = [w for w in words if w not in ("according", "to")]
    if len(bare) <= 2 and bare and bare[0] in _PRONOUNS and (len(bare) == 1 or bare[1] == "also"):
        return _pronoun(discourse, _PRONOUNS[bare[0]], source), MentionType.PRONOUN
    first = bisect_right(discourse.ends, source.start)
    inside = discourse.mentions[first : bisect_left(discourse.starts, source.end)]
    head = named_head(discourse.text, source, inside)
    if head is not None:
        return head, MentionType.NAME
    return described(discourse, source), MentionType.NOMINAL


def _pronoun(discourse: Discourse, kind: str, source: Span) -> Mention | None:
    if kind == "own":
        return _enclosing(discourse, source)
    if kind == "who":
        before = [
            m
            for m in discourse.persons
            if m.end <= source.start and discourse.text[m.end : source.start].strip(" ,") == ""
        ]
        return before[-1] if before else None
    if kind in (HE, SHE):
        return _person(discourse, kind, source)
    if not discourse.floor:
        return None
    at, last = discourse.floor[-1]
    near = discourse.sentence(source.start) - discourse.sentence(at) <= 1
    if not near or last.entity_type == "PERSON" or (kind == "they" and last.entity_type not in ("ORG", "NORP")):
        return None
    return last


def _person(discourse: Discourse, gender: str, source: Span) -> Mention | None:
    """The person whom `he` or `she` means: the likeliest of that gender, where no other is about as likely."""
    found = [(s, m) for s, m in discourse.candidates(source.start) if discourse.gender(m) in ("", gender)]
    if not found or found[0][0] <= _LEAST:
        return None
    if len(found) > 1 and found[0][0] - found[1][0] < _MARGIN:
        certain = [m for s, m in found if found[0][0] - s < _MARGIN and discourse.gender(m) == gender]
        return certain[0] if len(certain) == 1 else None
    return found[0][1]


def _enclosing(discourse: Discourse, source: Span) -> Mention | None:
    """`I` and `we` inside a quotation: whoever had the floor last, if that was just now."""
    inside = any(c.start <= source.start and source.end <= c.end for c in discourse.contents)
    if not discourse.floor or not inside:
        return None
    at, last = discourse.floor[-1]
    return last if discourse.sentence(source.start) - discourse.sentence(at) <= 2 else None
