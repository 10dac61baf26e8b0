"""JSON-LD of a page: the item that describes the article itself, told from those of related stories.

schema.org/NewsArticle and its relatives. Items inside lists of other stories (`itemListElement`, `hasPart` …) never
count.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from flows.ingest.pages.thresholds import THRESHOLDS

_ARTICLE_TYPES = frozenset(
    [
        "AdvertiserContentArticle", "AnalysisNewsArticle", "Article", "AskPublicNewsArticle", "BackgroundNewsArticle",
        "BlogPosting", "LiveBlogPosting", "NewsArticle", "OpinionNewsArticle", "Report", "ReportageNewsArticle",
        "ReviewNewsArticle", "SatiricalArticle", "SocialMediaPosting",
    ]
)  # fmt: skip
_DESCRIBED = ("@graph", "mainEntity")
# where a value has quotation marks inside that are not escaped, the JSON is broken, and the fields are read one by one
_BROKEN = {
    name: re.compile(rf'"{name}"\s{{0,10}}:\s{{0,10}}"(.{{1,400}}?)"\s{{0,10}}(?:,\s{{0,10}}"|[}}\]])', re.DOTALL)
    for name in ("@type", "headline", "datePublished", "dateModified", "url")
}
_WRAPPING = re.compile(r"^\s{0,20}(?:<!--|//\s?<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s?\]\]>|\]\]>)\s{0,20}$")
_LAST_COMMA = re.compile(r",(\s{0,50}[}\]])")
_PLAIN = re.compile(r"\W+")


@dataclass(frozen=True)
class LinkedData:
    """What the JSON-LD of a page says: the article's own item (empty where there is none), all items, types, names."""

    article: dict[str, Any]
    items: tuple[dict[str, Any], ...]

    @property
    def types(self) -> set[str]:
        """Types of the article's item."""
        return _types(self.article)

    def names_of(self, value: object) -> list[str]:
        """Return the names of persons or bodies: of one, of several, given by name or by `@id`."""
        if isinstance(value, list):
            return [name for each in value[:20] for name in self.names_of(each)]
        if isinstance(value, str):
            return [value.strip()] if value.strip() and "//" not in value else []
        if not isinstance(value, dict):
            return []
        if name := value.get("name"):
            return self.names_of(name)
        known = (item for item in self.items if item.get("@id") == value.get("@id") and item.get("name"))
        return self.names_of(next(known, {}).get("name")) if value.get("@id") else []

    def site_names(self) -> list[str]:
        """Return the names of the site and of the article's publisher."""
        sites = [item.get("name") for item in self.items if _types(item) & {"WebSite", "NewsMediaOrganization"}]
        return [*self.names_of(self.article.get("publisher")), *self.names_of(sites)]


def read_linked_data(root: HtmlElement, addresses: Iterable[str], titles: Iterable[str]) -> LinkedData:
    """Return the JSON-LD of a page. addresses, titles: what the page is known by, to tell its item from others."""
    items = tuple(item for text in _scripts(root) for item in _items(text))[: THRESHOLDS.linked_items]
    known = {_address(url) for url in addresses} - {""}
    heads = {_fold(title) for title in titles} - {""}
    rated = [(_rating(item, known, heads), -n, item) for n, item in enumerate(items) if _types(item) & _ARTICLE_TYPES]
    best = max(rated, key=lambda entry: entry[:2], default=None)
    return LinkedData(best[2] if best and best[0] >= 0 else {}, items)


def _scripts(root: HtmlElement) -> Iterator[str]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text


def _items(text: str) -> Iterator[dict[str, Any]]:
    value = _parsed(_WRAPPING.sub("", text).strip().strip(";"))
    if value is None:
        yield from _fields(text)
        return
    pending = [value]
    for _ in range(THRESHOLDS.linked_items):
        if not pending:
            return
        value = pending.pop(0)
        if isinstance(value, list):
            pending[:0] = value[: THRESHOLDS.linked_items]
        elif isinstance(value, dict):
            yield value
            pending[:0] = [value[key] for key in _DESCRIBED if isinstance(value.get(key), dict | list)]


def _parsed(text: str) -> Any:
    """Return what a script says; None where it is no JSON, even without the commas that templates leave at an end."""
    for candidate in (text, _LAST_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _fields(text: str) -> Iterator[dict[str, Any]]:
    """Yield the fields of a script that is no JSON; none where it tells of more than one article."""
    if text.count('"headline"') > 1:
        return
    broken = {name: found[1] for name, pattern in _BROKEN.items() if (found := pattern.search(text))}
    if broken:
        yield {"@type": "NewsArticle", **broken} if "headline" in broken else broken


def _types(item: dict[str, Any]) -> set[str]:
    stated = item.get("@type")
    return {str(name).rsplit("/", 1)[-1] for name in (stated if isinstance(stated, list) else [stated]) if name}


def _rating(item: dict[str, Any], addresses: set[str], titles: set[str]) -> int:
    """Return how well an item fits the page: its address and its headline speak for or against it."""
    page = item.get("mainEntityOfPage")
    own = {_address(v) for v in (item.get("url"), item.get("@id"), page.get("@id") if isinstance(page, dict) else page)}
    own -= {""}
    rating = 0
    if own and addresses:
        rating += 4 if own & addresses else -1
    headline = _fold(str(item.get("headline") or item.get("name") or ""))
    if headline and titles:
        fits = any(
            headline == title or (len(title) > 5 and (headline in title or title in headline)) for title in titles
        )
        rating += 2 if fits else -2
    return rating


def _address(value: object) -> str:
    """Return an address in a form that two spellings of it share; empty where it is none."""
    if not isinstance(value, str) or "/" not in value:
        return ""
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}".lower() if parts.hostname else ""


def _fold(title: str) -> str:
    return _PLAIN.sub(" ", title).strip().lower()
