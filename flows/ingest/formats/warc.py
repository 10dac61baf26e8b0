"""WARC archives of web pages, record by record. The only file that imports fastwarc."""

import codecs
import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any, Literal, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.ingest.documents import RawDocument, Record, Reject, Unusable, unforeseen
from flows.ingest.formats import html
from flows.ingest.formats.decode import decode
from flows.ingest.sources.bounded_streams import Gunzipped, HashedStream, mib, read_whole
from flows.ingest.sources.limits import LIMITS
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason


class _Forward(io.RawIOBase):
    """A stream that can be asked where it is, as fastwarc does, and that moves forward only."""

    def __init__(self, stream: io.RawIOBase) -> None:
        super().__init__()
        self._stream = io.BufferedReader(stream, LIMITS.chunk_bytes)
        self._position = 0
        self.failure: Unusable | None = None

    def readable(self) -> bool:
        """Return True: it is a source of bytes."""
        return True

    def seekable(self) -> bool:
        """Return True, as far as `seek` goes."""
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
        """Return how many bytes have been read."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move forward to a place. Raises OSError for a place that has been passed."""
        wanted = offset if whence == io.SEEK_SET else self._position + offset
        if whence == io.SEEK_END or wanted < self._position:
            raise OSError("the archive is read in one pass")
        while self._position < wanted and self.read(min(LIMITS.chunk_bytes, wanted - self._position)):
            pass
        return self._position


WARC = "warc"
"""The format of a record that is a response."""
_PAGES = ("text/html", "application/xhtml+xml")
_OK = 200
# none of these is an article; what states another type, or none, may have been a response before it was damaged
_PASSED_OVER = (
    WarcRecordType.warcinfo, WarcRecordType.resource, WarcRecordType.request, WarcRecordType.metadata,
    WarcRecordType.revisit, WarcRecordType.conversion, WarcRecordType.continuation,
)  # fmt: skip
_GZIP = b"\x1f\x8b"
_NEXT_RECORD = re.compile(rb"\r\n\r\nWARC/\d\.\d\r\nWARC-")


def divide(stream: io.RawIOBase, uri: str, settings: IngestSettings) -> Iterator[Record | Reject]:
    """Yield one record per response that is a page: `uri#N` for the Nth response, from 1, and others as rejects.

    A record whose type cannot be told counts, too. `url` is the record's WARC-Target-URI. Raises Unusable where the
    archive itself breaks off.
    """
    number = 0
    forward = _Forward(stream)
    try:
        for record in ArchiveIterator(forward, parse_http=False, stream_detect=False, fsspec_args=False):
            if record.record_type in _PASSED_OVER:
                continue
            number += 1
            yield _taken_out(record, f"{uri}#{number}", settings)
    except (OSError, ValueError, EOFError) as error:
        if forward.failure is None:
            detail = f"the archive cannot be read past response {number}: {error}"
            raise Unusable(RejectReason.TRUNCATED if number else RejectReason.MALFORMED, detail) from error
    if forward.failure is not None:
        raise forward.failure
    if not number:
        raise Unusable(RejectReason.EMPTY, "an archive without a response record")


def _taken_out(record: Any, name: str, settings: IngestSettings) -> Record | Reject:
    promised = record.content_length
    block = cast(bytes, record.reader.read(settings.max_file_bytes + 1))
    try:
        _refuse_cut(record, block, promised, settings)
        _refuse(_answer(block, "none"))
        url = record.headers.get("WARC-Target-URI")
        return Record(name, WARC, block, url.strip("<>") if url else None)
    except Exception as error:
        unusable = error if isinstance(error, Unusable) else unforeseen(error)
        return Reject(name, unusable.reason, unusable.detail)


def read_response(record: Record, settings: IngestSettings) -> RawDocument | Reject:
    """Return the document of a response that is a page, or why there is none.

    `published_on` is what the page states (the day of the archive says nothing of it), `publisher` the page's site
    name or else the host.
    """
    digest, size = None, None
    try:
        body = _body(record.data, settings)
        digest, size = hashlib.sha256(body).hexdigest(), len(body)
        page = decode(body, _answer(record.data, "none").http_charset or html.declared_charset(body))
        return html.read_page(page, record.source_uri, digest, size, settings, url=record.url)
    except Exception as error:
        unusable = error if isinstance(error, Unusable) else unforeseen(error)
        return Reject(record.source_uri, unusable.reason, unusable.detail, sha256=digest, size=size)


def _refuse_cut(record: Any, block: bytes, promised: int, settings: IngestSettings) -> None:
    """Raise Unusable where the `block` that was read is not all of a response, or more than one."""
    if record.record_type != WarcRecordType.response:
        kind = str(record.headers.get("WARC-Type"))[:40]
        raise Unusable(RejectReason.MALFORMED, f"a record whose type is none that WARC knows: {kind}")
    if promised > settings.max_file_bytes:
        raise Unusable(RejectReason.TOO_LARGE, f"a record of more than {mib(settings.max_file_bytes)}")
    if len(block) < promised:
        detail = f"the archive ends after {len(block):,} of the {promised:,} bytes that the record promises"
        raise Unusable(RejectReason.TRUNCATED, detail)
    if why := record.headers.get("WARC-Truncated"):
        raise Unusable(RejectReason.TRUNCATED, f"the archive says that it holds only a part of the answer: {why[:80]}")
    if _NEXT_RECORD.search(block):
        detail = f"the {promised:,} bytes that the record promises reach into the next record"
        raise Unusable(RejectReason.MALFORMED, detail)


def _answer(block: bytes, decoding: Literal["none", "transfer", "all"]) -> Any:
    """Return the server's answer as a record of its own, which cannot lead the archive's reader astray.

    decoding: which of its encodings come off when it is read; "transfer" are chunks. Raises Unusable.
    """
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.set_bytes_content(block)
    record.is_http = True
    try:
        record.parse_http(auto_decode=decoding)
    except (OSError, ValueError) as error:
        raise Unusable(RejectReason.MALFORMED, f"the HTTP headers cannot be read: {error}") from error
    return record


def _refuse(answer: Any) -> None:
    if answer.http_headers is None or answer.http_headers.status_code is None:
        raise Unusable(RejectReason.MALFORMED, "a response without HTTP headers")
    if answer.http_headers.status_code != _OK:
        raise Unusable(RejectReason.NO_TEXT, f"the server answered {answer.http_headers.status_code}, not {_OK}")
    kind = answer.http_content_type or "no content type"
    if kind not in _PAGES:
        raise Unusable(RejectReason.UNSUPPORTED_FORMAT, f"{kind[:80]}, not a page")


def _body(block: bytes, settings: IngestSettings) -> bytes:
    """Return the page of an answer, out of its chunks and unpacked. Raises Unusable.

    Many archives keep the page unpacked under the headers of the packed one: what starts as a page is one.
    """
    answer = _answer(block, "none")
    body = _content(answer, settings)
    if _starts_as_page(body):
        _refuse_half_sent(answer.http_headers, len(body))
        return body
    if not body.startswith(_GZIP):
        body = _content(_answer(block, "transfer"), settings)
    if body.startswith(_GZIP):
        packed = HashedStream(io.BytesIO(body), settings.max_file_bytes)
        return read_whole(Gunzipped(packed, settings.max_expanded_bytes), settings.max_expanded_bytes)
    return body if _starts_as_page(body) else _content(_answer(block, "all"), settings)


def _content(answer: Any, settings: IngestSettings) -> bytes:
    try:
        body = cast(bytes, answer.reader.read(settings.max_file_bytes + 1))
    except (OSError, ValueError) as error:
        detail = f"the server's answer is not encoded as its headers say: {str(error)[:100]}"
        raise Unusable(RejectReason.MALFORMED, detail) from error
    if len(body) > settings.max_file_bytes:
        raise Unusable(RejectReason.TOO_LARGE, f"a page of more than {mib(settings.max_file_bytes)}")
    return body


def _starts_as_page(body: bytes) -> bool:
    return body[:1000].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")


def _refuse_half_sent(headers: Any, size: int) -> None:
    """Raise Unusable where the connection broke off before the server had sent all that it announced."""
    stated = headers.get("Content-Length") or ""
    if "Content-Encoding" in headers or "Transfer-Encoding" in headers or not stated.isdecimal():
        return
    if size < int(stated[:18]):
        detail = f"the server announced {int(stated[:18]):,} bytes, of which the archive holds {size:,}"
        raise Unusable(RejectReason.TRUNCATED, detail)
