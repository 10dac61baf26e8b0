"""Which outlet "the paper", "the site" or "the report" means: the one that spoke last."""

import re
from bisect import bisect_left

from flows.extract.mentions.name_span import Mention
from flows.extract.speakers.discourse_model import Discourse
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.lexicons import one_of, states, word_list
from flows.spans import Span

_NOUN = rf"(?:{one_of(word_list('outlets_and_reports'))})"
_STATE = rf"(?:{one_of({name for state in states() for name in state.adjectives})})"
_OUTLET = re.compile(rf"(?:[Aa]ccording to\s)?[Tt]he\s(?:(?:{_STATE}|[a-z-]{{1,20}})\s){{0,2}}{_NOUN}")
_DECLINES = re.compile(r"\b(?:declin|refus)(?:e[sd]?|ing)\b|\b(?:did|does|has|would|could)(?: not|n[’']t)\b")
_NAMED = re.compile(r"^[a-z]*[A-Z]\w*\.|\s\w*[A-Z]|^[a-z]+[A-Z]")
_ANOTHER = re.compile(rf"\b(?:[Aa]n?|[Aa]nother|[Oo]ne)\s(?:[\w-]{{1,20}}\s){{0,2}}{_NOUN}\b")
"""What brings in another one: `a report in the Lake Post`."""


def outlet_before(discourse: Discourse, source: Span) -> Mention | None:
    """Return the body that spoke last, where a source calls it an outlet or its report and no other one was brought in.

    Nobody where a person or a state has spoken since.
    """
    surface = source.of(discourse.text).strip(" ,")
    if not discourse.turns or _OUTLET.fullmatch(surface) is None:
        return None
    at, last = next((turn for turn in reversed(discourse.turns) if not _declined(discourse, turn[0])), (0, None))
    if last is None:
        return None
    number = discourse.sentence(at)
    if last.entity_type != "ORG" or discourse.sentence(source.start) - number > THRESHOLDS.reach:
        return None
    if _other_spoke(discourse, last.end, source.start):
        return None
    behind = discourse.sentences[number] if number < len(discourse.sentences) else len(discourse.text)
    return None if _ANOTHER.search(discourse.text, behind, source.start) else last


def _declined(discourse: Discourse, at: int) -> bool:
    """Whether a source only says that it says nothing: `Lake Steel declined to comment`."""
    number = discourse.sentence(at)
    end = discourse.sentences[number] if number < len(discourse.sentences) else len(discourse.text)
    return _DECLINES.search(discourse.text, at, min(end, at + THRESHOLDS.governed_characters)) is not None


def _other_spoke(discourse: Discourse, start: int, end: int) -> bool:
    """Whether somebody with a name that was not found is a source in between: `reveals [Lakenews.fr]`."""
    first, last = (bisect_left(discourse.sources_in_order, place, key=lambda s: s.start) for place in (start, end))
    return any(_NAMED.search(span.of(discourse.text)) for span in discourse.sources_in_order[first:last])
