"""Paragraphs of a page that are no part of the article: captions and credits, prompts, link lists, residues.

What the lines say is data (`seeds/lexicons/boilerplate.yml`); this file knows their shapes. Where in doubt a
paragraph stays: dirt costs a false claim, a lost paragraph costs true ones.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from flows.errors import SettingsError
from flows.ingest.cleaning.thresholds import THRESHOLDS

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "."})
_EDGES = " \t*•·●▪■◦‣|>-–—_.!:;,\"'()[]"
_BULLET = re.compile(r"^[•·●▪■◦‣*]\s{0,5}")
_FINAL = (".", "!", "?", "”", '"', "’", "…", ".)", "»")
_QUOTES = re.compile('["“”«»„]')
_SECTIONS = ("lines", "endings", "credit_starts", "agencies", "picture_agencies", "signatures")
_REPORTER_CREDIT = re.compile(
    r"^\((?:Additional )?(?:Reporting|Writing|Editing|Compiled|Written|Reported) "
    r"(?:and \w+ )?by [^()]{3,200}\)$"
)


@dataclass(frozen=True)
class Boilerplate:
    """The lexicon of boilerplate: phrases of whole lines, headings of link lists, credits, agencies, signatures."""

    lines: tuple[str, ...]
    endings: tuple[str, ...]
    credit_starts: tuple[str, ...]
    agencies: tuple[str, ...]
    picture_agencies: tuple[str, ...]
    signatures: tuple[str, ...]

    @cached_property
    def line(self) -> re.Pattern[str]:
        """Pattern of a normalised line that is dropped wherever it stands."""
        return _globs(self.lines)

    @cached_property
    def ending(self) -> re.Pattern[str]:
        """Pattern of a normalised line after which only links follow."""
        return _globs(self.endings)

    @cached_property
    def agency(self) -> re.Pattern[str]:
        """Pattern of a credit without brackets: `Name/AGENCY`, `Name via AGENCY` or `AGENCY`."""
        names = "|".join(re.escape(name).replace("\\ ", " ") for name in sorted(self.agencies, key=len, reverse=True))
        person = r"[^\W\d_][\w.'’\- ]{0,60}"
        lead = rf"(?:{person}(?: ?[/|] ?| via ))"
        return re.compile(
            rf"^{lead}{{0,3}}(?:{names})"
            rf"(?: ?[/|] ?(?:{names})| via (?:{names})| photo| file photo){{0,3}}\.?$",
            re.IGNORECASE,
        )

    @cached_property
    def bracket(self) -> re.Pattern[str]:
        """Pattern of the end of a caption that gives the credit in brackets."""
        return re.compile(r"[(\[]([^()\[\]]{2,100})[)\]]\.?$")

    @cached_property
    def tail(self) -> re.Pattern[str]:
        """Pattern of the end of a caption whose last words are the credit: `Photo: NAME`, `Name / AGENCY`."""
        names = "|".join(re.escape(name) for name in sorted(self.agencies, key=len, reverse=True))
        labelled = r"(?:Photos?|Photograph|Picture|Image|Credit) ?: ?[^.:]{2,60}"
        person = r"(?:[A-Z][\w'’.-]{0,30} ){0,4}[A-Z][\w'’.-]{0,30}"
        return re.compile(rf"[.!?)] ?(?:{labelled}|{person}(?: ?/ ?| via )(?:{names}))\.?$")


def _globs(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for phrases in which `*` stands for any characters. Lines are short, so it stays cheap."""
    parts = (".*".join(re.escape(part) for part in _normal_glob(phrase).split("*")) for phrase in phrases)
    return re.compile("|".join(f"(?:{part})" for part in parts) or r"(?!)")


def _normal_glob(phrase: str) -> str:
    """Return a phrase in the form that `_normal` gives a line. On the side where `*` stands its own marks count."""
    plain = " ".join(phrase.translate(_STRAIGHT).lower().split())
    if not phrase.startswith("*"):
        plain = plain.lstrip(_EDGES)
    return plain if phrase.endswith("*") else plain.rstrip(_EDGES)


def _normal(line: str) -> str:
    return " ".join(line.translate(_STRAIGHT).lower().split()).strip(_EDGES)


def load(path: Path) -> Boilerplate:
    """Load the lexicon from a YAML file. Raises SettingsError where it cannot be read or has another shape."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        sections = {name: tuple(str(phrase) for phrase in data[name]) for name in _SECTIONS}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SettingsError(f"the lexicon {path} needs the lists {', '.join(_SECTIONS)}: {error}") from error
    if unknown := sorted(set(data) - set(_SECTIONS)):
        raise SettingsError(f"the lexicon {path} has lists of no meaning: {', '.join(unknown)}")
    return Boilerplate(**sections)


def drop(paragraphs: list[str], lexicon: Boilerplate) -> list[str]:
    """Return the paragraphs that belong to the article, in order. Dropping twice changes nothing."""
    for _ in range(THRESHOLDS.drop_rounds):
        kept = _drop_once(paragraphs, lexicon)
        if len(kept) == len(paragraphs):
            break
        paragraphs = kept
    signatures = _lower(lexicon.signatures)
    last = len(paragraphs)
    while last and paragraphs[last - 1].strip(" .-").lower() in signatures:
        last -= 1
    return paragraphs[:last]


def _drop_once(paragraphs: list[str], lexicon: Boilerplate) -> list[str]:
    normal = [_normal(text) if len(text) <= THRESHOLDS.boilerplate_chars else "" for text in paragraphs]
    matches = lexicon.line.fullmatch
    # a prompt with quotation marks inside is one that somebody is quoted with
    dropped = {i for i, line in enumerate(normal) if line and '"' not in line and matches(line)}
    dropped |= _captions(paragraphs, lexicon)
    dropped |= _link_list(paragraphs, normal, lexicon)
    short = ((i, text) for i, text in enumerate(paragraphs) if len(text) < THRESHOLDS.boilerplate_chars)
    dropped |= {i for i, text in short if _REPORTER_CREDIT.match(text)}
    # a line of marks only separates; it says nothing
    dropped |= {i for i, text in enumerate(paragraphs) if not any(c.isalnum() for c in text)}
    return [text for i, text in enumerate(paragraphs) if i not in dropped]


def _lower(names: Iterable[str]) -> set[str]:
    return {name.lower() for name in names}


def is_credit(text: str, lexicon: Boilerplate) -> bool:
    """Return whether a paragraph is only the credit of a photograph."""
    bare = _BULLET.sub("", text)
    if len(bare) > THRESHOLDS.credit_chars:
        return False
    lowered = bare.lower()
    if lowered.startswith(tuple(lexicon.credit_starts)) and not _QUOTES.search(bare):
        return not (bare.endswith(".") and bare.count(" ") > THRESHOLDS.credit_words)
    return bool(lexicon.agency.match(bare.strip("()[]")))


def _captions(paragraphs: list[str], lexicon: Boilerplate) -> set[int]:
    """Return the rows of credits, bulleted captions beside bulleted credits, and captions that end in a credit."""
    dropped: set[int] = set()
    for i, text in enumerate(paragraphs):
        if is_credit(text, lexicon):
            dropped.add(i)
            bulleted = _BULLET.match(text)
            before = paragraphs[i - 1] if i else ""
            if bulleted and _BULLET.match(before) and len(before) <= THRESHOLDS.caption_chars:
                dropped.add(i - 1)
        elif len(text) <= THRESHOLDS.caption_chars and not _QUOTES.search(text):
            found = lexicon.bracket.search(text)
            if (found and _credits_picture(found[1], lexicon)) or lexicon.tail.search(text):
                dropped.add(i)
    return dropped


def _credits_picture(bracketed: str, lexicon: Boilerplate) -> bool:
    """Return whether words in brackets credit a picture.

    An agency alone is the origin of the story, not of the picture.
    """
    name = bracketed.strip().lower()
    return name in _lower(lexicon.picture_agencies) or (
        name not in _lower(lexicon.agencies) and is_credit(bracketed, lexicon)
    )


def _link_list(paragraphs: list[str], normal: list[str], lexicon: Boilerplate) -> set[int]:
    """Return the heading of a list of links and, where nothing but links follows it, the rest of the page."""
    short = ((i, line) for i, line in enumerate(normal) if line and len(line) < THRESHOLDS.heading_chars)
    headings = [i for i, line in short if lexicon.ending.fullmatch(line)]
    for heading in headings:
        rest = range(heading + 1, len(paragraphs))
        if all(len(paragraphs[i]) <= THRESHOLDS.link_chars and not paragraphs[i].endswith(_FINAL) for i in rest):
            return {heading, *rest}
    return {i for i in headings if not paragraphs[i].endswith(_FINAL)}
