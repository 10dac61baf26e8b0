"""What a page states of itself: title, author, publisher, address, dates of publication and of change.

Order of trust: its own JSON-LD, its meta elements, what stands in its head and under its headline, its address.
What a page says of other stories never counts.
"""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from flows.ingest.pages.head_lines import element_text, head_lines
from flows.ingest.pages.linked_data import LinkedData, read_linked_data
from flows.ingest.pages.page_dates import modification_date, publication_dates
from flows.ingest.pages.thresholds import THRESHOLDS
from flows.ingest.pages.titles import headline

_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")
_AUTHOR = (
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article:author_name",
    "citation_author",
)
_BYLINE = re.compile(r"^(?:By|BY|Written by|Story by|Reporting by)[:\s]+(?P<names>[^\W\d_][^|•·\n]{2,80})$")


@dataclass(frozen=True)
class PageMetadata:
    """What a page states. `stated_dates` are the dates of publication by where they are stated, in order of trust."""

    title: str | None
    author: str | None
    publisher: str | None
    url: str | None
    published_on: dt.date | None
    modified_on: dt.date | None
    stated_dates: tuple[tuple[str, dt.date], ...]
    is_free: bool
    types: frozenset[str]

    def conflicting_dates(self) -> str | None:
        """Return in words where statements of the date of publication contradict each other; None where none do."""
        if len(self.stated_dates) < 2:
            return None
        days = [day for _, day in self.stated_dates]
        if (max(days) - min(days)).days <= THRESHOLDS.far_days:
            return None
        return ", ".join(f"{where} {day}" for where, day in self.stated_dates)


class PageReader:
    """Reads the metadata of one parsed page; `url` is where it came from, where that is known."""

    def __init__(self, root: HtmlElement, url: str | None) -> None:
        self._root = root
        self._meta = _meta_values(root)
        self._canonical = _first(root.xpath("//link[@rel='canonical']/@href"))
        self._url = url or _absolute(self._canonical) or _absolute(self._meta.get("og:url"))
        self._headings = [element_text(element) for element in root.iter("h1")]
        titles = [self._meta.get("og:title"), *self._headings, element_text(root.find(".//title"))]
        addresses = [url, self._canonical, self._meta.get("og:url")]
        self.linked: LinkedData = read_linked_data(root, filter(None, addresses), filter(None, titles))

    def read(self, article: HtmlElement) -> PageMetadata:
        """Return the metadata; `article` holds the article: dates in its text count, dates elsewhere do not."""
        item = self.linked.article
        sites = self._site_names()
        title = headline(
            stated=[_string(item.get("headline")), self._meta.get("og:title"), self._meta.get("twitter:title")],
            headings=self._headings,
            document_title=element_text(self._root.find(".//title")),
            sites=[*sites, *_hosts(self._url)],
        )
        dates = tuple(publication_dates(item, self._meta, article, self._url))
        publisher = next((name for name in sites if name != title), None) or next(iter(_hosts(self._url)), None)
        return PageMetadata(
            title=title,
            author=self._author(article, publisher),
            publisher=publisher,
            url=self._url,
            published_on=dates[0][1] if dates else None,
            modified_on=modification_date(item, self._meta, article),
            stated_dates=dates,
            is_free=str(item.get("isAccessibleForFree", True)).lower() not in {"false", "no"},
            types=frozenset(self.linked.types),
        )

    def _site_names(self) -> list[str]:
        named = [self._meta.get(name) for name in _SITE]
        return [
            " ".join(name.split()).lstrip("@") for name in [named[0], *self.linked.site_names(), *named[1:]] if name
        ]

    def _author(self, article: HtmlElement, publisher: str | None) -> str | None:
        names = self.linked.names_of(self.linked.article.get("author"))
        if not names:
            names = [value for name in _AUTHOR if (value := self._meta.get(name)) and "//" not in value][:1]
        if not names:
            names = _byline(article)
        kept = dict.fromkeys(" ".join(name.split()) for name in names if name.strip() and name.strip() != publisher)
        return "; ".join(kept)[: THRESHOLDS.author_characters] or None


def _meta_values(root: HtmlElement) -> dict[str, str]:
    """Return the first content of each meta element by its name, property or itemprop in lower case."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                values.setdefault(name.strip().lower(), content)
    return values


def _first(values: list[str]) -> str | None:
    return next(iter(values), None)


def _absolute(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _hosts(url: str | None) -> list[str]:
    """Return the host of an address without `www.`: the publisher where the page does not name one."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return []
    return [host.removeprefix("www.")] if host else []


def _byline(article: HtmlElement) -> list[str]:
    """Return the names of a byline: of an element that says it is one, or of a short line `By Name`."""
    marked = article.xpath(".//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]")
    for text in [*(element_text(element) for element in marked[:3]), *head_lines(article)]:
        if found := _BYLINE.match(text[:120]):
            return [re.split(r"\s+(?:in|for|at|Published|Updated|\d)\b", found["names"])[0].strip(" ,")]
    return [text for element in marked[:1] if 0 < len(text := element_text(element)) <= 60]
