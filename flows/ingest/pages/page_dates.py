"""The dates that a page states of itself: of publication, each with where it is stated, and of change.

Order of trust: linked data, meta elements, `<time>`, words under the headline, the address.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from flows.ingest.metadata.publication_date import published_on
from flows.ingest.pages.head_lines import element_text, head_lines

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


def publication_dates(
    item: Mapping[str, Any], meta: Mapping[str, str], article: HtmlElement, url: str | None
) -> Iterator[tuple[str, dt.date]]:
    """Yield the date of publication by each kind of statement, the most telling first.

    item: the article's linked data; meta: contents of meta elements by name; article: the element that holds it.
    """
    stated = (published_on(item.get(name)) for name in ("datePublished", "dateCreated", "uploadDate"))
    for where, day in (
        ("linked data", next((day for day in stated if day), None)),
        ("meta", _dated(meta, _PUBLISHED)),
        ("time", _time_of(article, updated=False)),
        ("text", _written_date(article)),
        ("address", _of_address(url)),
    ):
        if day is not None:
            yield where, day


def modification_date(item: Mapping[str, Any], meta: Mapping[str, str], article: HtmlElement) -> dt.date | None:
    """Return the day of the last change that a page states."""
    written = next((day for text in head_lines(article) if (day := _written(text, _WRITTEN_UPDATE))), None)
    stated = published_on(item.get("dateModified")) or _dated(meta, _MODIFIED)
    return stated or _time_of(article, updated=True) or written


def _dated(meta: Mapping[str, str], names: tuple[str, ...]) -> dt.date | None:
    return next((day for name in names if (day := published_on(meta.get(name)))), None)


def _written(text: str, label: re.Pattern[str]) -> dt.date | None:
    """Return the date that stands behind a label such as `Published`."""
    found = label.search(text)
    day = _DAY.search(found["date"]) if found else None
    return published_on(day[0].replace("st ", " ").replace("nd ", " ")) if day else None


def _written_date(article: HtmlElement) -> dt.date | None:
    """Return the date that the head of an article states: behind a label, or as all that a line says."""
    lines = head_lines(article)
    labelled = (_written(text, _WRITTEN) for text in lines)
    alone = (published_on(text) for text in lines if len(text) <= 40 and _DAY.search(text))
    return next((day for day in labelled if day), None) or next((day for day in alone if day), None)


def _time_of(article: HtmlElement, *, updated: bool) -> dt.date | None:
    """Return the day of the first `<time>` of the article that says when it was published, or updated."""
    for element in article.iter("time"):
        above = element.getparent()
        stated = [element.get("class"), element.get("itemprop"), element_text(element)[:40]]
        named = " ".join(filter(None, [*stated, above.get("class") if above is not None else None]))
        if bool(_UPDATED.search(named)) != updated:
            continue
        if day := published_on(element.get("datetime") or element_text(element)):
            return day
    return None


def _of_address(url: str | None) -> dt.date | None:
    path = url or ""
    found = _IN_ADDRESS.search(path) or _COMPACT_IN_ADDRESS.search(path)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
