"""Where names begin and end: spans of a reader that hold too much or too little, put right by what names look like."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from flows.extract.mentions.common_nouns import without_noun
from flows.extract.mentions.gazetteer import CERTAIN, WORD, Gazetteer
from flows.extract.mentions.name_span import NameSpan
from flows.extract.mentions.neighbours import INSTITUTIONS, join_neighbours
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import roles, title_words
from flows.lexicons import one_of, word_list
from flows.lexicons.places import divisions

_FUNCTION_END = re.compile(rf"(?<![\s,])[\s,]+(?:{one_of(word_list('not_at_the_end_of_a_name'))})$", re.IGNORECASE)
_NUMBERED = word_list("numbered_bodies")
_NUMBER = re.compile(r"(?<![\w.,-])(?P<number>\d{1,4}(?:st|nd|rd|th)) $")
LONGEST_NUMBER = len("1,000th ")
"""Characters before a name in which its number may stand."""
_HYPHEN = re.compile("[-–]")
_RESOLUTION = re.compile(r"(?<!\s)\s+(?:Resolution|resolution|Res\.)(?:\s+\S+)?$")


def repair_spans(text: str, spans: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """Apply every rule in turn, each of which takes one span to its pieces, and join neighbours that are one name."""
    rules: tuple[Callable[[str, NameSpan, Gazetteer], list[NameSpan]], ...] = (
        _without_function_words,
        _without_resolution,
        _without_portfolio,
        _without_person,
        _institution_of_institution,
        _place_in_place,
        _two_states,
        _two_bodies,
        without_noun,
        _with_number,
    )
    out = list(spans)
    for rule in rules:
        out = [piece for span in out for piece in rule(text, span, gazetteer)]
    return join_neighbours(text, out, gazetteer)


def _with_number(text: str, span: NameSpan, _: Gazetteer) -> list[NameSpan]:
    """The number of a unit is part of its name: `47th | Lake Brigade`."""
    if span.entity_type != "ORG" or span.of(text).split()[-1] not in _NUMBERED:
        return [span]
    found = _NUMBER.search(text, max(0, span.start - LONGEST_NUMBER), span.start)
    return [span if found is None else replace(span, start=found.start("number"))]


def _without_function_words(text: str, span: NameSpan, _: Gazetteer) -> list[NameSpan]:
    """`Russian Federation to` ends before the preposition."""
    if span.of(text).isalnum():
        return [span]
    capital_counts = span.entity_type == "PERSON" and not span.of(text).isupper()  # `Ilves Van An` is a name
    end = span.end
    while found := _FUNCTION_END.search(text, span.start, end):
        if capital_counts and not found.group().strip(" ,").islower():
            break
        end = found.start()
    if end == span.end:
        return [span]
    return [replace(span, end=end)] if end > span.start else []


def _without_resolution(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`UN Security Council Resolution 1244` names the body that passed it."""
    found = _RESOLUTION.search(text, span.start, span.end) if span.entity_type in ("ORG", "LAW") else None
    if found:
        known = gazetteer.lookup(text[span.start : found.start()])
        if known is not None and known.entity_type == "ORG":
            return [replace(span, end=found.start(), entity_type="ORG")]
        if span.entity_type == "ORG":
            return [replace(span, entity_type="LAW")]
    return [span]


def _without_portfolio(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`Kosovo Defense` before `Minister` is the state, and so is `Kosovo Trade Envoy`; `Internal Affairs` after
    `Minister of` is nothing.
    """
    words = list(WORD.finditer(text, span.start, span.end)) if span.entity_type == "ORG" else []
    if not words:
        return [span]
    after = re.match(r"\s+([\w-]+)", text[span.end : span.end + 30])
    headed = after is not None and after.group(1).lower() in roles()
    office = roles().get(words[-1].group().lower())
    if headed or (office is not None and office.kind == "office"):
        whose = _whose_office(text, span, words, gazetteer)
        if whose is not None:
            return [whose]
    if all(w.group().lower() in title_words() for w in words):
        before = re.search(r"\b(\w+)\s+(?:of|for)\s+(?:the\s+)?$", text[max(0, span.start - 40) : span.start])
        titled = headed or (before is not None and before.group(1).lower() in roles())
        alone = len(words) == 1 and words[0].group() not in INSTITUTIONS and not words[0].group().isupper()
        return [] if titled or alone else [span]
    return [span]


def _whose_office(text: str, span: NameSpan, words: Sequence[re.Match[str]], gazetteer: Gazetteer) -> NameSpan | None:
    """The known name before the words of an office, where there is one."""
    for at in range(len(words) - 1, 0, -1):
        if words[at].group().lower() not in title_words():
            break
        known = gazetteer.lookup(text[span.start : words[at - 1].end()])
        if known is not None:
            return replace(span, end=words[at - 1].end(), entity_type=known.entity_type)
    return None


def _without_person(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`(Minister of) Kosovo Armend Mehai`, `(head of the) Office for Kosovo Marko Djuric`: the person apart."""
    words = [] if span.of(text).isalnum() else list(WORD.finditer(text, span.start, span.end))
    if span.entity_type not in ("ORG", "PERSON", "GPE") or len(words) < THRESHOLDS.state_and_person_words:
        return [span]
    before = re.split(r"[.,;:!?\n“”\"()•]", text[max(0, span.start - 60) : span.start])[-1].lower()
    titled = re.search(r"^(.*)\b(?:of|for|to|in)\s+(?:\w+\s+){0,2}$", before)
    if not titled or not any(w in roles() for w in WORD.findall(titled.group(1))):
        return [span]
    for left in (2, 3):
        if len(words) <= left:
            continue
        rest = words[-left:]
        if not all(w.group()[:1].isupper() and w.group() not in INSTITUTIONS for w in rest):
            continue
        for size in (1, 2, 3):
            if len(words) < left + size:
                break
            first = words[-left - size]
            known = gazetteer.lookup(text[first.start() : words[-left - 1].end()])
            if known is not None and known.entity_type == "GPE" and known.certainty == CERTAIN:
                whole = first.start() == span.start
                kept = replace(span, end=words[-left - 1].end(), entity_type="GPE" if whole else span.entity_type)
                return [kept, replace(span, start=rest[0].start(), entity_type="PERSON")]
    return [span]


def _institution_of_institution(text: str, span: NameSpan, _: Gazetteer) -> list[NameSpan]:
    """`Faculty of History of Moscow State University` is two: each side of an `of` is an institution by itself."""
    if span.entity_type != "ORG":
        return [span]
    for found in re.finditer(r"\s+(?:of|at|in)\s+(?:the\s+)?", text[span.start : span.end]):
        left = text[span.start : span.start + found.start()]
        right = text[span.start + found.end() : span.end]
        if _institution(left) and " " in left and _headed_by_institution(right) and " " in right:
            end, start = span.start + found.start(), span.start + found.end()
            return [replace(span, end=end), *_institution_of_institution(text, replace(span, start=start), _)]
    return [span]


def _place_in_place(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`MOSCOW, Idaho` and `LONDON, Ont.` are towns and what they lie in; `Washington, D.C.` is one name."""
    surface = span.of(text)
    if span.entity_type not in ("GPE", "LOC") or surface.count(", ") != 1 or gazetteer.lookup(surface) is not None:
        return [span]
    town, state = surface.split(", ")
    known = gazetteer.lookup(state)
    holds = divisions().get(state.rstrip(".")) is not None or (known is not None and known.entity_type == "GPE")
    if not holds or not town:
        return [span]
    return [replace(span, end=span.start + len(town)), replace(span, start=span.end - len(state), entity_type="GPE")]


def _two_states(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`EU-Nigeria` (talks) and `Russian-Estonian` (border) are two names: both sides of the hyphen are known."""
    parts = _HYPHEN.split(span.of(text))
    if len(parts) != 2 or gazetteer.lookup(span.of(text)) is not None:
        return [span]
    known = [gazetteer.lookup(part) for part in parts]
    if not all(part is not None and part.certainty == CERTAIN for part in known):
        return [span]
    left, right = (part.entity_type for part in known if part is not None)
    before, after = (part.strip() for part in parts)
    return [
        replace(span, end=span.start + len(before), entity_type=left),
        replace(span, start=span.end - len(after), entity_type=right),
    ]


def _two_bodies(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`Lake News/Shore Post` (poll) is two names: a slash behind a body of several words, or a known one."""
    left, slash, right = (part.strip() for part in span.of(text).partition("/"))
    if span.entity_type != "ORG" or not slash or min(len(left), len(right)) < len("BBC") or "/" in right:
        return [span]
    if " " not in left and gazetteer.lookup(left) is None:
        return [span]
    return [replace(span, end=span.start + len(left)), replace(span, start=span.end - len(right))]


def _headed_by_institution(surface: str) -> bool:
    """`Tartu State University` and `Lake Party of Estonia` are institutions, `Government Employees` are none."""
    followed = pairwise([*WORD.findall(surface), "of"])
    return any(word in INSTITUTIONS and after in ("of", "for") for word, after in followed)


def _institution(surface: str) -> bool:
    return any(w in INSTITUTIONS for w in WORD.findall(surface))
