"""Listing and opening of sources, in a folder or behind an address. The only file that imports fsspec."""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import fsspec
import fsspec.core

from flows.credentials import hide, masked, reveal
from flows.errors import InputError, PlaceError, first_line
from flows.ingest.documents import Unusable
from flows.ingest.sources.kept_objects import Keeping, read_kept
from flows.ingest.sources.limits import LIMITS
from flows.ingest.sources.local_files import ABOUT_THE_ARTICLES, Source, escape, is_address, list_files
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
    return list_seeds(seeds)[0]


def list_seeds(seeds: str) -> tuple[list[Source], list[Source]]:
    """List as `list_sources` does; and, behind an address, files that say something about the articles and are none.

    Those of a folder are found where they lie.
    """
    if not is_address(seeds):
        return list_files(seeds), []
    found = _list_remote(seeds)
    sources = [source for source in found if source.uri not in ABOUT_THE_ARTICLES]
    if not sources:
        raise InputError(f"there are no files in {seeds}; put articles there, or name another folder with --seeds")
    return sources, [source for source in found if source.uri in ABOUT_THE_ARTICLES and not source.problem]


def _list_remote(url: str) -> list[Source]:
    protocol = url.partition("://")[0].lower()
    if "::" in url or protocol in _CHAINED:
        raise InputError(f"addresses that lead through another, such as {url}, are not read; name the folder itself")
    real = reveal(url)
    if protocol == "s3" and "@" in masked(real).partition("://")[2].partition("/")[0]:
        raise InputError(f"{url} has credentials, and a bucket's address has none; give them in AWS_ACCESS_KEY_ID etc.")
    try:
        if protocol in ("http", "https"):
            base = real.partition("?")[0].rpartition("/")[0] + "/"
            found = {name: _Listed(name) for name in list_web(real)}
        else:
            base, found = _list_store(real)
    except ImportError as error:
        fix = "pip install 'onrecord[s3]'" if protocol == "s3" else "install it"
        raise InputError(f"the seeds at {url} need a library that is not here: {first_line(error)}; {fix}") from None
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise InputError(f"the seeds at {url} are no address that can be read: {first_line(error)}") from None
    except Exception as error:  # each store's library has errors of its own
        raise PlaceError(
            f"the seeds at {url} cannot be listed: {first_line(error)}; nothing was published, `latest` is as it was"
        ) from None  # what the library says may name the credentials
    return [_remote_source(name, listed, base) for name, listed in sorted(found.items())]


@dataclass(frozen=True)
class _Listed:
    """Where a name leads, and what the store says of the object there."""

    location: str
    etag: str | None = None
    size: int = 0


def _list_store(url: str) -> tuple[str, dict[str, _Listed]]:
    """The folder that the names lie in, and where each leads."""
    system, path = fsspec.core.url_to_fs(url)
    if system.isfile(path):
        found = {path: system.info(path)}
    else:  # a folder in it that cannot be listed would be passed over, and its articles be gone
        found = system.find(path, maxdepth=LIMITS.folder_depth, detail=True, on_error="raise")
    listed = {
        name: _Listed(system.unstrip_protocol(name), said.get("ETag") or said.get("etag"), int(said.get("size") or 0))
        for name, said in found.items()
    }
    return path.rstrip("/") + "/", listed


def _remote_source(name: str, listed: _Listed, base: str) -> Source:
    """A listed file; one whose name climbs out of the folder, or lies elsewhere, must not be opened."""
    below = name.removeprefix(base)
    whole = below if name.startswith(base) and below else PurePosixPath(name).name or name
    climbs = whole.startswith("/") or any(part in ("..", ".") for part in whole.split("/"))
    if climbs or (whole is not below and name != base.rstrip("/")):
        problem = RejectReason.OUTSIDE_FOLDER, "a name that leads out of the address, not read"
        return Source(escape(masked(name)), masked(listed.location), remote=True, problem=problem)
    state = f"{name}\n{listed.etag}\n{listed.size}".encode(errors="surrogateescape")
    known = hashlib.sha256(state).hexdigest() if listed.etag else None
    return Source(escape(masked(whole)), hide(listed.location), remote=True, state=known, size=listed.size)


class _RemoteStream:
    """A stream whose failures are OSErrors, whatever the library of its store raises."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, `size` at most."""
        try:
            return cast(bytes, self._stream.read(size))
        except Exception as error:
            raise OSError(first_line(error)) from error


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
    return Unusable(RejectReason.UNREADABLE, f"cannot be fetched: {first_line(error)}", lasting=any(known))


@contextmanager
def _remote_or_kept(source: Source) -> Iterator[tuple[BinaryIO, int | None]]:
    """Open an object from what is kept of it, else from its store, keeping what is read."""
    if source.kept is None:
        with _remote_stream(source.location) as remote:
            yield remote
        return
    with read_kept(source.kept) as kept:
        if kept is not None:
            yield kept, source.size
            return
    with _remote_stream(source.location) as (stream, size):
        keeping = Keeping(stream, source.kept, source.size)
        try:
            yield cast(BinaryIO, keeping), size
        finally:
            keeping.close()


@contextmanager
def open_source(source: Source) -> Iterator[tuple[BinaryIO, int | None]]:
    """Open a source: its raw bytes, and their number where it is known before reading.

    Raises Unusable where it cannot be opened, is no regular file any more, or was changed while it was read.
    """
    if source.data is not None:
        yield io.BytesIO(source.data), len(source.data)
        return
    if source.remote:
        with _remote_or_kept(source) as remote:
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
