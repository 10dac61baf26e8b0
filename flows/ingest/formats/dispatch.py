"""Reading of one source into documents: the format by the file's name, the bytes within limits.

A file of one document is fetched and then read, perhaps in another process; a container, which may be larger than
memory, is divided into its records while it is open, and each of them is read, perhaps in another process, too.
"""

import io
import re
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from flows.ingest.documents import RawDocument, Record, Reject, Unusable, unforeseen
from flows.ingest.formats import html, json_records, markdown, warc
from flows.ingest.formats.decode import decode
from flows.ingest.formats.limits import LIMITS
from flows.ingest.formats.unusable_run import UnusableRun
from flows.ingest.sources.bounded_streams import Gunzipped, HashedStream, mib, read_whole
from flows.ingest.sources.local_files import Source
from flows.ingest.sources.open_source import open_source
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason

_SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": json_records.LINES, ".ndjson": json_records.LINES, ".warc": warc.WARC,
}  # fmt: skip
_DIVIDE = {json_records.LINES: json_records.divide_lines, warc.WARC: warc.divide}
_READ_RECORD = {json_records.LINES: json_records.read_line, warc.WARC: warc.read_response}
_PAGE = re.compile(r"\s{0,200}(?:<!--.{0,500}?-->\s{0,200})?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL)


def format_of(source: Source) -> tuple[str | None, bool]:
    """Return (format or None, whether gzipped) by the ending of the name. An address without an ending is a page."""
    name = source.uri.lower()
    gzipped = name.endswith(".gz")
    suffix = PurePosixPath(name.removesuffix(".gz")).suffix
    if not suffix and source.remote and not gzipped:
        return "html", False
    return _SUFFIXES.get(suffix), gzipped


def is_container(source: Source) -> bool:
    """Return whether a source is read record by record, because it may be larger than memory."""
    return format_of(source)[0] in _DIVIDE


def is_streamed(source: Source, settings: IngestSettings) -> bool:
    """Return whether a source is divided where it is open: a container, unless it is small enough for a worker."""
    if not is_container(source):
        return False
    size = source.size
    if not source.remote:
        try:
            size = Path(source.location).stat().st_size
        except OSError:
            return True  # what is wrong with it is told where it is opened
    packed = format_of(source)[1]
    small = LIMITS.small_packed_bytes if packed else LIMITS.small_container_bytes
    return not 0 < size <= min(small, settings.max_file_bytes)


def fetch(source: Source, settings: IngestSettings) -> Source | Reject:
    """Return a file of one document with its bytes, or the reason why they cannot be had. Nothing is raised."""
    for attempts_left in reversed(range(_attempts(source))):
        stream: HashedStream | None = None
        try:
            if format_of(source)[0] is None:
                raise Unusable(RejectReason.UNSUPPORTED_FORMAT, f"not one of {', '.join(_SUFFIXES)}, plain or with .gz")
            with open_source(source) as (opened, size):
                stream = _bounded(opened, size, settings.max_file_bytes)
                data = read_whole(stream, settings.max_file_bytes)
            return replace(source, data=data)  # only once the file has turned out to be whole and unchanged
        except Unusable as unusable:
            reject, lasting = _rejected(source, unusable, stream), unusable.lasting
        except (Exception, MemoryError) as error:
            reject, lasting = _rejected(source, unforeseen(error), stream), True
        if lasting or not attempts_left:
            break
        time.sleep(LIMITS.pause_seconds)
    return reject


def _attempts(source: Source) -> int:
    return LIMITS.remote_attempts if source.remote and source.data is None else 1


def _bounded(opened: BinaryIO, size: int | None, limit: int) -> HashedStream:
    if size is not None and size > limit:
        raise Unusable(RejectReason.TOO_LARGE, f"{mib(size)}, more than the {mib(limit)} that are allowed")
    return HashedStream(opened, limit, size)


def read_source(source: Source, settings: IngestSettings) -> Iterator[RawDocument | Reject]:
    """Yield every document of a source, or the reason why there is none, in the order of the file.

    At least one item comes from each source, and nothing is raised, whatever the file holds. Memory is
    bounded by `max_file_bytes` for a file of one document and by one record for archives and lines.
    """
    run = UnusableRun(source.uri, settings.max_unusable_run)
    for part in _parts(source, settings):
        item = read_record(part, settings) if isinstance(part, Record) else part
        if not run.admitted([not isinstance(item, Reject)]):
            yield run.verdict
            return
        yield item


def read_record(record: Record, settings: IngestSettings) -> RawDocument | Reject:
    """Return the document of a record of a container, or why there is none."""
    return _READ_RECORD[record.format](record, settings)


def divide_container(source: Source, settings: IngestSettings) -> Generator[Record | Reject, None, None]:
    """Yield the records of a container, which `read_record` reads, and why some are none, as `read_source` does."""
    return cast(Generator[Record | Reject, None, None], _parts(source, settings))


def _parts(source: Source, settings: IngestSettings) -> Iterator[RawDocument | Record | Reject]:
    """Yield what a source is read into; a container is divided only."""
    if source.problem:
        yield Reject(source.uri, *source.problem)
        return
    if source.data is None and not is_container(source):
        fetched = fetch(source, settings)
        if isinstance(fetched, Reject):
            yield fetched
            return
        source = fetched
    for attempts_left in reversed(range(_attempts(source))):
        yielded, problem, stream = yield from _attempt(source, settings)
        if problem is None:
            return
        if yielded or problem.lasting or not attempts_left:
            yield _rejected(source, problem, stream)
            return
        time.sleep(LIMITS.pause_seconds)


def _attempt(
    source: Source, settings: IngestSettings
) -> Generator[RawDocument | Record | Reject, None, tuple[int, Unusable | None, HashedStream | None]]:
    """Read a source once; yield its items, return how many, what is wrong with it, if anything, and what was read."""
    stream: HashedStream | None = None
    yielded = 0
    try:
        kind, gzipped = format_of(source)
        limit = settings.max_container_bytes if kind in _DIVIDE else settings.max_file_bytes
        whole: list[RawDocument | Record | Reject] = []
        with open_source(source) as (opened, size):
            stream = _bounded(opened, size, limit)
            found = _read(stream, str(kind), gzipped, source.uri, settings)
            if kind in _DIVIDE:
                for item in found:
                    yielded += 1
                    yield item
            else:
                whole.extend(found)
        yielded += len(whole)
        yield from whole
        if not yielded:
            raise Unusable(RejectReason.EMPTY, "a file without a record")
    except Unusable as unusable:
        return yielded, unusable, stream
    except (Exception, MemoryError) as error:
        return yielded, unforeseen(error), stream
    return yielded, None, stream


def _rejected(source: Source, unusable: Unusable, stream: HashedStream | None) -> Reject:
    return Reject(
        source.uri,
        unusable.reason,
        unusable.detail,
        sha256=stream.sha256 if stream is not None else None,
        size=stream.size if stream is not None else None,
    )


def _read(
    stream: HashedStream, kind: str, gzipped: bool, uri: str, settings: IngestSettings
) -> Iterator[RawDocument | Record | Reject]:
    content: io.RawIOBase = stream
    if gzipped:
        most = settings.max_container_bytes if kind in _DIVIDE else settings.max_expanded_bytes
        content = Gunzipped(stream, most)
    if kind in _DIVIDE:
        yield from _DIVIDE[kind](content, uri, settings)
    else:
        data = read_whole(content, settings.max_file_bytes if not gzipped else settings.max_expanded_bytes)
        if kind == "json":
            yield from json_records.read_value(data, uri, stream.sha256, settings)
        else:
            yield _SINGLE[kind](data, uri, stream.sha256, settings)


def read_text(data: bytes, uri: str, sha256: str, settings: IngestSettings) -> RawDocument:
    """Read the document of a `.txt` file; one that holds a page is read as a page. Raises Unusable."""
    text = decode(data, html.declared_charset(data) if data[:1] == b"<" else None)
    if _PAGE.match(text, 0, 2000):
        return html.read_page(text, uri, sha256, len(data), settings)
    return RawDocument(source_uri=uri, sha256=sha256, size=len(data), text=text)


_SINGLE = cast(
    dict[str, Callable[[bytes, str, str, IngestSettings], RawDocument]],
    {"text": read_text, "markdown": markdown.read_file, "html": html.read_file},
)
