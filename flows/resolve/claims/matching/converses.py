"""One doing told from its other side: `sold it to Vell` and `Vell bought it`, `beat` and `lost to`, `bigger than`.

Two such words are opposites, and with one subject they contradict each other. Where the subjects have changed places,
too, and all else is the same, both say one thing.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.lexicons import LEXICONS, rows, word_list
from flows.lexicons.stems import stem
from flows.resolve.claims.matching.opposites import opposites
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.verb_forms import is_past, verb, verb_forms
from flows.resolve.claims.thresholds import THRESHOLDS

_ENDS_AN_AGENT = frozenset({"to", "from", "in", "at", "on", "for", "with", "since"})
_AGAINST = frozenset({"against", "over"})
_ORDERED = frozenset({"before", "after"})
_RELATED = frozenset({"than", "of"})


class _Side(NamedTuple):
    """One statement about its verb: who does it, what else is told, whether a pronoun stands behind the verb."""

    agent: frozenset[str]
    rest: frozenset[str]
    to_somebody: bool


def converse(a: Proposition, b: Proposition) -> bool:
    """Tell whether a and b tell one doing from its two sides, with the same words besides."""
    one_has_all = a.vocabulary <= b.vocabulary or b.vocabulary <= a.vocabulary
    if one_has_all and _ORDERED.isdisjoint(a.vocabulary):  # as of most pairs: no verb, no comparative is exchanged
        return False
    if len(a.stems ^ b.stems) > THRESHOLDS.other_words or a.numbers != b.numbers:
        return False
    if a.denied != b.denied or a.modality != b.modality:
        return False
    if _compared_or_ordered(a, b):
        return True
    if one_has_all:
        return False
    theirs = _verbs(b, a)
    return any(
        _turned(_side(a.forms, at), _side(b.forms, there))
        for at, one in _verbs(a, b)
        for there, other in theirs
        if _told_from_two_sides(a.forms, at, b.forms, there, one, other)
    )


def _compared_or_ordered(a: Proposition, b: Proposition) -> bool:
    """Whether two say how the same two compare, or which came first, the one word being the opposite of the other.

    `More were born in Norby than in Sandvik`, `the alarm rang before the doors shut`.
    """
    for (one, other), compared in (
        (("than", "than"), True),
        (("before", "after"), False),
        (("after", "before"), False),
    ):
        if one not in a.vocabulary or other not in b.vocabulary:  # as of most pairs
            continue
        ours, theirs = _halves(a.forms, one), _halves(b.forms, other)
        if ours and theirs and _halves_exchanged(ours, theirs, compared):
            return True
    return False


def _halves(forms: Sequence[tuple[str, str]], between: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """What is told before a word that stands once, and behind it."""
    places = [at for at, (form, _) in enumerate(forms) if form == between]
    return (_content(forms[: places[0]]), _content(forms[places[0] + 1 :])) if len(places) == 1 else None


def _halves_exchanged(
    ours: tuple[frozenset[str], frozenset[str]], theirs: tuple[frozenset[str], frozenset[str]], compared: bool
) -> bool:
    (first, second), (one, other) = ours, theirs
    if not compared:
        return bool(second) and first == other and second == one
    mine, yours = first - one - other, one - first - second
    if not any(yours & opposites().get(word, frozenset()) for word in mine) or len(mine) > 1 or len(yours) > 1:
        return False
    first, one = first - mine, one - yours
    return bool(second and other) and second <= one - first and other <= first - one and first | second == one | other


def _verbs(mine: Proposition, other: Proposition) -> list[tuple[int, str]]:
    """Places and forms of what may be verbs that the other does not have."""
    return [(at, form) for at, (form, kind) in enumerate(mine.forms) if kind == "word" and form not in other.vocabulary]


def _told_from_two_sides(
    ours: Sequence[tuple[str, str]], at: int, theirs: Sequence[tuple[str, str]], there: int, one: str, other: str
) -> bool:
    if verb(other) in converses().get(verb(one), ()):
        return True
    behind = [forms[place + 1][0] if place + 1 < len(forms) else "" for forms, place in ((ours, at), (theirs, there))]
    return behind[0] in _RELATED and behind[0] == behind[1] and stem(other) in opposites().get(stem(one), frozenset())


def _turned(ours: _Side, theirs: _Side) -> bool:
    """Whether who does it in one is told of in the other behind its verb, and all words are the same."""
    if not (ours.agent and theirs.agent) or ours.agent | ours.rest != theirs.agent | theirs.rest:
        return False
    mine, yours = ours.agent - theirs.agent, theirs.agent - ours.agent
    if mine and yours:
        return True
    # `her aunt left her the farm`: whose aunt it is stands with her
    return bool(mine or yours) and (theirs if yours else ours).to_somebody


def _side(forms: Sequence[tuple[str, str]], at: int) -> _Side:
    behind = [form for form, _ in forms[at + 1 :]]
    is_done = not word_list("forms_of_be").isdisjoint([form for form, _ in forms[:at]])
    passive = "by" in behind and is_done and is_past(forms[at][0])
    if passive:
        start = at + 2 + behind.index("by")
        ends = (end for end in range(start, len(forms)) if forms[end][0] in _ENDS_AN_AGENT)
        agent = _content(forms[start : next(ends, len(forms))])
    else:
        agent = _content(forms[:at])
    rest = _content(forms[:at]) | _content(forms[at + 1 :])
    return _Side(agent, rest - agent, not word_list("whom_pronouns").isdisjoint(behind[:1]))


def _content(forms: Sequence[tuple[str, str]]) -> frozenset[str]:
    return frozenset([stem(form) or form for form, kind in forms if kind in ("word", "name") and form not in _AGAINST])


@lru_cache(maxsize=1)
def converses() -> dict[str, frozenset[str]]:
    """Return the verbs that tell from the other side what a verb does (`verb_forms.verb`)."""
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "converses", ("word", "converse")):
        one, other = ({verb(form) for form in verb_forms(row[side])} for side in ("word", "converse"))
        for mine, yours in ((one, other), (other, one)):
            for form in mine:
                found.setdefault(form, set()).update(yours)
    return {word: frozenset(others) for word, others in found.items()}
