"""Whom a pronoun means that speaks: "he", "she", "it", "who", and "I" inside somebody's words."""

from flows.extract.mentions.name_span import Mention
from flows.extract.speakers.discourse_model import Discourse
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.spans import Span

HE, SHE = "m", "f"
PRONOUNS = {
    "he": HE, "him": HE, "his": HE, "himself": HE, "she": SHE, "her": SHE, "hers": SHE, "herself": SHE,
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "themselves": "they",
    "i": "own", "me": "own", "my": "own", "we": "own", "us": "own", "our": "own", "who": "who", "whom": "who",
}  # fmt: skip
"""Pronouns by the way in which their antecedent is found."""


def antecedent_of_pronoun(discourse: Discourse, kind: str, source: Span) -> Mention | None:
    """Return the name that a pronoun at `source` stands for, or None; `kind` is a value of PRONOUNS."""
    if kind == "own":
        return _enclosing_speaker(discourse, source)
    if kind == "who":
        return _relative(discourse, source)
    if kind in (HE, SHE):
        return _person(discourse, kind, source)
    return _body(discourse, kind, source)


def _person(discourse: Discourse, gender: str, source: Span) -> Mention | None:
    """The person whom `he` or `she` means: the likeliest of that gender, where no other is about as likely."""
    found = [(s, m) for s, m in discourse.candidates(source.start) if discourse.gender(m) in ("", gender)]
    if not found or found[0][0] <= THRESHOLDS.least_for_pronoun:
        return None
    if len(found) > 1 and found[0][0] - found[1][0] < THRESHOLDS.margin:
        certain = [m for s, m in found if found[0][0] - s < THRESHOLDS.margin and discourse.gender(m) == gender]
        return certain[0] if len(certain) == 1 else None
    return found[0][1]


def _relative(discourse: Discourse, source: Span) -> Mention | None:
    """`Marta Ilves, [who] said`: the person right before."""
    before = [
        m for m in discourse.persons if m.end <= source.start and not discourse.text[m.end : source.start].strip(" ,")
    ]
    return before[-1] if before else None


def _body(discourse: Discourse, kind: str, source: Span) -> Mention | None:
    """`It` or `they` right after a body or state that spoke."""
    if not discourse.turns:
        return None
    at, last = discourse.turns[-1]
    near = discourse.sentence(source.start) - discourse.sentence(at) <= 1
    if not near or last.entity_type == "PERSON" or (kind == "they" and last.entity_type not in ("ORG", "NORP")):
        return None
    return last


def _enclosing_speaker(discourse: Discourse, source: Span) -> Mention | None:
    """`I` and `we` inside a quotation: whoever spoke last, if that was just now."""
    inside = any(c.start <= source.start and source.end <= c.end for c in discourse.contents)
    if not discourse.turns or not inside:
        return None
    at, last = discourse.turns[-1]
    return last if discourse.sentence(source.start) - discourse.sentence(at) <= THRESHOLDS.enclosing else None
