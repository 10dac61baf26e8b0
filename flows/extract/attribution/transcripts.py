"""Transcripts and interviews inside news: what a label at the start of a line begins is said by whom it names.

Five forms: labels in capitals (`BERG: …`, `ANNA FALK, HARBOUR CHIEF: …`, `KOSS (voice-over): …`); the names of a debate
or panel (`Ms. Eva Lind (Lake East): …`, `The Minister for Mills (Per Koss): …`, `Koss: …`); questions and answers
(`Q: …`, `A: …`), the answers of the one person whom the text before them introduces; the initials of two
who are named before them (`EL: …`, `PK: …`); and a full name in an interview (`Eva Lind: …`, `((Eva Lind)) …`, `[Eva
Lind] …`). What stands before a colon is also a heading (`RELATED:`): it is a
speaker where at least two of them take turns, one speaks again, and one is known by a full name.
"""

import re
from collections.abc import Callable, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import roles, title_words
from flows.lexicons import column, one_of, word_list
from flows.spans import Span, trim

_CAPITALS = re.compile(
    r"(?m)^[ \t]*[\"“'‘]?(?P<name>[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]*){0,3})"
    r"(?:, [A-Z][^\n:()]{1,60})?(?: \([^\n:()]{1,40}\))?(?P<mark>:)(?=\s)"
)
_INITIALS = re.compile(r"(?m)^[ \t]*(?P<name>[A-Z]{2,3})(?P<mark>:)(?=\s)")
_QUESTION_OR_ANSWER = re.compile(r"(?m)^[ \t]*(?P<name>[QA])(?P<mark>[:.])(?=\s)")
_FULL_NAME = re.compile(r"(?m)^[ \t]*(?P<name>[A-Z][\w.'’-]{0,24}(?: [A-Z][\w.'’-]{0,24}){1,3})(?P<mark>:)(?= )")
_NAMES = rf"[A-Z][\w.'’-]{{0,24}}(?: (?:(?:{one_of(word_list('name_particles'))}) )?[A-Z][\w.'’-]{{0,24}}){{0,5}}"
_TITLED = r"(?:(?:[A-Z][a-z]{1,6}\.? )?\([A-Z][a-z]{1,5}\.?\) )?"  # "Hon. (Mrs.) "
_IN_DEBATE = re.compile(
    rf"(?m)^[ \t]*[\"“]?(?:(?:The|Le|La) [^\n:()]{{3,90}} \((?={_NAMES}\)))?{_TITLED}(?P<name>{_NAMES})\)?"
    r"(?:, [^\n:()]{1,60})?(?: ?\([^\n:()]{1,60}\)){0,3}(?P<mark>:)(?=\s)"
)
_ENDS_SENTENCE = re.compile(r"[.?!…—–-][\"”'’)]{0,2}$")
_ADDRESS = frozenset(column("honorifics", "word", "gender")) | word_list("forms_of_address")
_BRACKETED = re.compile(
    r"(?m)^[ \t]*(?:\(\((?=[^\n()]+\)\) )|\[(?=[^\n\[\]]+\] ))"
    r"(?P<name>[A-Z][\w.'’-]{0,24}(?: [A-Z][\w.'’-]{0,24}){0,3})(?:\)\)|\])(?= )"
)
_DIRECTION = re.compile(r"[\"“'‘]?\s*[(\[].*[)\]][\"”'’]?$|\W*$")
_EDGE = ' \t"“”'


class Turn(NamedTuple):
    """What one speaker says until the next one does: the lines of the turn.

    source: the name in the label; of answers, the name in the introduction, None where that has several persons.
    mark: the colon, or the point, behind the label; None where brackets stand around it.
    """

    source: Span | None
    mark: Span | None
    content: tuple[Span, ...]


def find_turns(text: str, persons: Callable[[], Sequence[Span]]) -> list[Turn]:
    """Find the turns of a transcript or interview in order, none where the text holds none.

    persons: gives the names of persons; asked only where the text looks like an interview.
    """
    forms = (_debate, _answers, _initialled, _interview)
    return _transcript(text) or next((turns for form in forms if (turns := form(text, persons))), [])


def _transcript(text: str) -> list[Turn]:
    """Return the turns of speakers in capitals."""
    labels = list(_CAPITALS.finditer(text))
    if len(labels) < THRESHOLDS.transcript_turns or not _dialogue(text, [label["name"] for label in labels]):
        return []
    return [
        turn for label, content in _contents(text, labels) for turn in _turns(Span(*label.span("name")), label, content)
    ]


def _debate(text: str, persons: Callable[[], Sequence[Span]]) -> list[Turn]:
    """Return the turns of a debate or panel, whose labels name persons as running text does, and which are sentences.

    What else stands before a colon (`Moderator:`, the name of a newspaper) ends a turn and says nothing.
    """
    labels = list(_IN_DEBATE.finditer(text))
    if len(labels) < THRESHOLDS.transcript_turns:
        return []
    surnames = {span.of(text).split()[-1] for span in persons()}
    named = [(_named(label, surnames), label, content) for label, content in _contents(text, labels)]
    turns = [turn for who, label, content in named if who for turn in _turns(who, label, content)]
    names = [turn.source.of(text) for turn in turns if turn.source]
    stated = sum(_is_sentence(turn.content[-1].of(text)) for turn in turns)
    spoken = len(names) >= THRESHOLDS.transcript_turns and _dialogue(text, names) and 3 * stated >= 2 * len(turns)
    return turns if spoken else []


def _is_sentence(line: str) -> bool:
    """Tell whether a line is a sentence rather than an entry of a list: `Lind: 42.`."""
    return any(map(str.islower, line)) and _ENDS_SENTENCE.search(line) is not None


def _named(label: re.Match[str], surnames: Set[str]) -> Span | None:
    """Return the name in a label without what its bearer is called by, or the office alone (`Mr. Speaker`); None where
    it is neither addressed as a person nor known as one.
    """
    words = [(word.group().rstrip(".").lower(), word.start()) for word in re.finditer(r"\S+", label["name"])]
    first = 0
    while first < len(words) and (words[first][0] == "the" or words[first][0] in title_words()):
        first += 1
    start, end = label.span("name")
    if first == len(words):
        return Span(start, end) if words[-1][0] in roles() else None
    addressed = any(word in _ADDRESS or word in roles() for word, _ in words[:first])
    return Span(start + words[first][1], end) if addressed or label["name"].split()[-1] in surnames else None


def _dialogue(text: str, labels: list[str]) -> bool:
    """Tell whether labels are speakers: several, taking turns, one of them known by a full name."""
    names = [label.split()[-1] for label in labels]
    repeated = len(set(names)) < len(names)
    alternate = sum(a != b for a, b in pairwise(names))
    if len(set(names)) < 2 or not repeated or 3 * alternate < 2 * (len(names) - 1):
        return False
    return any(
        re.search(rf"\b[A-Z][\w.]+ {re.escape(name.title() if name.isupper() else name)}\b", text)
        for name in set(names)
    ) or any(label.endswith(f" {name}") for label in labels for name in set(names) if label != name)


def _answers(text: str, persons: Callable[[], Sequence[Span]]) -> list[Turn]:
    """Return the answers of an interview in questions and answers: they are of the one person introduced before it."""
    labels = list(_QUESTION_OR_ANSWER.finditer(text))
    kinds = [label["name"] for label in labels]
    if kinds[:1] != ["Q"] or len(kinds) < THRESHOLDS.transcript_turns or kinds.count("A") < 2:
        return []
    who = _introduced(text, [span for span in persons() if span.end <= labels[0].start()])
    answers = ((label, content) for label, content in _contents(text, labels) if label["name"] == "A")
    return [turn for label, content in answers for turn in _turns(who, label, content)]


def _initialled(text: str, persons: Callable[[], Sequence[Span]]) -> list[Turn]:
    """Return the turns of two who are labelled with their initials; whose initials nobody or several have is nobody.

    One of them at least is named before the first turn.
    """
    labels = list(_INITIALS.finditer(text))
    if len(labels) < THRESHOLDS.transcript_turns or len({label["name"] for label in labels}) != 2:
        return []
    named: dict[str, list[Span]] = {}
    for span in persons():
        if span.end <= labels[0].start():
            named.setdefault("".join(name[0] for name in span.of(text).split()).upper(), []).append(span)
    alike = {initials for initials, spans in named.items() if len({span.of(text) for span in spans}) > 1}
    who = {initials: spans[0] for initials, spans in named.items() if initials not in alike}
    if who.keys().isdisjoint(label["name"] for label in labels):
        return []
    return [
        turn for label, content in _contents(text, labels) for turn in _turns(who.get(label["name"]), label, content)
    ]


def _introduced(text: str, named: Sequence[Span]) -> Span | None:
    """Return the latest full name of the only person named in an introduction; a headline has capitals that are no
    names.
    """
    headline = text.find("\n")
    told = [span for span in named if span.start > headline or " " in span.of(text)]
    surnames = {span.of(text).split()[-1].lower() for span in told}
    full = [span for span in named if " " in span.of(text)]
    return full[-1] if full and len(surnames) == 1 else None


def _interview(text: str, persons: Callable[[], Sequence[Span]]) -> list[Turn]:
    """Return the turns of persons labelled with their full names, where somebody is asked something in between."""
    labels = list(_FULL_NAME.finditer(text)) or list(_BRACKETED.finditer(text))
    if len(labels) < 2 or len({label["name"] for label in labels}) < 2 or "?\n" not in text:
        return []
    known = {span.of(text) for span in persons()}
    spoken = [
        (label, content)
        for label, content in _contents(text, labels)
        if label["name"] in known
        and text.count(label["name"]) > sum(label["name"] == other["name"] for other in labels)
    ]
    return [turn for label, content in spoken for turn in _turns(Span(*label.span("name")), label, content)]


def _turns(source: Span | None, label: re.Match[str], content: tuple[Span, ...]) -> list[Turn]:
    mark = Span(*label.span("mark")) if "mark" in label.re.groupindex else None
    return [Turn(source, mark, content)] if content else []


def _contents(text: str, labels: Sequence[re.Match[str]]) -> list[tuple[re.Match[str], tuple[Span, ...]]]:
    """Return each label with the lines up to the next one; the last one has only its own line."""
    ends = [label.start() for label in labels[1:]]
    between = [
        (label, _lines(text, label.end(), end, THRESHOLDS.turn_lines)) for label, end in zip(labels, ends, strict=False)
    ]
    return [*between, *((label, _lines(text, label.end(), len(text), 1)) for label in labels[-1:])]


def _lines(text: str, start: int, end: int, most: int) -> tuple[Span, ...]:
    """Return the lines with words between two places, stage directions aside."""
    found = []
    for _ in range(most):
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        span = trim(text, Span(start, stop))
        while span.start < span.end and text[span.start] in _EDGE:
            span = Span(span.start + 1, span.end)
        if span.start < span.end and not _DIRECTION.match(text, span.start, span.end):
            found.append(span)
        if line_end < 0:
            break
        start = line_end + 1
    return tuple(found)
