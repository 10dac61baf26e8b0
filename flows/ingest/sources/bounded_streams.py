"""Bounded, hashed streams of bytes, plain or gzipped: nothing is held that a setting does not allow."""

import hashlib
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from flows.ingest.documents import Unusable
from flows.ingest.sources.limits import LIMITS
from flows.settings import MIB
from schemas.vocabularies import RejectReason

GZIP_WINDOW = 31  # zlib: 15 bits of window, plus 16 for a gzip header


def mib(size: int) -> str:
    """Return a size in MiB, for a message."""
    return f"{size / MIB:,.1f} MiB"


class HashedStream(io.RawIOBase):
    """A stream that counts and hashes every byte read from `stream`; too many are `too_large`.

    told: how many bytes there are, where that is known. Fewer are `unreadable`: half a file is none.
    """

    def __init__(self, stream: BinaryIO, limit: int, told: int | None = None) -> None:
        super().__init__()
        self._stream = stream
        self._limit = limit
        self._told = told
        self._hash = hashlib.sha256()
        self.size = 0

    def readable(self) -> bool:
        """Return True: it is a source of bytes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`; raises Unusable past the limit, and where the end comes too early."""
        data = self._stream.read(len(buffer))
        if not data and len(buffer) and self.size < (self._told or 0):
            detail = f"ended after {self.size:,} of {self._told:,} bytes"
            raise Unusable(RejectReason.UNREADABLE, detail, lasting=False)
        buffer[: len(data)] = data
        self._hash.update(data)
        self.size += len(data)
        if self.size > self._limit:
            raise Unusable(RejectReason.TOO_LARGE, f"more than the {mib(self._limit)} that are allowed")
        return len(data)

    @property
    def sha256(self) -> str:
        """SHA-256 of what was read so far."""
        return self._hash.hexdigest()


class Gunzipped(io.RawIOBase):
    """The expanded bytes of a gzip stream of one or many members, never more than asked for at a time.

    Raises Unusable: `expands_too_far` past `limit` bytes or LIMITS.expansion times the packed size, `truncated`
    where a member has no end, `malformed` where it is not gzip.
    """

    def __init__(self, stream: HashedStream, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._limit = limit
        self._member = zlib.decompressobj(GZIP_WINDOW)
        self._packed = b""
        self._members = 0
        self._inside = False
        self.size = 0

    def readable(self) -> bool:
        """Return True: it is a source of bytes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with expanded bytes; 0 at the end of the last member."""
        data = b""
        while not data:
            if not self._packed:
                self._packed = self._stream.read(LIMITS.chunk_bytes) or b""
            at_end = not self._packed
            data = self._expand(len(buffer))  # with nothing left to read it still gives what zlib holds back
            if at_end and not data:
                return self._at_end()
        buffer[: len(data)] = data
        self._account(len(data))
        return len(data)

    def _expand(self, most: int) -> bytes:
        if self._members and not self._inside:
            self._packed = self._packed.lstrip(b"\0")  # padding; anything else is a member, if a damaged one
        try:
            data = self._member.decompress(self._packed, most)
        except zlib.error as error:
            raise Unusable(
                RejectReason.MALFORMED, f"not readable as gzip after {mib(self.size)} of content: {error}"
            ) from error
        self._inside = self._inside or bool(self._packed)
        self._packed = self._member.unconsumed_tail
        if self._member.eof:
            self._packed = self._member.unused_data
            self._member = zlib.decompressobj(GZIP_WINDOW)
            self._members += 1
            self._inside = False
        return data

    def _at_end(self) -> int:
        if not self._stream.size:
            raise Unusable(RejectReason.EMPTY, "0 bytes, where a gzip stream should be")
        if self._inside or not self._members:
            raise Unusable(
                RejectReason.TRUNCATED,
                f"the gzip stream ends in the middle, after {mib(self.size)} of content",
            )
        return 0

    def _account(self, count: int) -> None:
        self.size += count
        if self.size > self._limit:
            raise Unusable(
                RejectReason.EXPANDS_TOO_FAR, f"expands to more than the {mib(self._limit)} that are allowed"
            )
        if self.size > MIB and self.size > LIMITS.expansion * self._stream.size:
            raise Unusable(
                RejectReason.EXPANDS_TOO_FAR,
                f"expands to more than {LIMITS.expansion} times its size, as no text does",
            )


def read_whole(stream: io.RawIOBase, limit: int) -> bytes:
    """Return all bytes of a stream; `too_large` past `limit`."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(LIMITS.chunk_bytes):
        size += len(chunk)
        if size > limit:
            raise Unusable(RejectReason.TOO_LARGE, f"more than the {mib(limit)} that one document may have")
        parts.append(chunk)
    return b"".join(parts)


def _skip_blank(buffered: "io.BufferedReader[io.RawIOBase]") -> int:
    """Read on to the first line that is not blank; return how many were.

    A gigabyte of line ends must not cost one each.
    """
    skipped = 0
    while ahead := buffered.peek():
        blank = ahead[: len(ahead) - len(ahead.lstrip())]
        whole = blank.rfind(b"\n") + 1
        skipped += blank.count(b"\n")
        buffered.read(whole)
        if whole < len(ahead):
            break
    return skipped


def lines(stream: io.RawIOBase, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, bytes without the line end) of every line; None for a line of more than `limit` bytes.

    The rest of a line that is too long is skipped without being held. Of many blank lines one after the other only
    the first is told; the others count.
    """
    buffered = io.BufferedReader(stream, LIMITS.chunk_bytes)
    number = 0
    while piece := buffered.readline(limit + 1):
        number += 1
        if piece.isspace():
            number += _skip_blank(buffered)
        if len(piece) <= limit or piece.endswith(b"\n"):
            yield number, piece.rstrip(b"\r\n")
            continue
        while piece and not piece.endswith(b"\n"):
            piece = buffered.readline(LIMITS.chunk_bytes)
        yield number, None
