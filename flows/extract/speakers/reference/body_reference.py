"""Which state or body a description without a name means: "the Estonian government", "the alliance", "the company"."""

import re
from collections import Counter
from collections.abc import Sequence

from flows.extract.mentions.gazetteer import WORD, load_gazetteer
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.neighbours import INSTITUTIONS
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.noun_phrases import COMPANY, state_of
from flows.lexicons import word_list
from flows.spans import Span

_OF_NO_STATE = [["the", organ] for organ in ("government", "authorities")]
"""What calls a government and does not say which, in words."""
_WITH_ARTICLE = word_list("companies_with_article")
_BODIES = word_list("organisation_nouns")


def state_meant(discourse: Discourse, source: Span, surface: str) -> Mention | None:
    """`the Estonian government`: the state, where the text names it; `the government` alone is not known."""
    wanted = {state for word in WORD.findall(surface) if (state := state_of().get(word.lower()))}
    if not wanted and surface.lower().split() in _OF_NO_STATE:
        wanted = _state_told_of(discourse)
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


def _state_told_of(discourse: Discourse) -> set[str]:
    """The one state that a text tells of: that of three in four of its names of states and their people."""
    named = [state_of().get(m.span.of(discourse.text).lower()) for m in discourse.mentions]
    counts = Counter(state for state in named if state)
    ((first, often),) = counts.most_common(1) or (("", 0),)
    return {first} if often >= THRESHOLDS.times_of_state and 4 * often >= 3 * counts.total() else set()


def body_meant(discourse: Discourse, source: Span, noun: str) -> Mention | None:
    """`the alliance`, `the ministry`: the nearest organisation before that has this word in its name.

    `the company` has no such name: it is the one organisation that the sentences just before it name.
    """
    if noun == "police" and len(_forces(discourse)) > 1:
        return None  # every town has one
    gazetteer = load_gazetteer()
    own = (m.span.of(discourse.text) for m in discourse.mentions_in(source) if m.entity_type == "ORG")
    if any(noun in name.lower().split() for name in own):
        return None  # it has a name of its own
    before = discourse.mentions_between(0, source.start + 1)
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
    between = discourse.mentions_between(start, end)
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
