"""Whom a pronoun means that speaks: "he", "she", "it", "who", and "I" inside somebody's words."""

import re

from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.discourse.discourse_model import QUOTES, SUBJECT, Discourse
from flows.extract.speakers.reference.nominal_reference import antecedent_of_description
from flows.extract.speakers.reference.unnamed_persons import unnamed_subjects
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.tags import SUBORDINATORS
from flows.lexicons import column
from flows.spans import Span

_BEFORE_WHO = re.compile(
    r"(?:\s?\([^()]{1,40}\))?(?:,?\s(?:\d{1,3}|of (?:the )?[A-Z][\w.-]{1,20}(?:,? [A-Z][\w.-]{1,20}){0,2}))?"
    r"(?:, (?:an?|the|[A-Z])[^,.;:()]{2,60})?\s?[,–—-]{0,2}\s?"
)
_APPOSED = re.compile(r"(?:,|\s[–—-])\s[^,.;:()]{3,90}?,?\s")
"""`, managing director of the Lake Bank, `."""
_SEVERAL = re.compile(r"\s(?:[a-z-]{2,20}[^s\W]s|[a-z]{0,12}men|people|police)[ ,–—-]{1,3}$")
"""`, a lake with fishermen `: it is they who."""
_BEFORE_WHICH = re.compile(r"(?:\s?\([^()]{1,20}\))?,\s")
HE, SHE = "m", "f"
GENDERED = frozenset({HE, SHE})
PRONOUNS = column("pronouns", "pronoun", "antecedent")
"""Pronouns by the way in which their antecedent is found: `m`, `f`, `it`, `they`, `own`, `who`."""


def antecedents_of_pronoun(discourse: Discourse, kind: str, source: Span) -> list[Mention]:
    """Return the names that a pronoun at `source` stands for, several for `they`; `kind` is a value of PRONOUNS."""
    if kind == "they" and len(discourse.together) > 1 and _just_spoken(discourse, source):
        return list(discourse.together)
    found = antecedent_of_pronoun(discourse, kind, source)
    if found is not None and kind in GENDERED:
        discourse.learn_gender(found, kind)  # who speaks is the subject: elsewhere a pronoun tells less of its gender
    return [found] if found else []


def antecedent_of_pronoun(discourse: Discourse, kind: str, source: Span) -> Mention | None:
    """Return the one name that a pronoun at `source` stands for, or None; `kind` is a value of PRONOUNS."""
    if kind == "own":
        return _enclosing_speaker(discourse, source)
    if kind == "who":
        return _relative(discourse, source)
    if kind in GENDERED:
        person = likeliest_person(discourse, kind, source)
        later = _named_after_clause(discourse, source)
        if person is not None and later is not None:
            person = person if discourse.person_key(person) == discourse.person_key(later) else None
        return person
    return _body(discourse, kind, source)


def _just_spoken(discourse: Discourse, source: Span, reach: int = 1) -> bool:
    """Whether the last turn was in this sentence or the `reach` before."""
    here = discourse.sentence(source.start)
    return bool(discourse.turns) and here - discourse.sentence(discourse.turns[-1][0]) <= reach


def likeliest_person(discourse: Discourse, gender: str, source: Span) -> Mention | None:
    """Return the person whom `he` or `she` means at `source`: the likeliest of that gender, of any where none is given.

    Of two about as likely it is the one who spoke last, then the one whose gender is known.
    """
    every = discourse.candidates(source.start)
    found = [(s, m) for s, m in every if not gender or discourse.gender(m) in ("", gender)]
    if not found or (found[0][0] <= THRESHOLDS.least_for_pronoun and not _alone(discourse, found[0][1], source)):
        return None
    if len(found) > 1 and found[0][0] - found[1][0] < THRESHOLDS.margin:
        likely = [m for s, m in found if found[0][0] - s < THRESHOLDS.margin]
        spoke = discourse.turns[-1][1] if _just_spoken(discourse, source, THRESHOLDS.spoke_last) else None
        last = [m for m in likely if spoke and discourse.person_key(m) == discourse.person_key(spoke)]
        certain = last or [m for m in likely if discourse.gender(m) == gender]
        return certain[0] if len(certain) == 1 else None
    if _goes_on_unnamed(discourse, gender, source) or _may_be_unnamed(discourse, found[0][1], gender, source):
        discourse.unnamed[gender] = source.start
        return None
    return found[0][1]


def _alone(discourse: Discourse, person: Mention, source: Span) -> bool:
    """Whether a person is the only one whom the sentences just before name, and not only as whose something is."""
    near = discourse.persons_before(source.start, THRESHOLDS.spoke_last)
    named = any(not discourse.text.startswith(("'", "’"), m.end) for m in near)
    return named and {discourse.person_key(m) for m in near} == {discourse.person_key(person)}


def _goes_on_unnamed(discourse: Discourse, gender: str, source: Span) -> bool:
    """Whether the last pronoun of a gender may have meant somebody without a name, and nobody was named since."""
    last = discourse.unnamed.get(gender)
    if last is None or any(at > last for at, _ in discourse.turns[-1:]):
        return False
    since = discourse.persons_between(last, source.start)
    return not since and discourse.sentence(source.start) - discourse.sentence(last) <= THRESHOLDS.reach


def _may_be_unnamed(discourse: Discourse, person: Mention, gender: str, source: Span) -> bool:
    """Whether the subject just before is somebody without a name: "[Ann Lee] spoke. The driver left. *She* said …"."""
    for described in unnamed_subjects(discourse, person, gender, source.start):
        meant = antecedent_of_description(discourse, described)
        if meant is None or discourse.person_key(meant) != discourse.person_key(person):
            return True
    return False


def _named_after_clause(discourse: Discourse, source: Span) -> Mention | None:
    """`As [he] spoke, Peeter Kask came`: the subject behind a clause that opens the sentence may be meant, too."""
    text, number = discourse.text, discourse.sentence(source.start)
    opening = text[discourse.sentence_start(source.start) : source.start].strip()
    if opening.lower() not in SUBORDINATORS:
        return None
    later = discourse.person_from(source.end)
    if later is None or discourse.sentence(later.start) != number:
        return None
    return later if SUBJECT.search(text, source.end, later.start) else None


def _relative(discourse: Discourse, source: Span) -> Mention | None:
    """`Marta Ilves (Lake), 42, a lawyer, [who] said`: the person right before, or whom the words before explain."""
    person = discourse.person_before(source.start)
    if person is None or _SEVERAL.search(discourse.text, person.end, source.start):
        return None
    if _BEFORE_WHO.fullmatch(discourse.text, person.end, source.start):
        return person
    apposed = _APPOSED.fullmatch(discourse.text, person.end, source.start)
    office = apposed is not None and any(word.lower() in roles() for word in WORD.findall(apposed.group()))
    return person if office else None


def body_before_which(discourse: Discourse, source: Span) -> Mention | None:
    """`The Lake Board (LB), [which] said`: the body right before, not where it may be data from it that show."""
    body = discourse.mention_ended(source.start)
    if body is None or body.entity_type != "ORG" or not _BEFORE_WHICH.fullmatch(discourse.text, body.end, source.start):
        return None
    return body


def _body(discourse: Discourse, kind: str, source: Span) -> Mention | None:
    """`It` or `they` right after a body or state that spoke."""
    if not _just_spoken(discourse, source):
        return None
    last = discourse.turns[-1][1]
    if last.entity_type == "PERSON" or (kind == "they" and last.entity_type not in ("ORG", "NORP")):
        return None
    return None if kind == "they" and _inside_another_sentence(discourse, source) else last


def _inside_another_sentence(discourse: Discourse, source: Span) -> bool:
    """Whether a pronoun stands further on in a sentence in which nobody spoke: `Two guards told the Lake Board so, but
    [they] said …` has subjects of its own. What is quoted before it is not part of its sentence.
    """
    start = discourse.sentence_start(source.start)
    before = discourse.text[start : source.start].rstrip()
    opens = len(before) <= THRESHOLDS.opening_characters or before.endswith(QUOTES)
    return not opens and discourse.turns[-1][0] < start


def _enclosing_speaker(discourse: Discourse, source: Span) -> Mention | None:
    """`I` and `we` inside a quotation: whoever spoke last, if that was just now."""
    inside = any(c.start <= source.start and source.end <= c.end for c in discourse.contents)
    if not discourse.turns or not inside:
        return None
    at, last = discourse.turns[-1]
    return last if discourse.sentence(source.start) - discourse.sentence(at) <= THRESHOLDS.enclosing else None
