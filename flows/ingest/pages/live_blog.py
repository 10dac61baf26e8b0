"""Live blogs: every entry begins with a line of its own day and time, which the text keeps."""

import re

from lxml.html import HtmlElement

from flows.ingest.metadata.publication_date import published_on
from flows.ingest.pages.thresholds import THRESHOLDS

_LIVE = re.compile(r"(?:^|[\s_-])live[-_]?(?:blog|updates|entry|post|feed)", re.IGNORECASE)
_CLOCK = re.compile(r"T(\d{2}:\d{2})")


def is_live_blog(root: HtmlElement, types: set[str]) -> bool:
    """Return whether a page is a live blog: by its linked data (`types`), microdata or class names."""
    if "LiveBlogPosting" in types:
        return True
    named = (e.get("class") or "" for e in root.iter("div", "section", "article", "main", "ol", "ul", "body"))
    return any(_LIVE.search(name) for name in named) or bool(root.xpath("//*[contains(@itemtype, 'LiveBlogPosting')]"))


def mark_entries(root: HtmlElement) -> None:
    """Write the day and time of each entry as a paragraph in place of its `<time>`: `7 February 2024, 21:40`."""
    times = [element for element in root.iter("time") if element.get("datetime")]
    if len(times) < THRESHOLDS.live_entries:
        return
    for element in times:
        stamp = element.get("datetime") or ""
        day = published_on(stamp)
        if day is None:
            continue
        clock = _CLOCK.search(stamp)
        for child in list(element):
            element.remove(child)
        element.text = f"{day.day} {day:%B %Y}" + (f", {clock[1]}" if clock else "")
        element.tag = "p"
        element.set("class", ENTRY_CLASS)


ENTRY_CLASS = "entry-time"
"""Class of the paragraphs that `mark_entries` writes: they are kept, though they are no sentences."""
