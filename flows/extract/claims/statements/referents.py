"""How surely a pronoun means whom the rules of reference found: only what is likely stands in brackets.

A wrong name in a statement is worse than a pronoun that what stands before it explains. So each referent of a pronoun
of the third person is rated, by what speaks for it and against it (features as in pronoun resolution: Lappin and Leass
1994): how near it was named last, as a subject or as whose something is, who else was named or described since, what
the pronoun is in its sentence. The weights lie in `seeds/models/referents.csv`, fitted by `flows.train.referents` on
brackets that readers found right or wrong.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log1p
from typing import NamedTuple

from flows.extract.claims.statements.described_sources import describes_person
from flows.extract.claims.statements.references import References, Said
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.reference.pronoun_reference import GENDERED, PRONOUNS
from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import FINITE, NOUN
from flows.lexicons.weights import load_linear
from flows.probabilities import logistic
from flows.spans import Span

SPEAKER, TOPIC, DESCRIBED, CONTINUED = "speaker", "topic", "described", "continued"
"""How a referent was found: who speaks, whom the text is about, a source without a name, the subject before."""
_TELLING = frozenset({"told", "tells", "telling", "tell", "asked", "asking", "asks"})
"""Verbs whose object is spoken to, and not of: "a guard told Berg that he …"."""

REFERENT_FEATURES = (
    "it",
    "they",
    "subject",
    "opens",
    "speaker",
    "described",
    "continued",
    "quoted",
    "same_sentence",
    "next_sentence",
    "further",
    "behind",
    "no_person",
    "rivals",
    "rivals_here",
    "rivals_before",
    "titled_since",
    "nouns_since",
    "verbs_since",
    "owner",
    "first_named",
    "main",
    "told",
    "described_here",
    "described_subject",
    "speaker_described",
    "subjects_since",
    "own_subject",
)


class Meant(NamedTuple):
    """A pronoun of the third person, the range of the words that would show whom it means, the name of the person or
    body, None where nobody is named, and how it was found.
    """

    pronoun: Word
    shown: Span
    person: Mention | None
    way: str


def certainty(meant: Meant, said: Said, references: References) -> float:
    """Return how probable it is that a pronoun means what was found, 0 to 1."""
    bias, weights = load_linear("referents", REFERENT_FEATURES)
    found = referent_features(meant, said, references)
    return logistic(bias + sum(weight * found[name] for name, weight in zip(REFERENT_FEATURES, weights, strict=True)))


def referent_features(meant: Meant, said: Said, references: References) -> dict[str, float]:
    """Return what speaks for a referent, and against it, by `REFERENT_FEATURES`.

    `..._since`: between where it was named last and the pronoun; `rivals`: others whom the pronoun could mean; `owner`:
    named last as whose something is; `main`: the part of all names of persons that is its; `told`: named last as who is
    spoken to; `own_subject`: the subject of the pronoun's own clause.
    """
    read = _Read.of(meant, references)
    word, kind = meant.pronoun, PRONOUNS[meant.pronoun.form]
    following = next(iter(references.subjects.indexed.between(word.end, read.sentence.end)), None)
    subject = following is not None and following.tag in FINITE
    return {
        "it": float(kind == "it"),
        "they": float(kind == "they"),
        "subject": float(subject),
        "opens": float(not any(w.tag in NOUN for w in read.opening)),
        "speaker": float(meant.way == SPEAKER),
        "described": float(meant.way == DESCRIBED),
        "continued": float(meant.way == CONTINUED),
        "quoted": float(said.quoted),
        "no_person": float(kind in GENDERED and meant.person is None),
        "own_subject": float(not subject and read.here and _subject_is(read.opening, read.last)),
        "speaker_described": float(meant.way == SPEAKER and describes_person(read.since)),
        **_named_last(meant, read, references),
        **_others_since(kind, read, references),
    }


class _Read(NamedTuple):
    """What was read before a pronoun: where its referent was named last, its sentence, and the words of it before the
    pronoun; since: the words since the referent was named, of the sentence where it was not named before.

    key: of the referent; away: sentences since, 0 in the same one, None where it was not named before.
    """

    key: str
    last: Span
    at: int
    sentence: Span
    opening: Sequence[Word]
    since: Sequence[Word]
    away: int | None

    @classmethod
    def of(cls, meant: Meant, references: References) -> "_Read":
        indexed, at = references.subjects.indexed, meant.pronoun.start
        key = references.key(meant.person) if meant.person else ""
        last = _last_named(meant, key, references)
        number = indexed.sentence_number(at)
        sentence = indexed.sentences[number]
        opening = indexed.between(sentence.start, at)
        if last.end > at:
            return cls(key, last, at, sentence, opening, opening, None)
        away = number - indexed.sentence_number(last.start)
        return cls(key, last, at, sentence, opening, indexed.between(last.end, at), away)

    @property
    def here(self) -> bool:
        """Whether the referent was named in the sentence of the pronoun."""
        return self.away == 0


def _named_last(meant: Meant, read: _Read, references: References) -> dict[str, float]:
    """Return how a referent was named last, and how near."""
    discourse, last = references.discourse, read.last
    before = references.subjects.indexed.between(max(0, last.start - THRESHOLDS.before_told), last.start)
    named = discourse.person_from(last.start) if meant.person else None
    same = named is not None and named.start == last.start
    return {
        "same_sentence": float(read.here),
        "next_sentence": float(read.away == 1),
        "further": log1p(max(0, (read.away or 0) - 1)),
        "behind": float(read.away is None),
        "owner": float(discourse.text.startswith(("'s", "’s", "s'", "s’"), last.end)),
        "first_named": float(same and named is not None and discourse.first_in_sentence(named)),
        "main": _share(references, read.key),
        "told": float(meant.person is not None and any(w.form in _TELLING for w in before)),
    }


def _others_since(kind: str, read: _Read, references: References) -> dict[str, float]:
    """Return who else was named or described lately, and how much was said since a referent was named."""
    indexed, since = references.subjects.indexed, read.since
    earlier = indexed.sentences[max(0, indexed.sentence_number(read.at) - 1)].start

    def rivals(start: int) -> float:
        return log1p(len({*_others(references, kind, read.key, start, read.at)}))

    return {
        "rivals": rivals(earlier if read.away is None else read.last.end),
        "rivals_here": rivals(read.sentence.start),
        "rivals_before": rivals(earlier),
        "titled_since": float(any(_titles_nobody(references, since))),
        "nouns_since": log1p(sum(w.tag in NOUN for w in since)),
        "verbs_since": log1p(sum(w.tag in FINITE for w in since)),
        "described_here": float(describes_person(since if read.here else read.opening)),
        "described_subject": float(any(_described_subjects(since))),
        "subjects_since": log1p(sum(a.tag in NOUN and b.tag in FINITE for a, b in pairwise(since))),
    }


def _last_named(meant: Meant, key: str, references: References) -> Span:
    """Return where a referent was named last before its pronoun; where it is shown from if it was not."""
    if meant.person is None:
        return meant.shown
    before = references.discourse.mentions_between(0, meant.pronoun.start)
    return next((m.span for m in reversed(before) if references.key(m) == key), meant.shown)


def _others(references: References, kind: str, key: str, start: int, end: int) -> Iterator[str]:
    """Yield the keys of others in a range whom a pronoun could mean."""
    discourse = references.discourse
    for mention in discourse.mentions_between(start, end):
        person = mention.entity_type == "PERSON"
        fits = person and discourse.gender(mention) in ("", kind) if kind in GENDERED else not person
        if fits and references.key(mention) != key:
            yield references.key(mention)


def _titles_nobody(references: References, words: Sequence[Word]) -> Iterator[bool]:
    """Yield of each word that is an office whether nobody's name follows it: "the President", not "President Berg"."""
    for index, word in enumerate(words):
        if word.tag in NOUN and word.form in roles():
            behind = words[min(index + THRESHOLDS.titled_words, len(words) - 1)].end
            yield not references.discourse.mentions_between(word.end, behind)


def _described_subjects(words: Sequence[Word]) -> Iterator[bool]:
    """Yield of each verb behind a common noun whether that describes a person: "the victim fell"."""
    for noun, verb in pairwise(words):
        if verb.tag in FINITE and noun.tag == "NN":
            yield describes_person([noun])


def _subject_is(opening: Sequence[Word], last: Span) -> bool:
    """Tell whether the last verb before a pronoun in its sentence has a name as its subject: "Berg sold his yard"."""
    at = next((i for i in range(len(opening) - 1, 0, -1) if opening[i].tag in FINITE), 0)
    return at > 0 and last.start <= opening[at - 1].start < last.end


def _share(references: References, key: str) -> float:
    """Return which part of all names of persons in the article is of one."""
    persons = references.discourse.persons
    return sum(references.key(m) == key for m in persons) / len(persons) if persons else 0.0
