"""Neighbouring spans that are one name: a body and its state, two fields, a legal form, halves that the reader saw."""

import re
from collections.abc import Sequence
from functools import cache

from flows.extract.mentions.gazetteer import CERTAIN, WORD, Gazetteer
from flows.extract.mentions.name_span import NameSpan
from flows.extract.mentions.titles_and_roles import strip_titles
from flows.lexicons import column, word_list

INSTITUTIONS = word_list("institutions")
"""Words that head the name of an institution."""

_JOINABLE = word_list("joinable_institutions")
_OF_SEVERAL = re.compile(
    rf"(?:[A-Z][\w-]{{1,40}} )?(?:{'|'.join(sorted(word_list('institutions_of_fields')))}) (?:of|for) "
)
"""An institution that may be named by two fields: `Institute for Strategic Studies and Forecasts`."""

_OWNERS = (["People"], ["Women"], ["Men"], ["Children"])
"""Nouns that own what a name goes on with: `Lake People | 's Republic`; anybody else has it beside the own name."""

_NICKNAME_MARKS = (("“", "”"), ("‘", "’"), ('"', '"'))
_NICKNAME = re.compile(r"\s[“‘\"(][A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{0,20}){0,2}[”’\")]\s")
"""What stands between a given name and a surname: ` “Lake Fox” `, ` (Lena) `."""

_CLOSING = tuple(closing for _, closing in _NICKNAME_MARKS)


@cache
def legal_forms() -> frozenset[str]:
    """Return the legal forms of companies, in lower case and without stops."""
    return frozenset(column("legal_forms", "form", "canonical"))


def is_legal_form(words: str) -> bool:
    """Tell whether words in small letters are a legal form, with stops or without: `inc.`, `s.p.a`."""
    return words.replace(".", " ").strip() in legal_forms()


def join_neighbours(text: str, spans: Sequence[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """Join neighbours that are one name: `Armed Forces | of | Ukraine`, `Russian | Civic Chamber`."""
    out: list[NameSpan] = []
    for span in _with_nicknames(text, sorted(spans, key=lambda s: (s.start, s.end))):
        if out and _one_name(text, out[-1], span, gazetteer):
            score = max(out[-1].score, span.score)
            alike = out[-1].entity_type == span.entity_type
            kind = span.entity_type if alike and span.entity_type in ("PERSON", "GPE") else "ORG"
            start = strip_titles(text, out[-1].start, span.end) if kind == "PERSON" else out[-1].start
            out[-1] = NameSpan(start, span.end, kind, score)  # `Winger | Marta Ilves`: a half may be a title
        else:
            out.append(span)
    return out


def _with_nicknames(text: str, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """Join a given name and a surname that have a nickname in marks between them: `Marta | “Lake Fox” | Ilves`.

    A full name before the marks has none in them: `he called Peeter Kask “Judas” Ilves said`.
    """
    out: list[NameSpan] = []
    for span in spans:
        given = next((s for s in out[-2:] if _given_before_nickname(text, s, span)), None)
        if given:
            out[out.index(given) :] = [NameSpan(given.start, span.end, "PERSON", max(given.score, span.score))]
        else:
            out.append(span)
    return out


def _given_before_nickname(text: str, given: NameSpan, surname: NameSpan) -> bool:
    """Whether a nickname stands between one word of a person's name and more of it."""
    persons = given.entity_type == surname.entity_type == "PERSON" and given.of(text).isalpha()
    return persons and _NICKNAME.fullmatch(text, given.end, surname.start) is not None


def _one_name(text: str, left: NameSpan, right: NameSpan, gazetteer: Gazetteer) -> bool:
    """Whether two neighbours are one name, by what stands between them."""
    if right.start < left.end:
        return False
    between = text[left.end : right.start]
    if between in (" of ", " of the "):
        return _institution_of_state(text, left, right, gazetteer)
    if between == " and ":
        return _institution_of_two_fields(text, left, right, gazetteer)
    if between == ", ":
        return _legal_form(text, left, right) or gazetteer.lookup(text[left.start : right.end]) is not None
    if between in ("'s ", "’s "):
        return left.entity_type == right.entity_type and WORD.findall(left.of(text))[-1:] in _OWNERS
    if between[:1] in _CLOSING and between[1:] == " ":
        return left.entity_type == right.entity_type == "PERSON" and _quotes(left.of(text))
    return between == " " and (
        _institution_after_state(text, left, right, gazetteer) or _halves(text, left, right, gazetteer)
    )


def _legal_form(text: str, left: NameSpan, right: NameSpan) -> bool:
    """`Lake Steel, | Inc.`."""
    return left.entity_type == "ORG" and is_legal_form(right.of(text).lower())


def _quotes(surface: str) -> bool:
    """Whether a nickname opens in a name and does not close: `Marta “Lake | ” Ilves`."""
    return any(
        " " + opening in surface and closing not in surface.partition(" " + opening)[2]
        for opening, closing in _NICKNAME_MARKS
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
