"""Where names begin and end: spans of a reader that hold too much or too little, put right by what names look like."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from flows.extract.mentions.common_nouns import without_noun
from flows.extract.mentions.gazetteer import CERTAIN, WORD, Gazetteer
from flows.extract.mentions.name_span import NameSpan
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import roles, strip_titles, title_words
from flows.lexicons import one_of, word_list

INSTITUTIONS = word_list("institutions")
"""Words that head the name of an institution."""


_JOINABLE = word_list("joinable_institutions")
_FUNCTION_END = re.compile(rf"(?<![\s,])[\s,]+(?:{one_of(word_list('not_at_the_end_of_a_name'))})$", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    rf"(?:[A-Z][\w-]{{1,40}} )?(?:{'|'.join(sorted(word_list('institutions_of_fields')))}) (?:of|for) "
)
"""An institution that may be named by two fields: `Institute for Strategic Studies and Forecasts`."""

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
        without_noun,
    )
    out = list(spans)
    for rule in rules:
        out = [piece for span in out for piece in rule(text, span, gazetteer)]
    return join_neighbours(text, out, gazetteer)


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
    found = _RESOLUTION.search(text, span.start, span.end)
    if found and span.entity_type in ("ORG", "LAW"):
        known = gazetteer.lookup(text[span.start : found.start()])
        if known is not None and known.entity_type == "ORG":
            return [replace(span, end=found.start(), entity_type="ORG")]
        if span.entity_type == "ORG":
            return [replace(span, entity_type="LAW")]
    return [span]


def _without_portfolio(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`Kosovo Defense` before `Minister` is the state; `Internal Affairs` after `Minister of` is nothing."""
    if span.entity_type != "ORG":
        return [span]
    words = list(WORD.finditer(text, span.start, span.end))
    titles = title_words()
    after = re.match(r"\s+([\w-]+)", text[span.end : span.end + 30])
    headed = after is not None and after.group(1).lower() in roles()
    only = [w for w in words if w.group().lower() not in titles]
    if not only:
        before = re.search(r"\b(\w+)\s+(?:of|for)\s+(?:the\s+)?$", text[max(0, span.start - 40) : span.start])
        titled = headed or (before is not None and before.group(1).lower() in roles())
        alone = len(words) == 1 and words[0].group() not in INSTITUTIONS and not words[0].group().isupper()
        return [] if titled or alone else [span]
    if not headed:
        return [span]
    end = next((w.end() for w in reversed(words) if w.group().lower() not in titles), span.end)
    known = gazetteer.lookup(text[span.start : end])
    if end < span.end and known is not None:
        return [replace(span, end=end, entity_type=known.entity_type)]
    return [span]


def _without_person(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`(Minister of) Kosovo Armend Mehai`, `(head of the) Office for Kosovo Marko Djuric`: the person apart."""
    words = list(WORD.finditer(text, span.start, span.end))
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
        if _institution(left) and " " in left and _institution(right) and " " in right:
            end, start = span.start + found.start(), span.start + found.end()
            return [replace(span, end=end), *_institution_of_institution(text, replace(span, start=start), _)]
    return [span]


def _place_in_place(text: str, span: NameSpan, gazetteer: Gazetteer) -> list[NameSpan]:
    """`MOSCOW, Idaho` is a town and the state that it is in; `Washington, D.C.` is one name."""
    surface = span.of(text)
    if span.entity_type not in ("GPE", "LOC") or surface.count(", ") != 1 or gazetteer.lookup(surface) is not None:
        return [span]
    town, state = surface.split(", ")
    known = gazetteer.lookup(state)
    if known is None or known.entity_type != "GPE" or not town:
        return [span]
    return [replace(span, end=span.start + len(town)), replace(span, start=span.end - len(state), entity_type="GPE")]


def _institution(surface: str) -> bool:
    return any(w in INSTITUTIONS for w in WORD.findall(surface))


def join_neighbours(text: str, spans: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """Join neighbours that are one name: `Armed Forces | of | Ukraine`, `Russian | Civic Chamber`."""
    out: list[NameSpan] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if out and _one_name(text, out[-1], span, gazetteer):
            score = max(out[-1].score, span.score)
            kind = "PERSON" if out[-1].entity_type == "PERSON" else "ORG"
            start = out[-1].start if kind == "ORG" else strip_titles(text, out[-1].start, span.end)
            out[-1] = NameSpan(start, span.end, kind, score)  # `Winger | Marta Ilves`: a half may be a title
        else:
            out.append(span)
    return out


def _one_name(text: str, left: NameSpan, right: NameSpan, gazetteer: Gazetteer) -> bool:
    """Whether two neighbours are one name, by what stands between them."""
    if right.start < left.end:
        return False
    between = text[left.end : right.start]
    if between in (" of ", " of the "):
        return _institution_of_state(text, left, right, gazetteer)
    if between == " and ":
        return _institution_of_two_fields(text, left, right, gazetteer)
    return between == " " and (
        _institution_after_state(text, left, right, gazetteer) or _halves(text, left, right, gazetteer)
    )


def _halves(text: str, left: NameSpan, right: NameSpan, gazetteer: Gazetteer) -> bool:
    """`Fisheries | Affairs Bureau`, `Marta | Ilves`: nothing stands between, and neither is known by itself."""
    if left.entity_type != right.entity_type or left.entity_type not in ("ORG", "PERSON"):
        return False
    return all(gazetteer.lookup(span.of(text)) is None for span in (left, right))


def _names_state_for_certain(surface: str, gazetteer: Gazetteer) -> bool:
    known = gazetteer.lookup(surface)
    return known is not None and known.certainty == CERTAIN


def _institution_of_state(text: str, left: NameSpan, right: NameSpan, gazetteer: Gazetteer) -> bool:
    """`Armed Forces | of | Ukraine`."""
    surface = left.of(text)
    words = WORD.findall(surface)
    return (
        left.entity_type == "ORG"
        and right.entity_type == "GPE"
        and len(words) > 0
        and words[-1] in _JOINABLE
        and " " in surface
        and _names_state_for_certain(right.of(text), gazetteer)
    )


def _institution_of_two_fields(text: str, left: NameSpan, right: NameSpan, gazetteer: Gazetteer) -> bool:
    """`Institute for Strategic Studies | and | Forecasts`."""
    if left.entity_type != "ORG" or right.entity_type != "ORG":
        return False
    other = right.of(text)
    several = _OF_SEVERAL.match(left.of(text)) is not None
    return several and " " not in other and not other.isupper() and gazetteer.lookup(other) is None


def _institution_after_state(text: str, left: NameSpan, right: NameSpan, gazetteer: Gazetteer) -> bool:
    """`Russian | Civic Chamber`."""
    if left.entity_type not in ("NORP", "GPE") or right.entity_type != "ORG":
        return False
    words = WORD.findall(right.of(text))
    return (
        len(words) > 1
        and (words[-1] in INSTITUTIONS or words[0] in INSTITUTIONS)
        and _names_state_for_certain(left.of(text), gazetteer)
        and gazetteer.lookup(right.of(text)) is None
    )
