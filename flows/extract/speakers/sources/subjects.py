"""Who is the subject of a verb whose source holds more than that, or only what stands beside it: "Speaking to [the Lake
Post, the mayor, Ann Lee, said]", "Ann Lee, flanked by [Peeter Kask,] said", "Ann Lee, [whose son won,] said".
"""

import re

from flows.extract.mentions.name_span import Mention
from flows.extract.speakers.discourse.discourse_model import Discourse
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list
from flows.spans import Span

_OPENING = re.compile(
    r"(?:In|At|On|During|After|Before|Through|[A-Z][a-z]{2,14}(?:ing|ed))\s(?:[^,.;:“”\"]{0,100}"
    rf"\b(?:{one_of(word_list('before_an_object'))})\s)?(?:(?:the|an?|its|his|her|their)\s)?"
)
"""What opens a sentence and waits for its object: `Speaking to the `, `In an affidavit filed before `."""

_DESCRIBED = re.compile(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s[a-z]")
"""What opens a subject without a name: `a spokesman`, unlike the rest of `Lake East, Ohio`."""

_BESIDE = re.compile(
    r",\s(?:who\s(?:was|is)\s)?(?:[a-z]{3,20}(?:ed|ing)|alongside|together|along)\s(?:[a-z]{1,20}\s){0,3}?"
    rf"(?:(?:{one_of(word_list('before_an_object'))})\s)?(?:(?:the|an?|its|his|her|their)\s)?"
    r"(?:[\w’'-]{2,20}\s){0,3}(?:[\w’'-]{2,20},\s)?"
)
"""What stands between a subject and whom only what is said of it names: `, flanked by the governor, `."""


def subject_part(discourse: Discourse, source: Span, cue: Span | None) -> Span:
    """Return the source without what its sentence opens with: of whom it is said, or whom somebody spoke to.

    No comma closes what stands behind the first name of "Of [Ann Lee, the coach] said", unlike "Ann Lee, the coach,".
    """
    first = next(iter(discourse.persons_between(*source)), None)
    text = discourse.text
    if first is not None and discourse.spoken_of(first) and text.startswith(", ", first.end):
        start = first.end + len(", ")
        open_ended = "," not in text[start : source.end + 1]
        return Span(start, source.end) if start < source.end and open_ended else source
    comma = text.find(", ", source.start, source.end - 2)
    if comma < 0 or cue is None or cue.start < source.end:
        return source
    behind = Span(comma + len(", "), source.end)
    someone = bool(discourse.persons_between(*behind)) or _DESCRIBED.match(text, *behind) is not None
    opens = someone and _OPENING.fullmatch(text, discourse.sentence_start(source.start), source.start)
    return behind if opens else source


def subject_before(discourse: Discourse, source: Span) -> Mention | None:
    """Return the person whom a source only stands beside: `Ann Lee, flanked by the governor, [Peeter Kask,] said`."""
    head = next(iter(discourse.persons_between(*source)), None)
    if head is None or "," not in discourse.text[head.end : source.end + 1]:
        return None
    person = discourse.person_before(source.start)
    if person is None or not discourse.first_in_sentence(person):
        return None
    return person if _BESIDE.fullmatch(discourse.text, person.end, head.start) else None


def opens_relative(discourse: Discourse, source: Span) -> bool:
    """Tell whether a source is a clause about its subject that a comma closes: `Ann Lee, [whose son won,] said`."""
    surface = source.of(discourse.text)
    closed = "," in discourse.text[source.end - 1 : source.end + 1]
    return surface.lower().startswith("whose ") and closed and len(surface) > THRESHOLDS.opening_characters
