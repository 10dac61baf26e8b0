"""Names cut to size: what a reader's span holds beside the name, and spans that are no names at all."""

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.extract.mentions.name_span import NameSpan, RecognisedName
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import OCCUPATIONS_AS_GIVEN_NAMES, strip_titles, title_words
from flows.lexicons import column, one_of, word_list
from flows.spans import Span

EDGE = " \t\r\n\"“”„«»‘’'`´()[]{}<>,;:!?*•·|/\\—–-_…©"
_MOJIBAKE = re.compile(r"[�]|\?\?|[ÃÂâ][\x80-\xbf€™œž¢]|[\x80-\x9f]")
_THE = re.compile(r"the\s+", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*\n\s*|\s{3,}|\s•\s")
_PERSON_SEPARATORS = re.compile(r"\s*\n\s*|\s{3,}|\s•\s|/|\s[-–—]{1,2}\s")
_ABBREVIATION_END = re.compile(rf"(?:\b[A-Za-z]\.){{2}}$|\b(?:{one_of(word_list('abbreviations_in_names'))})\.$")
_ALPHANUMERIC = re.compile(r"[^\W_]")
_TITLED = re.compile(r"\.? [A-Z]| of (?:the )?[A-Z]")
_AND_TITLE = re.compile(r" and ([a-z][a-z-]*) [A-Z]")
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = word_list("name_particles")
_PRONOUNS = frozenset(column("pronouns", "pronoun", "antecedent"))
_CREDIT_WORDS = word_list("credit_words")


def trim_span(text: str, found: RecognisedName) -> list[NameSpan]:
    """Cut a span at line ends and slashes, and drop what does not belong to a name; the pieces that are left."""
    pieces: list[NameSpan] = []
    separators = _PERSON_SEPARATORS if found.entity_type == "PERSON" else _SEPARATORS
    at = found.start
    inner = text[found.start : found.end]
    cuts = [m.span() for m in separators.finditer(inner)]
    for start, end in (*cuts, (len(inner), len(inner))):
        piece = _trimmed(text, at, found.start + start)
        if piece is not None:
            pieces.append(NameSpan(*piece, found.entity_type, found.score))
        at = found.start + end
    if found.entity_type == "PERSON":
        whole = [p for p in pieces if " " in p.of(text)]
        pieces = whole or pieces  # beside a full name, a single word is the next line's
        pieces = [person for p in pieces if (person := _without_titles(text, p)) is not None]
    return pieces


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    start = _after_edge(text, start, end)
    if start and text[start - 1] in "'’" and text.startswith("s ", start, end):
        start = _after_edge(text, start + 2, end)  # the end of the owner before it: `the Lake Board’|s Fish Office`
    while end > start and (
        text[end - 1] in EDGE
        or text[end - 1].isspace()
        or (text[end - 1] == "." and not _ends_abbreviation(text, start, end))
    ):
        end -= 1
    the = _THE.match(text, start, end)
    if the and the.end() < end:
        start = the.end()
    if text.endswith(("'s", "’s"), start, end):  # other apostrophes are gone from the end
        owner = text[start : end - 2].rstrip()
        end = start + len(owner) if owner else end
    # a bracket that only opens or only closes is no part of the name
    inner = text[start:end]
    if inner.count("(") > inner.count(")"):
        end = start + inner.rindex("(")
        return _trimmed(text, start, end)
    bare = text[start:end].lower() == "the"  # an article whose name the reader saw apart
    bare |= text[start:end] == "s" and start > 0 and text[start - 1] in "'’"  # and the end of an owner
    return (start, end) if end > start and not bare and _ALPHANUMERIC.search(text, start, end) else None


def _after_edge(text: str, start: int, end: int) -> int:
    """Return where what is no part of a name ends."""
    while start < end and (text[start] in EDGE or text[start].isspace()):
        start += 1
    return start


def _ends_abbreviation(text: str, start: int, end: int) -> bool:
    return bool(_ABBREVIATION_END.search(text[max(start, end - THRESHOLDS.abbreviation_characters) : end]))


def _without_titles(text: str, span: NameSpan) -> NameSpan | None:
    """A person without titles before the name; None for a photographer's agency."""
    span = replace(span, end=_end_of_name(text, span))
    start = strip_titles(text, span.start, span.end)
    words = text[start : span.end].split()
    if words and (words[-1] in _CREDIT_WORDS or _title_alone(text, start, span.end)):
        return None
    if start == span.start:
        return span
    return replace(span, start=start) if start < span.end else None


def _title_alone(text: str, start: int, end: int) -> bool:
    """Whether a span is a title of which the name or the office follows: `Mr | . Ilves`, `Secretary | of the Lake`,
    `Justice | Ilves`, `Blogger | and writer Ann Ilves`.
    """
    titles = title_words()
    title = text[start:end].rstrip(".").lower()
    if not (title in titles or title.removesuffix("s") in titles) or title in OCCUPATIONS_AS_GIVEN_NAMES:
        return False
    other = _AND_TITLE.match(text, end)
    return _TITLED.match(text, end) is not None or (other is not None and other.group(1) in titles)


def _end_of_name(text: str, span: NameSpan) -> int:
    """Return where a person's name ends: a word in small letters behind a capitalised one is a verb ("Foss sighed")."""
    words = list(_WORD.finditer(text, span.start, span.end))
    while len(words) > 1 and words[0].group()[0].isupper() and words[-1].group().islower():
        if words[-1].group() in _PARTICLES or text[words[-1].start() - 1] != " ":
            break
        words.pop()
    return words[-1].end() if words and len(words) < len(_WORD.findall(span.of(text))) else span.end


def is_noise(text: str, span: NameSpan, excluded: Sequence[Span]) -> bool:
    """Return whether a span names nothing: address, mojibake, a person of digits or a pronoun, small letters only."""
    surface = span.of(text)
    if any(e.start <= span.start and span.end <= e.end for e in excluded):
        return True
    if _MOJIBAKE.search(surface) or len(surface) > THRESHOLDS.longest_name:
        return True
    if len(surface) < 2 or not any(c.isalpha() for c in surface):
        return True
    if span.entity_type == "PERSON" and (any(c.isdigit() for c in surface) or surface.lower() in _PRONOUNS):
        return True
    # a name starts with a capital somewhere; scripts without case pass
    return surface == surface.lower() and surface != surface.upper() and span.entity_type != "PRODUCT"
