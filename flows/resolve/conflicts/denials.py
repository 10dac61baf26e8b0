"""What one statement denies and another affirms: the denial told without its negation, beside the other.

A negation is a point only where it turns the whole statement: not in a relative clause, behind a conjunction, or where
a second clause begins. What has not been done yet may be, so a promise contradicts no denial of what has been.
"""

import re

from flows.lexicons import of_kind, one_of, word_list
from flows.lexicons.stems import stem, tells
from flows.resolve.claims.matching.proposition import Proposition, plain_likeness
from flows.resolve.claims.matching.verb_forms import verb
from flows.resolve.claims.thresholds import THRESHOLDS as CLAIMS
from flows.resolve.conflicts.thresholds import THRESHOLDS
from schemas.vocabularies import NEGATION, Modality

OUTRIGHT = f"[{NEGATION}]"
_NEGATED = re.compile(
    rf"\b(?:(?P<verb>{one_of(word_list('negatable_auxiliaries'))}) not\b|(?P<short>\w+)n['’]t\b"
    r"|(?P<none>neither|never|no|none|nobody|nothing)\b"
    rf"|(?P<held_back>{one_of(of_kind('stance', 'withholds'))}) to\b)",
    re.IGNORECASE,
)
FAILS = rf"\b(?:{one_of(word_list('fails_to_do'))}) to\b"
"""What was not done though it should have been, for a column of statements."""
_OTHER_CLAUSE = re.compile(
    rf"\s(?:{one_of(word_list('relative_pronouns') | word_list('subordinators'))})\s"
    rf"|\s(?:{one_of(word_list('coordinators'))})\s$"
    rf"|[,;:–—]\s(?:{one_of(word_list('subject_pronouns'))})\s$",
    re.IGNORECASE,
)
_OF_RANK = re.compile(rf"\s(?:the |its |his |her |their )?(?:{one_of(word_list('ranks'))})\b", re.IGNORECASE)
"""What a negation leaves as it was: "not the first time that he sold a mill" says that he sold one before."""
_OF_A_GROUP = re.compile(r"(?:neither|none)\b", re.IGNORECASE)
_NOT_BY_PREFIX = "(?:un|in|im|dis|non-?)"
_WORDS = re.compile(r"\S+")
_WHOLE = {"wo": "will", "ca": "can", "sha": "shall"}
"""What is left of an auxiliary whose negation is cut off."""
_TIMELESS = frozenset({"neither", "never"})
_NOT_YET = frozenset({Modality.FUTURE, Modality.CONDITIONAL})
_HELD = frozenset({Modality.POSSIBLE, Modality.NECESSARY})
"""What may or must be, which what is says nothing against."""


def denial(a: Proposition, b: Proposition) -> tuple[str, str, str, str] | None:
    """Return what one denies and the other affirms: words of a and of b, the denial without its negation, the other.

    None where it is not all that is denied, or where of what does not exist (`no`, `never`) the other does not tell.
    """
    negated, other = (a, b) if a.denied else (b, a)
    if not denies_the_other(a, b):
        return None
    place = _NEGATED.search(negated.statement)
    if denied_outright(negated):
        affirmed = negated.statement.removeprefix(OUTRIGHT).lstrip()
        denying, affirming = f"{NEGATION} {_phrase(affirmed, 0)}", _phrase(affirmed, 0)
    elif place is None or (place["none"] and _denied_stem(negated.statement[place.end() :]) not in other.stems):
        return None
    else:
        before, after = negated.statement[: place.start()], negated.statement[place.end() :]
        if place["held_back"]:
            after = _as_done(after, other)
        affirmed = f"{before}{_affirming(place, after, other.statement)}{after}".replace("  ", " ").strip()
        denying, affirming = _phrase(negated.statement, place.start()), _phrase(affirmed, place.start())
    stands = affirming if affirming.casefold() in other.statement.casefold() else other.statement
    words = (denying, stands) if negated is a else (stands, denying)
    return *words, affirmed, other.statement


def _as_done(after: str, other: Proposition) -> str:
    """What stands behind `failed to`, with the verb as the other statement has it: warn, warned."""
    failed = _first(after)
    done = next((form for form, _ in other.forms if verb(form) == verb(failed.lower())), failed)
    return after.replace(failed, done, 1)


def _affirming(place: re.Match[str], after: str, other: str) -> str:
    """Return what stands in the place of a negation that is cut off: "can" for "can't", nothing for "never", and for
    "no" the determiner that the other statement has there.
    """
    if place["verb"]:
        return place["verb"]
    if place["short"]:
        short = place["short"]
        whole = _WHOLE.get(short.lower(), short)
        return whole.capitalize() if short[0].isupper() else whole
    if place["held_back"] or place["none"].lower() in _TIMELESS:
        return ""
    told = re.search(rf"\b({one_of(word_list('determiners'))})\s+{re.escape(_first(after))}\b", other, re.IGNORECASE)
    return told[1].lower() if told else "all"


def _first(words: str) -> str:
    """First word of some."""
    found = _WORDS.search(words)
    return found[0] if found else words


def fails(proposition: Proposition) -> bool:
    """Tell whether somebody fails to do something."""
    return re.search(FAILS, proposition.statement) is not None


def denies_the_other(a: Proposition, b: Proposition) -> bool:
    """Tell whether somebody denies as a whole what another may affirm.

    Where next to all words are the same, all that differs is the negation, wherever it stands and whoever speaks.
    """
    if not denial_differs(a, b):
        return False
    negated, other = (a, b) if a.denied else (b, a)
    if _denies_no_matter(negated.statement, other):
        return False
    promised = other.modality in _NOT_YET and negated.modality not in _NOT_YET
    held_otherwise = a.modality != b.modality and not _HELD.isdisjoint((a.modality, b.modality))
    if promised or held_otherwise:
        return False
    if plain_likeness(a, b) >= CLAIMS.one_bag:
        return True
    return not set(a.speakers) & set(b.speakers) and (denied_outright(negated) or not _aside(negated.statement))


def _denies_no_matter(statement: str, other: Proposition) -> bool:
    """Tell whether a negation leaves standing what another says: it denies the rank of it ("not the first"), that it
    was told ("have not announced a plan"), something of a group that the other does not tell of ("neither is"), or
    what the other denies by a prefix ("has not changed", "remains unchanged").
    """
    place = _NEGATED.search(statement)
    if place is None:
        return False
    after = statement[place.end() :]
    denied = _denied(after)
    untold = denied.lower() in of_kind("speech_words", "announcement") and _denied_stem(after) not in other.stems
    prefixed = re.search(rf"\b{_NOT_BY_PREFIX}{re.escape(denied)}", other.statement, re.IGNORECASE) if denied else None
    group = place.start() == 0 and _OF_A_GROUP.match(statement)
    return bool(untold or prefixed or group or _OF_RANK.match(after))


def denial_differs(a: Proposition, b: Proposition) -> bool:
    """Tell whether one denies and the other does not, in no other words either: `failed to return`."""
    other = b if a.denied else a
    return a.denied != b.denied and not of_kind("negation", "implicit").intersection(other.vocabulary)


def denied_outright(proposition: Proposition) -> bool:
    """Tell whether somebody denies the whole statement: `he denied that …`."""
    return proposition.statement.startswith(OUTRIGHT)


def _aside(statement: str) -> bool:
    """Whether the negation stands in a clause that is not the first."""
    place = _NEGATED.search(statement)
    return place is not None and _OTHER_CLAUSE.search(statement, 0, place.start()) is not None


def _denied_stem(after: str) -> str:
    """Stem of what a negation denies."""
    denied = _denied(after)
    return stem(denied) or denied


def _denied(after: str) -> str:
    """First word of content behind a negation: what it denies."""
    words = re.findall(r"[^\W\d_]+", after)[: THRESHOLDS.denied_words]
    return next(filter(tells, words), "")


def _phrase(statement: str, start: int) -> str:
    """Three words from a place on: enough to see what is denied."""
    return " ".join(_WORDS.findall(statement[start:])[:3]).strip(".,;:!?\"”’'")
