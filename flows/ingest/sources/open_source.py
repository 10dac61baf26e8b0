"""Listing and opening of sources, in a folder or behind an fsspec URL. The only file that imports fsspec."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec
import fsspec.core

from flows.errors import InputError
from flows.ingest.documents import Unusable
from flows.ingest.sources.local_files import Source, escape, is_address, list_files
from schemas.vocabularies import RejectReason


def list_sources(seeds: str) -> list[Source]:
    """List every file of the folder or address `seeds`, in the byte order of the paths.

    Raises InputError where there is no such folder or address, or nothing in it.
    """
    if not is_address(seeds):
        return list_files(seeds)
    sources = _list_remote(seeds)
    if not sources:
        raise InputError(f"there are no files in {seeds}; put articles there, or name another folder with --seeds")
    return sources


def _list_remote(url: str) -> list[Source]:
    if "::" in url:
        raise InputError(f"chained addresses such as {url} are not read; name the folder itself")
    try:
        system, path = fsspec.core.url_to_fs(url)
        found = sorted(_find(system, path, url))
    except ImportError as error:
        fix = "pip install 'onrecord[s3]'" if url.lower().startswith("s3://") else "install it"
        raise InputError(f"the seeds at {url} need a library that is not here: {_first_line(error)}; {fix}") from error
    except Exception as error:  # each store's library has errors of its own
        raise InputError(f"the seeds at {url} cannot be listed: {_first_line(error)}") from error
    base = path.rstrip("/") + "/"
    return [
        Source(
            escape(name.removeprefix(base) if name.startswith(base) else PurePosixPath(name).name or name),
            system.unstrip_protocol(name),
            remote=True,
        )
        for name in found
    ]


def _find(system: Any, path: str, url: str) -> list[str]:
    """List paths below `path`, or itself where it is a file. An HTTP address lists only where it ends in `/`."""
    if url.lower().startswith(("http://", "https://")):
        if not url.endswith("/"):
            return [path]
    elif system.isfile(path):
        return [path]
    # an index page may link anywhere: only what lies below the address counts
    return [name for name in system.find(path, maxdepth=8) if name.startswith(path.rstrip("/") + "/")]


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__


class _RemoteStream:
    """A stream whose failures are OSErrors, whatever the library of its store raises."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, `size` at most."""
        try:
            return cast(bytes, self._stream.read(size))
        except Exception as error:
            raise OSError(_first_line(error)) from error


@contextmanager
def _remote_stream(location: str) -> Iterator[tuple[BinaryIO, int | None]]:
    try:
        opened = fsspec.open(location, "rb").open()
    except Exception as error:  # each store's library has errors of its own
        raise Unusable(RejectReason.UNREADABLE, f"cannot be fetched: {_first_line(error)}") from error
    with opened as stream:
        try:
            yield cast(BinaryIO, _RemoteStream(stream)), getattr(stream, "size", None)
        except (OSError, ValueError) as error:
            raise Unusable(RejectReason.UNREADABLE, f"cannot be fetched: {_first_line(error)}") from error


@contextmanager
def open_source(source: Source) -> Iterator[tuple[BinaryIO, int | None]]:
    """Open a source: its raw bytes, and their number where it is known before reading.

    Raises Unusable where it cannot be opened, is no regular file any more, or was changed while it was read.
    """
    if source.data is not None:
        yield io.BytesIO(source.data), len(source.data)
        return
    if source.remote:
        with _remote_stream(source.location) as remote:
            yield remote
        return
    try:
        # a pipe put in the place of a file since it was listed must not block the run
        descriptor = os.open(source.location, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Unusable(RejectReason.UNREADABLE, f"cannot be opened: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise Unusable(RejectReason.UNSUPPORTED_FORMAT, "no regular file any more, not read")
        try:
            yield stream, before.st_size
        except OSError as error:
            raise Unusable(RejectReason.UNREADABLE, f"cannot be read: {error.strerror or error}") from error
        after = os.fstat(stream.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise Unusable(
                RejectReason.CHANGED_WHILE_READ,
                "was written to while it was read; run again when it is whole",
            )
