"""The files of a folder of articles, by name: nothing is opened, nothing imported that opening would need.

A folder is walked recursively, in the byte order of its paths. A file that lies in the folder but must not be
opened (a link out of it, a pipe, a device) is listed with its problem, so that nothing is passed over in
silence.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.errors import InputError, PlaceError
from schemas.vocabularies import RejectReason

CORRECTIONS_FILE = "corrections.yml"
ABOUT_THE_ARTICLES = frozenset({CORRECTIONS_FILE, "judgements.csv"})
"""Files of a seeds folder that say something about its articles and are none."""
# one behind another, as in `simplecache::https://…`, is an address, too, which is refused as such
_URL = re.compile(r"^[a-z][a-z0-9+.-]{1,20}(?:::[a-z][a-z0-9+.-]{1,20})*://", re.IGNORECASE)
# control characters, the separator of records, the escape itself, line separators, what turns a line around, and
# undecodable bytes
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f#%\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")
_LEADS_NOWHERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
_PUBLISHED = "a folder that builds publish in, not read"
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    `uri` is its path relative to the seeds, with `/` between parts, and with bytes that a line of text
    cannot carry written as `%XX`; `location` is what opens it; `problem` says why it must not be opened; `data` are its
    bytes where they have been fetched. `state` names what an object of a store is now (two with the same have the same
    bytes), `size` is what the store says, `kept` where a copy of this state is kept, or is to be.
    """

    uri: str
    location: str
    remote: bool = False
    problem: tuple[RejectReason, str] | None = None
    data: bytes | None = None
    state: str | None = None
    size: int = 0
    kept: str | None = None


def escape(name: str) -> str:
    """Return `name` with `#`, `%`, undecodable bytes and characters that act as `%XX`: on one line, reversibly."""
    return _ESCAPED.sub(lambda m: "".join(f"%{byte:02X}" for byte in os.fsencode(m.group())), name)


def is_address(seeds: str) -> bool:
    """Return whether `seeds` is an fsspec URL of another file system than this machine's."""
    return bool(_URL.match(seeds)) and not seeds.lower().startswith("file://")


def absolute(seeds: str) -> str:
    """Return the seeds as they are called from every folder: an address as it is, a path from the root."""
    return seeds if is_address(seeds) else str(Path(seeds.removeprefix("file://")).absolute())


def list_files(seeds: str) -> list[Source]:
    """List every file of the folder `seeds` (or the one file that it is), in the byte order of the paths.

    Raises InputError where there is no such folder, or nothing in it; PlaceError where it must not be read.
    """
    root = Path(seeds.removeprefix("file://"))
    demand_files(seeds)
    if root.is_file():
        return [Source(escape(root.name), str(root))]
    real_root = Path(os.path.realpath(root))
    found = sorted(_walk(root, ""), key=lambda item: os.fsencode(item[0]))
    return [_examine(root, real_root, relative, entry_problem) for relative, entry_problem in found]


def demand_files(seeds: str) -> None:
    """Raise InputError or PlaceError where `list_files` has nothing to list; no more than one file is looked for."""
    root = Path(seeds.removeprefix("file://"))
    if not root.exists():
        raise InputError(f"the seeds folder {root} does not exist; name an existing one with --seeds")
    if root.is_file():
        return
    if not root.is_dir():
        raise InputError(f"{root} is no folder of articles and no file; name one with --seeds")
    if not os.access(root, os.R_OK | os.X_OK):
        raise PlaceError(f"the seeds folder {root} cannot be read; allow reading it")
    if next(_walk(root, ""), None) is None:
        raise InputError(f"there are no files in {seeds}; put articles there, or name another folder with --seeds")


def _walk(root: Path, prefix: str) -> Iterator[tuple[str, str | None]]:
    """Yield (relative path, why its folder cannot be read) of every entry that is no folder."""
    pending = [prefix]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    relative = f"{folder}{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        if _holds_snapshots(Path(entry.path)):
                            yield relative, _PUBLISHED
                        else:
                            pending.append(relative + "/")
                    elif relative not in ABOUT_THE_ARTICLES:
                        yield relative, None
        except OSError as error:
            yield folder.rstrip("/"), f"the folder cannot be read: {error.strerror}"


def _holds_snapshots(folder: Path) -> bool:
    """Whether a folder is one that builds publish in, be it this one's."""
    return (folder / ".lock").is_file() and (folder / "snapshots").is_dir()


def _examine(root: Path, real_root: Path, relative: str, problem: str | None) -> Source:
    path = root / relative
    if problem:
        reason = RejectReason.OUTSIDE_FOLDER if problem is _PUBLISHED else RejectReason.UNREADABLE
        return Source(escape(relative), str(path), problem=(reason, problem))
    return Source(escape(relative), str(path), problem=_why_not(path, real_root))


def _why_not(path: Path, real_root: Path) -> tuple[RejectReason, str] | None:
    """Return why a listed path must not be opened; None where it may."""
    try:
        if path.is_symlink():
            target = Path(os.path.realpath(path, strict=True))
            if not target.is_relative_to(real_root):
                return RejectReason.OUTSIDE_FOLDER, "a link to a place outside the seeds folder, not followed"
            if target.is_dir():
                return (
                    RejectReason.OUTSIDE_FOLDER,
                    "a link to a folder, not followed: its files are read where they lie",
                )
        kind = stat.S_IFMT(path.stat().st_mode)
    except OSError as error:
        if error.errno in _LEADS_NOWHERE and path.is_symlink():
            return RejectReason.OUTSIDE_FOLDER, "a link to nothing that is there, not followed"
        return RejectReason.UNREADABLE, f"cannot be examined: {error.strerror}"
    if kind != stat.S_IFREG:
        return RejectReason.UNSUPPORTED_FORMAT, f"{_KINDS.get(kind, 'no regular file')}, not opened"
    return None
