"""Listing and opening of sources, in a folder or behind an address. The only file that imports fsspec."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec
import fsspec.core

from flows.credentials import hide, masked, reveal
from flows.errors import InputError, PlaceError
from flows.ingest.documents import Unusable
from flows.ingest.sources.limits import LIMITS
from flows.ingest.sources.local_files import Source, escape, is_address, list_files
from flows.ingest.sources.web_addresses import list_web, open_web
from schemas.vocabularies import RejectReason

_CHAINED = frozenset(
    ("asyncwrapper", "blockcache", "cached", "data", "dir", "filecache", "generic", "libarchive", "local", "reference",
     "simplecache", "tar", "zip")
)  # fmt: skip
"""Protocols of fsspec that read through another address, or this machine's files past the checks of folders."""


def list_sources(seeds: str) -> list[Source]:
    """List every file of the folder or address `seeds`, in the byte order of the paths.

    Raises InputError where there is no such folder or address, or nothing in it; PlaceError where it cannot be listed.
    """
    if not is_address(seeds):
        return list_files(seeds)
    sources = _list_remote(seeds)
    if not sources:
        raise InputError(f"there are no files in {seeds}; put articles there, or name another folder with --seeds")
    return sources


def _list_remote(url: str) -> list[Source]:
    protocol = url.partition("://")[0].lower()
    if "::" in url or protocol in _CHAINED:
        raise InputError(f"addresses that lead through another, such as {url}, are not read; name the folder itself")
    real = reveal(url)
    try:
        if protocol in ("http", "https"):
            base, found = real.partition("?")[0].rpartition("/")[0] + "/", {name: name for name in list_web(real)}
        else:
            base, found = _list_store(real)
    except ImportError as error:
        fix = "pip install 'onrecord[s3]'" if protocol == "s3" else "install it"
        raise InputError(f"the seeds at {url} need a library that is not here: {_first_line(error)}; {fix}") from None
    except ValueError as error:
        raise InputError(f"the seeds at {url} are no address that can be read: {_first_line(error)}") from None
    except Exception as error:  # each store's library has errors of its own
        raise PlaceError(
            f"the seeds at {url} cannot be listed: {_first_line(error)}; nothing was published, `latest` is as it was"
        ) from None  # what the library says may name the credentials
    return [_remote_source(name, location, base) for name, location in sorted(found.items())]


def _list_store(url: str) -> tuple[str, dict[str, str]]:
    """The folder that the names lie in, and where each leads."""
    system, path = fsspec.core.url_to_fs(url)
    found = [path] if system.isfile(path) else system.find(path, maxdepth=LIMITS.folder_depth)
    return path.rstrip("/") + "/", {name: system.unstrip_protocol(name) for name in found}


def _remote_source(name: str, location: str, base: str) -> Source:
    """A listed file; one whose name climbs out of the folder, or lies elsewhere, must not be opened."""
    below = name.removeprefix(base)
    whole = below if name.startswith(base) and below else PurePosixPath(name).name or name
    climbs = whole.startswith("/") or any(part in ("..", ".") for part in whole.split("/"))
    if climbs or (whole is not below and name != base.rstrip("/")):
        problem = RejectReason.OUTSIDE_FOLDER, "a name that leads out of the address, not read"
        return Source(escape(masked(name)), masked(location), remote=True, problem=problem)
    return Source(escape(masked(whole)), hide(location), remote=True)


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
    """Open what lies at an address. Raises Unusable where it cannot be fetched, then or while it is read."""
    location = reveal(location)
    with ExitStack() as opened:
        try:
            if location.lower().startswith(("http://", "https://")):
                stream, size = opened.enter_context(open_web(location))
            else:
                stream = opened.enter_context(fsspec.open(location, "rb").open())
                size = getattr(stream, "size", None)
        except Exception as error:  # each store's library has errors of its own
            raise _unread(error) from error
        try:
            yield cast(BinaryIO, _RemoteStream(stream)), size
        except (OSError, ValueError) as error:
            raise _unread(error) from error


def _unread(error: Exception) -> Unusable:
    """The verdict on what was not fetched; a store that denies or has nothing there is not asked again."""
    known = [
        getattr(e, "lasting", isinstance(e, PermissionError | FileNotFoundError)) for e in (error, error.__cause__)
    ]
    return Unusable(RejectReason.UNREADABLE, f"cannot be fetched: {_first_line(error)}", lasting=any(known))


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
