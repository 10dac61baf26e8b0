"""What a site says to its reader: consent, subscription and newsletter notices, bot walls, pages that are not there.

The phrases are data (`seeds/lexicons/site_notices.yml`); this file knows how many of them make a notice.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from flows.errors import SettingsError
from flows.ingest.cleaning.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list
from flows.lexicons.paths import asset

KINDS = ("consent", "paywall", "subscription", "newsletter", "bot_wall", "not_found")
BESIDE_AN_ARTICLE = ("consent", "newsletter", "paywall", "subscription")
"""Notices that stand on the pages of articles; the others stand in place of one."""
IN_PLACE_OF_AN_ARTICLE = ("consent", "paywall")
"""Of these, what a document that holds nothing else is refused for."""
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(rf"\b(?:{one_of(word_list('page_addresses'))})\b", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*\w[^"]*"')


@dataclass(frozen=True)
class SiteNotices:
    """The lexicon of notices: for each kind a pattern of its phrases, and its hints.

    anchors: the longest word of each phrase, to the kinds of such phrases and all words of each.
    """

    phrases: dict[str, re.Pattern[str]]
    anchors: dict[str, list[tuple[str, frozenset[str]]]]
    hints: dict[str, frozenset[str]]
    all_hints: frozenset[str]

    def phrase_counts(self, text: str) -> dict[str, int]:
        """Return how many different phrases of each kind a text has; kinds without one are left out."""
        plain = _plain(text)
        words = set(_WORD.findall(plain))  # the patterns are slow, and few paragraphs have all words of a phrase
        likely = {
            kind for word in words & self.anchors.keys() for kind, needed in self.anchors[word] if needed <= words
        }
        found = {kind: len(set(self.phrases[kind].findall(plain))) for kind in sorted(likely)}
        return {kind: count for kind, count in found.items() if count}

    def kind_of(self, text: str) -> str | None:
        """Return the kind of notice that a paragraph is; None where it is none.

        Two phrases of one kind decide. One decides where the paragraph is short and quotes nobody.
        """
        if len(text) > THRESHOLDS.notice_chars:
            return None
        counts = self.phrase_counts(text)
        if not counts:
            return None
        if "paywall" in counts:  # an offer that says what is behind it is a paywall
            counts["paywall"] += counts.pop("subscription", 0)
        kind = max(counts, key=lambda name: (counts[name], name))
        alone = len(text) <= THRESHOLDS.short_notice_chars and not _QUOTED.search(_plain(text))
        return kind if counts[kind] > 1 or alone else None

    def hint_shares(self, text: str) -> dict[str, float]:
        """Return the share of the words of a text that are hints, by kind; kinds without one are left out."""
        words = _WORD.findall(text.lower())
        known = [word for word in words if word in self.all_hints]
        if not known:
            return {}
        return {kind: sum(word in hints for word in known) / len(words) for kind, hints in self.hints.items()}

    def stands_for_an_article(self, paragraphs: Iterable[str]) -> str | None:
        """Return `bot_wall` or `not_found` where a document is that and no article; None where it may be one.

        Decided by the first paragraphs: other stories may follow the notice. Two phrases decide, or one where little
        else is said and the reader is addressed.
        """
        first = [text for text in paragraphs if text.strip()][: THRESHOLDS.wall_paragraphs]
        if sum(len(text) for text in first) > THRESHOLDS.wall_chars:
            return None
        counts = self.phrase_counts("\n".join(first))
        walls = {kind: count for kind, count in counts.items() if kind not in BESIDE_AN_ARTICLE}
        if not walls:
            return None
        kind = max(walls, key=lambda name: (walls[name], name))
        said = "\n".join(first)
        alone = len(said) <= THRESHOLDS.short_notice_chars and (
            _ADDRESS.search(said) or self.hint_shares(said).get(kind, 0.0) >= THRESHOLDS.wall_hint_share
        )
        return kind if walls[kind] > 1 or alone else None


def _plain(text: str) -> str:
    return " ".join((text if text.isascii() else text.translate(_STRAIGHT)).lower().split())


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern for phrases in which `*` stands for up to sixty characters, at word borders."""
    parts = (".{0,60}?".join(re.escape(part) for part in _plain(phrase).split("*")) for phrase in phrases)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")


def load(path: Path) -> SiteNotices:
    """Load the lexicon from a YAML file. Raises SettingsError where it cannot be read or has another shape."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        phrases = {kind: _pattern(map(str, data[kind]["phrases"])) for kind in KINDS}
        anchors: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for kind in KINDS:
            for phrase in data[kind]["phrases"]:
                words = _WORD.findall(_plain(str(phrase)))
                anchors.setdefault(max(words, key=len), []).append((kind, frozenset(words)))
        hints = {kind: frozenset(map(str, data[kind]["hints"])) for kind in KINDS}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SettingsError(f"the lexicon {path} needs phrases and hints of {', '.join(KINDS)}: {error}") from error
    if unknown := sorted(set(data) - set(KINDS)):
        raise SettingsError(f"the lexicon {path} has kinds of no meaning: {', '.join(unknown)}")
    return SiteNotices(phrases, anchors, hints, frozenset().union(*hints.values()))


@cache
def shipped() -> SiteNotices:
    """Return the lexicon that ships, read once a process."""
    return load(asset("lexicons/site_notices.yml"))
