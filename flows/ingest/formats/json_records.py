"""JSON and JSON Lines: a record, an array of records, or one record per line, by usual field names."""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from flows.ingest.documents import RawDocument, Record, Reject, Unusable, unforeseen
from flows.ingest.formats import html
from flows.ingest.formats.decode import decode
from flows.ingest.formats.limits import LIMITS
from flows.ingest.metadata.publication_date import published_on
from flows.ingest.sources import bounded_streams
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason

FIELDS = {
    "text": ("text", "body", "content", "article", "articlebody", "article_text", "maintext", "main_text",
             "full_text", "fulltext", "plain_text", "body_text"),
    "html": ("html", "raw_html", "body_html", "content_html"),
    "title": ("title", "headline", "head_line", "heading"),
    "publisher": ("publisher", "source", "outlet", "publication", "newspaper", "site_name", "sitename",
                  "source_name", "source_domain"),
    "author": ("author", "authors", "byline", "creator"),
    "published_on": ("published_on", "published_at", "published", "date", "date_published", "datepublished",
                     "publication_date", "publish_date", "date_publish", "pub_date", "pubdate", "publishedat",
                     "timestamp", "datetime", "created_at"),
    "modified_on": ("modified_on", "modified_at", "modified", "date_modified", "datemodified", "date_modify",
                    "modified_time", "updated_on", "updated_at", "updated", "last_modified", "lastmod"),
    "url": ("url", "link", "canonical_url", "source_url", "permalink", "uri"),
}  # fmt: skip
"""For each column of an article, the names that it goes by in records, the most telling first; case is
ignored."""

LINES = "lines"
"""The format of a record that is a line."""
_LISTS = ("articles", "items", "records", "documents", "data", "results", "entries")
# how aggregators say that they cut a text
_CUT = re.compile(r"\s{0,5}(?:…|\.\.\.)?\s{0,5}\[\+\d{1,7} chars\]\s{0,5}$")


def stated(value: object) -> str | None:
    """Return metadata as one line of text: a list joined with commas, the name of an object; None where empty."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, list):
        value = ", ".join(filter(None, (stated(item) for item in value[:20])))
    if value is None or isinstance(value, bool | dict):
        return None
    return " ".join(str(value)[: LIMITS.stated_characters].split()) or None


def fields(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record's values by column name; of several names for a column the first that holds something."""
    lowered = {str(key).lower().replace("-", "_"): value for key, value in record.items()}
    found: dict[str, Any] = {}
    for column, names in FIELDS.items():
        value = next((lowered[name] for name in names if lowered.get(name) not in (None, "", [], {})), None)
        if value is not None:
            found[column] = value
    return found


def document(record: object, uri: str, sha256: str, size: int, settings: IngestSettings) -> RawDocument:
    """Read the document of one record. Raises Unusable where it holds no text."""
    if not isinstance(record, dict):
        raise Unusable(RejectReason.MALFORMED, f"the record is a {type(record).__name__}, not an object with fields")
    found = fields(record)
    page = found.get("html")
    text = found.get("text")
    if isinstance(text, list):  # paragraphs
        text = "\n\n".join(str(part) for part in text)
    read: RawDocument | None = None
    if not isinstance(text, str) and isinstance(page, str):
        read = html.read_page(page, uri, sha256, size, settings, url=stated(found.get("url")))
        text = read.text
        of_page = ("title", "publisher", "author", "published_on", "modified_on", "url")
        found = {**{name: getattr(read, name) for name in of_page}, **found}
    if not isinstance(text, str):
        known = ", ".join(FIELDS["text"][:4])
        raise Unusable(
            RejectReason.NO_TEXT, f"the record has no field with a text ({known}, …); it has {_names(record)}"
        )
    return RawDocument(
        source_uri=uri,
        sha256=sha256,
        size=size,
        text=_CUT.sub("", text),
        title=stated(found.get("title")),
        publisher=stated(found.get("publisher")),
        author=stated(found.get("author")),
        published_on=published_on(found.get("published_on")),
        url=stated(found.get("url")),
        modified_on=published_on(found.get("modified_on")),
        truncated=bool(_CUT.search(text)) or (read is not None and read.truncated),
        dropped=read.dropped if read is not None else (),
        conflict=read.conflict if read is not None else None,
    )


def _names(record: dict[str, Any]) -> str:
    return ", ".join(repr(str(key)[:40]) for key in list(record)[:6]) or "none"


def _loads(text: str) -> object:
    """Parse JSON. Raises Unusable where it is none, or has so many or so deep parts that it fills the memory."""
    parts = text.count("[") + text.count("{")
    if parts > LIMITS.json_parts:
        raise Unusable(
            RejectReason.MALFORMED, f"more than {LIMITS.json_parts:,} lists and objects, as no articles have"
        )
    try:
        value = json.loads(text)
        if parts > LIMITS.json_depth:
            _refuse_depth(value)
        return value
    except json.JSONDecodeError as error:
        where = " (the end is missing)" if error.pos >= len(text.rstrip()) - 1 else ""
        detail = f"not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}{where}"
        raise Unusable(RejectReason.MALFORMED, detail) from error
    except RecursionError as error:
        raise Unusable(RejectReason.MALFORMED, "the JSON is nested too deeply to be a record") from error
    except ValueError as error:  # a number of thousands of digits
        raise Unusable(RejectReason.MALFORMED, f"not usable as JSON: {error}") from error


def _refuse_depth(value: object) -> None:
    """Raise RecursionError at a depth of its own: where Python's comes depends on who called."""
    level = [value]
    for _ in range(LIMITS.json_depth):
        within = (part.values() if isinstance(part, dict) else part for part in level if isinstance(part, dict | list))
        level = [part for parts in within for part in parts if isinstance(part, dict | list)]
    if level:
        raise RecursionError


def _attempt(record: object, uri: str, sha256: str, size: int, settings: IngestSettings) -> RawDocument | Reject:
    try:
        return document(record, uri, sha256, size, settings)
    except Exception as error:
        unusable = error if isinstance(error, Unusable) else unforeseen(error)
        return Reject(uri, unusable.reason, unusable.detail, sha256=sha256, size=size)


def divide_lines(stream: io.RawIOBase, uri: str, settings: IngestSettings) -> Iterator[Record | Reject]:
    """Yield one record per line (`.jsonl`): `uri#N` for line N, from 1. Blank lines are none."""
    for number, line in bounded_streams.lines(stream, settings.max_file_bytes):
        name = f"{uri}#{number}"
        if line is None:
            yield Reject(
                name, RejectReason.TOO_LARGE, f"a line of more than {bounded_streams.mib(settings.max_file_bytes)}"
            )
        elif line.strip():
            yield Record(name, LINES, line)


def read_line(line: Record, settings: IngestSettings) -> RawDocument | Reject:
    """Return the document of a line, or why there is none."""
    digest, size = hashlib.sha256(line.data).hexdigest(), len(line.data)
    try:
        record = _loads(decode(line.data))
    except Unusable as unusable:
        return Reject(line.source_uri, unusable.reason, unusable.detail, sha256=digest, size=size)
    return _attempt(record, line.source_uri, digest, size, settings)


def read_value(data: bytes, uri: str, sha256: str, settings: IngestSettings) -> Iterator[RawDocument | Reject]:
    """Yield the documents of a `.json` file: a record under `uri`, or those of an array as `uri#N`, from 1.

    Raises Unusable where it is no JSON.
    """
    text = decode(data)
    try:
        value = _loads(text)
    except Unusable:
        # records one a line, under the other ending
        first = text.lstrip().partition("\n")[0]
        if not (first.startswith("{") and first.rstrip().endswith("}") and "\n" in text.strip()):
            raise
        lines = divide_lines(io.BytesIO(data), uri, settings)  # type: ignore[arg-type]
        yield from (line if isinstance(line, Reject) else read_line(line, settings) for line in lines)
        return
    if isinstance(value, dict) and not {"text", "html"} & set(fields(value)):
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), value)
    if not isinstance(value, list):
        yield _attempt(value, uri, sha256, len(data), settings)
        return
    if not value:
        raise Unusable(RejectReason.EMPTY, "a list without a record")
    for number, record in enumerate(value, 1):
        canonical = json.dumps(record, sort_keys=True).encode()
        digest = hashlib.sha256(canonical).hexdigest()
        yield _attempt(record, f"{uri}#{number}", digest, len(canonical), settings)
