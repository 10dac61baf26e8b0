"""The headline of a page, whole, without the name of the site."""

import html
import re

from flows.ingest.pages.thresholds import THRESHOLDS

_SEPARATOR = re.compile(r" (?:[|»•·—–-]|::|›|//) | ?\| ?")  # of a text with single spaces
_PLAIN = re.compile(r"[\W_]+")


def headline(*, stated: list[str | None], headings: list[str], document_title: str, sites: list[str]) -> str | None:
    """Return the headline: of what the page states, its only top heading, its title, the first that is one.

    stated: headlines of linked data and meta elements, in order of trust. headings: texts of `<h1>`. sites: names of
    the site and its host. Where a statement is a heading with a name before or behind it, the heading is the headline.
    """
    names = {_fold(name) for name in sites} - {""}
    titled = [text for text in headings if _fold(text) and _fold(text) not in names]
    for text in stated:
        if candidate := _without_site(_plain(text), names, titled):
            return _whole(candidate, titled)
    if len(titled) == 1:
        return _plain(titled[0])
    title = _plain(document_title)
    if (candidate := _without_site(title, names, titled)) and candidate != title:
        return candidate
    return _without_unknown_site(title) if title and _fold(title) not in names else None


def _whole(title: str, headings: list[str]) -> str:
    """Return the heading of which a title is the start that was cut off with an ellipsis, else the title."""
    cut = title.removesuffix("…").removesuffix("...").rstrip()
    return next((text for text in headings if cut != title and text.startswith(cut)), title)


def _plain(text: str | None) -> str:
    return " ".join(html.unescape(text).split()) if text else ""


def _fold(text: str) -> str:
    return _PLAIN.sub("", text).lower()


def _without_site(title: str, names: set[str], headings: list[str]) -> str | None:
    """Return a title without a known name of the site at its end or start; None where nothing else is in it."""
    if not title or _fold(title) in names:
        return None
    for heading in headings:
        inside = _fold(heading)
        if len(heading.split()) >= THRESHOLDS.title_words and inside in _fold(title) and inside != _fold(title):
            before, _, after = title.partition(heading)
            if (not before or _SEPARATOR.search(before)) and (not after or _SEPARATOR.match(after)):
                return heading
    parts = [(found.start(), found.end()) for found in _SEPARATOR.finditer(title)]
    if parts and _is_site(title[parts[-1][1] :], names):
        return _without_site(title[: parts[-1][0]].strip(), names, headings)
    if parts and _is_site(title[: parts[0][0]], names):
        return _without_site(title[parts[0][1] :].strip(), names, headings)
    return title


def _is_site(part: str, names: set[str]) -> bool:
    """Return whether a part of a title is a name of the site, whole or most of it."""
    fold = _fold(part)
    return bool(fold) and any(fold == name or (fold in name and 2 * len(fold) >= len(name)) for name in names)


def _without_unknown_site(title: str) -> str:
    """Return a title without the name at its end or start that is taken for the site's: the shorter outer part.

    The page names no site and has no heading, so the shape decides: few words, each with a capital.
    """
    parts = [(found.start(), found.end()) for found in _SEPARATOR.finditer(title)]
    if not parts:
        return title
    first, last = title[: parts[0][0]].strip(), title[parts[-1][1] :].strip()
    without_last, without_first = title[: parts[-1][0]].strip(), title[parts[0][1] :].strip()
    first_is_shorter = _may_be_name(first) and len(first.split()) < len(last.split())
    if _may_be_name(last) and not first_is_shorter and len(without_last.split()) >= THRESHOLDS.title_words:
        return without_last
    if _may_be_name(first) and len(without_first.split()) >= THRESHOLDS.title_words:
        return without_first
    return title


def _may_be_name(part: str) -> bool:
    words = part.split()
    return len(words) <= THRESHOLDS.site_words and all(word[:1].isupper() or len(word) < 4 for word in words)
