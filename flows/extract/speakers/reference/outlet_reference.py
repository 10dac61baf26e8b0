"""Which outlet "the paper", "the site" or "the report" means: the one that spoke last."""

import re
from bisect import bisect_left

from flows.extract.mentions.name_span import Mention
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.lexicons import one_of, states, word_list
from flows.spans import Span

_NOUN = rf"(?:{one_of(word_list('outlets_and_reports') | word_list('outlet_nouns'))})"
_STATE = rf"(?:{one_of({name for state in states() for name in state.adjectives})})"
_OUTLET = re.compile(rf"(?:[Aa]ccording to\s)?[Tt]he\s(?:(?:{_STATE}|[a-z-]{{1,20}})\s){{0,2}}{_NOUN}")
"""What a source is called that is an outlet or its report: `According to the Estonian news website`."""
_DECLINES = re.compile(
    r"\s(?:ha[sd]\s|have\s)?(?:(?:so\sfar|[a-z]{1,20})\s)?"
    r"(?:(?:declin|refus)(?:e[sd]?|ing)|(?:did|does|has|would|could)(?:\snot|n[’']t))\b"
)
"""What stands behind a source that says nothing: ` has repeatedly declined`, ` did not`."""
_NAMED = re.compile(r"^[a-z]*[A-Z]\w*\.|\s\w*[A-Z]|^[a-z]+[A-Z]")
"""What has a name: `Lakenews.fr`, `the Lake`, `lakeNews`."""
_ANOTHER = re.compile(rf"\b(?:[Aa]n?|[Aa]nother|[Oo]ne)\s(?:[\w-]{{1,20}}\s){{0,2}}{_NOUN}\b")
"""What brings in another one: `a report in the Lake Post`."""


def outlet_before(discourse: Discourse, source: Span) -> Mention | None:
    """Return the body that spoke last, where a source calls it an outlet or its report and no other one was brought in.

    Nobody where a person or a state has spoken since.
    """
    surface = source.of(discourse.text).strip(" ,")
    if not discourse.turns or _OUTLET.fullmatch(surface) is None:
        return None
    at, last = next((turn for turn in reversed(discourse.turns) if not _declined(discourse, *turn)), (0, None))
    if last is None:
        return None
    number = discourse.sentence(at)
    if last.entity_type != "ORG" or discourse.sentence(source.start) - number > THRESHOLDS.reach:
        return None
    if _other_spoke(discourse, last.end, source.start):
        return None
    behind = discourse.sentences[number] if number < len(discourse.sentences) else len(discourse.text)
    return None if _ANOTHER.search(discourse.text, behind, source.start) else last


def _declined(discourse: Discourse, at: int, speaker: Mention) -> bool:
    """Whether a source, from `at` on, only says that it says nothing: `Lake Steel declined to comment`.

    Read before the content alone: what was said may be denied, too.
    """
    same = discourse.sources_between(at, at + 1)
    source_end = same[0].end if same else speaker.end
    content = bisect_left(discourse.contents, source_end, key=lambda s: s.start)
    end = discourse.contents[content].start if content < len(discourse.contents) else len(discourse.text)
    return _DECLINES.match(discourse.text, source_end, end) is not None


def _other_spoke(discourse: Discourse, start: int, end: int) -> bool:
    """Whether somebody with a name that was not found is a source in between: `reveals [Lakenews.fr]`."""
    return any(_NAMED.search(span.of(discourse.text)) for span in discourse.sources_between(start, end))
