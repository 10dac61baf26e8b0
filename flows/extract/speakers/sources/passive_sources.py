"""Sources on the wrong side of a passive, which cannot have said what its verb says.

Attribution leaves such a source as annotators mark it (`flows.extract.attribution.reports.passive_cues` takes it away
where others speak of it); here nobody is its speaker.
"""

import re

from flows.extract.speakers.thresholds import THRESHOLDS
from flows.spans import Span

_AGENT = re.compile(r"\b(?:[a-z]{1,20}(?:ed|en|wn)|led|run|held|made|sent|built|brought) by (?:the )?$")
"""What stands before whom a passive is done by."""
_PASSIVE = re.compile(r"(?:(?:ha[sd]|have) been|is|are|was|were)\b")
_DOER = re.compile(r"\b(?:by|of|from|in|on|according to)\s{1,3}(?:the\s)?$")
"""What stands between a passive and by whom or where it is done."""

_PARTICIPLE = re.compile(r"(?:also )?\w{1,20}ing\b")


def is_no_subject(text: str, source: Span, cue: Span | None) -> bool:
    """Tell whether a source cannot have done what its verb says, by which side of a passive it stands on.

    "A team led by [the Lake Board] found …" is said by the team, who is not the source; "as reported by [the Lake
    Board]" has its verb before the source, and "this was shown by [the Lake Board], noting …" a participle behind it
    that is the board's. "It was compared to [the Lake Board]" has no `by`, so that nobody is said to have done it.
    """
    if cue is None:
        return False
    if cue.end <= source.start:
        return _PASSIVE.match(text, cue.start) is not None and not _DOER.search(text, cue.start, source.start)
    if cue.start < source.end or _PARTICIPLE.match(text, cue.start):
        return False
    return _AGENT.search(text, max(0, source.start - THRESHOLDS.beside_name), source.start) is not None
