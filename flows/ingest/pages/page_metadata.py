"""What a page states of itself: title, author, publisher, address, dates of publication and of change.

Order of trust: its own JSON-LD, its meta elements, what stands in its head and under its headline, its address.
What a page says of other stories never counts.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from flows.ingest.metadata.publication_date import published_on
from flows.ingest.pages.linked_data import LinkedData, read_linked_data
from flows.ingest.pages.thresholds import THRESHOLDS
from flows.ingest.pages.titles import headline

_PUBLISHED = (
    "article:published_time", "article.published", "og:published_time", "og:article:published_time", "datepublished",
    "date.published", "publish-date", "publish_date", "publishdate", "published_time", "pubdate", "pub_date",
    "publication_date", "publication-date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "dcterms.date", "dc.date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "article_date_original", "ptime", "rnews:datepublished", "citation_publication_date",
    "citation_date", "date", "created",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "article.updated", "og:updated_time", "og:modified_time", "datemodified", "date.modified",
    "last-modified", "last_modified", "dcterms.modified", "dc.date.modified", "modified_time", "lastmod",
    "updated_time",
)  # fmt: skip
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
_UPDATED = re.compile(r"updat|modif|edit|revis|correct", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?:published|posted|first published|publication date|created)(?: (?:on|at))?:? "
    r"(?P<date>[\w ,.:/-]{6,40})",
    re.IGNORECASE,
)
_WRITTEN_UPDATE = re.compile(
    r"(?:last )?(?:updated|modified)(?: (?:on|at))?:? (?P<date>[\w ,.:/-]{6,40})", re.IGNORECASE
)
_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}|[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d{2}-\d{2}"
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$)")
_COMPACT_IN_ADDRESS = re.compile(r"[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)")
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
        self._headings = [_text(element) for element in root.iter("h1")]
        titles = [self._meta.get("og:title"), *self._headings, _text(root.find(".//title"))]
        addresses = [url, self._canonical, self._meta.get("og:url")]
        self.linked: LinkedData = read_linked_data(root, filter(None, addresses), filter(None, titles))

    def read(self, article: HtmlElement) -> PageMetadata:
        """Return the metadata; `article` holds the article: dates in its text count, dates elsewhere do not."""
        item = self.linked.article
        sites = self._site_names()
        title = headline(
            stated=[_string(item.get("headline")), self._meta.get("og:title"), self._meta.get("twitter:title")],
            headings=self._headings,
            document_title=_text(self._root.find(".//title")),
            sites=[*sites, *_hosts(self._url)],
        )
        dates = tuple(self._publication_dates(article))
        written = next((day for text in _lines(article) if (day := _written(text, _WRITTEN_UPDATE))), None)
        modified = (
            published_on(item.get("dateModified"))
            or self._dated(_MODIFIED)
            or _time_of(article, updated=True)
            or written
        )
        publisher = next((name for name in sites if name != title), None) or next(iter(_hosts(self._url)), None)
        return PageMetadata(
            title=title,
            author=self._author(article, publisher),
            publisher=publisher,
            url=self._url,
            published_on=dates[0][1] if dates else None,
            modified_on=modified,
            stated_dates=dates,
            is_free=str(item.get("isAccessibleForFree", True)).lower() not in {"false", "no"},
            types=frozenset(self.linked.types),
        )

    def _site_names(self) -> list[str]:
        named = [self._meta.get(name) for name in _SITE]
        return [
            " ".join(name.split()).lstrip("@") for name in [named[0], *self.linked.site_names(), *named[1:]] if name
        ]

    def _dated(self, names: tuple[str, ...]) -> dt.date | None:
        return next((day for name in names if (day := published_on(self._meta.get(name)))), None)

    def _publication_dates(self, article: HtmlElement) -> Iterator[tuple[str, dt.date]]:
        """Yield the date by each kind of statement, the most telling first."""
        item = self.linked.article
        stated = (published_on(item.get(name)) for name in ("datePublished", "dateCreated", "uploadDate"))
        for where, day in (
            ("linked data", next((day for day in stated if day), None)),
            ("meta", self._dated(_PUBLISHED)),
            ("time", _time_of(article, updated=False)),
            ("text", _written_date(article)),
            ("address", _of_address(self._url)),
        ):
            if day is not None:
                yield where, day

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


def _text(element: HtmlElement | None) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def _hosts(url: str | None) -> list[str]:
    """Return the host of an address without `www.`: the publisher where the page does not name one."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return []
    return [host.removeprefix("www.")] if host else []


def _lines(article: HtmlElement) -> list[str]:
    """Return the short texts at the head of the article, where dates and bylines stand."""
    found = []
    for element in article.iter("p", "span", "div", "time", "address", "li"):
        if len(element) > 4 or len(text := _text(element)) > 120:
            continue
        if text:
            found.append(text)
        if len(found) >= 12:
            break
    return found


def _written(text: str, label: re.Pattern[str]) -> dt.date | None:
    """Return the date that stands behind a label such as `Published`."""
    found = label.search(text)
    day = _DAY.search(found["date"]) if found else None
    return published_on(day[0].replace("st ", " ").replace("nd ", " ")) if day else None


def _written_date(article: HtmlElement) -> dt.date | None:
    """Return the date that the head of an article states: behind a label, or as all that a line says."""
    lines = _lines(article)
    labelled = (_written(text, _WRITTEN) for text in lines)
    alone = (published_on(text) for text in lines if len(text) <= 40 and _DAY.search(text))
    return next((day for day in labelled if day), None) or next((day for day in alone if day), None)


def _time_of(article: HtmlElement, *, updated: bool) -> dt.date | None:
    """Return the day of the first `<time>` of the article that says when it was published, or updated."""
    for element in article.iter("time"):
        above = element.getparent()
        stated = [element.get("class"), element.get("itemprop"), _text(element)[:40]]
        named = " ".join(filter(None, [*stated, above.get("class") if above is not None else None]))
        if bool(_UPDATED.search(named)) != updated:
            continue
        if day := published_on(element.get("datetime") or _text(element)):
            return day
    return None


def _of_address(url: str | None) -> dt.date | None:
    path = url or ""
    found = _IN_ADDRESS.search(path) or _COMPACT_IN_ADDRESS.search(path)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _byline(article: HtmlElement) -> list[str]:
    """Return the names of a byline: of an element that says it is one, or of a short line `By Name`."""
    marked = article.xpath(".//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]")
    for text in [*(_text(element) for element in marked[:3]), *_lines(article)]:
        if found := _BYLINE.match(text[:120]):
            return [re.split(r"\s+(?:in|for|at|Published|Updated|\d)\b", found["names"])[0].strip(" ,")]
    return [text for element in marked[:1] if 0 < len(text := _text(element)) <= 60]
