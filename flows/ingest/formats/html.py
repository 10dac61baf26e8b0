"""HTML pages, small ones in this process and large ones in a limited process of their own.

A page that is large or has very many tags is read in a process of its own, with a limit of time and memory,
because neither lxml nor trafilatura can be interrupted from within (`python -m flows.ingest.formats.html` is that
process).
"""

import json
import logging
import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows.ingest.documents import RawDocument, Unusable
from flows.ingest.formats.decode import decode
from flows.ingest.formats.limits import LIMITS
from flows.ingest.metadata.publication_date import published_on
from flows.ingest.pages.article import read_article
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason

for _logger in ("trafilatura", "htmldate", "justext", "courlan"):
    logging.getLogger(_logger).setLevel(logging.CRITICAL + 1)

# a tag of tens of thousands of attributes takes minutes, for each is compared with all before it; where a tag
# ends is told only for scripts and styles, which are long in earnest
_LONG_STRETCH = re.compile(r"<[^<]{50000}")
_RAW_OPENING = re.compile(
    r"""<(?:script|style)(?:\s+[\w:-]{1,50}(?:=(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|[^\s"'<>]{0,500}))?){0,20}\s*>""",
    re.IGNORECASE,
)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_ANY_OPENING = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_ANY_CLOSING = re.compile(r"</(?:html|body)\s{0,20}>", re.IGNORECASE)
_RAW_TAGS = ("script", "style", "title", "textarea")


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page names in its head.

    One of wide characters is a mistake, as in HTML's own rules: its name could not have been read byte by byte.
    """
    found = _META_CHARSET.search(data[: LIMITS.head_bytes])
    name = found[1].decode("ascii") if found else None
    return None if name and name.lower().startswith(("utf-16", "utf-32", "utf16", "utf32")) else name


def read_file(data: bytes, uri: str, sha256: str, settings: IngestSettings) -> RawDocument:
    """Read the document of an `.html` file. Raises Unusable."""
    return read_page(decode(data, declared_charset(data)), uri, sha256, len(data), settings)


def read_page(
    page: str, uri: str, sha256: str, size: int, settings: IngestSettings, *, url: str | None = None
) -> RawDocument:
    """Read the document of a page that is already decoded; `url` is where it came from, where that is known.

    Raises Unusable: `truncated`, `no_text`, `too_slow`, `malformed`.
    """
    if why := cut_short(page):
        raise Unusable(RejectReason.TRUNCATED, f"the page ends in the middle: {why}")
    page = page.replace("\0", "")
    if len(page) > LIMITS.page_characters or page.count("<") > LIMITS.page_tags or _may_have_a_long_tag(page):
        found = _extract_apart(page, url, settings)
    else:
        found = _extract(page, url)
    if not found:
        raise Unusable(RejectReason.NO_TEXT, "the page has no main text that could be told from its navigation")
    return RawDocument(
        source_uri=uri,
        sha256=sha256,
        size=size,
        text=found["text"],
        title=found["title"],
        publisher=found["publisher"],
        author=found["author"],
        published_on=published_on(found["published_on"]),
        url=url or found["url"],
        modified_on=published_on(found["modified_on"]),
        truncated=found["ends_at_paywall"],
        dropped=tuple(found["dropped"]),
        conflict=found["conflict"],
    )


def _may_have_a_long_tag(page: str) -> bool:
    return any(not _RAW_OPENING.match(page, found.start()) for found in _LONG_STRETCH.finditer(page))


def cut_short(page: str) -> str | None:
    """Return in which way a page is only the first part of one; None where it may be whole.

    A fragment without <html> and <body> is whole where no tag is left open in the middle: feeds hold such
    ones.
    """
    end = page.rstrip()[-100_000:]
    if end.rfind("<!--") > end.rfind("-->"):
        return "inside a comment"
    lowered = end.lower()
    for tag in _RAW_TAGS:
        if lowered.rfind(f"<{tag}") > max(lowered.rfind(f"</{tag}"), lowered.rfind("/>")):
            return f"inside <{tag}>"
    last = end.rfind("<")
    if last > end.rfind(">") and end[last + 1 : last + 2].isalpha() | end.startswith("/", last + 1):
        return "inside a tag"
    if _ANY_OPENING.search(page[: LIMITS.page_characters]) and not _ANY_CLOSING.search(end):
        return "neither </body> nor </html> follows"
    return None


def _extract(page: str, url: str | None) -> dict[str, Any]:
    """Return the article of a page as plain values; empty where there is none."""
    try:
        found = read_article(page, url)
    except RecursionError as error:
        raise Unusable(RejectReason.MALFORMED, "the page is nested too deeply to be read") from error
    return asdict(found) if found is not None else {}


def _extract_apart(page: str, url: str | None, settings: IngestSettings) -> dict[str, Any]:
    """Run `_extract` in a process that is ended when it takes too long or too much memory."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3]), "PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "flows.ingest.formats.html"],
            input=json.dumps({"page": page, "url": url, "memory": settings.max_page_memory_bytes}),
            capture_output=True, text=True, timeout=settings.max_seconds, env=environment, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unusable(
            RejectReason.TOO_SLOW, f"the page takes more than {settings.max_seconds:g} seconds to read"
        ) from error
    if done.returncode != 0:
        raise Unusable(RejectReason.MALFORMED, "the page cannot be read within the memory that one page may take")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system: the time limit alone holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    _request = json.load(sys.stdin)
    _limit_memory(_request["memory"])
    json.dump(_extract(_request["page"], _request["url"]), sys.stdout, default=str)
