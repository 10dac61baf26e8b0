"""What was taken down: the articles that no later snapshot of an output folder may hold, told by hashes alone.

`forgotten.json` in the output folder has one entry per request: ids of the article's texts, and SHA-256 of the bytes
that they came of and of their addresses. So a copy that comes back under another name is known, and the file itself
says nothing about anybody. `onrecord forget` writes it, ingest reads the copy that a build keeps in its workspace.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import reduce
from operator import or_
from pathlib import Path

from flows.errors import SnapshotError
from flows.runtime.atomic_writes import write_whole
from flows.snapshots.output_folder.store import TAKEN_DOWN

FILE = TAKEN_DOWN
WITHHELD = "withheld-"
"""Begins what stands in the place of a name that must not be told."""


@dataclass(frozen=True)
class Forgotten:
    """One article, or several: ids of texts, and hashes of raw bytes and of addresses."""

    article_ids: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()

    def __or__(self, other: "Forgotten") -> "Forgotten":
        """Return both together."""
        return Forgotten(self.article_ids | other.article_ids, self.sources | other.sources, self.urls | other.urls)

    def __bool__(self) -> bool:
        """Tell whether there is anything to forget."""
        return bool(self.article_ids or self.sources or self.urls)

    def names(self, article_id: str | None, source_sha256: str | None, url: str | None) -> bool:
        """Tell whether one of these is of an article that was taken down; null is of none."""
        return (
            article_id in self.article_ids
            or source_sha256 in self.sources
            or (url is not None and bool(self.urls) and hashed_url(url) in self.urls)
        )


@dataclass(frozen=True)
class Request:
    """One entry of the file: what is forgotten, since which day, and why, in the words of who asked for it."""

    article_ids: list[str]
    sources: list[str]
    urls: list[str]
    on: str
    reason: str = ""
    note: str = field(default="ids of texts, SHA-256 of raw bytes and of addresses")


def hashed_url(url: str) -> str:
    """Return the SHA-256 of an address, whatever its fragment, its last slash and the case of its host."""
    scheme, separator, rest = url.strip().partition("#")[0].rstrip("/").partition("://")
    host, slash, path = rest.partition("/")
    return hashlib.sha256(f"{scheme.lower()}{separator}{host.lower()}{slash}{path}".encode()).hexdigest()


def withheld(name: str) -> str:
    """Return what stands for a file's name that may tell a title or an address: the same for the same name."""
    return f"{WITHHELD}{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def requests(folder: Path) -> tuple[Request, ...]:
    """Return the entries of a folder's file, oldest first; none where there is no file.

    Raises SnapshotError where it cannot be read: what was taken down must not come back because of a slip.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        return tuple(Request(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["requests"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{path} cannot be read ({error}); restore it, or what it names would come back") from error


def _each(folder: Path) -> Iterator[Forgotten]:
    for request in requests(folder):
        yield Forgotten(frozenset(request.article_ids), frozenset(request.sources), frozenset(request.urls))


def read(folder: Path) -> Forgotten:
    """Return all that was taken down in a folder."""
    return reduce(or_, _each(folder), Forgotten())


def named(folder: Path, asked: str, sources: Iterable[str]) -> Forgotten:
    """Return what was taken down already and has this id, this url, or one of these raw bytes; else nothing."""
    url, hashes = asked if "://" in asked else None, frozenset(sources)
    known = (one for one in _each(folder) if one.names(asked, None, url) or one.sources & hashes)
    return reduce(or_, known, Forgotten())


def add(folder: Path, what: Forgotten, on: str, reason: str) -> None:
    """Write one more entry, in one step."""
    new = Request(sorted(what.article_ids), sorted(what.sources), sorted(what.urls), on, reason)
    entries = [asdict(request) for request in (*requests(folder), new)]
    write_whole(folder / FILE, json.dumps({"requests": entries}, ensure_ascii=False, indent=2) + "\n")


def copy_to(workspace: Path, output: Path) -> None:
    """Give a build what it must leave out."""
    if (output / FILE).exists():
        shutil.copyfile(output / FILE, workspace / FILE)


def all_hashed(urls: Iterable[str | None]) -> frozenset[str]:
    """Return the hashes of those addresses that there are."""
    return frozenset(hashed_url(url) for url in urls if url)
