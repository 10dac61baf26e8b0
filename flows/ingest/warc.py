"""WARC archives of web pages (CC-News and the like), record by record. The only file that imports
fastwarc."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.ingest import html
from flows.ingest.documents import RawDocument, Reject, Unusable
from flows.ingest.encoding import decode
from flows.ingest.streams import CHUNK_BYTES, mib
from flows.settings import IngestSettings
from schemas.vocab import RejectReason


class _Forward(io.RawIOBase):
    """A stream that can be asked where it is, as fastwarc does, and that moves forward only."""

    def __init__(self, stream: io.RawIOBase) -> None:
        super().__init__()
        self._stream = io.BufferedReader(stream, CHUNK_BYTES)
        self._position = 0
        self.failure: Unusable | None = None

    def readable(self) -> bool:
        """True: it is a source of bytes."""
        return True

    def seekable(self) -> bool:
        """True, as far as `seek` goes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`. Where the source breaks off, `failure` says how, and the stream is at its end."""
        try:
            data = b"" if self.failure else self._stream.read1(len(buffer))
        except Unusable as unusable:  # kept here, because it would come back from fastwarc as something else
            self.failure = unusable
            data = b""
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        """How many bytes have been read."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Forward to a place, or nowhere; raises OSError for a place that has been passed."""
        wanted = offset if whence == io.SEEK_SET else self._position + offset
        if whence == io.SEEK_END or wanted < self._position:
            raise OSError("the archive is read in one pass")
        while self._position < wanted and self.read(min(CHUNK_BYTES, wanted - self._position)):
            pass
        return self._position


_PAGES = ("text/html", "application/xhtml+xml")
_OK = 200


def read(stream: io.RawIOBase, uri: str, settings: IngestSettings) -> Iterator[RawDocument | Reject]:
    """One document or reject a response record: `uri#N` for the Nth response, from 1.

    `url` is the record's WARC-Target-URI, `published_on` the page's own date or else the day it was fetched,
    `publisher` the page's site name or else the host. Raises Unusable where the archive itself breaks off.
    """
    number = 0
    forward = _Forward(stream)
    try:
        for record in ArchiveIterator(
            forward,
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="all",
            stream_detect=False,
            fsspec_args=False,
        ):
            number += 1
            yield _document(record, f"{uri}#{number}", settings)
    except (OSError, ValueError, EOFError) as error:
        if forward.failure is None:
            detail = f"the archive cannot be read past response {number}: {error}"
            raise Unusable(RejectReason.TRUNCATED if number else RejectReason.MALFORMED, detail) from error
    if forward.failure is not None:
        raise forward.failure
    if not number:
        raise Unusable(RejectReason.EMPTY, "an archive without a response record")


def _document(record: Any, name: str, settings: IngestSettings) -> RawDocument | Reject:
    digest, size = None, None
    try:
        _refuse(record)
        body = cast(bytes, record.reader.read(settings.max_file_bytes + 1))
        if len(body) > settings.max_file_bytes:
            raise Unusable(RejectReason.TOO_LARGE, f"a page of more than {mib(settings.max_file_bytes)}")
        digest, size = hashlib.sha256(body).hexdigest(), len(body)
        declared = record.http_charset if record.http_headers is not None else None
        page = decode(body, declared or html.declared_charset(body))
        url = record.headers.get("WARC-Target-URI")
        read = html.read_page(page, name, digest, size, settings, url=url.strip("<>") if url else None)
        return replace(read, published_on=read.published_on or _day(record))
    except Unusable as unusable:
        return Reject(name, unusable.reason, unusable.detail, sha256=digest, size=size)


def _refuse(record: Any) -> None:
    if record.http_headers is None:
        raise Unusable(RejectReason.MALFORMED, "a response without HTTP headers")
    if record.http_headers.status_code != _OK:
        raise Unusable(RejectReason.NO_TEXT, f"the server answered {record.http_headers.status_code}, not {_OK}")
    kind = record.http_content_type or "no content type"
    if kind not in _PAGES:
        raise Unusable(RejectReason.UNSUPPORTED_FORMAT, f"{kind[:80]}, not a page")


def _day(record: Any) -> dt.date | None:
    fetched = record.record_date
    return fetched.date() if fetched is not None else None
